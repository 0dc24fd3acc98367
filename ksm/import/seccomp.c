/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* seccomp.c: system calls as methods; an entry allows or denies its names, if its arguments agree.
 */
#include "seccomp.h"

#include <stdlib.h>
#include <string.h>

#include "cells.h"
#include "cond.h"
#include "json.h"
#include "judge.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/diag.h"
#include "ksm/gate/sema.h"
#include "model.h"
#include "project.h"
#include "psl.h"
#include "template.h"
#include "world.h"
#include "world_build.h"

static const char program[] = "program";
static const char kernel[] = "kernel";

/* What libseccomp calls a comparison, and how C writes it. */
static const char *const operators[][2] = {{"SCMP_CMP_EQ", "=="}, {"SCMP_CMP_NE", "!="},
	{"SCMP_CMP_LT", "<"}, {"SCMP_CMP_LE", "<="}, {"SCMP_CMP_GE", ">="}, {"SCMP_CMP_GT", ">"}};

/* A profile, and what its container is. */
struct seccomp {
	const struct json *profile;
	const struct project *project;
};

/* LOG lets a call pass, too. */
static bool
lets_pass(const char *action)
{
	return strcmp(action, "SCMP_ACT_ALLOW") == 0 || strcmp(action, "SCMP_ACT_LOG") == 0;
}

/* Refuses an action that nobody knows: it could be one that lets pass. */
static bool
action_check(struct world *w, const struct json *of, const char *key)
{
	static const char *const denials[] = {"SCMP_ACT_ERRNO", "SCMP_ACT_KILL",
		"SCMP_ACT_KILL_PROCESS", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_TRAP", "SCMP_ACT_TRACE",
		"SCMP_ACT_NOTIFY"};
	const char *action = json_text(of, key);
	const struct json *place = json_member(of, key);
	bool is_known = lets_pass(action);

	for (size_t i = 0; i < sizeof denials / sizeof *denials; i++) {
		is_known = is_known || strcmp(action, denials[i]) == 0;
	}
	if (!is_known) {
		diag_help(diag_error(w->compile, place == NULL ? of->at : place->at, NULL,
				  "`%s` is no action", action),
			"SCMP_ACT_ALLOW and SCMP_ACT_LOG let pass, SCMP_ACT_ERRNO, _KILL, _TRAP, "
			"_TRACE and _NOTIFY do not");
	}
	return is_known;
}

static bool
has_method(const struct world_interface *i, const char *name)
{
	struct world_method *const *methods = i->methods.elements;

	for (uint32_t m = 0; m < i->methods.count; m++) {
		if (methods[m]->name != NULL && strcmp(methods[m]->name, name) == 0) {
			return true;
		}
	}
	return false;
}

/* A method for a system call; those that one interface has no room for are in the next one. */
static void
call_add(struct world *w, struct world_class *of, const char *name)
{
	struct world_endpoint *const *e = of->endpoints.elements;
	struct world_endpoint *last = e[of->endpoints.count - 1];

	for (uint32_t i = 0; i < of->endpoints.count; i++) {
		if (has_method(e[i]->interface, name)) {
			return;
		}
	}
	if (last->interface->methods.count >= SEMA_METHODS_MAX) {
		last = world_endpoint_add(w, of,
			arena_format(&w->compile->arena, "syscalls%u", of->endpoints.count + 1), "",
			NULL);
	}
	(void)world_method_add(w, last->interface, name);
}

bool
seccomp_read(struct world *w, const struct source *s, const struct project *p)
{
	struct seccomp *own = arena_alloc(&w->compile->arena, sizeof *own);
	const struct json *profile = json_parse(w->compile, s);
	const struct json *calls = json_member(profile, "syscalls");
	struct world_class *of;

	if (profile == NULL) {
		return false;
	}
	if (json_text(profile, "defaultAction")[0] == 0 || calls == NULL ||
		calls->kind != JSON_ARRAY) {
		(void)diag_error(w->compile, profile->at, NULL,
			"a profile has `defaultAction` and a list `syscalls`");
		return false;
	}
	if (!action_check(w, profile, "defaultAction")) {
		return false;
	}
	own->profile = profile;
	own->project = p;
	w->data = own;
	(void)world_class_add(w, program, profile->at);
	of = world_class_add(w, kernel, profile->at);
	(void)world_endpoint_add(w, of, "syscalls", "", NULL);
	for (const struct json *call = calls->first; call != NULL; call = call->next) {
		const struct json *names = json_member(call, "names");

		if (!action_check(w, call, "action")) {
			return false;
		}
		for (const struct json *n = names == NULL ? NULL : names->first; n != NULL;
			n = n->next) {
			call_add(w, of, n->text);
		}
		if (json_text(call, "name")[0] != 0) {
			call_add(w, of, json_text(call, "name"));
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

/* Whether a list of words, apart by blanks or commas, has this one. */
static bool
words_have(const char *words, const char *word)
{
	size_t length = strlen(word);

	while (*words != 0) {
		size_t own = strcspn(words, " ,\t");

		if (own == length && strncmp(words, word, own) == 0) {
			return true;
		}
		words += own + strspn(words + own, " ,\t");
	}
	return false;
}

/* Whether a version "6.1" is at least another. */
static bool
version_reaches(const char *version, const char *least)
{
	unsigned long major = strtoul(version, (char **)(uintptr_t)&version, 10);
	unsigned long least_major = strtoul(least, (char **)(uintptr_t)&least, 10);

	if (major != least_major) {
		return major > least_major;
	}
	return strtoul(version + (*version == '.'), NULL, 10) >=
	       strtoul(least + (*least == '.'), NULL, 10);
}

enum holds {
	HOLDS_NO,
	HOLDS_YES,
	HOLDS_LOST, /* nobody said; that is recorded */
};

/* Whether one condition of `includes` or `excludes` is true of the container. */
static enum holds
condition_holds(struct judge *j, const struct json *condition, bool of_all)
{
	static const char *const keys[][2] = {
		{"caps", "CAPS"}, {"arches", "ARCH"}, {"minKernel", "KERNEL"}};
	const struct seccomp *own = j->world->data;
	const char *value = NULL;
	uint32_t key = 0;
	bool any = false;
	bool all = true;

	while (key < 3 && strcmp(condition->key, keys[key][0]) != 0) {
		key++;
	}
	if (key < 3) {
		value = template_value(own->project, keys[key][1]);
	}
	if (value == NULL) {
		(void)judge_lose(j, condition->at,
			key < 3 ? "this depends on the container: say `%s=...` in a file, and give "
				  "that with `--values FILE`"
				: "this condition of an entry is not imported%.0s",
			key < 3 ? keys[key][1] : "");
		return HOLDS_LOST;
	}
	if (condition->kind == JSON_TEXT) {
		return version_reaches(value, condition->text) ? HOLDS_YES : HOLDS_NO;
	}
	for (const struct json *one = condition->first; one != NULL; one = one->next) {
		any = any || words_have(value, one->text);
		all = all && words_have(value, one->text);
	}
	/* A capability that is missing is enough to leave an entry out; of machines one is meant.
	 */
	return (of_all && key == 0 ? all : any) ? HOLDS_YES : HOLDS_NO;
}

/* Whether an entry is for this container. */
static enum holds
entry_holds(struct judge *j, const struct json *entry)
{
	static const char *const keys[] = {"excludes", "includes"};

	for (uint32_t i = 0; i < 2; i++) {
		const struct json *m = json_member(entry, keys[i]);

		for (const struct json *c = m == NULL ? NULL : m->first; c != NULL; c = c->next) {
			enum holds holds;

			if (c->kind == JSON_ARRAY && c->first == NULL) {
				continue;
			}
			holds = condition_holds(j, c, i == 1);
			if (holds != (i == 0 ? HOLDS_NO : HOLDS_YES)) {
				return holds == HOLDS_LOST ? HOLDS_LOST : HOLDS_NO;
			}
		}
	}
	return HOLDS_YES;
}

/* Bits of an argument are a field of their own, named by the mask: rules of Gate test numbers. */
static const struct cond *
masked_cond(struct judge *j, const struct event *e, const struct json *argument)
{
	const struct json *index = json_member(argument, "index");
	const struct json *mask = json_member(argument, "value");
	const struct json *bits = json_member(argument, "valueTwo");
	uint64_t wanted = bits == NULL ? 0 : bits->number;
	struct world_field *f;

	if ((wanted & ~mask->number) != 0) {
		return &cond_false;
	}
	if (wanted > INT64_MAX) {
		return judge_lose(j, bits->at, "numbers above 2^63 - 1 are not imported");
	}
	f = world_field(j->world, e->method, WORLD_IN,
		arena_format(&j->world->compile->arena, "arg%u_and_%llx", (unsigned)index->number,
			(unsigned long long)mask->number),
		false);
	return cond_number(&j->world->compile->arena, &f->subject, "==", (int64_t)wanted);
}

/* One comparison of an argument with a number. */
static const struct cond *
argument_cond(struct judge *j, const struct event *e, const struct json *argument)
{
	const struct json *index = json_member(argument, "index");
	const struct json *value = json_member(argument, "value");
	const char *op = json_text(argument, "op");
	struct world_field *f;

	if (index == NULL || value == NULL || index->number > 5) {
		return judge_lose(j, argument->at, "a comparison has `index`, 0 to 5, and `value`");
	}
	if (strcmp(op, "SCMP_CMP_MASKED_EQ") == 0) {
		return masked_cond(j, e, argument);
	}
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		if (strcmp(op, operators[i][0]) != 0) {
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

/* Whether two comparisons are about one argument. */
static bool
has_twice(const struct json *arguments)
{
	uint32_t seen = 0;

	for (const struct json *a = arguments == NULL ? NULL : arguments->first; a != NULL;
		a = a->next) {
		const struct json *index = json_member(a, "index");
		uint32_t bit =
			index == NULL || index->number > 5 ? 0 : UINT32_C(1) << index->number;

		if ((seen & bit) != 0) {
			return true;
		}
		seen |= bit;
	}
	return false;
}

/*
 * When an entry speaks of the call: all its arguments agree. If two comparisons are about one
 * argument, each is an entry of its own: so do those who run containers.
 */
static const struct cond *
entry_cond(struct judge *j, const struct event *e, const struct json *entry)
{
	const struct json *arguments = json_member(entry, "args");
	bool is_any = has_twice(arguments);
	const struct cond *all = is_any ? &cond_false : &cond_true;

	for (const struct json *a = arguments == NULL ? NULL : arguments->first; a != NULL;
		a = a->next) {
		const struct cond *one = argument_cond(j, e, a);

		all = is_any ? cond_or(&j->world->compile->arena, all, one)
			     : cond_and(&j->world->compile->arena, all, one);
	}
	return all;
}

/* Of several entries that speak of a call the strictest counts, as the kernel does it. */
static struct way *
ask(struct judge *j, const struct event *e)
{
	struct arena *a = &j->world->compile->arena;
	const struct json *profile = ((const struct seccomp *)j->world->data)->profile;
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
		if (entry_holds(j, entry) != HOLDS_YES) {
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
