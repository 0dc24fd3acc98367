/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* blob_tests.c: which fields and values the program of a blob tests. */
#include "blob_tests.h"

#include <assert.h>
#include <stddef.h>

#include "arena.h"
#include "ksm/engine/plain.h"
#include "ksm/format.h"
#include "vector.h"

/*
 * Jumps go forward only, so one pass knows for each op which fields may stand in the registers v
 * and w: sets[op] has two flags for each field of the message.
 */
struct pass {
	const struct ksm *ksm;
	const uint8_t *code; /* of the program */
	uint32_t op_count;
	const struct l1_message *message;
	bool *sets; /* op_count rows of 2 * field_count */
	struct arena *arena;
	struct vector *conditions;
};

enum pass_register {
	PASS_V,
	PASS_W,
	PASS_REGISTERS,
};

static const uint8_t *
section(const struct ksm *ksm, enum format_section_id id)
{
	return ksm->blob + format_u32(ksm->blob + offsetof(struct format_header, sections) +
				      id * sizeof(struct format_section));
}

static bool *
set_of(const struct pass *p, uint32_t op, enum pass_register name)
{
	return p->sets + ((size_t)op * PASS_REGISTERS + name) * p->message->field_count;
}

/* Returns the index of the field that a load reads, or field_count: it is none. */
static uint32_t
field_loaded(const struct l1_message *message, uint32_t offset, uint32_t mode)
{
	uint32_t i = 0;

	while (i < message->field_count &&
		(message->fields[i].kind == L1_TAIL || message->fields[i].offset_bytes != offset ||
			message->fields[i].width_bytes != (mode & FORMAT_LOAD_WIDTH) ||
			message->fields[i].is_signed != ((mode & FORMAT_LOAD_SIGNED) != 0))) {
		i++;
	}
	return i;
}

/* What may stand in the registers before `from` may stand there before `to`. */
static void
sets_flow(const struct pass *p, uint32_t from, uint32_t to)
{
	for (uint32_t name = PASS_V; name < PASS_REGISTERS; name++) {
		const bool *source = set_of(p, from, (enum pass_register)name);
		bool *target = set_of(p, to, (enum pass_register)name);

		for (uint32_t i = 0; i < p->message->field_count; i++) {
			target[i] = target[i] || source[i];
		}
	}
}

static struct l1_condition *
condition_add(const struct pass *p, enum l1_condition_kind kind, uint32_t field)
{
	struct l1_condition *condition = arena_alloc(p->arena, sizeof *condition);
	const struct l1_condition **slot = vector_push(p->conditions, p->arena, sizeof *slot);

	condition->kind = kind;
	condition->field = &p->message->fields[field];
	*slot = condition;
	return condition;
}

static void
in_add(const struct pass *p, uint32_t op, uint32_t set_number)
{
	const uint8_t *set =
		section(p->ksm, FORMAT_SETS) + (size_t)set_number * sizeof(struct format_set);
	const uint8_t *range = section(p->ksm, FORMAT_RANGES) +
			       (size_t)format_u32(set) * sizeof(struct format_range);
	uint32_t count = format_u32(set + offsetof(struct format_set, count));

	for (uint32_t i = 0; i < p->message->field_count; i++) {
		struct l1_condition *in;

		if (!set_of(p, op, PASS_V)[i]) {
			continue;
		}
		in = condition_add(p, L1_IN, i);
		in->ranges = arena_array(p->arena, count, sizeof *in->ranges);
		in->range_count = count;
		for (uint32_t r = 0; r < count; r++) {
			const uint8_t *at = range + (size_t)r * sizeof(struct format_range);

			in->ranges[r].low = (int64_t)format_u64(at);
			in->ranges[r].high =
				(int64_t)format_u64(at + offsetof(struct format_range, high));
		}
	}
}

static void
fields_add(const struct pass *p, uint32_t op)
{
	for (uint32_t i = 0; i < p->message->field_count; i++) {
		for (uint32_t j = 0; j < p->message->field_count; j++) {
			if (i != j && set_of(p, op, PASS_V)[i] && set_of(p, op, PASS_W)[j]) {
				condition_add(p, L1_FIELDS, i)->other = &p->message->fields[j];
			}
		}
	}
}

/* Puts the one field that a load reads into its register. Returns false if it is none. */
static bool
load(const struct pass *p, uint32_t op, enum pass_register name, uint32_t offset, uint32_t mode)
{
	uint32_t field = field_loaded(p->message, offset, mode);
	bool *set = set_of(p, op, name);

	if (field == p->message->field_count) {
		return false;
	}
	for (uint32_t i = 0; i < p->message->field_count; i++) {
		set[i] = i == field;
	}
	return true;
}

/* One op: what it tests, and where it leads. */
static bool
op_look(const struct pass *p, uint32_t number)
{
	const uint8_t *op = p->code + (size_t)number * sizeof(struct format_op);
	uint32_t c = format_u32(op + offsetof(struct format_op, c));

	switch (op[0]) {
	case FORMAT_OP_LOAD:
	case FORMAT_OP_LOAD_OTHER:
		if (!load(p, number, op[0] == FORMAT_OP_LOAD ? PASS_V : PASS_W, c, op[1])) {
			return false;
		}
		break;
	case FORMAT_OP_ZERO:
		break;
	case FORMAT_OP_ALLOW:
	case FORMAT_OP_DENY:
		return true;
	case FORMAT_OP_IN:
		in_add(p, number, c);
		sets_flow(p, number, number + format_u16(op + offsetof(struct format_op, b)));
		break;
	default:
		fields_add(p, number);
		sets_flow(p, number, number + format_u16(op + offsetof(struct format_op, b)));
		break;
	}
	assert(number + 1 < p->op_count);
	sets_flow(p, number, number + 1);
	return true;
}

bool
blob_tests(const struct ksm *ksm, const struct ksm_edge *edge, uint32_t method, enum l1_event event,
	const struct l1_message *message, struct arena *a, struct vector *conditions)
{
	uint32_t action = ksm_entry_at(ksm->edges, edge, method)->action[event];
	struct pass p = {.ksm = ksm, .message = message, .arena = a, .conditions = conditions};
	const uint8_t *program;

	if ((action & FORMAT_ACTION_GRANT) != 0 || (action & FORMAT_ACTION_RUN) == 0) {
		return true;
	}
	program = section(ksm, FORMAT_PROGRAMS) +
		  (size_t)(action & FORMAT_ACTION_NUMBER) * sizeof(struct format_program);
	p.code = section(ksm, FORMAT_CODE) + (size_t)format_u32(program) * sizeof(struct format_op);
	p.op_count = format_u16(program + offsetof(struct format_program, count));
	p.sets = arena_array(a, (size_t)p.op_count * PASS_REGISTERS,
		message->field_count == 0 ? 1 : message->field_count * sizeof *p.sets);
	for (uint32_t i = 0; i < p.op_count; i++) {
		if (!op_look(&p, i)) {
			return false;
		}
	}
	return true;
}
