/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The decision: an event, an edge and bytes in; a verdict and a count out. */
#include "ksm/engine/ksm.h"
#include "ksm/engine/plain.h"
#include "ksm/engine/state.h"
#include "ksm/engine/swap.h"
#include "ksm/format_state.h"

struct registers {
	int64_t v;
	int64_t w;
	uint32_t call_rule;
	uint16_t field;
	bool is_secret;
	bool is_old; /* it was asked which rule granted the call: none of this policy */
	uint8_t write_count;
	struct state_write
		writes[FORMAT_EFFECTS_MAX]; /* shadows: nothing is written before ALLOW */
};

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

/* Eight bytes of a text; the first is the highest, so texts are sorted like their bytes. */
static int64_t
text_load(const struct ksm_query *query, uint32_t offset)
{
	uint64_t value = 0;

	for (uint32_t end = offset + 8; offset < end; offset++) {
		value = value << 8 | (offset < query->length_bytes ? query->bytes[offset] : 0);
	}
	return (int64_t)value;
}

/* SPEC T4: `/`, or components that begin with it, none of which is empty, `.` or `..`. */
static bool
path_is_right(const uint8_t *bytes, uint32_t length)
{
	enum { NOTHING, DOT, TWO_DOTS, NAME };
	uint32_t component = NAME;

	for (uint32_t i = 0; i < length; i++) {
		bool is_slash = bytes[i] == '/';

		if (bytes[i] == 0 || (is_slash ? component != NAME : i == 0)) {
			return false;
		}
		if (is_slash) {
			component = NOTHING;
		} else {
			component = bytes[i] == '.' && component < TWO_DOTS ? component + 1 : NAME;
		}
	}
	return length == 1 || (length != 0 && component == NAME);
}

/* format.h: b of a load. */
static void
load(struct ksm *ksm, struct registers *r, const struct ksm_query *query, uint32_t how,
	uint32_t what, uint32_t offset)
{
	bool is_secret = (how & FORMAT_LOAD_SECRET) != 0;
	uint32_t length = query->length_bytes - offset;
	int64_t value;

	switch (what) {
	case FORMAT_LOAD_TEXT:
		value = text_load(query, offset);
		break;
	case FORMAT_LOAD_LENGTH:
		value = length;
		break;
	case FORMAT_LOAD_PATH:
		value = length <= (how & FORMAT_LOAD_WIDTH) * FORMAT_PATH_BYTES &&
			path_is_right(query->bytes + offset, length);
		break;
	default:
		value = field_load(query->bytes, offset, how);
		break;
	}
	if (what == FORMAT_LOAD_INDEX) {
		ksm->index = how != 0      ? (uint32_t)value
			     : offset == 0 ? query->number
					   : query->given;
		return;
	}
	if (what >= FORMAT_LOAD_ADD) {
		r->v = (int64_t)((uint64_t)r->v +
				 (what == FORMAT_LOAD_ADD ? (uint64_t)value : -(uint64_t)value));
		r->is_secret |= is_secret;
		return;
	}
	r->v = value;
	r->field = (uint16_t)offset;
	r->is_secret = is_secret;
}

static bool
set_has(const struct ksm *ksm, uint32_t index, int64_t value)
{
	const uint8_t *set = ksm->at[FORMAT_SETS] + index * sizeof(struct format_set);
	const uint8_t *ranges =
		ksm->at[FORMAT_RANGES] + format_u32(set) * sizeof(struct format_range);
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
	case FORMAT_OP_MEMBER:
		return ksm_state_has(ksm, c, r->v);
	case FORMAT_OP_GRANTED:
		return r->call_rule == c;
	default:
		return r->v == r->w;
	}
}

static void
allow(const struct registers *r, uint32_t audit, uint32_t rule, struct ksm_verdict *verdict)
{
	for (uint32_t i = 0; i < r->write_count; i++) {
		if (r->writes[i].word != NULL) {
			*r->writes[i].word = r->writes[i].value;
		}
	}
	verdict->rule = rule;
	verdict->audit = (uint8_t)audit;
}

static void
deny(const struct registers *r, uint32_t reason, bool with_field, uint32_t rule,
	struct ksm_verdict *verdict)
{
	verdict->reason = (uint8_t)(r->is_old ? KSM_EPOCH : reason);
	verdict->rule = rule;
	if (with_field) {
		verdict->field = r->field;
		verdict->operand = r->is_secret ? 0 : r->v;
	}
}

/* If the effect cannot be done, it denies with the rule of the ALLOW behind it. */
static void
effect(const struct ksm *ksm, struct registers *r, const struct state_op *what, const uint8_t *op,
	struct ksm_verdict *verdict)
{
	verdict->reason = (uint8_t)ksm_state_effect(
		ksm, what, r->v, &r->writes[r->write_count++], &verdict->operand);
	if (verdict->reason == KSM_GRANTED) {
		return;
	}
	verdict->field = (uint16_t)(KSM_FIELD_STATE + what->state);
	while (op[0] != FORMAT_OP_ALLOW) {
		op += sizeof(struct format_op);
	}
	verdict->rule = format_u32(op + offsetof(struct format_op, c));
}

/* Ends: the verifier saw that jumps go forward and that the last op is ALLOW or DENY. */
static void
program_run(struct ksm *ksm, uint32_t number, const struct ksm_query *query,
	struct ksm_verdict *verdict)
{
	const uint8_t *op =
		ksm->at[FORMAT_CODE] +
		format_u32(ksm->at[FORMAT_PROGRAMS] + number * sizeof(struct format_program)) *
			sizeof(struct format_op);
	uint64_t now_ns = query->now_ns < KSM_TIME_MAX ? query->now_ns : KSM_TIME_MAX;
	struct registers r;

	ksm->now_ns = now_ns > ksm->now_ns ? now_ns : ksm->now_ns;
	ksm->index = query->number;
	r.v = r.w = 0;
	r.call_rule = query->call_rule;
	r.field = 0xffff;
	r.is_secret = false;
	r.is_old = false;
	r.write_count = 0;
	for (;;) {
		uint32_t low = format_u32(op);
		uint32_t code = low & 0xff;
		uint32_t a = low >> 8 & 0xff;
		uint32_t b = low >> 16;
		uint32_t c = format_u32(op + offsetof(struct format_op, c));

		switch (code) {
		case FORMAT_OP_LOAD:
			load(ksm, &r, query, a, b, c);
			break;
		case FORMAT_OP_LOAD_OTHER:
			r.w = field_load(query->bytes, c, a);
			break;
		case FORMAT_OP_LOAD_STATE:
			r.v = ksm_state_value(ksm, c);
			r.field = (uint16_t)(KSM_FIELD_STATE + c);
			r.is_secret = false;
			break;
		case FORMAT_OP_ZERO:
			b += c;
			c = zero_end(query->bytes, c, b);
			if (c != b) {
				verdict->reason = KSM_SHAPE;
				verdict->field = (uint16_t)c;
				verdict->operand = query->bytes[c];
				return;
			}
			break;
		case FORMAT_OP_ALLOW:
			allow(&r, a, c, verdict);
			return;
		case FORMAT_OP_DENY:
			deny(&r, a, b != 0, c, verdict);
			return;
		default:
			if (code > FORMAT_OP_LOAD_STATE) {
				const struct state_op what = {code, a, b, c};

				effect(ksm, &r, &what, op, verdict);
				if (verdict->reason != KSM_GRANTED) {
					return;
				}
				break;
			}
			r.is_old |= code == FORMAT_OP_GRANTED && r.call_rule == KSM_CALL_OLD;
			if (test_holds(ksm, code, c, &r) == (a == FORMAT_JUMP_IF_TRUE)) {
				op += (b - 1) * sizeof(struct format_op);
			}
			break;
		}
		op += sizeof(struct format_op);
	}
}

static bool
is_ask(const struct ksm_entry *entry)
{
	return format_shape_is_ask(ksm_entry_shape(entry, KSM_CALL)) != 0;
}

static bool
shape_fits(const struct ksm_entry *entry, const struct ksm_query *query)
{
	uint32_t length_bytes = query->length_bytes;

	if (query->event == KSM_ERROR) {
		return length_bytes == 0 && query->status != 0 &&
		       query->status <= format_shape_errors(ksm_entry_shape(entry, KSM_REPLY));
	}
	const struct ksm_lengths *lengths = &entry->lengths[query->event];
	uint32_t shortest = (uint16_t)lengths->shortest & (KSM_NOT_PLAIN - 1u);

	return (query->event == KSM_CALL ? query->is_ask == is_ask(entry) : query->status == 0) &&
	       length_bytes - shortest < lengths->count;
}

static void
entry_decide(struct ksm *ksm, const struct ksm_entry *entry, const struct ksm_query *query,
	struct ksm_verdict *verdict)
{
	uint32_t action = entry->action[query->event];
	uint32_t number = action & FORMAT_ACTION_NUMBER;

	if ((action & FORMAT_ACTION_RUN) != 0) {
		program_run(ksm, number, query, verdict);
		return;
	}
	verdict->rule = number;
	if ((action & FORMAT_ACTION_GRANT) != 0) {
		verdict->audit =
			(uint8_t)(action >> FORMAT_ACTION_AUDIT_SHIFT & FORMAT_ACTION_AUDIT_MASK);
	} else {
		verdict->reason = number == 0 ? KSM_DEFAULT : KSM_FORBID;
	}
}

struct ksm_verdict
ksm_decide(struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query)
{
	bool is_method = (uint32_t)query->event < KSM_EVENTS && ksm_has_method(edge, query->method);
	struct ksm_entry *entry = ksm_entry_at(ksm->edges, edge, is_method ? query->method : 1);
	struct ksm_verdict verdict = {.reason = KSM_GRANTED, .field = 0xffff};

	if (ksm->is_stale && is_method) {
		ksm_entry_renew(ksm, edge, query->method);
	}
	if (!is_method || !shape_fits(entry, query)) {
		verdict.reason = KSM_SHAPE;
	} else {
		entry_decide(ksm, entry, query, &verdict);
	}
	if (verdict.reason == KSM_GRANTED) {
		ksm_count_grant(edge, entry, query->event);
	} else {
		ksm_count_denial(edge, verdict.reason);
	}
	return verdict;
}

struct ksm_verdict
ksm_abort(struct ksm *ksm, const struct ksm_edge *edge, const struct ksm_query *end)
{
	const struct ksm_query query = {
		.call_rule = end->call_rule, .number = end->number, .now_ns = end->now_ns};
	const uint8_t *abort = ksm->at[FORMAT_ABORTS];
	uint32_t entry = (uint32_t)(ksm_entry_at(ksm->edges, edge, end->method) - ksm_entries(ksm));
	struct ksm_verdict verdict = {.reason = KSM_GRANTED, .field = 0xffff};

	for (uint32_t i = 0; i < ksm->count[FORMAT_ABORTS]; i++) {
		if (format_u32(abort) == entry) {
			program_run(ksm, format_u32(abort + offsetof(struct format_abort, program)),
				&query, &verdict);
			break;
		}
		abort += sizeof(struct format_abort);
	}
	return verdict;
}
