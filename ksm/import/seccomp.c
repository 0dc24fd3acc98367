/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* seccomp.c: system calls as methods; an entry allows or denies its names, if its arguments agree.
 */
#include "seccomp.h"

#include <string.h>

#include "cells.h"
#include "cond.h"
#include "json.h"
#include "judge.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/diag.h"
#include "model.h"
#include "psl.h"
#include "world.h"
#include "world_build.h"

static const char program[] = "program";
static const char kernel[] = "kernel";

/* What libseccomp calls a comparison, and how C writes it. */
static const char *const operators[][2] = {{"SCMP_CMP_EQ", "=="}, {"SCMP_CMP_NE", "!="},
	{"SCMP_CMP_LT", "<"}, {"SCMP_CMP_LE", "<="}, {"SCMP_CMP_GE", ">="}, {"SCMP_CMP_GT", ">"}};

/* LOG lets a call pass, too. */
static bool
lets_pass(const char *action)
{
	return strcmp(action, "SCMP_ACT_ALLOW") == 0 || strcmp(action, "SCMP_ACT_LOG") == 0;
}

bool
seccomp_read(struct world *w, const struct source *s)
{
	const struct json *profile = json_parse(w->compile, s);
	const struct json *calls = json_member(profile, "syscalls");
	struct world_endpoint *e;

	if (profile == NULL) {
		return false;
	}
	if (json_text(profile, "defaultAction")[0] == 0 || calls == NULL ||
		calls->kind != JSON_ARRAY) {
		(void)diag_error(w->compile, profile->at, NULL,
			"a profile has `defaultAction` and a list `syscalls`");
		return false;
	}
	w->data = (void *)(uintptr_t)profile;
	(void)world_class_add(w, program, profile->at);
	e = world_endpoint_add(w, world_class_add(w, kernel, profile->at), "syscalls", "", NULL);
	for (const struct json *call = calls->first; call != NULL; call = call->next) {
		const struct json *names = json_member(call, "names");

		for (const struct json *n = names == NULL ? NULL : names->first; n != NULL;
			n = n->next) {
			(void)world_method_add(w, e->interface, n->text);
		}
		if (json_text(call, "name")[0] != 0) {
			(void)world_method_add(w, e->interface, json_text(call, "name"));
		}
	}
	return true;
}

static void
start(struct judge *j, struct world *w)
{
	memset(j, 0, sizeof *j);
	j->world = w;
	j->models = arena_alloc(&w->compile->arena, sizeof *j->models);
	models_begin(j->models, w);
	world_class(w, program)->runs = true;
	world_class(w, kernel)->runs = true;
}

static bool
names_call(const struct json *entry, const char *name)
{
	const struct json *names = json_member(entry, "names");

	for (const struct json *n = names == NULL ? NULL : names->first; n != NULL; n = n->next) {
		if (strcmp(n->text, name) == 0) {
			return true;
		}
	}
	return strcmp(json_text(entry, "name"), name) == 0;
}

/* Whether an entry is for some kernels, architectures or capabilities only. */
static const struct json *
only_for(const struct json *entry)
{
	static const char *const keys[] = {"includes", "excludes"};

	for (uint32_t i = 0; i < 2; i++) {
		const struct json *m = json_member(entry, keys[i]);

		if (m != NULL && m->first != NULL) {
			return m;
		}
	}
	return NULL;
}

/* One comparison of an argument with a number. */
static const struct cond *
argument_cond(struct judge *j, const struct event *e, const struct json *argument)
{
	const struct json *index = json_member(argument, "index");
	const struct json *value = json_member(argument, "value");
	const char *op = json_text(argument, "op");
	struct world_field *f;

	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		if (strcmp(op, operators[i][0]) != 0 || index == NULL || value == NULL ||
			index->number > 5) {
			continue;
		}
		if (value->number > INT64_MAX) {
			return judge_lose(j, value->at, "numbers above 2^63 - 1 are not imported");
		}
		f = world_field(j->world, e->method, WORLD_IN,
			arena_format(&j->world->compile->arena, "arg%u", (unsigned)index->number),
			false);
		return cond_number(&j->world->compile->arena, &f->subject, operators[i][1],
			(int64_t)value->number);
	}
	return judge_lose(j, argument->at, "this comparison is not imported");
}

/* When an entry speaks of the call: all its arguments agree. */
static const struct cond *
entry_cond(struct judge *j, const struct event *e, const struct json *entry)
{
	const struct json *arguments = json_member(entry, "args");
	const struct cond *all = &cond_true;

	for (const struct json *a = arguments == NULL ? NULL : arguments->first; a != NULL;
		a = a->next) {
		all = cond_and(&j->world->compile->arena, all, argument_cond(j, e, a));
	}
	return all;
}

/* Of several entries that speak of a call the strictest counts, as the kernel does it. */
static struct way *
ask(struct judge *j, const struct event *e)
{
	struct arena *a = &j->world->compile->arena;
	const struct json *profile = j->world->data;
	const struct cond *allowed = &cond_false;
	const struct cond *denied = &cond_false;
	struct way *way = arena_alloc(a, sizeof *way);
	uint32_t losses = j->loss_count;

	j->sources.count = 0;
	way->when = &cond_true;
	if (e->kind != PSL_REQUEST) {
		return way;
	}
	for (const struct json *entry = json_member(profile, "syscalls")->first; entry != NULL;
		entry = entry->next) {
		const struct cond *when;

		if (e->method->name == NULL || !names_call(entry, e->method->name)) {
			continue;
		}
		*(struct span *)vector_push(&j->sources, a, sizeof entry->at) = entry->at;
		if (only_for(entry) != NULL) {
			(void)judge_lose(j, only_for(entry)->at,
				"an entry for some machines or capabilities only is not imported");
			continue;
		}
		when = entry_cond(j, e, entry);
		if (lets_pass(json_text(entry, "action"))) {
			allowed = cond_or(a, allowed, when);
		} else {
			denied = cond_or(a, denied, when);
		}
	}
	if (lets_pass(json_text(profile, "defaultAction"))) {
		allowed = &cond_true;
	}
	way->when = cond_and(a, allowed, cond_not(a, denied));
	return way->when->kind == COND_FALSE || j->loss_count != losses ? NULL : way;
}

const struct cells_source seccomp_source = {
	.title = "a seccomp profile", .foreign = "", .start = start, .ask = ask};
