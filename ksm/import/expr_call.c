/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* expr_call.c: functions of objects and models as values. */
#include <string.h>

#include "ksm/gate/compile.h"
#include "cond.h"
#include "expr_part.h"
#include "expr_value.h"
#include "judge.h"
#include "map.h"
#include "model.h"
#include "psl.h"
#include "world.h"

/* bool.any [..], bool.all [..] */
static struct value
list_value(struct judge *l, const struct event *event, const struct psl_expr *list, bool is_any)
{
	struct value v = {.kind = VALUE_TRUTH, .truth = is_any ? &cond_false : &cond_true};

	for (const struct psl_expr *e = list->left; e != NULL; e = e->next) {
		const struct cond *one = expr_truth(l, event, e);

		v.truth = is_any ? cond_or(expr_arena(l), v.truth, one)
				 : cond_and(expr_arena(l), v.truth, one);
	}
	return v;
}

/* size (message.a): how many elements a run of bytes has. */
static struct value
size_value(struct judge *l, const struct event *event, const struct psl_expr *e)
{
	struct value v = {.kind = VALUE_LENGTH, .field = expr_field(l, event, e->left, false)};

	if (v.field == NULL) {
		return (struct value){.kind = VALUE_LOST};
	}
	if (v.field->subject.is_error) {
		return expr_lose(l, e, "how long this is no rule about an error can say");
	}
	if (v.field->unit == 0) {
		return expr_lose(l, e,
			"the elements of this have no one size, so their number is "
			"not in the message");
	}
	world_length(l->world, v.field);
	return v;
}

/* A field that is looked for in a set that changes; what was in it from the start stays. */
static struct value
member_value(struct judge *l, struct model *m, const struct psl_expr *e, const struct cond *fixed,
	const struct subject *const *subjects, const struct world_field *field)
{
	struct value v = {.kind = VALUE_TRUTH, .truth = fixed};

	judge_mark(l, &m->tests, e->at);
	if (!model_values(l, m, e->at, field)) {
		return (struct value){.kind = VALUE_LOST};
	}
	/* What nothing adds is in no set. */
	if (m->adds) {
		v.truth = cond_or(
			expr_arena(l), fixed, cond_member(expr_arena(l), subjects[0], &m->subject));
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
	struct world_field *field = NULL;
	uint32_t count = 0;

	if (m->width == 0 && !m->adds) {
		judge_mark(l, &m->tests, e->at);
		return v;
	}
	for (const struct psl_expr *one = first; one != NULL; one = is_list ? one->next : NULL) {
		struct value part = expr_value(l, event, one, false);

		if (part.kind != VALUE_SUBJECT || count == JUDGE_EFFECTS_MAX) {
			return expr_lose(l, one, "an entry of a set is made of fields");
		}
		field = part.field;
		field->subject.is_hex = field->subject.is_hex || m->is_hex;
		subjects[count++] = &field->subject;
	}
	if (m->width != 0 && count != m->width) {
		return expr_lose(l, e, "the entry has not as many parts as those of the set");
	}
	v.truth = m->width == 0 ? &cond_false
				: cond_tuple(expr_arena(l), subjects, count, m->entries.elements,
					  m->entries.count / m->width, m->object->name);
	if (m->adds || m->removes) {
		return count != 1 ? expr_lose(l, e, "a set that changes keeps single numbers only")
				  : member_value(l, m, e, v.truth, subjects, field);
	}
	judge_mark(l, &m->tests, e->at);
	return v;
}

/* re.select {text: T} is its text, re.match {text: T, pattern: P} whether the whole of it matches.
 */
static struct value
regex_value(struct judge *l, const struct event *event, const struct psl_expr *e)
{
	const struct psl_expr *text = psl_member(e->left, "text");
	const struct psl_expr *pattern = psl_member(e->left, "pattern");
	struct value v;

	if (text == NULL) {
		return expr_lose(l, e, "`text` is missing");
	}
	v = expr_value(l, event, text, true);
	if (model_is_call(l->models, e->text, "Regex", "select")) {
		return v;
	}
	if (pattern == NULL || pattern->kind != PSL_TEXT || v.kind != VALUE_TEXT_FIELD) {
		return expr_lose(l, e, "a field and a pattern are due here");
	}
	v.truth = expr_pattern(l, pattern, &v);
	v.kind = VALUE_TRUTH;
	return v;
}

struct value
expr_call(struct judge *l, const struct event *event, const struct psl_expr *e)
{
	const char *dot = strrchr(e->text, '.');
	const char *function = dot == NULL ? e->text : dot + 1;
	const char *name =
		arena_copy(expr_arena(l), e->text, dot == NULL ? 0 : (size_t)(dot - e->text));
	const struct world_class *sid = expr_sid(event, psl_member(e->left, "sid"));
	struct model *m = sid == NULL ? NULL : model_find(l->models, name, sid);

	if (strcmp(e->text, "size") == 0) {
		return size_value(l, event, e);
	}
	if (name[0] == 0 || strcmp(name, "math") == 0) {
		return expr_math(l, event, e, function);
	}
	if ((strcmp(e->text, "bool.any") == 0 || strcmp(e->text, "bool.all") == 0) &&
		e->left->kind == PSL_LIST) {
		return list_value(l, event, e->left, e->text[6] == 'n');
	}
	if (model_is_call(l->models, e->text, "Regex", "select") ||
		model_is_call(l->models, e->text, "Regex", "match")) {
		return regex_value(l, event, e);
	}
	if (m != NULL && m->kind == MODEL_MAP && strncmp(function, "get", 3) == 0) {
		return map_get(l, event, m, e, function);
	}
	if (m == NULL || !m->is_present) {
		return m == NULL ? expr_lose(l, e, "no such function of an object or a model")
				 : (struct value){.kind = VALUE_TRUTH, .truth = &cond_false};
	}
	if (m->kind == MODEL_SET && strcmp(function, "contains") == 0) {
		return contains_value(l, event, m, e);
	}
	if (m->kind == MODEL_FLOW && strcmp(function, "query") == 0) {
		return (struct value){.kind = VALUE_STATE, .machine = m};
	}
	return expr_lose(l, e, "this function of the model is not imported");
}
