/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* expr_value.c: a value is a constant, a field, the state of a machine, or a condition. */
#include "expr_value.h"

#include <string.h>

#include "ksm/gate/compile.h"
#include "cond.h"
#include "expr_part.h"
#include "form.h"
#include "judge.h"
#include "map.h"
#include "mic.h"
#include "model.h"
#include "psl.h"
#include "world.h"

struct arena *
expr_arena(const struct judge *l)
{
	return &l->world->compile->arena;
}

const struct world_class *
expr_sid(const struct event *event, const struct psl_expr *e)
{
	if (e == NULL || e->kind != PSL_NAME) {
		return NULL;
	}
	if (strcmp(e->text, "src_sid") == 0) {
		return event->src;
	}
	return strcmp(e->text, "dst_sid") == 0 ? event->dst : NULL;
}

struct value
expr_lose(struct judge *l, const struct psl_expr *e, const char *why)
{
	(void)judge_lose(l, e->at, "%s", why);
	return (struct value){.kind = VALUE_LOST};
}

/* An element of a sequence: message.a[1]. If the message has not so many, it has no value. */
static struct world_field *
element_field(struct judge *l, const struct event *event, const struct psl_expr *e,
	enum world_direction direction, bool *is_known)
{
	const char *path = e->text + 8;
	const char *dot = strrchr(path, '.');
	const char *why = NULL;
	struct world_field *f = NULL;
	uint32_t index = 0;

	for (const char *c = dot == NULL ? "x" : dot + 1; *c != 0; c++) {
		if (*c < '0' || *c > '9' || index > UINT16_MAX) {
			return NULL;
		}
		index = index * 10 + (uint32_t)(*c - '0');
	}
	if (dot != NULL && dot != path) {
		f = world_field(l->world, event->method, direction,
			arena_copy(expr_arena(l), path, (size_t)(dot - path)), false);
	}
	if (f == NULL) {
		return NULL;
	}
	*is_known = true;
	world_length(l->world, f);
	l->fits = cond_and(expr_arena(l), l->fits,
		cond_number(expr_arena(l), &f->length, ">=", (int64_t)index + 1));
	f = world_element(l->world, f, index, &why);
	if (f == NULL && why != NULL) {
		(void)judge_lose(l, e->at, "%s", why);
	}
	l->failed = l->failed || f == NULL;
	return f;
}

/* message.a.b: a field of the request, the response or the error. NULL after a report. */
struct world_field *
expr_field(struct judge *l, const struct event *event, const struct psl_expr *e, bool is_text)
{
	enum world_direction direction = event->kind == PSL_RESPONSE ? WORLD_OUT
					 : event->kind == PSL_ERROR  ? WORLD_ERROR
								     : WORLD_IN;
	struct world_field *f;
	bool is_known = false;

	if (e->kind != PSL_NAME || strncmp(e->text, "message.", 8) != 0) {
		(void)expr_lose(l, e, "this name is no field of the message and no SID");
		return NULL;
	}
	if (event->method == NULL || event->method->name == NULL) {
		(void)expr_lose(l, e, "the rule names no method, so the message has no fields");
		return NULL;
	}
	f = world_field(l->world, event->method, direction, e->text + 8, is_text);
	if (f == NULL) {
		f = element_field(l, event, e, direction, &is_known);
	}
	if (f == NULL && !is_known) {
		(void)expr_lose(l, e, "the message has no such field");
	}
	return f;
}

static struct value
field_value(struct judge *l, const struct event *event, const struct psl_expr *e, bool is_text)
{
	struct value v = {.kind = VALUE_SUBJECT, .field = expr_field(l, event, e, is_text)};

	if (v.field == NULL) {
		return (struct value){.kind = VALUE_LOST};
	}
	if (v.field->kind == SPEC_TEXT) {
		v.kind = VALUE_TEXT_FIELD;
	} else if (v.field->kind != SPEC_INTEGER && v.field->kind != SPEC_BOOLEAN) {
		return expr_lose(l, e, "a field of this type cannot be tested");
	}
	return v;
}

static struct value
sum_value(struct judge *l, const struct event *event, const struct psl_expr *e)
{
	struct value a = expr_value(l, event, e->left, false);
	struct value b = expr_value(l, event, e->right, false);

	if (a.kind == VALUE_LOST || b.kind == VALUE_LOST) {
		return (struct value){.kind = VALUE_LOST};
	}
	return value_sum(l, e, a, e->text[0], b);
}

static bool
is_texty(const struct psl_expr *e)
{
	return e->kind == PSL_TEXT;
}

static struct value
binary_value(struct judge *l, const struct event *event, const struct psl_expr *e)
{
	struct value v = {.kind = VALUE_TRUTH};
	bool is_text = is_texty(e->left) || is_texty(e->right);
	struct value a;
	struct value b;

	if (strcmp(e->text, "&&") == 0 || strcmp(e->text, "||") == 0 ||
		strcmp(e->text, "==>") == 0) {
		const struct cond *x = expr_truth(l, event, e->left);
		const struct cond *y = expr_truth(l, event, e->right);

		x = e->text[0] == '=' ? cond_not(expr_arena(l), x) : x;
		v.truth = e->text[0] == '&' ? cond_and(expr_arena(l), x, y)
					    : cond_or(expr_arena(l), x, y);
		return v;
	}
	if (e->text[1] == 0 && strchr("+-*&|", e->text[0]) != NULL) {
		return sum_value(l, event, e);
	}
	a = expr_value(l, event, e->left, is_text);
	b = expr_value(l, event, e->right, is_text || a.kind == VALUE_TEXT_FIELD);
	if (a.kind == VALUE_TRUTH || b.kind == VALUE_TRUTH) {
		const struct cond *x = expr_truth(l, event, e->left);
		const struct cond *y = expr_truth(l, event, e->right);
		struct arena *arena = expr_arena(l);

		v.truth = cond_or(arena, cond_and(arena, x, y),
			cond_and(arena, cond_not(arena, x), cond_not(arena, y)));
		if (strcmp(e->text, "==") != 0) {
			v.truth = strcmp(e->text, "!=") == 0
					  ? cond_not(arena, v.truth)
					  : judge_lose(l, e->at, "truth values have no order");
		}
		return v;
	}
	v.truth = expr_compare(l, e, &a, e->text, &b);
	return v;
}

struct value
expr_value(struct judge *l, const struct event *event, const struct psl_expr *e, bool is_text)
{
	struct value v = {.kind = VALUE_TRUTH};

	switch (e->kind) {
	case PSL_INTEGER:
		if (e->number > INT64_MAX) {
			return expr_lose(l, e, "numbers above 2^63 - 1 are not imported");
		}
		return (struct value){.kind = VALUE_NUMBER,
			.number = (int64_t)e->number,
			.is_hex = psl_is_hex(e)};
	case PSL_TEXT:
		return (struct value){.kind = VALUE_TEXT, .text = e->text};
	case PSL_TRUTH:
		v.truth = e->number != 0 ? &cond_true : &cond_false;
		return v;
	case PSL_NAME:
		return field_value(l, event, e, is_text);
	case PSL_CALL:
		return expr_call(l, event, e);
	case PSL_NOT:
		v.truth = cond_not(expr_arena(l), expr_truth(l, event, e->left));
		return v;
	case PSL_MINUS:
		v = expr_value(l, event, e->left, false);
		if (v.kind == VALUE_NUMBER) {
			v.number = -v.number;
		}
		return v.kind == VALUE_NUMBER || v.kind == VALUE_LOST ? v
								      : form_turn(l, e, &v, false);
	case PSL_BINARY:
		return binary_value(l, event, e);
	case PSL_INVERT:
		v = expr_value(l, event, e->left, false);
		if (v.kind == VALUE_NUMBER) {
			v.number = ~v.number;
		}
		return v.kind == VALUE_NUMBER || v.kind == VALUE_LOST ? v
								      : bits_join(l, e, &v, '~', 0);
	case PSL_LIST:
	case PSL_RECORD:
	case PSL_UNIT:
		break;
	}
	return expr_lose(l, e, "a list or a record is no value here");
}

const struct cond *
expr_truth(struct judge *l, const struct event *event, const struct psl_expr *e)
{
	struct value v = expr_value(l, event, e, false);
	const struct value one = {.kind = VALUE_NUMBER, .number = 1};
	struct range type;

	if (v.kind == VALUE_SUBJECT && v.field->subject.is_truth) {
		return cond_number(expr_arena(l), &v.field->subject, "==", 1);
	}
	if (v.kind == VALUE_CELL && map_type(v.machine->object, &type) && type.high == 1) {
		return map_compare(l, e, &v, "==", &one);
	}
	if (v.kind == VALUE_TRUTH || v.kind == VALUE_LOST) {
		return v.kind == VALUE_LOST ? &cond_false : v.truth;
	}
	return judge_lose(l, e->at, "this is no truth value");
}

bool
expr_base(struct judge *l, const struct event *event, const struct psl_expr *e,
	const struct cond **when)
{
	bool is_unit = e->left != NULL && e->left->kind == PSL_UNIT;

	if (model_is_call(l->models, e->text, "Base", "grant")) {
		*when = is_unit ? &cond_true : judge_lose(l, e->at, "`()` is due behind `grant`");
		return true;
	}
	if (model_is_call(l->models, e->text, "Base", "assert")) {
		*when = expr_truth(l, event, e->left);
		return true;
	}
	if (model_is_call(l->models, e->text, "Base", "deny")) {
		*when = is_unit ? &cond_false
				: cond_not(expr_arena(l), expr_truth(l, event, e->left));
		return true;
	}
	return false;
}

const struct cond *
expr_equals(struct judge *l, const struct event *event, const struct psl_expr *e,
	const struct psl_expr *label)
{
	struct psl_expr both = {.kind = PSL_BINARY,
		.at = e->at,
		.text = "==",
		.left = (struct psl_expr *)(uintptr_t)e,
		.right = (struct psl_expr *)(uintptr_t)label};
	const char *dot = e->kind == PSL_CALL ? strrchr(e->text, '.') : NULL;
	struct value v;

	if (dot != NULL && strcmp(dot, ".query_level") == 0) {
		return mic_is(l, event, e, label) ? &cond_true : &cond_false;
	}
	if (e->kind == PSL_CALL && label->kind == PSL_TEXT &&
		model_is_call(l->models, e->text, "Regex", "select")) {
		v = expr_value(l, event, e, true);
		return v.kind == VALUE_LOST ? &cond_false : expr_pattern(l, label, &v);
	}
	return expr_truth(l, event, &both);
}

bool
expr_number(struct judge *l, const struct event *event, const struct psl_expr *e, int64_t *number)
{
	struct value v = expr_value(l, event, e, false);

	if (v.kind == VALUE_TRUTH && v.truth->kind <= COND_FALSE) {
		v.kind = VALUE_NUMBER;
		v.number = v.truth->kind == COND_TRUE;
	}
	*number = v.number;
	return v.kind == VALUE_NUMBER;
}
