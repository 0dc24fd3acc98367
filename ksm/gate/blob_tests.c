/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* blob_tests.c: which fields and values the program of a blob tests. */
#include "blob_tests.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "arena.h"
#include "blob_pass.h"
#include "blob_ranges.h"
#include "ksm/engine/plain.h"
#include "ksm/format_state.h"
#include "vector.h"

enum pass_register {
	PASS_V,
	PASS_W,
	PASS_REGISTERS,
};

static bool *
set_of(const struct pass *p, uint32_t op, enum pass_register name)
{
	return p->sets + ((size_t)op * PASS_REGISTERS + name) * p->field_count;
}

static bool
is_hole(const struct pass *p, uint32_t offset)
{
	for (uint32_t i = 0; i < p->message_fields; i++) {
		if (p->fields[i]->kind != L1_TAIL && offset >= p->fields[i]->offset_bytes &&
			offset < (uint32_t)p->fields[i]->offset_bytes + p->fields[i]->width_bytes) {
			return false;
		}
	}
	return true;
}

/* What only the shape looks at, and what is no field: whether a path is one, how long the message
 * is, a byte that may be missing. */
static bool
shape_loaded(const struct pass *p, uint32_t op, uint32_t what, uint32_t offset)
{
	bool is_known = what == FORMAT_LOAD_LENGTH && offset == 0 &&
			(p->message->length_count != 0 || p->message->high_bytes == 0);

	if (what == FORMAT_LOAD_LATE) {
		is_known = is_hole(p, offset & FORMAT_LOAD_PLACE);
	}
	for (uint32_t i = 0; what == FORMAT_LOAD_PATH && i < p->message_fields; i++) {
		is_known =
			is_known || (p->fields[i]->is_path && p->fields[i]->offset_bytes == offset);
	}
	if (is_known) {
		memset(set_of(p, op, PASS_V), 0, p->field_count * sizeof(bool));
	}
	return is_known;
}

/* What may stand in the registers before `from` may stand there before `to`. */
static void
sets_flow(const struct pass *p, uint32_t from, uint32_t to)
{
	for (uint32_t name = PASS_V; name < PASS_REGISTERS; name++) {
		const bool *source = set_of(p, from, (enum pass_register)name);
		bool *target = set_of(p, to, (enum pass_register)name);

		for (uint32_t i = 0; i < p->field_count; i++) {
			target[i] = target[i] || source[i];
		}
	}
}

static struct l1_condition *
condition_add(const struct pass *p, enum l1_condition_kind kind, uint32_t field)
{
	struct l1_condition *condition = arena_alloc(p->arena, sizeof *condition);
	const struct l1_condition **slot = vector_push(p->out->conditions, p->arena, sizeof *slot);

	condition->kind = kind;
	condition->field = p->fields[field];
	*slot = condition;
	return condition;
}

static void
in_add(const struct pass *p, uint32_t op, uint32_t set_number)
{
	const uint8_t *set =
		p->ksm->at[FORMAT_SETS] + (size_t)set_number * sizeof(struct format_set);
	const uint8_t *range =
		p->ksm->at[FORMAT_RANGES] + (size_t)format_u32(set) * sizeof(struct format_range);
	uint32_t count = format_u32(set + offsetof(struct format_set, count));

	for (uint32_t i = 0; i < p->field_count; i++) {
		struct l1_condition *in;

		if (!set_of(p, op, PASS_V)[i]) {
			continue;
		}
		in = condition_add(p, L1_IN, i);
		in->ranges = arena_array(p->arena, count, sizeof *in->ranges);
		for (uint32_t r = 0; r < count; r++) {
			const uint8_t *at = range + (size_t)r * sizeof(struct format_range);

			in->ranges[in->range_count++] = (struct l1_range){(int64_t)format_u64(at),
				(int64_t)format_u64(at + offsetof(struct format_range, high))};
		}
		if (blob_is_shape_of_element(in)) {
			p->out->conditions->count--;
		}
	}
}

static void
fields_add(const struct pass *p, uint32_t op)
{
	for (uint32_t i = 0; i < p->field_count; i++) {
		for (uint32_t j = 0; j < p->field_count; j++) {
			if (i != j && set_of(p, op, PASS_V)[i] && set_of(p, op, PASS_W)[j]) {
				condition_add(p, L1_FIELDS, i)->other = p->fields[j];
			}
		}
	}
}

/* The test of a set and a field as L1 calls it, or a new one. */
static const struct l1_field *
member_field(const struct pass *p, const struct l1_state *state, const struct l1_field *field)
{
	const struct l1_condition **known = p->out->conditions->elements;
	struct l1_field *new;

	for (uint32_t i = 0; i < p->out->conditions->count; i++) {
		const struct l1_field *found = blob_member_within(known[i], state, field);

		if (found != NULL) {
			return found;
		}
	}
	new = arena_alloc(p->arena, sizeof *new);
	*new = (struct l1_field){
		.name = "member", .kind = L1_BOOL, .high = 1, .state = state, .member = field};
	return new;
}

static void
member_add(const struct pass *p, uint32_t op, uint32_t number)
{
	for (uint32_t i = 0; i < p->message_fields; i++) {
		struct l1_condition *in;

		if (set_of(p, op, PASS_V)[i]) {
			const struct l1_field *member =
				member_field(p, p->l1->states[number], p->fields[i]);

			in = condition_add(p, L1_IN, i);
			in->field = member;
			in->ranges = arena_alloc(p->arena, sizeof *in->ranges);
			in->ranges[0] = (struct l1_range){1, 1};
			in->range_count = 1;
		}
	}
}

static void
effect_add(const struct pass *p, const uint8_t *op)
{
	struct blob_effect *effect = vector_push(p->out->effects, p->arena, sizeof *effect);

	effect->state = p->l1->states[format_u16(op + offsetof(struct format_op, b))];
	effect->op = op[0];
	effect->amount = format_u32(op + offsetof(struct format_op, c));
}

/* Puts the one field that a load reads into its register. Returns false if it is none. */
static bool
load(const struct pass *p, uint32_t op, enum pass_register name, uint32_t field)
{
	bool *set = set_of(p, op, name);

	if (field == p->field_count) {
		return false;
	}
	for (uint32_t i = 0; i < p->field_count; i++) {
		set[i] = i == field;
	}
	return true;
}

/* The slot of what a load makes of v. */
static uint32_t
slot_loaded(const struct pass *p, uint32_t number)
{
	const uint8_t *op = p->code + (size_t)number * sizeof(struct format_op);
	uint32_t c = format_u32(op + offsetof(struct format_op, c));
	uint32_t slot = p->message_fields;

	if (!blob_is_adding(p, number)) {
		return op[0] == FORMAT_OP_LOAD_STATE
			       ? blob_state_loaded(p, c)
			       : blob_field_loaded(p, c, op[1], blob_op_what(p, number));
	}
	while (slot < p->field_count && p->sum_ops[slot] != number) {
		slot++;
	}
	return slot;
}

/* A load that adds: v held the sum up to the load before it, and holds a longer one now. */
static bool
sum_load(const struct pass *p, uint32_t number)
{
	uint32_t before = slot_loaded(p, blob_load_before(p, number));
	const bool *set = set_of(p, number, PASS_V);

	for (uint32_t i = 0; i < p->field_count; i++) {
		if (set[i] && i != before) {
			return false;
		}
	}
	return load(p, number, PASS_V, slot_loaded(p, number));
}

/* A load of a number: to it values of the message are added, and then an effect takes the sum,
 * which nothing tests. */
static bool
number_load(const struct pass *p, uint32_t number)
{
	const uint8_t *op;

	memset(set_of(p, number, PASS_V), 0, p->field_count * sizeof(bool));
	do {
		number++;
		op = p->code + (size_t)number * sizeof(struct format_op);
	} while (op[0] == FORMAT_OP_LOAD && blob_op_what(p, number) >= FORMAT_LOAD_ADD);
	return op[0] >= FORMAT_OP_ADD && op[0] <= FORMAT_OP_REMOVE;
}

/* A load of v or of the index. */
static bool
load_look(const struct pass *p, uint32_t number)
{
	const uint8_t *op = p->code + (size_t)number * sizeof(struct format_op);
	uint32_t what = blob_op_what(p, number);
	uint32_t c = format_u32(op + offsetof(struct format_op, c));

	if (what >= FORMAT_LOAD_INDEX) {
		return what == (FORMAT_LOAD_INDEX | FORMAT_LOAD_HANDLE) ||
		       blob_field_loaded(p, c, op[1], what) != p->field_count;
	}
	if (op[0] == FORMAT_OP_LOAD && what == FORMAT_LOAD_NUMBER) {
		return number_load(p, number);
	}
	if (what >= FORMAT_LOAD_ADD) {
		return sum_load(p, number);
	}
	return (op[0] == FORMAT_OP_LOAD && shape_loaded(p, number, what, c)) ||
	       load(p, number, PASS_V, slot_loaded(p, number));
}

/* One op: what it tests, and where it leads. */
static bool
op_look(const struct pass *p, uint32_t number)
{
	const uint8_t *op = p->code + (size_t)number * sizeof(struct format_op);
	uint32_t b = format_u16(op + offsetof(struct format_op, b));
	uint32_t c = format_u32(op + offsetof(struct format_op, c));
	bool is_known = true;

	switch (op[0]) {
	case FORMAT_OP_LOAD:
	case FORMAT_OP_LOAD_STATE:
		is_known = load_look(p, number);
		break;
	case FORMAT_OP_OTHER:
		memcpy(set_of(p, number, PASS_W), set_of(p, number, PASS_V),
			p->field_count * sizeof(bool));
		break;
	case FORMAT_OP_ZERO:
		break;
	case FORMAT_OP_ALLOW:
	case FORMAT_OP_DENY:
		return true;
	case FORMAT_OP_IN:
		in_add(p, number, c);
		sets_flow(p, number, number + b);
		break;
	case FORMAT_OP_MEMBER:
		member_add(p, number, c);
		sets_flow(p, number, number + b);
		break;
	case FORMAT_OP_GRANTED:
		sets_flow(p, number, number + b);
		break;
	case FORMAT_OP_LESS:
	case FORMAT_OP_LESS_EQUAL:
	case FORMAT_OP_EQUAL:
		fields_add(p, number);
		sets_flow(p, number, number + b);
		break;
	default:
		effect_add(p, op);
		break;
	}
	assert(number + 1 < p->op_count);
	sets_flow(p, number, number + 1);
	return is_known;
}

/* The fields of the message, and those of the states that the program loads. Returns false if L1
 * has no such state. */
static bool
fields_collect(struct pass *p, const struct l1_message *message)
{
	size_t most = (size_t)p->op_count + 1;

	for (uint32_t i = 0; i < message->field_count; i++) {
		most += 1 + message->fields[i].part_count;
	}
	p->fields = arena_array(p->arena, most, sizeof(const struct l1_field *));
	p->sum_ops = arena_array(p->arena, most, sizeof *p->sum_ops);
	memset(p->sum_ops, 0xff, most * sizeof *p->sum_ops);
	for (uint32_t i = 0; i < message->field_count; i++) {
		p->fields[p->field_count++] = &message->fields[i];
		for (uint32_t n = 0; n < message->fields[i].part_count; n++) {
			p->fields[p->field_count++] = &message->fields[i].parts[n];
		}
	}
	p->message_fields = p->field_count;
	for (uint32_t i = 0; i < p->op_count; i++) {
		const uint8_t *op = p->code + (size_t)i * sizeof(struct format_op);
		uint32_t c = format_u32(op + offsetof(struct format_op, c));

		if (blob_is_adding(p, i)) {
			p->sum_ops[p->field_count] = i;
			p->fields[p->field_count] = blob_sum_loaded(p, i);
			if (p->fields[p->field_count] == NULL) {
				return false;
			}
			p->field_count++;
			continue;
		}
		if (op[0] != FORMAT_OP_LOAD_STATE || blob_state_loaded(p, c) != p->field_count) {
			continue;
		}
		if (c >= p->l1->state_count) {
			return false;
		}
		p->fields[p->field_count++] = p->l1->states[c]->field;
	}
	return true;
}

/* Returns the program of an event, or NULL if it has none. */
static const uint8_t *
program_of(const struct ksm *ksm, const struct ksm_edge *edge, uint32_t method, enum l1_event event)
{
	const struct ksm_entry *entry = ksm_entry_at(edge, method);
	uint32_t number;

	if (event < L1_ABORT) {
		uint32_t action = entry->action[event];

		if ((action & FORMAT_ACTION_RUN) == 0) {
			return NULL;
		}
		number = action & FORMAT_ACTION_NUMBER;
	} else {
		const uint8_t *abort = ksm->at[FORMAT_ABORTS];
		uint32_t entry_number =
			event == L1_ABORT ? (uint32_t)(entry - ksm_entries(ksm))
					  : ksm->entry_count + 2 * (uint32_t)(edge - ksm->edges) +
						    (event == L1_GOES);
		uint32_t i = 0;

		while (i < ksm->count[FORMAT_ABORTS] && format_u32(abort) != entry_number) {
			abort += sizeof(struct format_abort);
			i++;
		}
		if (i == ksm->count[FORMAT_ABORTS]) {
			return NULL;
		}
		number = format_u32(abort + offsetof(struct format_abort, program));
	}
	return ksm->at[FORMAT_PROGRAMS] + (size_t)number * sizeof(struct format_program);
}

bool
blob_tests(const struct ksm *ksm, const struct l1 *l1, const struct ksm_edge *edge, uint32_t method,
	enum l1_event event, const struct l1_message *message, struct arena *a,
	struct blob_tests *out)
{
	struct pass p = {.ksm = ksm, .l1 = l1, .message = message, .arena = a, .out = out};
	const uint8_t *program = program_of(ksm, edge, method, event);

	if (program == NULL) {
		return true;
	}
	p.code = ksm->at[FORMAT_CODE] + (size_t)format_u32(program) * sizeof(struct format_op);
	p.op_count = format_u16(program + offsetof(struct format_program, count));
	if (ksm->count[FORMAT_STATES] != l1->state_count || !fields_collect(&p, message)) {
		return false;
	}
	p.sets = arena_array(a, (size_t)p.op_count * PASS_REGISTERS,
		p.field_count == 0 ? 1 : p.field_count * sizeof *p.sets);
	for (uint32_t i = 0; i < p.op_count; i++) {
		if (!op_look(&p, i)) {
			return false;
		}
	}
	return true;
}
