/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* print_test.c: tests in PAL as tests of Gate. Starts are done before; what they expect is checked.
 */
#include <string.h>

#include "ksm/gate/buffer.h"
#include "cells.h"
#include "ksm/gate/compile.h"
#include "judge.h"
#include "print.h"
#include "psl.h"
#include "texts.h"
#include "world.h"

/* A variable of a test: `x <- execute dst=C`. */
struct variable {
	const char *name;
	struct world_class *class;
};

struct test {
	struct cells *cells;
	struct buffer *out;
	struct vector variables;
};

static struct world_class *
class_of(const struct test *t, const char *name)
{
	const struct variable *v = t->variables.elements;

	for (uint32_t i = t->variables.count; name != NULL && i > 0; i--) {
		if (strcmp(v[i - 1].name, name) == 0) {
			return v[i - 1].class;
		}
	}
	return name == NULL ? NULL : world_class(t->cells->judge->world, name);
}

static void
skip(struct test *t, struct span at, const char *why)
{
	struct lost step = {.at = at, .why = why};

	*(struct lost *)vector_push(&t->cells->judge->unsaid, t->out->arena, sizeof step) = step;
}

/* A start was done before any test. Whether it is granted is known. */
static void
start_say(struct test *t, const struct pal_step *s)
{
	struct world_class *started = class_of(t, s->selector.dst);
	struct variable *v;

	if (started == NULL) {
		skip(t, s->at, "the test starts a class that the policy does not name");
		return;
	}
	if (s->variable != NULL) {
		v = vector_push(&t->variables, t->out->arena, sizeof *v);
		v->name = s->variable;
		v->class = started;
	}
	if (s->want != PAL_ANY && started->runs != (s->want == PAL_GRANT)) {
		skip(t, s->at, "the policy does not answer this start as the test expects");
	}
}

static struct world_field *
field_find(const struct vector *fields, const char *path)
{
	for (uint32_t i = 0; i < fields->count; i++) {
		struct world_field *f = ((struct world_field *const *)fields->elements)[i];

		if (strcmp(f->path, path) == 0) {
			return f;
		}
	}
	return NULL;
}

static void
value_say(struct test *t, const struct world_field *f, const struct psl_expr *e, uint32_t *count)
{
	struct buffer *b = t->out;
	const char *value = NULL;

	if (f->enum_name != NULL && e->kind == PSL_TEXT) {
		value = texts_word(f, e->text);
	} else if (e->kind == PSL_INTEGER && f->kind == SPEC_INTEGER) {
		value = arena_format(
			b->arena, psl_is_hex(e) ? "0x%llx" : "%llu", (unsigned long long)e->number);
	} else if (e->kind == PSL_MINUS && e->left->kind == PSL_INTEGER) {
		value = arena_format(b->arena, "-%llu", (unsigned long long)e->left->number);
	} else if (e->kind == PSL_TRUTH) {
		value = e->number != 0 ? "true" : "false";
	}
	if (value == NULL) {
		return; /* a text that nothing tests */
	}
	buffer_text(b, (*count)++ == 0 ? "" : ", ");
	buffer_text(b, arena_format(b->arena, "%s = %s", f->subject.name, value));
}

static void
values_say(struct test *t, const struct vector *fields, const struct psl_expr *e,
	const char *prefix, uint32_t *count)
{
	struct arena *a = t->out->arena;
	uint32_t index = 0;

	for (const struct psl_expr *one = e == NULL ? NULL : e->left; one != NULL;
		one = one->next) {
		const char *key = one->key != NULL ? one->key : arena_format(a, "%u", index);
		const char *path = arena_format(a, "%s%s", prefix, key);
		const struct world_field *f = field_find(fields, path);

		index++;
		if (one->kind == PSL_RECORD || one->kind == PSL_LIST) {
			values_say(t, fields, one, arena_format(a, "%s.", path), count);
		} else if (f != NULL) {
			value_say(t, f, one, count);
		} else {
			skip(t, one->at, "the message of this step has no such field");
		}
	}
}

/* Whether a record says something of the field of that path. */
static bool
is_said(const struct psl_expr *record, const char *path)
{
	size_t length = strcspn(path, ".");

	for (const struct psl_expr *e = record == NULL ? NULL : record->left; e != NULL;
		e = e->next) {
		if (e->key != NULL && strncmp(e->key, path, length) == 0 && e->key[length] == 0) {
			return path[length] == 0 || is_said(e, path + length + 1);
		}
	}
	return false;
}

/* A text that a step does not say is the empty one, which the policy may know. */
static void
empty_say(
	struct test *t, const struct vector *fields, const struct psl_expr *values, uint32_t *count)
{
	for (uint32_t i = 0; i < fields->count; i++) {
		const struct world_field *f = ((struct world_field *const *)fields->elements)[i];
		const struct psl_expr empty = {.kind = PSL_TEXT, .text = ""};

		if (f->enum_name != NULL && !is_said(values, f->path)) {
			value_say(t, f, &empty, count);
		}
	}
}

/* The endpoint and method that a step means. */
static struct world_endpoint *
endpoint_find(
	const struct pal_step *s, const struct world_class *server, struct world_method **method)
{
	for (uint32_t e = 0; e < server->endpoints.count; e++) {
		struct world_endpoint *end =
			((struct world_endpoint *const *)server->endpoints.elements)[e];

		if (!world_matches(&s->selector, end, NULL)) {
			continue;
		}
		for (uint32_t m = 0; m < end->interface->methods.count; m++) {
			*method =
				((struct world_method *const *)end->interface->methods.elements)[m];
			if (world_matches(&s->selector, end, *method)) {
				return end;
			}
		}
	}
	return NULL;
}

static void
message_say(struct test *t, const struct pal_step *s)
{
	struct world_class *src = class_of(t, s->selector.src);
	struct world_class *dst = class_of(t, s->selector.dst);
	bool is_answer = s->event == PSL_RESPONSE || s->event == PSL_ERROR;
	struct world_class *server = is_answer ? src : dst;
	struct world_class *client = is_answer ? dst : src;
	struct world_endpoint *e;
	struct world_method *m = NULL;
	struct buffer *b = t->out;
	const struct vector *fields;
	uint32_t count = 0;

	if (s->event == PSL_SECURITY) {
		server = world_class(t->cells->judge->world, "Monitor");
	}
	e = server == NULL || client == NULL ? NULL : endpoint_find(s, server, &m);
	if (e == NULL) {
		skip(t, s->at, "the test names a message that the policy does not know");
		return;
	}
	if (s->want == PAL_ANY) {
		skip(t, s->at, "a step that expects nothing (`any`) is not imported");
		return;
	}
	fields = &m->fields[s->event == PSL_RESPONSE ? WORLD_OUT : WORLD_IN];
	buffer_text(b, s->want == PAL_DENY ? "    deny " : "    grant ");
	buffer_text(b, s->event == PSL_RESPONSE ? "reply " : s->event == PSL_ERROR ? "error " : "");
	buffer_text(b, arena_format(b->arena, "%s -> %s : %s.%s(", client->instance,
			       server->instance, e->gate, m->gate));
	if (s->event == PSL_ERROR) {
		fields = &m->fields[WORLD_ERROR];
		buffer_text(b, fields->count > 0 ? "failed" : "");
		count += fields->count > 0;
	}
	values_say(t, fields, s->values, "", &count);
	empty_say(t, fields, s->values, &count);
	buffer_text(b, ")\n");
}

static void
steps_say(struct test *t, const struct pal_step *steps)
{
	for (const struct pal_step *s = steps; s != NULL; s = s->next) {
		if (s->title != NULL) {
			buffer_text(t->out, arena_format(t->out->arena, "    # %s\n", s->title));
		}
		if (s->event == PSL_EXECUTE) {
			start_say(t, s);
		} else {
			message_say(t, s);
		}
	}
}

void
print_tests(struct buffer *b, struct cells *c)
{
	for (const struct pal_test *p = c->judge->world->psl->tests; p != NULL; p = p->next) {
		struct test t = {.cells = c, .out = b};

		buffer_text(b, arena_format(b->arena, "\ntest \"%s: %s\" {\n", p->set, p->name));
		steps_say(&t, p->setup);
		steps_say(&t, p->steps);
		steps_say(&t, p->finally);
		buffer_text(b, "}\n");
	}
}
