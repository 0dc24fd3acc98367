/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_load.c: values that a program looks at: fields, lengths, what is remembered, their sums. */
#include "emit_load.h"

#include <assert.h>

#include "emit_pool.h"
#include "l1.h"

static uint8_t
load_how(const struct l1_field *field)
{
	return (uint8_t)(field->width_bytes | (field->is_signed ? FORMAT_LOAD_SIGNED : 0));
}

static uint8_t
load_secret(const struct l1_field *field)
{
	return field->is_secret ? FORMAT_LOAD_SECRET : 0;
}

static void
load_extends(struct emit_code *code, const struct l1_field *field)
{
	uint32_t end = (uint32_t)field->offset_bytes + field->width_bytes;

	assert(field->kind != L1_TAIL);
	code->need_bytes = end > code->need_bytes ? end : code->need_bytes;
}

static uint32_t
set_of_number(struct emit_code *code, int64_t number)
{
	const struct l1_range range = {number, number};

	return emit_pool_set(code->pool, &range, 1);
}

/* What is looked at of a text or a list. */
static struct format_op
part_load(const struct l1_field *part)
{
	uint32_t count = part->unit_bytes == 0 ? 0 : format_count_factor(part->unit_bytes);

	return (struct format_op){FORMAT_OP_LOAD, load_secret(part),
		part->look != L1_LOOK_LENGTH ? FORMAT_LOAD_TEXT
		: count == 0                 ? FORMAT_LOAD_LENGTH
					     : FORMAT_LOAD_COUNT,
		part->offset_bytes | count << FORMAT_LOAD_SHIFT};
}

/* A field; one that the message may end before is what it is then. */
static struct format_op
field_load(struct emit_code *code, const struct l1_field *field)
{
	struct format_op op = {FORMAT_OP_LOAD, load_how(field) | load_secret(field),
		FORMAT_LOAD_FIELD, field->offset_bytes};

	if (field->is_status) {
		op.b = FORMAT_LOAD_STATUS;
	} else if (field->is_late) {
		uint32_t set = set_of_number(code, field->absent);

		assert(set <= UINT32_MAX >> FORMAT_LOAD_SHIFT);
		op.b = FORMAT_LOAD_LATE;
		op.c |= set << FORMAT_LOAD_SHIFT;
	} else {
		load_extends(code, field);
	}
	return op;
}

void
emit_load_index(struct emit_code *code, const struct l1_state *state, const struct l1_field *index)
{
	struct format_op op = {FORMAT_OP_LOAD, 0, FORMAT_LOAD_HANDLE, 0};

	if (state->cell_count == 1 || (index == NULL && !code->has_moved)) {
		return;
	}
	if (index != NULL && index->carries == L1_HANDLE) {
		op.c = 1u + index->handle; /* it says its label, the host its number */
	} else if (index != NULL) {
		op = field_load(code, index);
	}
	op.b |= FORMAT_LOAD_INDEX;
	emit_code_op(code, op, 1);
	code->has_moved = true;
}

/* One value. into: 0, ADD or SUBTRACT. */
static void
value_load(struct emit_code *code, const struct l1_field *field, uint16_t into)
{
	struct format_op op;

	if (field->state != NULL) {
		emit_load_index(code, field->state, field->index);
		op = (struct format_op){FORMAT_OP_LOAD_STATE, 0, 0, field->state->number};
	} else {
		op = field->whole != NULL ? part_load(field) : field_load(code, field);
	}
	op.b |= into;
	emit_code_op(code, op, 1);
}

/* One term after another; all of them are in their types, so nothing overflows. first: where the
 * first one goes. */
static void
terms_load(struct emit_code *code, const struct l1_field *field, uint16_t first)
{
	uint16_t into = first;

	if (field->term_count == 0) {
		value_load(code, field, into);
	}
	for (uint32_t i = 0; i < field->term_count; i++) {
		if (i != 0 || field->terms[i].is_subtracted) {
			into = field->terms[i].is_subtracted ? FORMAT_LOAD_SUBTRACT
							     : FORMAT_LOAD_ADD;
		}
		value_load(code, field->terms[i].field, into);
	}
}

void
emit_code_load(struct emit_code *code, const struct l1_field *test)
{
	const struct l1_field *field = test->member != NULL ? test->member : test;

	if (code->loaded != field) {
		terms_load(code, field, 0);
		code->loaded = field;
	}
}

bool
emit_load_is_far(const struct l1_effect *effect)
{
	switch (effect->kind) {
	case L1_ADD:
	case L1_SUB:
		return effect->amount == 0 || effect->amount > (int64_t)UINT32_MAX;
	case L1_INSERT:
	case L1_REMOVE:
		return (uint64_t)effect->amount - (uint64_t)effect->state->object->low >=
		       UINT32_MAX;
	default:
		return false;
	}
}

/* Whether a number comes before the fields. */
static bool
has_number(const struct l1_field *field, int64_t amount)
{
	return field == NULL || amount != 0 ||
	       (field->term_count != 0 && field->terms[0].is_subtracted);
}

void
emit_load_amount(struct emit_code *code, const struct l1_field *field, int64_t amount)
{
	if (!has_number(field, amount)) {
		emit_code_load(code, field);
		return;
	}
	emit_code_op(code,
		(struct format_op){
			FORMAT_OP_LOAD, 0, FORMAT_LOAD_NUMBER, set_of_number(code, amount)},
		1);
	if (field != NULL) {
		terms_load(code, field, FORMAT_LOAD_ADD);
	}
	code->loaded = NULL;
}

uint32_t
emit_load_effect_cost(const struct l1_effect *effect)
{
	return effect->field == NULL
		       ? emit_load_is_far(effect)
		       : emit_load_cost(effect->field) + has_number(effect->field, effect->amount);
}

uint32_t
emit_load_cost(const struct l1_field *field)
{
	return field->term_count == 0 ? 1 : field->term_count;
}
