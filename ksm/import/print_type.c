/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* print_type.c: interfaces: small fields in the message, one short text at its end, the rest lent.
 */
#include <string.h>

#include "ksm/gate/buffer.h"
#include "cells.h"
#include "ksm/gate/compile.h"
#include "print.h"
#include "judge.h"
#include "names.h"
#include "naming.h"
#include "texts.h"
#include "world.h"

/* A call lends at most this many pieces of memory. */
#define LEASES_MAX 4u

/* What one method has used up. */
struct room {
	uint32_t leases;
	uint32_t count; /* fields said so far */
};

static bool
is_long(const struct world_field *f)
{
	return f->enum_name == NULL &&
	       (f->kind == SPEC_TEXT || f->kind == SPEC_BYTES || f->kind == SPEC_OPAQUE ||
		       f->kind == SPEC_STRUCT || f->kind == SPEC_ARRAY);
}

static void
say(struct buffer *b, struct room *room, const char *field)
{
	buffer_text(b, room->count++ == 0 ? "" : ", ");
	buffer_text(b, field);
}

static const char *
short_type(struct buffer *b, const struct world_field *f)
{
	if (f->enum_name != NULL) {
		return f->enum_name;
	}
	if (f->kind == SPEC_BOOLEAN) {
		return "bool";
	}
	if (f->kind == SPEC_HANDLE) {
		return "u32";
	}
	return arena_format(b->arena, "%c%u", f->is_signed ? 'i' : 'u', f->bits);
}

/* The one long field that can stand at the end of the message itself, or NULL. */
static const struct world_field *
tail_of(const struct vector *fields)
{
	const struct world_field *tail = NULL;

	for (uint32_t i = 0; i < fields->count; i++) {
		const struct world_field *f = ((struct world_field *const *)fields->elements)[i];

		if (f->elements.count > 0) {
			return f;
		}
		if (is_long(f) && f->size <= WORLD_INLINE_BYTES && f->size > 0 && tail == NULL) {
			tail = f;
		}
	}
	return tail;
}

static void
leases_say(struct buffer *b, struct room *room, const struct vector *fields, const char *word)
{
	const struct world_field *tail = tail_of(fields);

	for (uint32_t i = 0; i < fields->count; i++) {
		const struct world_field *f = ((struct world_field *const *)fields->elements)[i];

		if (!is_long(f) || f == tail || room->leases == LEASES_MAX) {
			continue;
		}
		room->leases++;
		say(b, room,
			arena_format(b->arena, "%s %s: bytes<%u>", word, f->subject.name,
				f->size == 0 ? 1 : f->size));
	}
}

static void
fields_say(struct buffer *b, struct room *room, const struct vector *fields)
{
	const struct world_field *tail = tail_of(fields);

	for (uint32_t i = 0; i < fields->count; i++) {
		const struct world_field *f = ((struct world_field *const *)fields->elements)[i];

		if (!is_long(f)) {
			say(b, room,
				arena_format(
					b->arena, "%s: %s", f->subject.name, short_type(b, f)));
		}
	}
	if (tail != NULL && tail->elements.count > 0) {
		const struct world_field *one =
			((struct world_field *const *)tail->elements.elements)[0];

		say(b, room,
			arena_format(b->arena, "%s: list<%s, %u>", tail->subject.name,
				short_type(b, one), tail->capacity));
	} else if (tail != NULL) {
		say(b, room,
			arena_format(b->arena, "%s: %s<%u>", tail->subject.name,
				tail->kind == SPEC_TEXT ? "text" : "bytes", tail->size));
	}
}

/* The one error, with what it carries of one size. */
static void
error_say(struct buffer *b, const struct vector *fields)
{
	uint32_t count = 0;

	buffer_text(b, " errors {failed");
	for (uint32_t i = 0; i < fields->count; i++) {
		const struct world_field *f = ((struct world_field *const *)fields->elements)[i];

		if (!is_long(f)) {
			buffer_text(b, arena_format(b->arena, "%s%s: %s", count++ == 0 ? "(" : ", ",
					       strchr(f->subject.name, '.') + 1, short_type(b, f)));
		}
	}
	buffer_text(b, count == 0 ? "}\n" : ")}\n");
}

static void
method_say(struct buffer *b, const struct world_method *m)
{
	struct room room = {0};
	uint32_t lent_in;

	buffer_text(b, arena_format(b->arena, "    %s(", m->gate));
	leases_say(b, &room, &m->fields[WORLD_IN], "reads");
	lent_in = room.leases;
	leases_say(b, &room, &m->fields[WORLD_OUT], "writes");
	fields_say(b, &room, &m->fields[WORLD_IN]);
	buffer_text(b, ")");
	room.count = 0;
	if (m->fields[WORLD_OUT].count > room.leases - lent_in) {
		buffer_text(b, " -> (");
		fields_say(b, &room, &m->fields[WORLD_OUT]);
		buffer_text(b, ")");
	}
	error_say(b, &m->fields[WORLD_ERROR]);
}

/* What other texts a word stands for. */
static void
kinds_say(struct buffer *b, const struct world_field *f)
{
	const struct texts_pattern *p = f->patterns.elements;
	const struct texts_kind *kinds = f->kinds.elements;
	const char *const *words = f->words.elements;

	for (uint32_t i = 0; i < f->kinds.count; i++) {
		const char *between = "";

		buffer_text(b, arena_format(b->arena, "## `%s`: others that match ",
				       words[f->texts.count + 1 + i]));
		for (uint32_t n = 0; n < f->patterns.count; n++) {
			if ((kinds[i].patterns >> n & 1) != 0) {
				buffer_text(
					b, arena_format(b->arena, "%s`%s`", between, p[n].pattern));
				between = " and ";
			}
		}
		buffer_text(b, f->patterns.count > 1 ? " only.\n" : ".\n");
	}
}

static void
enums_say(struct buffer *b, const struct vector *fields)
{
	for (uint32_t i = 0; i < fields->count; i++) {
		const struct world_field *f = ((struct world_field *const *)fields->elements)[i];

		if (f->enum_name == NULL) {
			continue;
		}
		buffer_text(b, arena_format(b->arena,
				       "## The texts of `%s` that the policy knows.\n", f->path));
		kinds_say(b, f);
		buffer_text(b, arena_format(b->arena, "enum %s {", f->enum_name));
		for (uint32_t t = 0; t < f->words.count; t++) {
			buffer_text(b, t == 0 ? " " : ", ");
			buffer_text(b, ((const char *const *)f->words.elements)[t]);
		}
		buffer_text(b, " }\n");
	}
}

/* Whether a class of the system gives it. */
static bool
is_given(const struct cells *c, const struct world_interface *face)
{
	const struct vector *classes = &c->judge->world->classes;

	for (uint32_t i = 0; i < classes->count; i++) {
		const struct world_class *class =
			((struct world_class *const *)classes->elements)[i];

		for (uint32_t e = 0; print_is_there(c, class) && e < class->endpoints.count; e++) {
			if (((struct world_endpoint *const *)class->endpoints.elements)[e]
					->interface == face) {
				return true;
			}
		}
	}
	return false;
}

/* Whether an interface before this one has its name: the classes share it. */
static bool
is_printed(const struct cells *c, uint32_t index)
{
	const struct world *w = c->judge->world;
	struct world_interface *const *faces = w->interfaces.elements;

	for (uint32_t i = 0; i < index; i++) {
		if (strcmp(faces[i]->gate, faces[index]->gate) == 0 && is_given(c, faces[i])) {
			return true;
		}
	}
	return false;
}

/* What stands above an interface. */
static const char *
title_of(struct arena *a, const struct world_interface *face)
{
	if (!face->is_foreign) {
		return face->name;
	}
	if (face->gate == naming_shared) {
		return "Whatever the policy does not name of foreign classes.";
	}
	return face->name == NULL
		       ? "Foreign: what the policy names of it."
		       : arena_format(a, "%s, foreign: what the policy names of it.", face->name);
}

void
print_interfaces(struct buffer *b, struct cells *c)
{
	const struct world *w = c->judge->world;

	for (uint32_t i = 0; i < w->interfaces.count; i++) {
		const struct world_interface *face =
			((struct world_interface *const *)w->interfaces.elements)[i];
		struct world_method *const *methods = face->methods.elements;

		if (!is_given(c, face) || is_printed(c, i)) {
			continue;
		}
		for (uint32_t m = 0; m < face->methods.count; m++) {
			enums_say(b, &methods[m]->fields[WORLD_IN]);
			enums_say(b, &methods[m]->fields[WORLD_OUT]);
			enums_say(b, &methods[m]->fields[WORLD_ERROR]);
		}
		buffer_text(b, arena_format(b->arena, "## %s\n", title_of(b->arena, face)));
		buffer_text(b, arena_format(b->arena, "interface %s {\n", face->gate));
		for (uint32_t m = 0; m < face->methods.count; m++) {
			method_say(b, methods[m]);
		}
		buffer_text(b, "}\n");
	}
}
