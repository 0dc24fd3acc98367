/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* expr_math.c: sums, bits and comparisons. */
#include <string.h>

#include "ksm/gate/compile.h"
#include "cond.h"
#include "expr_part.h"
#include "form.h"
#include "judge.h"
#include "map.h"
#include "model.h"
#include "pattern.h"
#include "psl.h"
#include "texts.h"
#include "world.h"

/* a OPERATOR b of two numbers. */
static struct value
numbers_join(struct judge *l, const struct psl_expr *e, int64_t a, char operator, int64_t b)
{
	struct value v = {.kind = VALUE_NUMBER};
	bool overflows = false;

	switch (operator) {
	case '+':
		overflows = __builtin_add_overflow(a, b, &v.number);
		break;
	case '-':
		overflows = __builtin_sub_overflow(a, b, &v.number);
		break;
	case '*':
		overflows = __builtin_mul_overflow(a, b, &v.number);
		break;
	case '&':
		v.number = a & b;
		break;
	default:
		v.number = a | b;
		break;
	}
	return overflows ? expr_lose(l, e, "this does not fit 64 bits") : v;
}

struct value
value_sum(struct judge *l, const struct psl_expr *e, struct value a, char operator, struct value b)
{
	bool is_number = a.kind == VALUE_NUMBER;

	if (is_number && b.kind == VALUE_NUMBER) {
		return numbers_join(l, e, a.number, operator, b.number);
	}
	if (operator!= '&' && operator!= '|') {
		return form_join(l, e, &a, operator, & b);
	}
	if (!is_number && b.kind != VALUE_NUMBER) {
		return expr_lose(l, e, "bits of two fields together cannot be said in Gate");
	}
	return is_number ? bits_join(l, e, &b, operator, a.number)
			 : bits_join(l, e, &a, operator, b.number);
}

/* math.sum [..], math.product [..], math.neg (N), math.abs (N), and casts, which widen only. */
struct value
expr_math(
	struct judge *l, const struct event *event, const struct psl_expr *e, const char *function)
{
	static const char *const casts[] = {
		"uint16", "uint32", "uint64", "sint16", "sint32", "sint64"};
	bool is_sum = strcmp(function, "sum") == 0;
	struct value v = {.kind = VALUE_NUMBER, .number = is_sum ? 0 : 1};

	for (uint32_t i = 0; i < sizeof casts / sizeof *casts; i++) {
		if (strcmp(function, casts[i]) == 0) {
			v = expr_value(l, event, e->left, false);
			return form_cast(l, e, &v, function);
		}
	}
	if ((is_sum || strcmp(function, "product") == 0) && e->left->kind == PSL_LIST) {
		for (const struct psl_expr *one = e->left->left;
			one != NULL && v.kind != VALUE_LOST; one = one->next) {
			struct value part = expr_value(l, event, one, false);

			if (one == e->left->left || part.kind == VALUE_LOST) {
				v = part;
				continue;
			}
			v = value_sum(l, one, v, is_sum ? '+' : '*', part);
		}
		return v;
	}
	v = expr_value(l, event, e->left, false);
	if (v.kind == VALUE_LOST) {
		return v;
	}
	if (strcmp(function, "neg") != 0 && strcmp(function, "abs") != 0) {
		return expr_lose(l, e, "this function is not imported");
	}
	if (v.kind != VALUE_NUMBER || v.number == INT64_MIN) {
		return form_turn(l, e, &v, function[0] == 'a');
	}
	v.number = function[0] == 'n' || v.number < 0 ? -v.number : v.number;
	return v;
}

/* A field of texts, or a machine, compared with a text. */
static const struct cond *
text_compare(struct judge *l, const struct psl_expr *e, const struct value *v, const char *text,
	const char *operator)
{
	const struct subject *s =
		v->kind == VALUE_STATE ? &v->machine->subject : &v->field->subject;
	int64_t number;

	if (strcmp(operator, "==") != 0 && strcmp(operator, "!=") != 0) {
		return judge_lose(l, e->at, "texts have no order");
	}
	if (v->kind == VALUE_STATE) {
		uint32_t state = model_state(v->machine, text);
		bool is_reached = state <= MODEL_STATES_MAX && (v->machine->reached >> state & 1);

		if (!is_reached) {
			return operator[0] == '=' ? &cond_false : & cond_true;
		}
		number = v->machine->numbers[state];
	} else {
		number = world_text(l->world, v->field, text);
		if (number < 0) {
			return judge_lose(l, e->at, "a field is compared with 255 texts at most");
		}
	}
	return cond_number(expr_arena(l), s, operator, number);
}

/* The elements of a field are OPERATOR number: as many whole ones fit its bytes. */
static const struct cond *
length_compare(struct judge *l, const struct world_field *f, const char *operator, int64_t number)
{
	struct arena *a = expr_arena(l);
	int64_t most = f->length.high / f->unit + 1;
	int64_t n = number < -1 ? -1 : number > most ? most : number;
	const struct cond *least = cond_number(a, &f->length, ">=", n * f->unit);
	const struct cond *more = cond_number(a, &f->length, ">=", (n + 1) * f->unit);

	switch (operator[0]) {
	case '>':
		return operator[1] == '=' ? least : more;
	case '<':
		return cond_not(a, operator[1] == '=' ? more : least);
	case '=':
		return cond_and(a, least, cond_not(a, more));
	default:
		return cond_or(a, cond_not(a, least), more);
	}
}

static bool
is_sum(const struct value *v)
{
	return v->kind == VALUE_SUM || v->kind == VALUE_NUMBER ||
	       (v->kind == VALUE_SUBJECT && !v->field->subject.is_truth);
}

const struct cond *
expr_compare(struct judge *l, const struct psl_expr *e, const struct value *a, const char *operator,
	const struct value * b)
{
	if (a->kind == VALUE_LOST || b->kind == VALUE_LOST) {
		return &cond_false;
	}
	if (a->kind == VALUE_CELL || b->kind == VALUE_CELL) {
		return map_compare(l, e, a, operator, b);
	}
	if (a->kind == VALUE_NUMBER && b->kind == VALUE_NUMBER) {
		return cond_numbers(a->number, operator, b->number);
	}
	if (a->kind == VALUE_TEXT && b->kind == VALUE_TEXT) {
		return cond_numbers(strcmp(a->text, b->text) != 0, operator, 0);
	}
	if (a->kind == VALUE_NUMBER || a->kind == VALUE_TEXT) {
		return expr_compare(l, e, b, operator_turned(operator), a);
	}
	if (a->kind == VALUE_LENGTH && b->kind == VALUE_NUMBER) {
		return length_compare(l, a->field, operator, b->number);
	}
	if ((a->kind == VALUE_STATE || a->kind == VALUE_TEXT_FIELD) && b->kind == VALUE_TEXT) {
		return text_compare(l, e, a, b->text, operator);
	}
	if (a->kind == VALUE_SUBJECT && b->kind == VALUE_NUMBER) {
		a->field->subject.is_hex = a->field->subject.is_hex || b->is_hex;
		return cond_number(expr_arena(l), &a->field->subject, operator, b->number);
	}
	if (a->kind == VALUE_BITS && b->kind == VALUE_NUMBER) {
		a->field->subject.is_hex = a->field->subject.is_hex || b->is_hex;
		return bits_compare(l, e, a, operator, b->number);
	}
	if (a->kind == VALUE_SUBJECT && b->kind == VALUE_SUBJECT &&
		a->field->bits == b->field->bits && a->field->is_signed == b->field->is_signed) {
		return cond_compare(
			expr_arena(l), &a->field->subject, operator, & b->field->subject);
	}
	if (is_sum(a) && is_sum(b)) {
		return form_compare(l, e, a, operator, b);
	}
	return judge_lose(l, e->at,
		a->kind == VALUE_TEXT_FIELD && b->kind == VALUE_TEXT_FIELD
			? "two texts of a message cannot be compared in Gate: compare each with "
			  "the "
			  "texts that are meant, or send a number for one of them"
			: "these two cannot be compared");
}

/* A pattern that is no list of texts: those of its texts that the policy names, and kinds. */
static const struct cond *
kinds_cond(struct judge *l, const struct psl_expr *pattern, struct world_field *f)
{
	const char *why;
	int32_t number = texts_pattern(l->world, f, pattern->text, &why);
	const struct texts_pattern *own = f->patterns.elements;
	const struct texts_kind *kinds = f->kinds.elements;
	struct arena *a = expr_arena(l);
	const struct cond *sum = &cond_false;

	if (number < 0 || f->is_crowded) {
		return judge_lose(l, pattern->at, "%s",
			number < 0
				? why
				: "the patterns of this field tell too many texts apart: compare "
				  "with those that are meant");
	}
	if (!f->has_kinds) { /* looked at again when all texts are known */
		struct subject *s = arena_alloc(a, sizeof *s);

		s->high = 1;
		return cond_number(a, s, "==", 1);
	}
	for (uint32_t i = 0; i < f->texts.count; i++) {
		if (regex_matches(
			    &own[number].regex, ((const char *const *)f->texts.elements)[i])) {
			sum = cond_or(a, sum, cond_number(a, &f->subject, "==", (int64_t)i + 1));
		}
	}
	for (uint32_t i = 0; i < f->kinds.count; i++) {
		if ((kinds[i].patterns >> number & 1) != 0) {
			sum = cond_or(a, sum,
				cond_number(a, &f->subject, "==", (int64_t)f->texts.count + 1 + i));
		}
	}
	return sum;
}

const struct cond *
expr_pattern(struct judge *l, const struct psl_expr *pattern, const struct value *field)
{
	const struct cond *sum = &cond_false;
	struct vector texts = {0};

	if (field->kind != VALUE_TEXT_FIELD) {
		return judge_lose(l, pattern->at, "only a text of the message matches a pattern");
	}
	if (pattern_is_any(pattern->text)) {
		return &cond_true;
	}
	if (pattern_texts(expr_arena(l), pattern->text, &texts) != NULL) {
		return kinds_cond(l, pattern, field->field);
	}
	for (uint32_t i = 0; i < texts.count; i++) {
		sum = cond_or(expr_arena(l), sum,
			text_compare(
				l, pattern, field, ((const char *const *)texts.elements)[i], "=="));
	}
	return sum;
}
