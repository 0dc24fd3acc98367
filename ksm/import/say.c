/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* say.c: the shortest form of each condition that says the same. */
#include "say.h"

#include <inttypes.h>
#include <string.h>

#include "ksm/gate/buffer.h"
#include "cells.h"
#include "ksm/gate/compile.h"
#include "names.h"
#include "cond.h"
#include "judge.h"
#include "model.h"
#include "world.h"

/* Sets of tuples with more entries have a name. */
#define TUPLES_INLINE_MAX 2u

void
say_number(struct buffer *b, const struct subject *s, int64_t number)
{
	buffer_text(b, s->is_hex && number > 9
			       ? arena_format(b->arena, "0x%" PRIx64, (uint64_t)number)
			       : arena_format(b->arena, "%" PRId64, number));
}

/* The word for a value of a subject that has words; the last ones may have none. */
static const char *
word_of(const struct subject *s, int64_t value)
{
	uint32_t count = 0;
	const char *const *words = s->names(s, &count);

	return (uint64_t)value < count ? words[value] : NULL;
}

/* A text field or a machine: `= word`, `is word`, `in {words}`. */
static void
say_words(struct buffer *b, const struct cond *c)
{
	const struct subject *s = c->subject;
	struct buffer list;
	uint32_t count = 0;

	buffer_init(&list, b->arena);
	for (uint32_t i = 0; i < c->range_count; i++) {
		for (int64_t v = c->ranges[i].low; v <= c->ranges[i].high; v++) {
			const char *word = word_of(s, v);

			if (word == NULL) {
				break;
			}
			buffer_text(&list, count++ == 0 ? "" : ", ");
			buffer_text(&list, word);
		}
	}
	buffer_text(b, s->name);
	buffer_text(b, s->is_machine ? " is " : count == 1 ? " = " : " in ");
	buffer_text(b, count == 1 ? "" : "{");
	buffer_add(b, list.bytes, list.size);
	buffer_text(b, count == 1 ? "" : "}");
}

static void
say_ranges(struct buffer *b, const struct subject *s, const struct range *ranges, uint32_t count)
{
	bool is_set = count != 1;

	buffer_text(b, is_set ? " in {" : ranges[0].low == ranges[0].high ? " = " : " in ");
	for (uint32_t i = 0; i < count; i++) {
		buffer_text(b, i == 0 ? "" : ", ");
		say_number(b, s, ranges[i].low);
		if (ranges[i].low != ranges[i].high) {
			buffer_text(b, "..");
			say_number(b, s, ranges[i].high);
		}
	}
	buffer_text(b, is_set ? "}" : "");
}

/* A set of numbers. One that leaves out a single number, or has no upper end, says so. */
static void
say_set(struct buffer *b, struct cells *cells, const struct cond *c, uint32_t strength)
{
	const struct subject *s = c->subject;
	const struct cond *rest;
	bool is_open = s->is_open && c->ranges[c->range_count - 1].high == s->high;

	if (s->is_truth) {
		buffer_text(b, s->name);
		buffer_text(b, c->ranges[0].low == 1 ? " = true" : " = false");
		return;
	}
	if (s->names != NULL) {
		say_words(b, c);
		return;
	}
	rest = cond_not(b->arena, c);
	if (rest->range_count == 1 && rest->ranges[0].low == rest->ranges[0].high) {
		buffer_text(b, s->name);
		buffer_text(b, " != ");
		say_number(b, s, rest->ranges[0].low);
	} else if (is_open && c->range_count == 1) {
		buffer_text(b, s->name);
		buffer_text(b, " >= ");
		say_number(b, s, c->ranges[0].low);
	} else if (is_open) {
		buffer_text(b, "not ");
		say_cond(b, cells, rest, strength < 3 ? 3 : strength);
	} else {
		buffer_text(b, s->name);
		say_ranges(b, s, c->ranges, c->range_count);
	}
}

static void
say_entries(struct buffer *b, const struct cond *c)
{
	buffer_text(b, "{");
	for (uint32_t e = 0; e < c->entry_count; e++) {
		buffer_text(b, e == 0 ? "(" : ", (");
		for (uint32_t i = 0; i < c->subject_count; i++) {
			buffer_text(b, i == 0 ? "" : ", ");
			say_number(b, c->subjects[i], c->entries[(size_t)e * c->subject_count + i]);
		}
		buffer_text(b, ")");
	}
	buffer_text(b, "}");
}

/* The name of a set of tuples; a new one if no other has these entries. */
static const char *
const_name(struct buffer *b, struct cells *cells, const struct cond *c)
{
	const struct cell_const *known = cells->consts.elements;
	size_t bytes = (size_t)c->entry_count * c->subject_count * sizeof *c->entries;
	struct cell_const *own;
	struct names nobody = {0};
	const char *name =
		names_take(&nobody, b->arena, c->name == NULL ? "entries" : c->name, NAMES_TYPE);
	uint32_t same = 0;

	for (uint32_t i = 0; i < cells->consts.count; i++) {
		if (known[i].tuple->subject_count == c->subject_count &&
			known[i].tuple->entry_count == c->entry_count &&
			memcmp(known[i].tuple->entries, c->entries, bytes) == 0) {
			return known[i].name;
		}
		same += strncmp(known[i].name, name, strlen(name)) == 0;
	}
	own = vector_push(&cells->consts, b->arena, sizeof *own);
	own->tuple = c;
	own->name = same == 0 ? name : arena_format(b->arena, "%s_%u", name, same + 1);
	return own->name;
}

static void
say_tuple(struct buffer *b, struct cells *cells, const struct cond *c)
{
	buffer_text(b, "(");
	for (uint32_t i = 0; i < c->subject_count; i++) {
		buffer_text(b, i == 0 ? "" : ", ");
		buffer_text(b, c->subjects[i]->name);
	}
	buffer_text(b, ") in ");
	if (c->entry_count <= TUPLES_INLINE_MAX) {
		say_entries(b, c);
	} else {
		buffer_text(b, const_name(b, cells, c));
	}
}

void
say_cond(struct buffer *b, struct cells *cells, const struct cond *c, uint32_t strength)
{
	uint32_t own = c->kind == COND_AND ? 2 : c->kind == COND_OR ? 1 : 3;

	switch (c->kind) {
	case COND_TRUE:
	case COND_FALSE:
		buffer_text(b, c->kind == COND_TRUE ? "true" : "false");
		return;
	case COND_SET:
		say_set(b, cells, c, strength);
		return;
	case COND_TUPLE:
		say_tuple(b, cells, c);
		return;
	case COND_COMPARE:
		buffer_text(b, c->subject->name);
		buffer_text(b, strcmp(c->operator, "==") == 0
				       ? " = "
				       : arena_format(b->arena, " %s ", c->operator));
		buffer_text(b, c->other->name);
		return;
	case COND_MEMBER:
		buffer_text(
			b, arena_format(b->arena, "%s in %s", c->subject->name, c->other->name));
		return;
	case COND_NOT:
		buffer_text(b, "not ");
		say_cond(b, cells, c->parts[0], 3);
		return;
	case COND_AND:
	case COND_OR:
		break;
	}
	buffer_text(b, own < strength ? "(" : "");
	for (uint32_t i = 0; i < c->part_count; i++) {
		buffer_text(b, i == 0 ? "" : c->kind == COND_AND ? " and " : " or ");
		say_cond(b, cells, c->parts[i], own + 1);
	}
	buffer_text(b, own < strength ? ")" : "");
}

/* Whether a condition looks at nothing but fields of the message. */
static bool
is_about_fields(const struct cond *c)
{
	if (c->kind == COND_SET) {
		return !c->subject->is_machine;
	}
	if (c->kind == COND_MEMBER) {
		return false;
	}
	for (uint32_t i = 0; i < c->part_count; i++) {
		if (!is_about_fields(c->parts[i])) {
			return false;
		}
	}
	return true;
}

static const char *
cond_text(struct cells *cells, const struct cond *c)
{
	struct buffer b;

	buffer_init(&b, &cells->judge->world->compile->arena);
	say_cond(&b, cells, c, 0);
	return b.bytes;
}

/* Whether part, or something that says the same, is a part of the `and` that whole is. */
static bool
has_part(struct cells *cells, const struct cond *whole, const struct cond *part)
{
	const struct cond *const *parts = whole->kind == COND_AND ? whole->parts : &whole;
	uint32_t count = whole->kind == COND_AND ? whole->part_count : 1;

	for (uint32_t i = 0; i < count; i++) {
		if (strcmp(cond_text(cells, parts[i]), cond_text(cells, part)) == 0) {
			return true;
		}
	}
	return false;
}

const struct cond *
say_common(struct cells *cells, const struct way *ways)
{
	const struct cond *first = ways->when;
	const struct cond *const *parts = first->kind == COND_AND ? first->parts : &first;
	uint32_t count = first->kind == COND_AND ? first->part_count : 1;
	const struct cond *common = &cond_true;

	for (uint32_t i = 0; ways->next != NULL && i < count; i++) {
		bool is_common = true;

		for (const struct way *w = ways->next; w != NULL && is_common; w = w->next) {
			is_common = has_part(cells, w->when, parts[i]);
		}
		if (is_common) {
			common = cond_and(&cells->judge->world->compile->arena, common, parts[i]);
		}
	}
	return common;
}

/* Splits an `and` into arguments of the event and a guard. */
static void
say_guard(struct buffer *arguments, struct buffer *rest, struct cells *cells, const struct cond *c,
	const struct cond *common)
{
	const struct cond *const *parts = c->kind == COND_AND ? c->parts : &c;
	uint32_t count = c->kind == COND_AND ? c->part_count : 1;
	uint32_t guards = 0;
	uint32_t tests = 0;

	if (c->kind == COND_TRUE) {
		return;
	}
	for (uint32_t i = 0; i < count; i++) {
		if (common->kind != COND_TRUE && has_part(cells, common, parts[i])) {
			continue;
		}
		if (is_about_fields(parts[i])) {
			buffer_text(arguments, tests++ == 0 ? "(" : ", ");
			say_cond(arguments, cells, parts[i], 0);
		} else {
			buffer_text(rest, guards++ == 0 ? " when " : " and ");
			say_cond(rest, cells, parts[i], count > 1 ? 2 : 0);
		}
	}
	buffer_text(arguments, tests > 0 ? ")" : "");
}

static void
say_effects(struct buffer *b, const struct way *w)
{
	for (uint32_t i = 0; i < w->effect_count; i++) {
		const struct effect *e = &w->effects[i];

		buffer_text(b, i == 0 ? " then " : ", ");
		if (e->machine->kind == MODEL_SET) {
			buffer_text(
				b, arena_format(b->arena, "%s %s %s", e->adds ? "insert" : "remove",
					   e->machine->subject.name, e->field->name));
			continue;
		}
		buffer_text(b, arena_format(b->arena, "enter %s %s", e->machine->subject.name,
				       e->machine->words[e->machine->numbers[e->state]]));
	}
}

/* Whether a condition looks at what an error carries: the error must be there then. */
static bool
is_about_error(const struct cond *c)
{
	if (c->kind == COND_SET || c->kind == COND_COMPARE || c->kind == COND_MEMBER) {
		return c->subject->is_error;
	}
	for (uint32_t i = 0; i < c->subject_count; i++) {
		if (c->subjects[i]->is_error) {
			return true;
		}
	}
	for (uint32_t i = 0; i < c->part_count; i++) {
		if (is_about_error(c->parts[i])) {
			return true;
		}
	}
	return false;
}

static void
say_tails(struct buffer *b, struct cells *cells, const struct way *ways, const char *moment)
{
	if (ways == NULL) {
		buffer_text(b, arena_format(b->arena, " %s none", moment));
		return;
	}
	for (const struct way *w = ways; w != NULL; w = w->next) {
		if (w->when->kind == COND_TRUE && w->effect_count == 0) {
			continue;
		}
		buffer_text(b, arena_format(b->arena, " %s", moment));
		if (w->when->kind != COND_TRUE) {
			buffer_text(b, " when ");
			if (is_about_error(w->when)) {
				buffer_text(b, "arg has failed and ");
			}
			say_cond(b, cells, w->when, is_about_error(w->when) ? 2 : 0);
		}
		say_effects(b, w);
	}
}

void
say_rule(struct buffer *arguments, struct buffer *rest, struct cells *cells,
	const struct cell *cell, const struct way *way, const struct cond *common)
{
	say_guard(arguments, rest, cells, way->when, common);
	if (way->effect_count > 0) {
		buffer_text(rest, " call");
		say_effects(rest, way);
	}
	if (!cell->is_asked) {
		say_tails(rest, cells, cell->reply, "reply");
		say_tails(rest, cells, cell->error, "error");
	}
}
