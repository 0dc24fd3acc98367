/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* present.c: what may not be there is tested only where something says that it is. */
#include "present.h"

#include "compile.h"
#include "condition_text.h"
#include "l1.h"
#include "sema.h"

/*
 * What is known where a test stands: of the conjunctions that it is in all parts hold, and of the
 * others of an `or` none does, or this one decides nothing. So `not (there and so)` is as good as
 * `not there or not so`, which is what becomes of it.
 */
struct known {
	const struct l1_condition *around; /* AND, OR, or one test that holds */
	const struct l1_condition *part;   /* of it in which the test stands, or NULL */
	const struct known *outer;
};

struct checking {
	struct sema *s;
	struct span at;
};

static bool
leaf_says(const struct l1_condition *leaf, const struct l1_field *field, int64_t low, int64_t high)
{
	return leaf->kind == L1_IN && leaf->field == field && leaf->range_count != 0 &&
	       leaf->ranges[0].low >= low && leaf->ranges[leaf->range_count - 1].high <= high;
}

static bool
has_all(const struct l1_condition *leaf, int64_t low, int64_t high)
{
	bool is_found = low > high;

	for (uint32_t i = 0; i < leaf->range_count && !is_found; i++) {
		is_found = leaf->ranges[i].low <= low && leaf->ranges[i].high >= high;
	}
	return is_found;
}

/* Whether the field has a value between these where the test fails. */
static bool
leaf_leaves(
	const struct l1_condition *leaf, const struct l1_field *field, int64_t low, int64_t high)
{
	return leaf->kind == L1_IN && leaf->field == field &&
	       (low <= field->low || has_all(leaf, field->low, low - 1)) &&
	       (high >= field->high || has_all(leaf, high + 1, field->high));
}

/* Whether the field has a value between these, as far as is known. */
static bool
is_said(const struct known *known, const struct l1_field *field, int64_t low, int64_t high)
{
	for (; known != NULL; known = known->outer) {
		const struct l1_condition *c = known->around;
		bool is_or = c->kind == L1_OR;

		if (leaf_says(c, field, low, high)) {
			return true;
		}
		for (uint32_t i = 0; (is_or || c->kind == L1_AND) && i < c->part_count; i++) {
			if (c->parts[i] != known->part &&
				(is_or ? leaf_leaves(c->parts[i], field, low, high)
				       : leaf_says(c->parts[i], field, low, high))) {
				return true;
			}
		}
	}
	return false;
}

static bool
field_check(const struct checking *c, const struct known *known, const struct l1_field *field)
{
	const struct l1_field *inner = field;

	for (; inner->guard != NULL; inner = inner->guard) {
		bool is_length = inner->guard->look == L1_LOOK_LENGTH;
		struct l1_range range = {
			inner->guard_value, is_length ? inner->guard->high : inner->guard_value};
		const struct l1_condition says = {
			.kind = L1_IN, .field = inner->guard, .ranges = &range, .range_count = 1};
		struct diag *d;

		if (is_said(known, inner->guard, range.low, range.high) ||
			(inner->guard->low >= range.low && inner->guard->high <= range.high)) {
			continue; /* or it has no other value */
		}
		d = diag_error(c->s->c, c->at, "S9", "`%s` may not be there", field->name);
		diag_help(d, "say in the same conjunction that it is: `%s and ...`",
			is_length ? arena_format(&c->s->c->arena, "%s >= %lld",
					    condition_field_text(&c->s->c->arena, inner->guard),
					    (long long)inner->guard_value)
				  : condition_text(&c->s->c->arena, &says));
		return false;
	}
	return true;
}

/* Of a test everything that it looks at. */
static bool
looked_check(const struct checking *c, const struct known *known, const struct l1_field *field)
{
	if (field == NULL) {
		return true;
	}
	for (uint32_t i = 0; i < field->term_count; i++) {
		if (!field_check(c, known, field->terms[i].field)) {
			return false;
		}
	}
	return looked_check(c, known, field->member) && looked_check(c, known, field->index) &&
	       field_check(c, known, field);
}

/* Conditions are as deep as the source nests. */
static bool
condition_check(
	const struct checking *c, const struct known *outer, const struct l1_condition *condition)
{
	bool joins = condition->kind == L1_AND || condition->kind == L1_OR;
	struct known known = {condition, NULL, outer};

	if (condition->kind == L1_IN || condition->kind == L1_FIELDS) {
		return looked_check(c, outer, condition->field) &&
		       looked_check(c, outer, condition->other);
	}
	for (uint32_t i = 0; i < condition->part_count; i++) {
		known.part = condition->parts[i];
		if (!condition_check(c, joins ? &known : outer, condition->parts[i])) {
			return false;
		}
	}
	return true;
}

bool
present_check(struct sema *s, struct span at, const struct l1_condition *condition,
	const struct l1_effect *effects, uint32_t effect_count)
{
	const struct checking c = {s, at};
	const struct known known = {condition, NULL, NULL};

	if (!condition_check(&c, NULL, condition)) {
		return false;
	}
	for (uint32_t i = 0; i < effect_count; i++) {
		if (!looked_check(&c, &known, effects[i].field) ||
			!looked_check(&c, &known, effects[i].index)) {
			return false;
		}
	}
	return true;
}
