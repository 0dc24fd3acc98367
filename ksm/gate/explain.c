/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* explain.c: a verdict in sentences: what decided, where it stands, what failed. */
#include "explain.h"

#include <inttypes.h>

#include "abi/abi.h"
#include "compile.h"
#include "condition_text.h"
#include "link.h"
#include "lower.h"
#include "sema.h"
#include "step.h"

#define NS_PER_MS INT64_C(1000000)

static void
rule_print(const struct sema *s, uint32_t number, FILE *out)
{
	const struct l1_rule *rule;

	if (number == 0) {
		return;
	}
	rule = &s->l1->rules[number - 1];
	if (rule->is_generated) {
		(void)fprintf(out, "    rule %u, which follows from the system: %.*s\n", number,
			(int)rule->text_bytes, rule->text_begin);
		return;
	}
	(void)fprintf(out, "    rule %u, %s:%u: %.*s\n", number, rule->position.file,
		rule->position.line, (int)rule->text_bytes, rule->text_begin);
	if (rule->because != NULL) {
		(void)fprintf(out, "    because %s\n", rule->because);
	}
}

/* Classes are what rules name; a device and init have none. */
static const char *
label_class(const struct sema *s, uint16_t label)
{
	const struct l1_label *l = &s->l1->labels[label];
	const char *name;

	if (l->kind != L1_LABEL_INSTANCE || label == LABEL_INIT) {
		return l->name;
	}
	name = s->l1->instances[l->number].class->name;
	for (const char *p = name; *p != '\0'; p++) {
		name = *p == '.' ? p + 1 : name;
	}
	return name;
}

static bool
pair_has_allow(const struct l1 *l1, const struct l1_query *q)
{
	for (uint32_t i = 0; i < l1->cell_count; i++) {
		const struct l1_cell *cell = &l1->cells[i];

		if (cell->holder == q->holder && cell->target == q->target &&
			cell->event == q->event && !cell->source->is_forbid) {
			return true;
		}
	}
	return false;
}

/* Not "add this line": what is denied is mostly denied on purpose. */
static void
default_print(struct sema *s, const struct step_message *m, FILE *out)
{
	const struct l1 *l1 = s->l1;
	const char *from = label_class(s, m->query.holder);
	const char *to = label_class(s, m->query.target);

	if (pair_has_allow(l1, &m->query)) {
		(void)fprintf(
			out, "    no allow names `%s` from %s to %s;", m->method->name, from, to);
	} else {
		(void)fprintf(out, "    no allow names %s and %s;", from, to);
	}
	(void)fputs(" meant so? nothing to do; not meant so?\n", out);
	if (l1->last_allow.line != 0) {
		(void)fprintf(out, "    the line belongs after %s:%u\n", l1->last_allow.file,
			l1->last_allow.line);
	} else {
		(void)fprintf(out, "    the line belongs into %s\n", s->root->source->path);
	}
}

static const struct l1_field *
field_at(const struct step_message *m, uint16_t offset)
{
	for (uint32_t i = 0; i < m->message->field_count; i++) {
		if (m->message->fields[i].kind != L1_TAIL &&
			m->message->fields[i].offset_bytes == offset) {
			return &m->message->fields[i];
		}
	}
	return NULL;
}

static void
shape_print(
	struct sema *s, const struct step_message *m, const struct l1_verdict *verdict, FILE *out)
{
	struct arena *a = &s->c->arena;
	const struct l1_field *field = field_at(m, verdict->field);

	if (verdict->field == L1_EVAL_FIELD_NONE) {
		(void)fprintf(out, "    %" PRIu32 " bytes; a message of `%s` has %u..%u\n",
			m->query.length_bytes, m->method->name, m->message->low_bytes,
			m->message->high_bytes);
	} else if (field == NULL) {
		(void)fprintf(
			out, "    byte %u belongs to no field and is not zero\n", verdict->field);
	} else if (field->kind == L1_ENUM) {
		(void)fprintf(out, "    %s is %" PRId64 ", no value of %s\n", field->name,
			verdict->operand, field->type_name);
	} else {
		(void)fprintf(out, "    %s is %s, its type is %s..%s\n",
			condition_field_text(a, field),
			condition_value_text(a, field, verdict->operand),
			condition_value_text(a, field, field->low),
			condition_value_text(a, field, field->high));
	}
}

static void
guard_print(struct sema *s, const struct l1_verdict *verdict, FILE *out)
{
	const struct l1_field *field = verdict->test == NULL ? NULL : verdict->test->field;
	struct arena *a = &s->c->arena;

	if (field == NULL) {
		return;
	}
	if (field->member != NULL) {
		field = field->member; /* whose value the set has or has not [D6] */
	}
	if (field->state != NULL && field->kind == L1_BOOL) {
		(void)fprintf(out, "    %s is %sheld, the rule wants %s\n", field->name,
			verdict->operand == 0 ? "not " : "", condition_text(a, verdict->test));
		return;
	}
	(void)fprintf(out, "    %s is %s, the rule wants %s\n", condition_field_text(a, field),
		field->is_secret ? "secret" : condition_value_text(a, field, verdict->operand),
		condition_text(a, verdict->test));
}

/* What an effect met that could not be done [D8]. */
static void
effect_print(struct sema *s, const struct l1_verdict *verdict, FILE *out)
{
	const struct l1_object *object;
	int64_t value = verdict->operand;

	if (verdict->field == L1_EVAL_FIELD_NONE) {
		return; /* for a record there is always room here [R17] */
	}
	object = s->l1->states[verdict->field - KSM_FIELD_STATE]->object;
	switch (object->kind) {
	case L1_BUCKET:
	case L1_WINDOW:
		(void)fprintf(out, "    %s: %" PRId64 " ms too early\n", object->name,
			(value + NS_PER_MS - 1) / NS_PER_MS);
		break;
	case L1_COUNTER:
		(void)fprintf(out, "    %s is %" PRId64 ", it stays in 0..%" PRIu64 "\n",
			object->name, value, object->amount);
		break;
	case L1_LIMIT:
		(void)fprintf(out, "    %s: there are %" PRId64 " of at most %" PRIu64 "\n",
			object->name, value, object->amount);
		break;
	case L1_SET:
		(void)fprintf(
			out, "    %s has no free place of its %" PRId64 "\n", object->name, value);
		break;
	default:
		(void)fprintf(out, "    %s is %s, and has no such move from there\n", object->name,
			object->names[value].name);
		break;
	}
}

static void
wire_print(struct sema *s, const struct step_message *m, FILE *out)
{
	const struct l1_query *q = &m->query;

	if (q->interface < INTERFACE_USER || q->holder <= LABEL_INIT ||
		q->holder >= LABEL_INIT + s->l1->instance_count ||
		link_exists(s->l1, q->holder, q->target, q->interface)) {
		return;
	}
	(void)fprintf(out, "    %s has no wire to %s: it holds no capability for this either\n",
		s->l1->labels[q->holder].name, s->l1->labels[q->target].name);
}

void
explain_print(
	struct sema *s, const struct step_message *m, const struct l1_verdict *verdict, FILE *out)
{
	rule_print(s, verdict->rule, out);
	if (verdict->reason == KSM_DEFAULT) {
		default_print(s, m, out);
	} else if (verdict->reason == KSM_SHAPE) {
		shape_print(s, m, verdict, out);
	} else if (verdict->reason == KSM_GUARD || verdict->reason == KSM_REPLY_TAIL) {
		guard_print(s, verdict, out);
	} else if (verdict->reason == KSM_FULL || verdict->reason == KSM_STATE) {
		effect_print(s, verdict, out);
	}
	wire_print(s, m, out);
}
