/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * emit_code.c: conditions become tests with jumps. A condition is never computed to a value: each
 * of its tests jumps or falls through, so that `and`, `or`, `not` cost nothing.
 */
#include "emit_code.h"

#include <assert.h>

#include "emit_load.h"
#include "emit_pool.h"
#include "emit_state.h"
#include "ksm/format_state.h"
#include "wire.h"

#define LABEL_UNPLACED UINT32_MAX

void
emit_code_init(struct emit_code *code, struct emit_pool *pool)
{
	arena_reset(&pool->scratch);
	*code = (struct emit_code){.pool = pool};
}

void
emit_code_op(struct emit_code *code, struct format_op op, uint32_t cost)
{
	struct format_op *new = vector_push(&code->ops, &code->pool->scratch, sizeof(*new));

	*new = op;
	*(uint32_t *)vector_push(&code->costs, &code->pool->scratch, sizeof(cost)) = cost;
	code->cost += cost;
}

uint32_t
emit_code_label(struct emit_code *code)
{
	uint32_t *at = vector_push(&code->labels, &code->pool->scratch, sizeof(*at));

	*at = LABEL_UNPLACED;
	return code->labels.count - 1;
}

void
emit_code_place(struct emit_code *code, uint32_t label)
{
	uint32_t *labels = code->labels.elements;

	assert(label < code->labels.count && labels[label] == LABEL_UNPLACED);
	labels[label] = code->ops.count;
	code->loaded = NULL;
}

static struct l1_range
width_range(const struct l1_field *field)
{
	uint32_t bits = 8u * field->width_bytes;

	if (bits == 64) {
		return (struct l1_range){INT64_MIN, INT64_MAX};
	}
	if (field->is_signed) {
		return (struct l1_range){
			-(INT64_C(1) << (bits - 1)), (INT64_C(1) << (bits - 1)) - 1};
	}
	return (struct l1_range){0, (INT64_C(1) << bits) - 1};
}

bool
emit_type_is_narrow(const struct l1_field *field)
{
	struct l1_range all;

	if (field->kind == L1_TAIL) {
		return field->is_path;
	}
	all = width_range(field);
	switch (field->kind) {
	case L1_INTEGER:
		return field->low > all.low || field->high < all.high;
	case L1_ENUM:
		/* Values of an enum are distinct, so their number says whether they are all. */
		return field->width_bytes > 2 ||
		       field->name_count <= (uint64_t)(all.high - all.low);
	default:
		return true;
	}
}

/* The values of a type as ranges, at least one; `ranges` has room for all. */
static uint32_t
type_ranges(const struct l1_field *field, struct l1_range *ranges)
{
	uint32_t count = 0;

	if (field->kind == L1_BOOL) {
		ranges[0] = (struct l1_range){0, 1};
		return 1;
	}
	if (field->kind != L1_ENUM) {
		ranges[0] = (struct l1_range){field->low, field->high};
		return 1;
	}
	for (uint32_t i = 0; i < field->name_count; i++) {
		int64_t value = field->names[i].value;

		if (count > 0 && value - 1 <= ranges[count - 1].high) {
			ranges[count - 1].high = value;
		} else {
			ranges[count++] = (struct l1_range){value, value};
		}
	}
	return count;
}

static void
test_in(struct emit_code *code, const struct l1_field *field, const struct l1_range *ranges,
	uint32_t count, bool wanted, uint32_t label)
{
	uint32_t set;

	assert(count > 0);
	emit_code_load(code, field);
	if (field->member != NULL) {
		emit_load_index(code, field->state, field->index);
		/* 1: it is there; 0: it is not. */
		emit_code_op(code,
			(struct format_op){FORMAT_OP_MEMBER, wanted == (ranges[0].low != 0),
				(uint16_t)label, field->state->number},
			emit_state_cost(field->state));
		return;
	}
	set = emit_pool_set(code->pool, ranges, count);
	emit_code_op(code, (struct format_op){FORMAT_OP_IN, wanted, (uint16_t)label, set},
		format_set_cost(count));
}

/* A path is spelled as one, or the value that is shown is 0. */
static void
path_emit(struct emit_code *code, const struct l1_field *field, uint32_t label)
{
	const struct l1_range right = {1, 1};
	uint8_t how = field->is_secret ? FORMAT_LOAD_SECRET : 0;
	uint32_t steps = (field->width_bytes + FORMAT_PATH_BYTES - 1u) / FORMAT_PATH_BYTES;
	uint32_t set = emit_pool_set(code->pool, &right, 1);

	emit_code_op(code,
		(struct format_op){FORMAT_OP_LOAD, (uint8_t)(how | steps), FORMAT_LOAD_PATH,
			field->offset_bytes},
		1 + steps);
	emit_code_op(code, (struct format_op){FORMAT_OP_IN, 0, (uint16_t)label, set},
		format_set_cost(1));
	code->loaded = NULL;
}

void
emit_code_type(struct emit_code *code, const struct l1_field *field, uint32_t label)
{
	struct l1_range *ranges;

	if (field->is_path) {
		path_emit(code, field, label);
		return;
	}
	if (emit_type_is_narrow(field)) {
		ranges = arena_array(
			&code->pool->scratch, field->name_count + 1u, sizeof(struct l1_range));
		test_in(code, field, ranges, type_ranges(field, ranges), false, label);
	}
}

void
emit_code_lengths(struct emit_code *code, const struct l1_message *message, uint32_t label)
{
	uint32_t set;

	if (message->length_count == 0) {
		return;
	}
	set = emit_pool_set(code->pool, message->lengths, message->length_count);
	emit_code_op(code, (struct format_op){FORMAT_OP_LOAD, 0, FORMAT_LOAD_LENGTH, 0}, 1);
	emit_code_op(code, (struct format_op){FORMAT_OP_IN, 0, (uint16_t)label, set},
		format_set_cost(message->length_count));
	code->loaded = NULL;
}

void
emit_code_go(struct emit_code *code, uint32_t label)
{
	const struct l1_range all = {INT64_MIN, INT64_MAX};
	uint32_t set = emit_pool_set(code->pool, &all, 1);

	emit_code_op(code,
		(struct format_op){FORMAT_OP_IN, FORMAT_JUMP_IF_TRUE, (uint16_t)label, set},
		format_set_cost(1));
}

void
emit_code_zero(struct emit_code *code, uint32_t offset, uint32_t count)
{
	while (count > 0) {
		uint16_t part = (uint16_t)(count < 7 ? count : 7);

		emit_code_op(code, (struct format_op){FORMAT_OP_ZERO, 0, part, offset}, 1);
		offset += part;
		count -= part;
	}
	code->need_bytes = offset > code->need_bytes ? offset : code->need_bytes;
}

static void
test_fields(
	struct emit_code *code, const struct l1_condition *condition, bool wanted, uint32_t label)
{
	static const uint8_t ops[] = {
		[L1_LESS] = FORMAT_OP_LESS,
		[L1_LESS_EQUAL] = FORMAT_OP_LESS_EQUAL,
		[L1_EQUAL] = FORMAT_OP_EQUAL,
	};

	emit_code_load(code, condition->other);
	emit_code_op(code, (struct format_op){FORMAT_OP_OTHER, 0, 0, 0}, 1);
	emit_code_load(code, condition->field);
	emit_code_op(
		code, (struct format_op){ops[condition->relation], wanted, (uint16_t)label, 0}, 1);
}

/* The list has the truth `decisive` as soon as one part has it (`or`: true, `and`: false). */
static void
jump_list(struct emit_code *code, const struct l1_condition *list, bool decisive, bool wanted,
	uint32_t label)
{
	uint32_t last = list->part_count - 1;
	uint32_t skip;

	if (wanted == decisive) {
		for (uint32_t i = 0; i <= last; i++) {
			emit_code_jump(code, list->parts[i], wanted, label);
		}
		return;
	}
	skip = emit_code_label(code);
	for (uint32_t i = 0; i < last; i++) {
		emit_code_jump(code, list->parts[i], decisive, skip);
	}
	emit_code_jump(code, list->parts[last], wanted, label);
	emit_code_place(code, skip);
}

void
emit_code_jump(
	struct emit_code *code, const struct l1_condition *condition, bool wanted, uint32_t label)
{
	switch (condition->kind) {
	case L1_ALWAYS:
		assert(condition->kind != L1_ALWAYS);
		break;
	case L1_AND:
		jump_list(code, condition, false, wanted, label);
		break;
	case L1_OR:
		jump_list(code, condition, true, wanted, label);
		break;
	case L1_NOT:
		emit_code_jump(code, condition->parts[0], !wanted, label);
		break;
	case L1_IN:
		test_in(code, condition->field, condition->ranges, condition->range_count, wanted,
			label);
		break;
	case L1_FIELDS:
		test_fields(code, condition, wanted, label);
		break;
	}
}

void
emit_code_granted(struct emit_code *code, uint32_t rule, uint32_t label)
{
	emit_code_op(code, (struct format_op){FORMAT_OP_GRANTED, 0, (uint16_t)label, rule}, 1);
}

uint32_t
emit_state_cost(const struct l1_state *state)
{
	return format_state_cost(
		(enum format_state_kind)emit_state_kind(state->object->kind), state->object->count);
}

static void
effect_emit(struct emit_code *code, const struct l1_effect *effect)
{
	static const uint8_t ops[] = {
		[L1_TAKE] = FORMAT_OP_TAKE,
		[L1_ADD] = FORMAT_OP_ADD,
		[L1_SUB] = FORMAT_OP_SUB,
		[L1_INSERT] = FORMAT_OP_INSERT,
		[L1_REMOVE] = FORMAT_OP_REMOVE,
		[L1_ENTER] = FORMAT_OP_ENTER,
		[L1_HOLD] = FORMAT_OP_HOLD,
		[L1_DROP] = FORMAT_OP_DROP,
		[L1_ANEW] = FORMAT_OP_ANEW,
	};
	const struct l1_object *object = effect->state->object;
	struct format_op op = {
		ops[effect->kind], 0, effect->state->number, (uint32_t)effect->amount};

	if (effect->field != NULL || emit_load_is_far(effect)) {
		emit_load_amount(code, effect->field, effect->amount);
		op.a = FORMAT_OPERAND_V;
		op.c = 0;
	} else if (effect->kind == L1_ENTER) {
		op.a = (uint8_t)effect->amount;
		op.c = object->sources[effect->amount];
	} else if (effect->kind == L1_INSERT || effect->kind == L1_REMOVE) {
		op.c = (uint32_t)(effect->amount - object->low + 1);
	} else if (object->kind == L1_WINDOW && effect->kind == L1_TAKE) {
		op.op = FORMAT_OP_SLIDE; /* one grant at a time */
		op.c = 0;
	}
	emit_load_index(code, effect->state, effect->index);
	emit_code_op(code, op, emit_state_cost(effect->state));
}

void
emit_code_effects(struct emit_code *code, const struct l1_effect *effects, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		if (effects[i].kind != L1_ENTER) {
			effect_emit(code, &effects[i]);
		}
	}
	for (uint32_t i = 0; i < count; i++) {
		if (effects[i].kind == L1_ENTER) {
			effect_emit(code, &effects[i]);
		}
	}
}

void
emit_code_allow(struct emit_code *code, uint32_t rule, uint32_t audit)
{
	emit_code_op(code, (struct format_op){FORMAT_OP_ALLOW, (uint8_t)audit, 0, rule}, 1);
}

void
emit_code_deny(struct emit_code *code, uint32_t reason, uint32_t rule, uint32_t how)
{
	emit_code_op(
		code, (struct format_op){FORMAT_OP_DENY, (uint8_t)reason, (uint16_t)how, rule}, 1);
}

struct buffer
emit_code_finish(struct emit_code *code)
{
	const struct format_op *ops = code->ops.elements;
	const uint32_t *labels = code->labels.elements;
	struct buffer out;

	buffer_init(&out, &code->pool->scratch);
	for (uint32_t i = 0; i < code->ops.count; i++) {
		uint32_t b = ops[i].b;

		if (ops[i].op >= FORMAT_OP_IN && ops[i].op <= FORMAT_OP_GRANTED) {
			assert(labels[b] > i && labels[b] < code->ops.count);
			b = labels[b] - i;
		}
		wire_u8(&out, ops[i].op);
		wire_u8(&out, ops[i].a);
		wire_u16(&out, (uint16_t)b);
		wire_u32(&out, ops[i].c);
	}
	return out;
}
