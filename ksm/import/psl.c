/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* psl.c: the declarations of a PSL file. */
#include "psl.h"

#include <string.h>

#include "ksm/gate/compile.h"
#include "psl_parse.h"
#include "reader.h"

static const char *const event_names[PSL_EVENT_COUNT] = {
	"execute", "request", "response", "error", "security"};

const char *
psl_event_name(enum psl_event event)
{
	return event_names[event];
}

void
psl_begin(struct psl *p, struct compile *c)
{
	memset(p, 0, sizeof *p);
	p->compile = c;
	p->bindings_end = &p->bindings;
	p->objects_end = &p->objects;
	p->classes_end = &p->classes;
	p->tests_end = &p->tests;
}

bool
psl_event_parse(struct reader *r, enum psl_event *event)
{
	for (uint32_t i = 0; i < PSL_EVENT_COUNT; i++) {
		if (reader_take(r, event_names[i])) {
			*event = (enum psl_event)i;
			return true;
		}
	}
	return false;
}

const struct psl_expr *
psl_member(const struct psl_expr *record, const char *key)
{
	if (record == NULL || record->kind != PSL_RECORD) {
		return NULL;
	}
	for (const struct psl_expr *e = record->left; e != NULL; e = e->next) {
		if (strcmp(e->key, key) == 0) {
			return e;
		}
	}
	return NULL;
}

static void
class_add(struct psl *p, struct span at, const char *name, const char *entity)
{
	struct psl_class *c = arena_alloc(&p->compile->arena, sizeof *c);

	c->name = name;
	c->entity = entity;
	c->at = at;
	*p->classes_end = c;
	p->classes_end = &c->next;
}

/* use = "use" ("EDL" name | name "._"): a name ends in `._` and is one word. */
static void
use_parse(struct psl *p, struct reader *r)
{
	struct span at = r->word.span;
	struct psl_use *use;
	const char *name;
	size_t length;

	if (reader_take(r, "EDL")) {
		at = r->word.span;
		name = reader_name(r, "the name of a class of tasks");
		class_add(p, at, name, name);
		return;
	}
	name = reader_name(r, "the name of a file, and `._`");
	length = strlen(name);
	if (length > 2 && strcmp(name + length - 2, "._") == 0) {
		name = arena_copy(&p->compile->arena, name, length - 2);
	}
	use = vector_push(&p->uses, &p->compile->arena, sizeof *use);
	use->name = name;
	use->at = at;
}

/* type = anything up to `config`, the next member, or the end of the object. */
static void
type_skip(struct reader *r, struct psl_object *o)
{
	bool is_value = strcmp(reader_name(r, "the name of a type"), "Value") == 0;

	reader_expect(r, "=");
	if (is_value && r->word.kind == WORD_NAME) {
		o->value_type = r->word.text;
	}
	while (!reader_is(r, "}") && !reader_is(r, "config") && !reader_is(r, "type") &&
		!reader_is(r, "audit") && r->word.kind != WORD_END) {
		if (reader_is(r, "{") || reader_is(r, "[") || reader_is(r, "(")) {
			reader_skip_bracket(r);
		} else {
			reader_next(r);
		}
	}
}

/* object = "policy" "object" name ":" model ["{" {"type" .. | "config" "=" record} "}"] */
static void
object_parse(struct psl *p, struct reader *r)
{
	struct psl_object *o = arena_alloc(&p->compile->arena, sizeof *o);

	reader_expect(r, "object");
	o->at = r->word.span;
	o->name = reader_name(r, "the name of the object");
	reader_expect(r, ":");
	o->model = reader_name(r, "the name of a model");
	if (reader_take(r, "{")) {
		while (!reader_take(r, "}") && !r->failed) {
			if (reader_take(r, "type")) {
				type_skip(r, o);
			} else if (reader_take(r, "config")) {
				reader_expect(r, "=");
				o->config = psl_expr_parse(r);
			} else {
				reader_refuse(r, "`type` or `config` is due here, not %s",
					reader_found(r));
			}
			(void)(reader_take(r, ",") || reader_take(r, ";"));
		}
	}
	*p->objects_end = o;
	p->objects_end = &o->next;
}

/* audit = "audit" ("profile" name "=" record | "default" "=" name number) */
static void
audit_parse(struct psl *p, struct reader *r)
{
	if (reader_take(r, "profile")) {
		(void)reader_name(r, "the name of the profile");
		reader_expect(r, "=");
		p->profile_count++;
		if (reader_is(r, "{")) {
			reader_skip_bracket(r);
		} else {
			(void)reader_name(r, "a profile");
		}
		return;
	}
	reader_expect(r, "default");
	reader_expect(r, "=");
	p->audit = reader_name(r, "the name of a profile");
	p->audit_level = r->word.number;
	if (r->word.kind != WORD_NUMBER) {
		reader_refuse(r, "a level is due here");
	}
	reader_next(r);
}

static void
binding_parse(struct psl *p, struct reader *r, enum psl_event event, struct span at)
{
	struct psl_binding *b;

	if (event == PSL_EXECUTE && reader_take(r, ":")) {
		(void)reader_name(r, "the name of the interface");
		return;
	}
	b = arena_alloc(&p->compile->arena, sizeof *b);
	b->event = event;
	b->at = at;
	psl_selector_parse(r, &b->selector);
	b->body = psl_body_parse(r);
	*p->bindings_end = b;
	p->bindings_end = &b->next;
}

static void
item_parse(struct psl *p, struct reader *r)
{
	struct span at = r->word.span;
	enum psl_event event;

	if (psl_event_parse(r, &event)) {
		binding_parse(p, r, event, at);
	} else if (reader_take(r, "use")) {
		use_parse(p, r);
	} else if (reader_take(r, "policy")) {
		object_parse(p, r);
	} else if (reader_take(r, "audit")) {
		audit_parse(p, r);
	} else if (reader_take(r, "assert")) {
		pal_parse(p, r);
	} else if (reader_take(r, "task")) {
		const char *name;

		reader_expect(r, "class");
		at = r->word.span;
		name = reader_name(r, "the name of a class of tasks");
		reader_expect(r, ":");
		class_add(p, at, name, reader_name(r, "the name of an EDL"));
	} else {
		reader_refuse(r, "`%s` begins nothing that a policy declares", r->word.text);
	}
	(void)reader_take(r, ";");
}

bool
psl_add(struct psl *p, const struct source *source)
{
	struct reader r;

	reader_begin(&r, p->compile, source);
	while (r.word.kind != WORD_END) {
		item_parse(p, &r);
	}
	return !r.failed;
}
