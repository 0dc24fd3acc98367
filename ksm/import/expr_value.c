/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* expr_value.c: a value is a constant, a field, the state of a machine, or a condition. */
#include "expr_value.h"

#include <string.h>

#include "ksm/gate/compile.h"
#include "cond.h"
#include "judge.h"
#include "model.h"
#include "psl.h"
#include "world.h"

enum value_kind {
	VALUE_LOST, /* it cannot be said; that is recorded */
	VALUE_NUMBER,
	VALUE_TEXT,
	VALUE_TRUTH,
	VALUE_SUBJECT, /* a number or truth field, plus number */
	VALUE_TEXT_FIELD,
	VALUE_STATE,
};

struct value {
	enum value_kind kind;
	int64_t number;
	const char *text;
	const struct cond *truth;
	struct world_field *field;
	struct model *machine;
};

/* What makes a text of the regex model more than itself. */
static const char pattern_signs[] = "^$.*+?[](){}|\\";

static struct value value_of(
	struct judge *l, const struct event *event, const struct psl_expr *e, bool is_text);

static struct arena *
arena_of(const struct judge *l)
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

static struct value
value_lose(struct judge *l, const struct psl_expr *e, const char *why)
{
	(void)judge_lose(l, e->at, "%s", why);
	return (struct value){.kind = VALUE_LOST};
}

/* message.a.b: a field of the request, the response or the error. */
static struct value
field_value(struct judge *l, const struct event *event, const struct psl_expr *e, bool is_text)
{
	enum world_direction direction = event->kind == PSL_RESPONSE ? WORLD_OUT
					 : event->kind == PSL_ERROR  ? WORLD_ERROR
								     : WORLD_IN;
	struct value v = {.kind = VALUE_SUBJECT};

	if (strncmp(e->text, "message.", 8) != 0) {
		return value_lose(l, e, "this name is no field of the message and no SID");
	}
	if (event->method == NULL || event->method->name == NULL) {
		return value_lose(l, e, "the rule names no method, so the message has no fields");
	}
	v.field = world_field(l->world, event->method, direction, e->text + 8, is_text);
	if (v.field == NULL) {
		return value_lose(l, e, "the message has no such field");
	}
	if (v.field->kind == SPEC_TEXT) {
		v.kind = VALUE_TEXT_FIELD;
	} else if (v.field->kind != SPEC_INTEGER && v.field->kind != SPEC_BOOLEAN) {
		return value_lose(l, e, "a field of this type cannot be tested");
	}
	return v;
}

/* bool.any [..], bool.all [..] */
static struct value
list_value(struct judge *l, const struct event *event, const struct psl_expr *list, bool is_any)
{
	struct value v = {.kind = VALUE_TRUTH, .truth = is_any ? &cond_false : &cond_true};

	for (const struct psl_expr *e = list->left; e != NULL; e = e->next) {
		const struct cond *one = expr_truth(l, event, e);

		v.truth = is_any ? cond_or(arena_of(l), v.truth, one)
				 : cond_and(arena_of(l), v.truth, one);
	}
	return v;
}

/* set.contains {sid: S, entry: E}; E is a value or a list of values. */
static struct value
contains_value(
	struct judge *l, const struct event *event, struct model *m, const struct psl_expr *e)
{
	const struct psl_expr *entry = psl_member(e->left, "entry");
	const struct psl_expr *first =
		entry == NULL || (entry->kind != PSL_LIST && entry->kind != PSL_RECORD)
			? entry
			: entry->left;
	bool is_list = first != entry;
	struct value v = {.kind = VALUE_TRUTH, .truth = &cond_false};
	const struct subject *subjects[JUDGE_EFFECTS_MAX];
	uint32_t count = 0;

	if (m->width == 0) {
		return v;
	}
	for (const struct psl_expr *one = first; one != NULL; one = is_list ? one->next : NULL) {
		struct value part = value_of(l, event, one, false);

		if (part.kind != VALUE_SUBJECT || part.number != 0 || count == JUDGE_EFFECTS_MAX) {
			return value_lose(l, one, "an entry of a set is made of fields");
		}
		subjects[count++] = &part.field->subject;
	}
	if (count != m->width) {
		return value_lose(l, e, "the entry has not as many parts as those of the set");
	}
	v.truth = cond_tuple(arena_of(l), subjects, count, m->entries.elements,
		m->entries.count / m->width, m->object->name);
	return v;
}

/* map.get {sid: S, key: "k"}: what was set when S started. */
static struct value
get_value(struct judge *l, struct model *m, const struct psl_expr *e)
{
	const struct psl_expr *key = psl_member(e->left, "key");
	struct value v = {.kind = VALUE_NUMBER};

	for (uint32_t i = 0; key != NULL && i < m->keys.count; i++) {
		if (strcmp(((const char *const *)m->keys.elements)[i], key->text) == 0) {
			v.number = ((const int64_t *)m->entries.elements)[i];
			return v;
		}
	}
	return value_lose(l, e, "the map has no such key when the class has started");
}

/* re.select {text: T}, re.match {text: T, pattern: P}: patterns without signs are texts. */
static struct value
regex_value(struct judge *l, const struct event *event, const struct psl_expr *e)
{
	const struct psl_expr *text = psl_member(e->left, "text");
	const struct psl_expr *pattern = psl_member(e->left, "pattern");
	struct value v;

	if (text == NULL) {
		return value_lose(l, e, "`text` is missing");
	}
	v = value_of(l, event, text, true);
	if (strcmp(e->text + strlen(e->text) - 7, ".select") == 0) {
		return v;
	}
	if (pattern == NULL || pattern->kind != PSL_TEXT || v.kind != VALUE_TEXT_FIELD) {
		return value_lose(l, e, "a field and a pattern are due here");
	}
	if (strpbrk(pattern->text, pattern_signs) != NULL) {
		return value_lose(l, pattern, "patterns are not imported: compare with texts");
	}
	v.truth = expr_equals(l, event, text, pattern);
	v.kind = VALUE_TRUTH;
	return v;
}

static struct value
call_value(struct judge *l, const struct event *event, const struct psl_expr *e)
{
	const char *dot = strrchr(e->text, '.');
	const char *name = arena_copy(arena_of(l), e->text, (size_t)(dot - e->text));
	const char *function = dot + 1;
	const struct world_class *sid = expr_sid(event, psl_member(e->left, "sid"));
	struct model *m = sid == NULL ? NULL : model_find(l->models, name, sid);

	if ((strcmp(e->text, "bool.any") == 0 || strcmp(e->text, "bool.all") == 0) &&
		e->left->kind == PSL_LIST) {
		return list_value(l, event, e->left, e->text[6] == 'n');
	}
	if (strcmp(e->text, "re.select") == 0 || strcmp(e->text, "re.match") == 0) {
		return regex_value(l, event, e);
	}
	if (m == NULL || !m->is_present) {
		return m == NULL ? value_lose(l, e, "no such function of an object or a model")
				 : (struct value){.kind = VALUE_TRUTH, .truth = &cond_false};
	}
	if (m->kind == MODEL_SET && strcmp(function, "contains") == 0) {
		return contains_value(l, event, m, e);
	}
	if (m->kind == MODEL_MAP && strncmp(function, "get", 3) == 0) {
		return get_value(l, m, e);
	}
	if (m->kind == MODEL_FLOW && strcmp(function, "query") == 0) {
		return (struct value){.kind = VALUE_STATE, .machine = m};
	}
	return value_lose(l, e, "this function of the model is not imported");
}

/* Sums of a field and numbers, or of numbers. */
static struct value
sum_value(struct judge *l, const struct event *event, const struct psl_expr *e)
{
	struct value a = value_of(l, event, e->left, false);
	struct value b = value_of(l, event, e->right, false);
	struct value v = a;
	bool overflows;

	if (a.kind == VALUE_LOST || b.kind == VALUE_LOST) {
		return (struct value){.kind = VALUE_LOST};
	}
	if (a.kind == VALUE_NUMBER && b.kind == VALUE_SUBJECT && e->text[0] == '+') {
		v = b;
		b = a;
	}
	if ((v.kind != VALUE_NUMBER && v.kind != VALUE_SUBJECT) || b.kind != VALUE_NUMBER) {
		return value_lose(l, e, "a sum of two fields is not imported");
	}
	overflows = e->text[0] == '+' ? __builtin_add_overflow(v.number, b.number, &v.number)
				      : __builtin_sub_overflow(v.number, b.number, &v.number);
	return overflows ? value_lose(l, e, "this does not fit 64 bits") : v;
}

static const char *
operator_turned(const char *operator)
{
	switch (operator[0]) {
	case '<':
		return operator[1] == '=' ? ">=" : ">";
	case '>':
		return operator[1] == '=' ? "<=" : "<";
	default:
		return operator;
	}
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
	return cond_number(arena_of(l), s, operator, number);
}

static const struct cond *
numbers_compare(int64_t a, const char *operator, int64_t b)
{
	bool holds = (strchr(operator, '=') != NULL && operator[0] != '!' && a == b) ||
		     (operator[0] == '!' && a != b) || (operator[0] == '<' && a<b) ||
		     (operator[0] == '>' && a> b);

	return holds ? &cond_true : &cond_false;
}

static const struct cond *
values_compare(struct judge *l, const struct psl_expr *e, const struct value *a,
	const char *operator, const struct value * b)
{
	int64_t number;

	if (a->kind == VALUE_LOST || b->kind == VALUE_LOST) {
		return &cond_false;
	}
	if (a->kind == VALUE_NUMBER && b->kind == VALUE_NUMBER) {
		return numbers_compare(a->number, operator, b->number);
	}
	if (a->kind == VALUE_TEXT && b->kind == VALUE_TEXT) {
		return numbers_compare(strcmp(a->text, b->text) != 0, operator, 0);
	}
	if (a->kind == VALUE_NUMBER || a->kind == VALUE_TEXT) {
		return values_compare(l, e, b, operator_turned(operator), a);
	}
	if ((a->kind == VALUE_STATE || a->kind == VALUE_TEXT_FIELD) && b->kind == VALUE_TEXT) {
		return text_compare(l, e, a, b->text, operator);
	}
	if (a->kind == VALUE_SUBJECT && b->kind == VALUE_NUMBER) {
		if (__builtin_sub_overflow(b->number, a->number, &number)) {
			return judge_lose(l, e->at, "this does not fit 64 bits");
		}
		return cond_number(arena_of(l), &a->field->subject, operator, number);
	}
	if (a->kind == VALUE_SUBJECT && b->kind == VALUE_SUBJECT && a->number == 0 &&
		b->number == 0 && a->field->bits == b->field->bits &&
		a->field->is_signed == b->field->is_signed) {
		return cond_compare(arena_of(l), &a->field->subject, operator, & b->field->subject);
	}
	return judge_lose(l, e->at, "these two cannot be compared");
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

	if (strcmp(e->text, "&&") == 0 || strcmp(e->text, "||") == 0) {
		const struct cond *x = expr_truth(l, event, e->left);
		const struct cond *y = expr_truth(l, event, e->right);

		v.truth = e->text[0] == '&' ? cond_and(arena_of(l), x, y)
					    : cond_or(arena_of(l), x, y);
		return v;
	}
	if (e->text[0] == '+' || e->text[0] == '-') {
		return sum_value(l, event, e);
	}
	a = value_of(l, event, e->left, is_text);
	b = value_of(l, event, e->right, is_text);
	if (a.kind == VALUE_TRUTH || b.kind == VALUE_TRUTH) {
		const struct cond *x = expr_truth(l, event, e->left);
		const struct cond *y = expr_truth(l, event, e->right);
		struct arena *arena = arena_of(l);

		v.truth = cond_or(arena, cond_and(arena, x, y),
			cond_and(arena, cond_not(arena, x), cond_not(arena, y)));
		if (strcmp(e->text, "==") != 0) {
			v.truth = strcmp(e->text, "!=") == 0
					  ? cond_not(arena, v.truth)
					  : judge_lose(l, e->at, "truth values have no order");
		}
		return v;
	}
	v.truth = values_compare(l, e, &a, e->text, &b);
	return v;
}

static struct value
value_of(struct judge *l, const struct event *event, const struct psl_expr *e, bool is_text)
{
	struct value v = {.kind = VALUE_TRUTH};

	switch (e->kind) {
	case PSL_INTEGER:
		if (e->number > INT64_MAX) {
			return value_lose(l, e, "numbers above 2^63 - 1 are not imported");
		}
		return (struct value){.kind = VALUE_NUMBER, .number = (int64_t)e->number};
	case PSL_TEXT:
		return (struct value){.kind = VALUE_TEXT, .text = e->text};
	case PSL_TRUTH:
		v.truth = e->number != 0 ? &cond_true : &cond_false;
		return v;
	case PSL_NAME:
		return field_value(l, event, e, is_text);
	case PSL_CALL:
		return call_value(l, event, e);
	case PSL_NOT:
		v.truth = cond_not(arena_of(l), expr_truth(l, event, e->left));
		return v;
	case PSL_MINUS:
		v = value_of(l, event, e->left, false);
		if (v.kind == VALUE_NUMBER) {
			v.number = -v.number;
			return v;
		}
		return value_lose(l, e, "only a number can be negative here");
	case PSL_BINARY:
		return binary_value(l, event, e);
	case PSL_LIST:
	case PSL_RECORD:
		break;
	}
	return value_lose(l, e, "a list or a record is no value here");
}

const struct cond *
expr_truth(struct judge *l, const struct event *event, const struct psl_expr *e)
{
	struct value v = value_of(l, event, e, false);

	if (v.kind == VALUE_SUBJECT && v.field->subject.is_truth) {
		return cond_number(arena_of(l), &v.field->subject, "==", 1);
	}
	if (v.kind == VALUE_TRUTH || v.kind == VALUE_LOST) {
		return v.kind == VALUE_LOST ? &cond_false : v.truth;
	}
	return judge_lose(l, e->at, "this is no truth value");
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
	bool is_pattern = e->kind == PSL_CALL && strncmp(e->text, "re.", 3) == 0;

	if (label->kind == PSL_TEXT && is_pattern && strpbrk(label->text, pattern_signs) != NULL) {
		return judge_lose(
			l, label->at, "patterns are not imported: write the texts, one case each");
	}
	return expr_truth(l, event, &both);
}

bool
expr_number(struct judge *l, const struct event *event, const struct psl_expr *e, int64_t *number)
{
	struct value v = value_of(l, event, e, false);

	if (v.kind == VALUE_TRUTH && v.truth->kind <= COND_FALSE) {
		v.kind = VALUE_NUMBER;
		v.number = v.truth->kind == COND_TRUE;
	}
	*number = v.number;
	return v.kind == VALUE_NUMBER;
}
