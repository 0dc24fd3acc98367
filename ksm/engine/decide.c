/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The decision: an event, an edge and bytes in; a verdict and a count out. */
#include "ksm/engine/ksm.h"
#include "ksm/engine/plain.h"
#include "ksm/format.h"

struct registers {
	int64_t v;
	int64_t w;
	uint16_t field;
	bool is_secret;
};

static struct ksm_verdict
verdict_make(enum ksm_reason reason, uint32_t rule)
{
	struct ksm_verdict verdict = {
		.reason = (uint8_t)reason, .rule = (uint16_t)rule, .field = 0xffff};

	return verdict;
}

/* The field at `offset` as `how` (format.h: a of a load) says. */
static int64_t
field_load(const uint8_t *bytes, uint32_t offset, uint32_t how)
{
	uint32_t width = how & FORMAT_LOAD_WIDTH;
	uint32_t unused_bits = 64 - 8 * width;
	uint64_t value = 0;

	for (uint32_t i = width; i > 0; i--) {
		value = value << 8 | bytes[offset + i - 1];
	}
	value <<= unused_bits;
	return (how & FORMAT_LOAD_SIGNED) != 0 ? (int64_t)value >> unused_bits
					       : (int64_t)(value >> unused_bits);
}

static bool
set_has(const struct ksm *ksm, uint32_t index, int64_t value)
{
	const uint8_t *set = ksm->sets + index * sizeof(struct format_set);
	const uint8_t *ranges = ksm->ranges + format_u32(set) * sizeof(struct format_range);
	uint32_t low = 0;
	uint32_t high = format_u32(set + offsetof(struct format_set, count));

	/* Finds the last range that starts at or below value. */
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if ((int64_t)format_u64(ranges + middle * sizeof(struct format_range)) <= value) {
			low = middle;
		} else {
			high = middle;
		}
	}
	ranges += low * sizeof(struct format_range);
	return (int64_t)format_u64(ranges) <= value &&
	       value <= (int64_t)format_u64(ranges + offsetof(struct format_range, high));
}

/* Offset of the first byte that is not 0 from `offset` on; `end`: none before it. */
static uint32_t
zero_end(const uint8_t *bytes, uint32_t offset, uint32_t end)
{
	while (offset < end && bytes[offset] == 0) {
		offset++;
	}
	return offset;
}

static bool
test_holds(const struct ksm *ksm, uint32_t opcode, uint32_t c, const struct registers *r)
{
	switch (opcode) {
	case FORMAT_OP_IN:
		return set_has(ksm, c, r->v);
	case FORMAT_OP_LESS:
		return r->v < r->w;
	case FORMAT_OP_LESS_EQUAL:
		return r->v <= r->w;
	default:
		return r->v == r->w;
	}
}

static struct ksm_verdict
deny(const struct registers *r, const uint8_t *op, uint32_t c)
{
	struct ksm_verdict verdict = verdict_make((enum ksm_reason)op[1], c);

	if (format_u16(op + 2) != 0) {
		verdict.field = r->field;
		verdict.operand = r->is_secret ? 0 : r->v;
	}
	return verdict;
}

/* Ends: the verifier saw that jumps go forward and that the last op is ALLOW or DENY. */
static struct ksm_verdict
program_run(const struct ksm *ksm, uint32_t number, const uint8_t *bytes)
{
	const uint8_t *op =
		ksm->code + format_u32(ksm->programs + number * sizeof(struct format_program)) *
				    sizeof(struct format_op);
	struct registers r = {0, 0, 0xffff, false};
	struct ksm_verdict verdict;

	for (;;) {
		uint32_t a = op[1];
		uint32_t b = format_u16(op + offsetof(struct format_op, b));
		uint32_t c = format_u32(op + offsetof(struct format_op, c));

		switch (op[0]) {
		case FORMAT_OP_LOAD:
			r.v = field_load(bytes, c, a);
			r.field = (uint16_t)c;
			r.is_secret = (a & FORMAT_LOAD_SECRET) != 0;
			break;
		case FORMAT_OP_LOAD_OTHER:
			r.w = field_load(bytes, c, a);
			break;
		case FORMAT_OP_ZERO:
			b += c;
			c = zero_end(bytes, c, b);
			if (c != b) {
				verdict = verdict_make(KSM_SHAPE, 0);
				verdict.field = (uint16_t)c;
				verdict.operand = bytes[c];
				return verdict;
			}
			break;
		case FORMAT_OP_ALLOW:
			verdict = verdict_make(KSM_GRANTED, c);
			verdict.audit = (uint8_t)a;
			return verdict;
		case FORMAT_OP_DENY:
			return deny(&r, op, c);
		default:
			if (test_holds(ksm, op[0], c, &r) == (a == FORMAT_JUMP_IF_TRUE)) {
				op += (b - 1) * sizeof(struct format_op);
			}
			break;
		}
		op += sizeof(struct format_op);
	}
}

static bool
shape_fits(
	const struct ksm_entry *entry, enum ksm_event event, uint32_t status, uint32_t length_bytes)
{
	if (event == KSM_ERROR) {
		return length_bytes == 0 && status != 0 &&
		       status <= format_shape_errors(ksm_entry_shape(entry, KSM_REPLY));
	}
	const struct ksm_lengths *lengths = &entry->lengths[event];
	uint32_t shortest = (uint16_t)lengths->shortest & (KSM_NOT_PLAIN - 1u);

	return (event == KSM_CALL || status == 0) && length_bytes - shortest < lengths->count;
}

static struct ksm_verdict
entry_decide(const struct ksm *ksm, const struct ksm_entry *entry, enum ksm_event event,
	const uint8_t *bytes)
{
	uint32_t action = entry->action[event];
	uint32_t number = action & FORMAT_ACTION_NUMBER;
	struct ksm_verdict verdict;

	if ((action & FORMAT_ACTION_GRANT) != 0) {
		verdict = verdict_make(KSM_GRANTED, number);
		verdict.audit =
			(uint8_t)(action >> FORMAT_ACTION_AUDIT_SHIFT & FORMAT_ACTION_AUDIT_MASK);
		return verdict;
	}
	if ((action & FORMAT_ACTION_RUN) != 0) {
		return program_run(ksm, number, bytes);
	}
	return verdict_make(number == 0 ? KSM_DEFAULT : KSM_FORBID, number);
}

struct ksm_verdict
ksm_decide(struct ksm *ksm, struct ksm_edge *edge, enum ksm_event event, uint32_t method,
	uint32_t status, const uint8_t *bytes, uint32_t length_bytes)
{
	struct ksm_verdict verdict = verdict_make(KSM_SHAPE, 0);

	if ((uint32_t)event < KSM_EVENTS && method != 0 && method <= edge->methods) {
		struct ksm_entry *entry = ksm_entry_at(ksm->edges, edge, method);

		if (shape_fits(entry, event, status, length_bytes)) {
			verdict = entry_decide(ksm, entry, event, bytes);
		}
		if (verdict.reason == KSM_GRANTED) {
			ksm_count_grant(edge, entry, event);
			return verdict;
		}
	}
	if (edge->denied[verdict.reason] != UINT32_MAX) {
		edge->denied[verdict.reason]++;
	}
	return verdict;
}
