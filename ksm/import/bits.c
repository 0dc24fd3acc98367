/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* bits.c: `&`, `|` and `~` of one field and numbers: the values of the field that give a number. */
#include <string.h>

#include "ksm/gate/arena.h"
#include "expr_part.h"
#include "form.h"
#include "judge.h"
#include "psl.h"
#include "world.h"

/* Ranges that a test of bits may be; gate takes as many of a flag. */
#define BITS_RANGES_MAX 256u
/* Halves that are looked at: what needs more of them has more ranges, too. */
#define BITS_LOOKS_MAX 16384u

struct search {
	const struct value *v;
	const char *operator;
	int64_t number;
	struct range *ranges;
	uint32_t count;
	uint32_t looks;
};

static int64_t
field_mask(const struct world_field *f)
{
	return f->subject.high;
}

struct value
bits_join(struct judge *l, const struct psl_expr *e, const struct value *v, char operator,
	int64_t number)
{
	struct value own = *v;
	int64_t mask;

	if (v->kind == VALUE_SUBJECT && !v->field->subject.is_truth) {
		own.kind = VALUE_BITS;
		own.keep = field_mask(v->field);
		own.flip = 0;
	}
	if (own.kind != VALUE_BITS || own.field->is_signed || own.field->subject.is_open) {
		return expr_lose(
			l, e, "bits are those of one field of 32 bits at most, without a sign");
	}
	mask = field_mask(own.field);
	if (number < 0 || number > mask) {
		return expr_lose(l, e, "the type of the field here has no such number");
	}
	/* Each bit is that of the field, or its contrary, or stands fast. */
	switch (operator) {
	case '&':
		own.keep &= number;
		own.flip &= number;
		break;
	case '|':
		own.keep &= ~number;
		own.flip |= number;
		break;
	default:
		own.flip ^= mask;
		break;
	}
	return own;
}

static bool
holds(const struct search *s, int64_t value)
{
	return cond_numbers(value, s->operator, s->number)->kind == COND_TRUE;
}

/* Whether all values between two hold, or none, as both ends do. */
static bool
is_alike(const struct search *s, int64_t low, int64_t high)
{
	bool is_equal = s->operator[1] == '=' &&(s->operator[0] == '=' || s->operator[0] == '!');

	if (is_equal) {
		return low == high || s->number < low || s->number > high;
	}
	return holds(s, low) == holds(s, high);
}

/* Takes the values of the field from `from` on, of which the bits in `rest` may be any. */
static bool
half_search(struct search *s, int64_t from, int64_t rest)
{
	int64_t keep = s->v->keep;
	int64_t fixed = (from & keep & ~rest) ^ (s->v->flip & ~(keep & rest));
	int64_t low = fixed;
	int64_t high = fixed | (keep & rest);

	if (++s->looks > BITS_LOOKS_MAX) {
		return false;
	}
	if (!is_alike(s, low, high)) {
		int64_t half = (rest + 1) / 2;

		return half_search(s, from, half - 1) && half_search(s, from + half, half - 1);
	}
	if (!holds(s, low)) {
		return true;
	}
	if (s->count > 0 && s->ranges[s->count - 1].high == from - 1) {
		s->ranges[s->count - 1].high = from + rest;
		return true;
	}
	if (s->count == BITS_RANGES_MAX) {
		return false;
	}
	s->ranges[s->count++] = (struct range){.low = from, .high = from + rest};
	return true;
}

const struct cond *
bits_compare(struct judge *l, const struct psl_expr *e, const struct value *v, const char *operator,
	int64_t number)
{
	struct arena *a = expr_arena(l);
	const struct subject *s = &v->field->subject;
	const struct cond *sum = &cond_false;
	struct search search = {.v = v, .operator= operator, .number = number };

	search.ranges = arena_array(a, BITS_RANGES_MAX, sizeof *search.ranges);
	if (!half_search(&search, 0, field_mask(v->field))) {
		return judge_lose(l, e->at,
			"more than %u values of `%s` in a row have these bits: Gate has no test of "
			"single bits below others; send what they say as a field of its own",
			BITS_RANGES_MAX, v->field->path);
	}
	for (uint32_t i = 0; i < search.count; i++) {
		sum = cond_or(a, sum,
			cond_and(a, cond_number(a, s, ">=", search.ranges[i].low),
				cond_number(a, s, "<=", search.ranges[i].high)));
	}
	return sum;
}
