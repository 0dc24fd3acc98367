/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The verifier's part about programs and the sets that they test: see verify.c. */
#include "ksm/engine/ksm.h"
#include "ksm/engine/verify.h"
#include "ksm/format_state.h"

struct op {
	uint32_t code, a, b, c;
};

/*@ requires \valid_read(p + (0 .. sizeof(struct format_op) - 1));
  @ assigns \nothing;
  @*/
static struct op
op_read(const uint8_t *p)
{
	uint32_t low = format_u32(p);
	struct op op = {low & 0xff, low >> 8 & 0xff, low >> 16,
		format_u32(p + offsetof(struct format_op, c))};

	return op;
}

/* A field that every message has. */
/*@ requires \valid_read(op);
  @ assigns \nothing;
  @*/
static bool
field_is_valid(const struct op *op, uint32_t offset, uint32_t need_bytes)
{
	uint32_t width = op->a & FORMAT_LOAD_WIDTH;
	uint32_t flags = FORMAT_LOAD_WIDTH | FORMAT_LOAD_SIGNED | FORMAT_LOAD_SECRET;

	return width - 1 < 8 && (width & (width - 1)) == 0 && (op->a & ~flags) == 0 &&
	       offset <= need_bytes && width <= need_bytes - offset;
}

/* Steps of a load, 0 if it is not valid. */
/*@ requires \valid_read(op) && \valid_read(view);
  @ assigns \nothing;
  @*/
static uint32_t
load_verify(const struct view *view, const struct op *op, uint32_t need_bytes)
{
	uint32_t width = op->a & ~(uint32_t)FORMAT_LOAD_SECRET;
	uint32_t place = op->c & FORMAT_LOAD_PLACE;

	if (op->b > (FORMAT_LOAD_INDEX | FORMAT_LOAD_HANDLE)) {
		return 0;
	}
	switch (op->b & FORMAT_LOAD_WHAT) {
	case FORMAT_LOAD_FIELD:
		return field_is_valid(op, op->c, need_bytes);
	case FORMAT_LOAD_LATE:
		return op->c >> FORMAT_LOAD_SHIFT < view->count[FORMAT_SETS] &&
		       field_is_valid(op, place, FORMAT_MESSAGE_MAX);
	case FORMAT_LOAD_NUMBER:
		return op->a == 0 && op->c < view->count[FORMAT_SETS];
	case FORMAT_LOAD_HANDLE:
		return op->a == 0 && op->c <= FORMAT_HANDLES_MAX;
	case FORMAT_LOAD_PATH:
		return width - 1 < FORMAT_LOAD_WIDTH && op->c <= FORMAT_MESSAGE_MAX ? 1 + width : 0;
	case FORMAT_LOAD_COUNT:
		return width == 0 && place <= FORMAT_MESSAGE_MAX;
	case FORMAT_LOAD_TEXT:
	case FORMAT_LOAD_LENGTH:
	case FORMAT_LOAD_STATUS:
		return width == 0 && op->c <= FORMAT_MESSAGE_MAX;
	default:
		return 0;
	}
}

/*@ requires \valid_read(op) && \valid_read(view);
  @ assigns \nothing;
  @ ensures \result != 0 ==> op->a != KSM_GRANTED;
  @*/
static bool
deny_is_valid(const struct view *view, const struct op *op)
{
	if (op->b > (FORMAT_DENY_SHOWS | FORMAT_DENY_QUIET) || op->c > view->rule_count) {
		return false;
	}
	if (op->a == KSM_SHAPE || op->a == KSM_DEFAULT) {
		return op->c == 0 && op->b <= FORMAT_DENY_SHOWS;
	}
	return (op->a == KSM_FORBID || op->a == KSM_GUARD || op->a == KSM_REPLY_TAIL) && op->c != 0;
}

/* Of which kinds (bits) the state may be that an op names: an effect in b, another in c. */
static const uint8_t state_kinds[FORMAT_OPS + 1] = {
#define X(name, number, cost, kinds, text) [(number)] = (kinds),
#include "ksm/ops.def"
#undef X
};

/* The rest of an op whose state has `count`. */
/*@ requires \valid_read(op);
  @ requires op->code == FORMAT_OP_ENTER ==> count <= FORMAT_MACHINE_MAX;
  @ assigns \nothing;
  @*/
static bool
state_op_is_valid(const struct op *op, uint32_t count)
{
	if (op->code == FORMAT_OP_MEMBER) {
		return true; /* a test */
	}
	if (op->code == FORMAT_OP_LOAD_STATE) {
		return op->a == 0 && op->b % FORMAT_LOAD_ADD == 0 && op->b < FORMAT_LOAD_INDEX;
	}
	if (op->code == FORMAT_OP_TAKE) {
		return op->a == 0 && op->c - 1 < count;
	}
	if (op->code == FORMAT_OP_ENTER) {
		return op->a < count && op->c != 0 && (uint64_t)op->c >> count == 0;
	}
	if (op->code >= FORMAT_OP_ADD && op->code <= FORMAT_OP_REMOVE) {
		return op->a == (op->c == 0 ? FORMAT_OPERAND_V : 0); /* one of them */
	}
	return op->a == 0 && op->c == 0;
}

/* Steps of an op that names a state, 0 if it is not valid. */
/*@ requires \valid_read(op) && sections_fit(view) && op->code <= FORMAT_OPS;
  @ assigns \nothing;
  @*/
static uint32_t
state_op_verify(const struct view *view, const struct op *op)
{
	uint32_t number = op->code >= FORMAT_OP_TAKE ? op->b : op->c;
	const uint8_t *state = view->at[FORMAT_STATES] + number * sizeof(struct format_state);
	uint32_t count;

	if (number >= view->count[FORMAT_STATES] || (state_kinds[op->code] >> state[0] & 1) == 0) {
		return 0;
	}
	count = format_u32(state + offsetof(struct format_state, count));
	if (!state_op_is_valid(op, count)) {
		return 0;
	}
	return op->code == FORMAT_OP_LOAD_STATE
		       ? 1
		       : format_state_cost((enum format_state_kind)state[0], count);
}

/* Returns the op's steps, 0 if it is not valid; how far it jumps is looked at by the caller. */
/*@ requires \valid_read(op) && sections_fit(view);
  @ assigns \nothing;
  @ ensures \result != 0 ==> op->code <= FORMAT_OPS;
  @*/
static uint32_t
op_verify(const struct view *view, const struct op *op, uint32_t need_bytes)
{
	if (op->code > FORMAT_OPS || (op->code >= FORMAT_OP_IN && op->code <= FORMAT_OP_GRANTED &&
					     (op->a > FORMAT_JUMP_IF_TRUE || op->b == 0))) {
		return 0;
	}
	if (state_kinds[op->code] != 0) {
		return state_op_verify(view, op);
	}
	switch (op->code) {
	case FORMAT_OP_LOAD:
		return load_verify(view, op, need_bytes);
	case FORMAT_OP_OTHER:
		return op->a == 0 && op->b == 0 && op->c == 0;
	case FORMAT_OP_ZERO:
		return op->a == 0 && op->b >= 1 && op->b < 8 && op->c <= need_bytes &&
		       op->b <= need_bytes - op->c;
	case FORMAT_OP_IN:
		return op->c >= view->count[FORMAT_SETS]
			       ? 0
			       : format_set_cost(format_u32(view->at[FORMAT_SETS] +
							    op->c * sizeof(struct format_set) +
							    offsetof(struct format_set, count)));
	case FORMAT_OP_LESS:
	case FORMAT_OP_LESS_EQUAL:
	case FORMAT_OP_EQUAL:
		return op->c == 0;
	case FORMAT_OP_GRANTED:
		return op->c - 1 < view->rule_count;
	case FORMAT_OP_ALLOW:
		return op->a <= KSM_AUDIT_NEVER && op->b == 0 && op->c - 1 < view->rule_count;
	case FORMAT_OP_DENY:
		return deny_is_valid(view, op);
	default:
		return 0;
	}
}

/*@ requires \valid(before) && cost <= FORMAT_PROGRAM_COST_MAX;
  @ assigns *before;
  @*/
static void
reach(uint8_t *before, uint32_t cost)
{
	*before = *before < cost ? (uint8_t)cost : *before;
}

/*@ requires sections_fit(view);
  @ requires \valid_read(p + (0 .. count * sizeof(struct format_op) - 1));
  @ assigns \nothing;
  @*/
static bool
program_verify(const struct view *view, const uint8_t *p, uint32_t count, uint32_t need_bytes)
{
	/* Steps before an op, on the longest way to it. */
	uint8_t before[FORMAT_PROGRAM_OPS_MAX + 1] = {0};
	uint32_t effects = 0; /* that wait for their ALLOW */

	if (count > FORMAT_PROGRAM_OPS_MAX) {
		return false;
	}
	/*@ loop invariant 0 <= i <= count;
	  @ loop invariant i < count ==>
	  @   p == \at(p, Pre) + i * sizeof(struct format_op);
	  @ loop assigns i, p, effects, before[0 .. FORMAT_PROGRAM_OPS_MAX];
	  @ loop variant count - i;
	  @*/
	for (uint32_t i = 0; i < count; i++) {
		struct op op = op_read(p);
		uint32_t steps = op_verify(view, &op, need_bytes);
		uint32_t cost = before[i] + steps;

		effects += op.code > FORMAT_OP_LOAD_STATE;
		if (steps == 0 || cost > FORMAT_PROGRAM_COST_MAX || effects > FORMAT_EFFECTS_MAX) {
			return false;
		}
		if (op.code == FORMAT_OP_ALLOW) {
			effects = 0;
		} else if (effects != 0 && op.code != FORMAT_OP_LOAD &&
			   op.code <= FORMAT_OP_LOAD_STATE) {
			return false;
		}
		if (i == count - 1) {
			return op.code == FORMAT_OP_ALLOW || op.code == FORMAT_OP_DENY;
		}
		if (op.code >= FORMAT_OP_IN && op.code <= FORMAT_OP_GRANTED) {
			if (op.b >= count - i) {
				return false;
			}
			reach(&before[i + op.b], cost);
		}
		if (op.code != FORMAT_OP_ALLOW && op.code != FORMAT_OP_DENY) {
			reach(&before[i + 1], cost);
		}
		p += sizeof(struct format_op);
	}
	return false;
}

enum ksm_verify_error
ksm_programs_verify(const struct view *view)
{
	const uint8_t *program = view->at[FORMAT_PROGRAMS];
	uint32_t at = 0;

	/*@ loop invariant 0 <= i <= view->count[FORMAT_PROGRAMS];
	  @ loop invariant at <= view->count[FORMAT_CODE];
	  @ loop invariant program == view->at[FORMAT_PROGRAMS] + i * sizeof(struct format_program);
	  @ loop assigns i, program, at;
	  @ loop variant view->count[FORMAT_PROGRAMS] - i;
	  @*/
	for (uint32_t i = 0; i < view->count[FORMAT_PROGRAMS]; i++) {
		uint32_t sizes = format_u32(program + offsetof(struct format_program, count));
		uint32_t count = sizes & 0xffff;
		uint32_t need = sizes >> 16;

		if (format_u32(program) != at || count > view->count[FORMAT_CODE] - at ||
			need > FORMAT_MESSAGE_MAX ||
			!program_verify(view, view->at[FORMAT_CODE] + at * sizeof(struct format_op),
				count, need)) {
			return KSM_PROGRAM;
		}
		at += count;
		program += sizeof(struct format_program);
	}
	return at == view->count[FORMAT_CODE] ? KSM_OK : KSM_PROGRAM;
}

/*@ requires \valid_read(range + (0 .. count * sizeof(struct format_range) - 1));
  @ assigns \nothing;
  @ ensures \result ==> count != 0;
  @*/
static bool
set_verify(const uint8_t *range, uint32_t count)
{
	int64_t high_before = 0;

	/*@ loop invariant 0 <= i <= count;
	  @ loop invariant range == \at(range, Pre) + i * sizeof(struct format_range);
	  @ loop assigns i, range, high_before;
	  @ loop variant count - i;
	  @*/
	for (uint32_t i = 0; i < count; i++) {
		int64_t low = (int64_t)format_u64(range);
		int64_t high = (int64_t)format_u64(range + offsetof(struct format_range, high));

		/* The first comparison keeps the subtraction in range. */
		if (high < low || (i != 0 && (low <= high_before || low - 1 <= high_before))) {
			return false;
		}
		high_before = high;
		range += sizeof(struct format_range);
	}
	return count != 0;
}

enum ksm_verify_error
ksm_sets_verify(const struct view *view)
{
	const uint8_t *set = view->at[FORMAT_SETS];
	uint32_t at = 0;

	/*@ loop invariant 0 <= i <= view->count[FORMAT_SETS];
	  @ loop invariant at <= view->count[FORMAT_RANGES];
	  @ loop invariant set == view->at[FORMAT_SETS] + i * sizeof(struct format_set);
	  @ loop assigns i, set, at;
	  @ loop variant view->count[FORMAT_SETS] - i;
	  @*/
	for (uint32_t i = 0; i < view->count[FORMAT_SETS]; i++) {
		uint32_t count = format_u32(set + offsetof(struct format_set, count));

		if (format_u32(set) != at || count > view->count[FORMAT_RANGES] - at ||
			!set_verify(view->at[FORMAT_RANGES] + at * sizeof(struct format_range),
				count)) {
			return KSM_PROGRAM;
		}
		at += count;
		set += sizeof(struct format_set);
	}
	return at == view->count[FORMAT_RANGES] ? KSM_OK : KSM_PROGRAM;
}
