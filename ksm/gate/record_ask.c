/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* record_ask.c: looks for a message of which an audit record can be. */
#include "record_ask.h"

#include <string.h>

#include "abi/abi.h"
#include "ast.h"
#include "ast_rule.h"
#include "buffer.h"
#include "compile.h"
#include "condition_text.h"
#include "event_text.h"
#include "l1.h"
#include "l1_eval.h"
#include "least.h"
#include "least_text.h"
#include "lower.h"
#include "message_words.h"
#include "policy.h"
#include "sema.h"
#include "servers/audit/record.h"
#include "step.h"
#include "vector.h"

#define TRIES_MAX 200000u

/* Values that one field may have: those at which a test of a rule here changes. */
struct axis {
	const struct l1_field *field; /* of a text, bytes or a list: how long it is */
	struct vector values;         /* int64_t; the first is the one that says least */
	uint32_t at;
};

struct ask {
	struct policy *p;
	struct arena *a;
	const struct record *record;
	struct l1_query query;
	const struct l1_message *message;
	struct axis *axes; /* one for each field */
	uint64_t *words;
};

static int64_t
nearest_to_0(const struct l1_field *field)
{
	if (field->has_default) {
		return field->absent;
	}
	return field->low > 0 ? field->low : field->high < 0 ? field->high : 0;
}

/* Whether by it something of a list is there or not. */
static bool
says_what_is_there(const struct l1_field *field)
{
	return field->look == L1_LOOK_LENGTH || field->is_tag || field->presence != NULL;
}

static void
value_add(struct ask *ask, struct axis *axis, int64_t value)
{
	const int64_t *values = axis->values.elements;
	const struct l1_field *field = axis->field;
	int64_t *slot;

	if (value < field->low || value > field->high) {
		return;
	}
	for (uint32_t i = 0; i < axis->values.count; i++) {
		if (values[i] == value) {
			return;
		}
	}
	slot = vector_push(&axis->values, ask->a, sizeof *slot);
	*slot = value;
}

static void
field_cut(struct ask *ask, const struct l1_field *field, const struct l1_range *range)
{
	for (uint32_t i = 0; i < ask->message->field_count; i++) {
		struct axis *axis = &ask->axes[i];

		if (axis->field->offset_bytes == field->offset_bytes &&
			axis->field->look == field->look) {
			value_add(ask, axis, range->low);
			value_add(ask, axis, range->high);
			value_add(ask, axis, range->low > INT64_MIN ? range->low - 1 : range->low);
			value_add(
				ask, axis, range->high < INT64_MAX ? range->high + 1 : range->high);
		}
	}
}

/* Conditions are as deep as the source nests, which the parser bounds. */
static void
condition_cut(struct ask *ask, const struct l1_condition *c)
{
	for (uint32_t i = 0; i < c->part_count; i++) {
		condition_cut(ask, c->parts[i]);
	}
	for (uint32_t i = 0; c->kind == L1_IN && i < c->range_count; i++) {
		const struct l1_field *field =
			c->field->member != NULL ? c->field->member : c->field;

		if (field->state == NULL && field->term_count == 0) {
			field_cut(ask, field, &c->ranges[i]);
		}
	}
}

/* A path has the shortest; of elements only those that a record or a rule speaks of have a value.
 */
static void
axis_begin(struct ask *ask, struct axis *axis, const struct l1_field *field)
{
	axis->field = field->kind == L1_TAIL ? &field->parts[0] : field;
	if (field->is_path) {
		return;
	}
	if (field->offset_bytes == ask->record->field && !field->is_secret) {
		value_add(ask, axis, ask->record->operand);
	}
	if (!field->is_element) {
		value_add(ask, axis, nearest_to_0(axis->field));
	}
}

static void
axes_make(struct ask *ask)
{
	uint32_t count = 0;
	const struct l1_cell *cells = lower_cells_asked(ask->p->l1, &ask->query, L1_CALL, &count);

	ask->axes = arena_array(ask->a, ask->message->field_count + 1u, sizeof *ask->axes);
	for (uint32_t i = 0; i < ask->message->field_count; i++) {
		axis_begin(ask, &ask->axes[i], &ask->message->fields[i]);
	}
	for (uint32_t i = 0; cells != NULL && i < count; i++) {
		condition_cut(ask, cells[i].condition);
	}
}

/* What is remembered as the record says; all else begins. */
static void
words_set(struct ask *ask)
{
	const struct l1 *l1 = ask->p->l1;
	const struct l1_state *state;

	memset(ask->words, 0, l1->word_count * sizeof *ask->words);
	if (ask->record->field < KSM_FIELD_STATE ||
		ask->record->field - KSM_FIELD_STATE >= l1->state_count) {
		return;
	}
	state = l1->states[ask->record->field - KSM_FIELD_STATE];
	least_memory_set(state, ask->record->operand, ask->words);
}

/* Time is no value that a message can be asked with: what the bucket lacks is in the record. */
static bool
is_time(const struct ask *ask)
{
	uint32_t number = ask->record->field - KSM_FIELD_STATE;

	return ask->record->reason == KSM_FULL && ask->record->field >= KSM_FIELD_STATE &&
	       number < ask->p->l1->state_count &&
	       (ask->p->l1->states[number]->object->kind == L1_BUCKET ||
		       ask->p->l1->states[number]->object->kind == L1_WINDOW ||
		       ask->p->l1->states[number]->object->kind == L1_SET);
}

/* Gives the fields their values, those that say what is there or all others. */
static void
values_set(struct ask *ask, struct payload *payload, bool says)
{
	for (uint32_t i = 0; i < ask->message->field_count; i++) {
		const struct axis *axis = &ask->axes[i];
		const int64_t *values = axis->values.elements;

		if (axis->values.count != 0 && says_what_is_there(axis->field) == says &&
			(!axis->field->is_element || payload_has(payload, axis->field))) {
			payload_set(payload, axis->field, values[axis->at]);
		}
	}
}

/* Asks with the values that the axes are at. */
static bool
fits(struct ask *ask, struct payload *payload, struct l1_verdict *verdict)
{
	struct l1_memory memory = {.words = ask->words};

	payload_begin(payload, ask->message);
	values_set(ask, payload, true);
	payload_settle(payload, ask->message);
	values_set(ask, payload, false);
	ask->query.bytes = payload->bytes;
	ask->query.length_bytes = payload->length_bytes;
	words_set(ask);
	*verdict = l1_eval(ask->p->l1, &ask->query, &memory);
	if (is_time(ask) && verdict->reason == KSM_GRANTED) {
		verdict->reason = (enum ksm_reason)ask->record->reason;
		verdict->field = ask->record->field;
		verdict->operand = ask->record->operand;
		return verdict->rule == ask->record->rule;
	}
	return verdict->reason == ask->record->reason && verdict->field == ask->record->field &&
	       verdict->operand == ask->record->operand && verdict->rule == ask->record->rule;
}

/* The next combination; false behind the last one. */
static bool
axes_step(struct ask *ask)
{
	for (uint32_t i = 0; i < ask->message->field_count; i++) {
		if (++ask->axes[i].at < ask->axes[i].values.count) {
			return true;
		}
		ask->axes[i].at = 0;
	}
	return false;
}

/* As a test says it. */
static const char *
value_text(const struct ask *ask, const struct l1_field *field, int64_t value)
{
	return field->presence != NULL || field->is_tag
		       ? condition_is_text(ask->a, field, value)
		       : arena_format(ask->a, "%s = %s", least_field_text(ask->a, field),
				 condition_value_text(ask->a, field, value));
}

static const char *
words_make(const struct ask *ask, const struct payload *payload, const struct record_message *out)
{
	const struct l1 *l1 = ask->p->l1;
	const struct l1_label *to = &l1->labels[ask->query.target];
	const struct l1_interface *interface = l1_interface_find(l1, ask->query.interface);
	const char *word = "(";
	struct buffer b;

	buffer_init(&b, ask->a);
	buffer_text(&b, arena_format(ask->a, "%s -> %s", least_label(ask->p, ask->query.holder),
				ask->query.holder == ask->query.target
					? "self"
					: least_label(ask->p, ask->query.target)));
	if (to->kind == L1_LABEL_RESOURCE) {
		buffer_text(&b, arena_format(ask->a, "[%u]", ask->query.number));
	}
	buffer_text(&b, arena_format(ask->a, " : %s", out->endpoint));
	if (interface->id == INTERFACE_SIGNAL) {
		return b.bytes;
	}
	buffer_text(
		&b, arena_format(ask->a, ".%s", interface->methods[ask->query.method - 1].name));
	for (uint32_t i = 0; i < ask->message->field_count; i++) {
		const struct axis *axis = &ask->axes[i];
		const int64_t *values = axis->values.elements;

		if (axis->values.count == 0 || axis->field->carries == L1_HANDLE ||
			!payload_has(payload, axis->field) ||
			(values[axis->at] == nearest_to_0(axis->field) &&
				(axis->field != out->known || axis->field->presence != NULL))) {
			continue;
		}
		buffer_text(&b, word);
		buffer_text(&b, value_text(ask, axis->field, values[axis->at]));
		word = ", ";
	}
	buffer_text(&b, word[0] == '(' ? "()" : ")");
	return b.bytes;
}

/* Returns false if nobody can send such a message: the method is not there, or is asked about. */
static bool
place_find(struct ask *ask)
{
	const struct l1 *l1 = ask->p->l1;
	const struct record *r = ask->record;

	ask->query = (struct l1_query){
		.holder = r->label,
		.target = r->target,
		.interface = r->interface,
		.method = r->method,
		.event = L1_CALL,
		.is_audit_full = r->reason == KSM_FULL && r->field == UINT16_MAX,
		.number = (r->badge & BADGE_RESOURCE) != 0 ? r->badge & BADGE_NUMBER : 0,
	};
	for (uint32_t i = 0; i < l1->interface_count; i++) {
		const struct l1_interface *interface = &l1->interfaces[i];

		if (interface->id == r->interface && r->method != 0 &&
			r->method <= interface->method_count &&
			!interface->methods[r->method - 1].is_reserved) {
			ask->message = &interface->methods[r->method - 1].call;
			ask->query.is_ask = interface->methods[r->method - 1].is_ask;
			return true;
		}
	}
	return false;
}

/* Which field the value of the record is of: none of a state, the bytes of a text, a sum or a
 * secret. */
static bool
known_find(const struct ask *ask, const struct l1_verdict *verdict, const struct l1_field **known)
{
	const struct l1_field *test = verdict->test == NULL ? NULL : verdict->test->field;
	enum l1_look look = test == NULL ? L1_LOOK_WHOLE : test->look;

	*known = NULL;
	if (test != NULL && (test->term_count != 0 || look == L1_LOOK_EIGHT)) {
		return false;
	}
	for (uint32_t i = 0; i < ask->message->field_count; i++) {
		const struct l1_field *field = ask->axes[i].field;

		if (field->offset_bytes == ask->record->field && field->look == look &&
			!field->is_secret) {
			*known = field;
		}
	}
	return true;
}

bool
record_ask(struct policy *p, const struct record *record, struct record_message *out,
	struct step_message *message, struct l1_verdict *verdict)
{
	struct ask ask = {.p = p, .a = &p->sema->c->arena, .record = record};
	const struct ast_step *step;
	struct payload payload;
	struct l1_cell place;
	uint32_t tries = 0;

	if (!place_find(&ask)) {
		return false;
	}
	ask.words = arena_array(ask.a, p->l1->word_count + 1u, sizeof *ask.words);
	axes_make(&ask);
	while (!fits(&ask, &payload, verdict)) {
		if (++tries == TRIES_MAX || !axes_step(&ask)) {
			return false;
		}
	}
	place = (struct l1_cell){.target = ask.query.target, .interface = ask.query.interface};
	out->endpoint = event_endpoint(ask.a, p->l1, &place);
	if (!known_find(&ask, verdict, &out->known)) {
		return false;
	}
	out->words = words_make(&ask, &payload, out);
	step = message_words(p->sema->c, out->words);
	return step != NULL && step_read(p->sema, step, message);
}
