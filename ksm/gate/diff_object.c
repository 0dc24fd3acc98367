/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* diff_object.c: buckets, windows, machines and so on that are new, gone or of another measure. */
#include <inttypes.h>
#include <string.h>

#include "arena.h"
#include "condition_text.h"
#include "diff_print.h"
#include "diff.h"
#include "l1.h"
#include "ksm/format_state.h"

/* What a change of an object does to what is granted. */
enum change { CHANGE_NONE, CHANGE_MORE, CHANGE_LESS, CHANGE_EITHER };

static const char *const kind_words[] = {
	[L1_BUCKET] = "bucket",
	[L1_WINDOW] = "window",
	[L1_LATCH] = "latch",
	[L1_COUNTER] = "counter",
	[L1_SET] = "set",
	[L1_MACHINE] = "machine",
	[L1_LIMIT] = "limit",
};

static const char *
measure_text(struct arena *a, const struct l1_object *object)
{
	switch (object->kind) {
	case L1_BUCKET:
		return arena_format(a, "1 each %s, burst %u",
			condition_time_text(a, object->amount), object->count);
	case L1_WINDOW:
		return arena_format(
			a, "max %u per %s", object->count, condition_time_text(a, object->amount));
	case L1_LATCH:
		return arena_format(a, "for %s", condition_time_text(a, object->amount));
	case L1_COUNTER:
	case L1_LIMIT:
		return arena_format(a, "max %" PRIu64, object->amount);
	case L1_SET:
		return arena_format(a, "max %u", object->count);
	case L1_MACHINE:
		break;
	}
	return arena_format(a, "%u states", object->count);
}

/* What counts all of a label follows from the other objects. */
static bool
is_own(const struct l1_object *object)
{
	return object->kind != L1_LIMIT || object->amount != FORMAT_AMOUNT_MAX;
}

static const struct l1_object *
object_find(const struct l1 *l1, const struct l1_object *like)
{
	for (uint32_t i = 0; i < l1->state_count; i++) {
		const struct l1_object *object = l1->states[i]->object;

		if (object->kind == like->kind && strcmp(object->name, like->name) == 0 &&
			strcmp(object->unit_name, like->unit_name) == 0) {
			return object;
		}
	}
	return NULL;
}

static enum change
order_of(uint64_t old, uint64_t new)
{
	return new > old ? CHANGE_MORE : new < old ? CHANGE_LESS : CHANGE_NONE;
}

/* More of one thing and less of the other is both. */
static enum change
both(enum change x, enum change y)
{
	if (x == CHANGE_NONE || y == CHANGE_NONE || x == y) {
		return x == CHANGE_NONE ? y : x;
	}
	return CHANGE_EITHER;
}

static bool
moves_same(const struct l1_object *old, const struct l1_object *new)
{
	for (uint32_t i = 0; i < old->count; i++) {
		if (old->sources[i] != new->sources[i] ||
			strcmp(old->names[i].name, new->names[i].name) != 0) {
			return false;
		}
	}
	return true;
}

static enum change
change_of(const struct l1_object *old, const struct l1_object *new)
{
	if (old->key != new->key || old->resets != new->resets) {
		return CHANGE_EITHER;
	}
	switch (old->kind) {
	case L1_BUCKET:
	case L1_WINDOW:
		return both(order_of(old->count, new->count), order_of(new->amount, old->amount));
	case L1_COUNTER:
	case L1_LIMIT:
		return order_of(old->amount, new->amount);
	case L1_SET:
		return old->low != new->low || old->amount != new->amount
			       ? CHANGE_EITHER
			       : order_of(old->count, new->count);
	case L1_LATCH:
		return old->amount == new->amount ? CHANGE_NONE : CHANGE_EITHER;
	case L1_MACHINE:
		break;
	}
	return old->count == new->count &&moves_same(old, new) ? CHANGE_NONE : CHANGE_EITHER;
}

static bool
was_told(const struct l1 *l1, uint32_t index)
{
	for (uint32_t i = 0; i < index; i++) {
		if (l1->states[i]->object == l1->states[index]->object) {
			return true;
		}
	}
	return false;
}

static void
object_print(const struct l1_object *old, const struct l1_object *new, enum change change,
	struct arena *a, FILE *out)
{
	static const char *const notes[] = {
		[CHANGE_MORE] = "+ ", [CHANGE_LESS] = "- ", [CHANGE_EITHER] = "~ "};
	(void)fprintf(out, "%s%s %s: %s; was %s\n", notes[change], kind_words[new->kind], new->name,
		measure_text(a, new), measure_text(a, old));
	if (new->kind == L1_MACHINE) {
		(void)fputs("    its states or moves are others\n", out);
	}
	if (old->key != new->key) {
		(void)fputs("    it has another key\n", out);
	}
	if (old->resets != new->resets) {
		(void)fprintf(out, "    it was '%s', it is '%s'\n", old->resets ? "reset" : "keep",
			new->resets ? "reset" : "keep");
	}
}

uint32_t
diff_objects_print(const struct diff *diff, bool only_more, uint32_t *lines, FILE *out)
{
	const struct l1 *old = diff->l1[DIFF_OLD];
	const struct l1 *new = diff->l1[DIFF_NEW];
	struct arena scratch;
	uint32_t more = 0;

	*lines = 0;
	arena_init(&scratch);
	for (uint32_t i = 0; i < new->state_count; i++) {
		const struct l1_object *object = new->states[i]->object;
		const struct l1_object *before =
			was_told(new, i) ? object : object_find(old, object);

		enum change change = before == NULL ? CHANGE_LESS : change_of(before, object);

		if (!is_own(object) || (only_more && change == CHANGE_LESS)) {
			continue;
		}
		if (before == NULL) {
			(*lines)++;
			(void)fprintf(out, "  new %s %s: %s\n", kind_words[object->kind],
				object->name, measure_text(&scratch, object));
		} else if (change != CHANGE_NONE) {
			(*lines)++;
			more += change != CHANGE_LESS;
			object_print(before, object, change, &scratch, out);
		}
	}
	for (uint32_t i = 0; i < old->state_count; i++) {
		const struct l1_object *object = old->states[i]->object;
		bool is_limit = object->kind == L1_LIMIT; /* of which no rule speaks */

		if (is_own(object) && (is_limit || !only_more) && !was_told(old, i) &&
			object_find(new, object) == NULL) {
			(*lines)++;
			more += is_limit;
			(void)fprintf(out, "%sgone %s %s\n", is_limit ? "+ " : "  ",
				kind_words[object->kind], object->name);
		}
	}
	arena_release(&scratch);
	return more;
}
