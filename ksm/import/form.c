/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * form.c: sums of fields. What an operation of PSL gives has the type of its operands; what is
 * outside it is no value, and the event is denied, as where an expression has none.
 */
#include "form.h"

#include <string.h>

#include "ksm/gate/arena.h"
#include "ksm/gate/buffer.h"
#include "expr_part.h"
#include "judge.h"
#include "psl.h"
#include "world.h"

static const char wide[] =
	"this sum may not fit 64 bits, where its value is nowhere said: add fields of 32 bits, or "
	"declare the method in an IDL";

static struct form *
form_copy(struct judge *l, const struct form *from)
{
	struct form *own = arena_alloc(expr_arena(l), sizeof *own);

	*own = *from;
	return own;
}

/* One field. */
static void
field_form(struct form *f, struct world_field *field)
{
	*f = (struct form){.fields = {field}, .times = {1}, .count = 1, .fits = &cond_true};
	f->type = (struct range){.low = field->subject.low, .high = field->subject.high};
	f->is_above = true;
}

/* The sum that a value is; false after a report. */
static bool
form_of(struct judge *l, const struct psl_expr *e, const struct value *v, struct form *f)
{
	memset(f, 0, sizeof *f);
	f->fits = &cond_true;
	f->is_above = true;
	if (v->kind == VALUE_NUMBER) {
		f->number = v->number;
		f->type = (struct range){.low = v->number, .high = v->number};
		return true;
	}
	if (v->kind == VALUE_SUM && !v->form->is_size) {
		*f = *v->form;
		return true;
	}
	if (v->kind == VALUE_SUBJECT && !v->field->subject.is_truth) {
		field_form(f, v->field);
		return true;
	}
	(void)judge_lose(l, e->at,
		"only sums and differences of fields and numbers, products of one field and "
		"numbers, and bits of one field are imported");
	return false;
}

/* Adds times * field. False: there are too many, or a number is too big. */
static bool
term_add(struct form *f, struct world_field *field, int64_t times)
{
	uint32_t at = 0;

	while (at < f->count && f->fields[at]->subject.order < field->subject.order) {
		at++;
	}
	if (at < f->count && f->fields[at] == field) {
		if (__builtin_add_overflow(f->times[at], times, &f->times[at])) {
			return false;
		}
		if (f->times[at] == 0) {
			f->count--;
			memmove(&f->fields[at], &f->fields[at + 1],
				(f->count - at) * sizeof(struct world_field *));
			memmove(&f->times[at], &f->times[at + 1],
				(f->count - at) * sizeof *f->times);
		}
		return true;
	}
	if (times == 0) {
		return true;
	}
	if (f->count == FORM_FIELDS_MAX) {
		return false;
	}
	memmove(&f->fields[at + 1], &f->fields[at], (f->count - at) * sizeof(struct world_field *));
	memmove(&f->times[at + 1], &f->times[at], (f->count - at) * sizeof *f->times);
	f->fields[at] = field;
	f->times[at] = times;
	f->count++;
	return true;
}

static bool
form_add(struct form *f, const struct form *other, int64_t times)
{
	int64_t number;

	if (__builtin_mul_overflow(other->number, times, &number) ||
		__builtin_add_overflow(f->number, number, &f->number)) {
		return false;
	}
	for (uint32_t i = 0; i < other->count; i++) {
		if (__builtin_mul_overflow(other->times[i], times, &number) ||
			!term_add(f, other->fields[i], number)) {
			return false;
		}
	}
	return true;
}

/* All values that it may have; false: not all of them fit 64 bits. */
static bool
form_range(const struct form *f, struct range *r)
{
	*r = (struct range){.low = f->number, .high = f->number};
	for (uint32_t i = 0; i < f->count; i++) {
		const struct subject *s = &f->fields[i]->subject;
		bool is_down = f->times[i] < 0;
		int64_t low;
		int64_t high;

		if ((s->is_open && f->count > 1) ||
			__builtin_mul_overflow(f->times[i], is_down ? s->high : s->low, &low) ||
			__builtin_mul_overflow(f->times[i], is_down ? s->low : s->high, &high) ||
			__builtin_add_overflow(r->low, low, &r->low) ||
			__builtin_add_overflow(r->high, high, &r->high)) {
			return false;
		}
	}
	return true;
}

/* a / b downwards or upwards; b is above 0. */
static int64_t
divided(int64_t a, int64_t b, bool is_up)
{
	int64_t whole = a / b;
	int64_t rest = a % b;

	return whole + (is_up && rest > 0) - (!is_up && rest < 0);
}

/* times * field OPERATOR number; times is above 0. */
static const struct cond *
multiple_compare(struct arena *a, const struct subject *s, int64_t times, const char *operator,
	int64_t number)
{
	bool is_equal = operator[1] == '=' &&(operator[0] == '=' || operator[0] == '!');
	bool is_up = strcmp(operator, "<") == 0 || strcmp(operator, ">=") == 0;

	if (is_equal && number % times != 0) {
		return operator[0] == '=' ? &cond_false : & cond_true;
	}
	return cond_number(a, s, operator, divided(number, times, is_up));
}

/* The sum as a subject, the same one wherever it stands; its first field is added. */
static const struct subject *
sum_subject(struct judge *l, const struct form *f)
{
	struct arena *a = expr_arena(l);
	struct form_sum *const *known = l->sums.elements;
	struct form_sum *own;
	struct range r = {0};
	struct buffer name;

	for (uint32_t i = 0; i < l->sums.count; i++) {
		const struct form *k = &known[i]->form;

		if (k->count == f->count &&
			memcmp(k->fields, f->fields, f->count * sizeof *f->fields) == 0 &&
			memcmp(k->times, f->times, f->count * sizeof *f->times) == 0) {
			return &known[i]->subject;
		}
	}
	own = arena_alloc(a, sizeof *own);
	buffer_init(&name, a);
	for (uint32_t i = 0; i < f->count; i++) {
		buffer_text(&name, i == 0 ? "" : f->times[i] < 0 ? " - " : " + ");
		buffer_text(&name, f->fields[i]->subject.name);
	}
	own->form = *f;
	own->form.number = 0;
	(void)form_range(&own->form, &r);
	own->subject.name = name.bytes;
	own->subject.low = r.low;
	own->subject.high = r.high;
	own->subject.order = f->fields[0]->subject.order;
	*(struct form_sum **)vector_push(&l->sums, a, sizeof own) = own;
	return &own->subject;
}

/* The sum, whatever its type is, OPERATOR number. */
static const struct cond *
sum_compare(struct judge *l, const struct psl_expr *e, const struct form *f, const char *operator,
	int64_t number)
{
	struct form own = *f;
	struct range r;

	if (__builtin_sub_overflow(number, f->number, &number) ||
		(f->count > 0 && f->times[0] < 0 && number == INT64_MIN)) {
		return judge_lose(l, e->at, "this does not fit 64 bits");
	}
	own.number = 0;
	if (f->count == 0) {
		return cond_numbers(0, operator, number);
	}
	if (f->times[0] < 0) {
		operator= operator_turned(operator);
		number = -number;
		for (uint32_t i = 0; i < f->count; i++) {
			own.times[i] = -own.times[i];
		}
	}
	if (f->count == 1) {
		return multiple_compare(
			expr_arena(l), &own.fields[0]->subject, own.times[0], operator, number);
	}
	for (uint32_t i = 0; i < f->count; i++) {
		if (own.times[i] != 1 && own.times[i] != -1) {
			return judge_lose(l, e->at,
				"several times a field in a sum with others cannot be said in "
				"Gate");
		}
	}
	if (!form_range(&own, &r)) {
		return judge_lose(l, e->at, "%s", wide);
	}
	return cond_number(expr_arena(l), sum_subject(l, &own), operator, number);
}

/* A border of the type, which f may be beyond. */
static const struct cond *
border(struct judge *l, const struct psl_expr *e, const struct form *f, const char *operator,
	int64_t number)
{
	int64_t rest;

	/* One field of 64 bits is never beyond what 64 bits cannot say. */
	if (f->count == 1 && (f->times[0] == 1 || f->times[0] == -1) &&
		__builtin_sub_overflow(number, f->number, &rest)) {
		return &cond_true;
	}
	return sum_compare(l, e, f, operator, number);
}

/* Makes a sum that has a value only within its type. */
static struct value
form_value(struct judge *l, const struct psl_expr *e, struct form *f)
{
	struct arena *a = expr_arena(l);
	struct range r;
	bool is_known = form_range(f, &r);

	if (!is_known && f->count > 1) {
		return expr_lose(l, e, wide);
	}
	if (!is_known || r.low < f->type.low) {
		const struct cond *in = border(l, e, f, ">=", f->type.low);

		f->is_above = f->is_above && in->kind == COND_TRUE;
		f->fits = cond_and(a, f->fits, in);
	}
	if (!is_known || r.high > f->type.high) {
		f->fits = cond_and(a, f->fits, border(l, e, f, "<=", f->type.high));
	}
	return (struct value){.kind = VALUE_SUM, .form = form_copy(l, f)};
}

/* The type of a OPERATOR b: the wider one; a number has the type of what it is added to. */
static bool
types_join(struct judge *l, const struct psl_expr *e, struct form *a, const struct form *b)
{
	bool is_number = a->count == 0;
	const struct form *typed = is_number ? b : a;
	const struct form *other = is_number ? a : b;
	bool is_signed = typed->type.low < 0;

	if (other->count == 0 &&
		(other->number < typed->type.low || other->number > typed->type.high)) {
		(void)judge_lose(l, e->at, "the type of the field here has no such number");
		return false;
	}
	if (other->count > 0 && is_signed != (other->type.low < 0)) {
		(void)judge_lose(l, e->at,
			"one of these has a sign and the other has none, so their sum has no type");
		return false;
	}
	if (other->count > 0 && other->type.high > typed->type.high) {
		typed = other;
	}
	a->type = typed->type;
	return true;
}

/* What a says of its parts, if the whole does not say it: a part that is too big makes a whole that
 * is too big if nothing is taken away from it. */
static const struct cond *
part_fits(
	const struct form *part, const struct form *other, const struct form *whole, bool is_added)
{
	struct range r;

	if (part->is_above && is_added && form_range(other, &r) && r.low >= 0 &&
		part->type.high >= whole->type.high) {
		return &cond_true;
	}
	return part->fits;
}

struct value
form_join(struct judge *l, const struct psl_expr *e, const struct value *a, char operator,
	const struct value * b)
{
	struct form x;
	struct form y;
	struct form whole;

	if (!form_of(l, e, a, &x) || !form_of(l, e, b, &y)) {
		return (struct value){.kind = VALUE_LOST};
	}
	if (operator== '*' && x.count> 0 && y.count> 0) {
		return expr_lose(l, e, "a product of two fields cannot be said in Gate");
	}
	whole = x;
	if (!types_join(l, e, &whole, &y)) {
		return (struct value){.kind = VALUE_LOST};
	}
	if (operator== '*') {
		const struct form *field = x.count > 0 ? &x : &y;
		int64_t times = x.count > 0 ? y.number : x.number;

		memset(whole.fields, 0, sizeof whole.fields);
		whole.count = 0;
		whole.number = 0;
		whole.fits = field->fits;
		whole.is_above = false;
		if (!form_add(&whole, field, times)) {
			return expr_lose(l, e, wide);
		}
		return form_value(l, e, &whole);
	}
	if (!form_add(&whole, &y, operator== '+' ? 1 : - 1)) {
		return expr_lose(l, e, wide);
	}
	whole.fits = cond_and(expr_arena(l), part_fits(&x, &y, &whole, operator== '+'),
		part_fits(&y, &x, &whole, operator== '+'));
	whole.is_above = whole.fits->kind == COND_TRUE;
	return form_value(l, e, &whole);
}

struct value
form_turn(struct judge *l, const struct psl_expr *e, const struct value *v, bool is_size)
{
	struct form x;
	struct form whole = {.fits = &cond_true};

	if (!form_of(l, e, v, &x)) {
		return (struct value){.kind = VALUE_LOST};
	}
	if (x.type.low >= 0) {
		return expr_lose(l, e, "only a number with a sign can be turned");
	}
	whole.type = x.type;
	whole.fits = x.fits;
	if (!form_add(&whole, &x, is_size ? 1 : -1)) {
		return expr_lose(l, e, wide);
	}
	if (is_size) {
		whole.is_size = true;
		whole.fits =
			cond_and(expr_arena(l), x.fits, sum_compare(l, e, &x, ">=", -x.type.high));
		return (struct value){.kind = VALUE_SUM, .form = form_copy(l, &whole)};
	}
	return form_value(l, e, &whole);
}

struct value
form_cast(struct judge *l, const struct psl_expr *e, const struct value *v, const char *type)
{
	bool is_signed = type[0] == 's';
	uint32_t bits = type[4] == '1' ? 16 : type[4] == '3' ? 32 : 64;
	struct range r;
	struct form f;

	if (v->kind == VALUE_NUMBER || v->kind == VALUE_LOST) {
		return *v;
	}
	if (!form_of(l, e, v, &f)) {
		return (struct value){.kind = VALUE_LOST};
	}
	r.high = bits == 64 ? INT64_MAX : (INT64_C(1) << (bits - is_signed)) - 1;
	r.low = is_signed ? -r.high - 1 : 0;
	if (f.type.low < r.low || f.type.high > r.high || is_signed != (f.type.low < 0)) {
		return expr_lose(
			l, e, "a cast is to a wider type with a sign, or without, as before");
	}
	f.type = r;
	f.is_above = f.fits->kind == COND_TRUE;
	return (struct value){.kind = VALUE_SUM, .form = form_copy(l, &f)};
}

const struct cond *
form_compare(struct judge *l, const struct psl_expr *e, const struct value *a, const char *operator,
	const struct value * b)
{
	struct arena *arena = expr_arena(l);
	struct form x;
	struct form y;

	if (a->kind == VALUE_SUM && a->form->is_size && b->kind == VALUE_NUMBER) {
		const struct cond *is_low;
		struct form down = {0};

		x = *a->form;
		l->fits = cond_and(arena, l->fits, x.fits);
		is_low = sum_compare(l, e, &x, "<", 0);
		if (!form_add(&down, &x, -1)) {
			return judge_lose(l, e->at, "%s", wide);
		}
		return cond_or(arena,
			cond_and(arena, is_low, sum_compare(l, e, &down, operator, b->number)),
			cond_and(arena, cond_not(arena, is_low),
				sum_compare(l, e, &x, operator, b->number)));
	}
	if (!form_of(l, e, a, &x) || !form_of(l, e, b, &y)) {
		return &cond_false;
	}
	if (x.count > 0 && y.count > 0 && (x.type.low < 0) != (y.type.low < 0)) {
		return judge_lose(l, e->at, "these two cannot be compared");
	}
	l->fits = cond_and(arena, cond_and(arena, l->fits, x.fits), y.fits);
	if (!form_add(&x, &y, -1)) {
		return judge_lose(l, e->at, "%s", wide);
	}
	return sum_compare(l, e, &x, operator, 0);
}

bool
form_bounds(struct judge *l, const struct psl_expr *e, const struct value *v, struct range *r)
{
	struct form f;

	if (v->kind == VALUE_SUBJECT) {
		field_form(&f, v->field);
	} else if (!form_of(l, e, v, &f)) {
		return false;
	}
	if ((v->kind == VALUE_SUBJECT && v->field->subject.is_open) || !form_range(&f, r)) {
		return false;
	}
	l->fits = cond_and(expr_arena(l), l->fits, f.fits);
	if (f.fits->kind != COND_TRUE) {
		r->low = r->low < f.type.low ? f.type.low : r->low;
		r->high = r->high > f.type.high ? f.type.high : r->high;
	}
	return true;
}

const struct cond *
form_within(struct judge *l, const struct psl_expr *e, const struct value *v, struct range r)
{
	struct form f;

	if (v->kind == VALUE_SUBJECT) {
		field_form(&f, v->field);
	} else if (!form_of(l, e, v, &f)) {
		return &cond_false;
	}
	return cond_and(expr_arena(l), sum_compare(l, e, &f, ">=", r.low),
		sum_compare(l, e, &f, "<=", r.high));
}
