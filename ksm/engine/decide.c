/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The decision: an event, an edge and bytes in; a verdict and a count out. */
#include "ksm/engine/audit.h"
#include "ksm/engine/eight.h"
#include "ksm/engine/field.h"
#include "ksm/engine/path.h"
#include "ksm/engine/plain.h"
#include "ksm/engine/state.h"
#include "ksm/engine/swap.h"
#include "ksm/format_state.h"

#define OP_CODE                                                                                    \
	UINT32_C(0x1f) /* all that a verified op has; the switch below knows all of them           \
			*/

#define likely(condition)   __builtin_expect(condition, 1)
#define unlikely(condition) __builtin_expect(condition, 0)

struct registers {
	int64_t v;
	uint32_t field; /* f */
	uint32_t how;   /* of the load of v: whether it is secret */
	bool is_old;    /* it was asked which rule granted the call: none of this policy */
	uint32_t write_count;
	struct state_write
		writes[FORMAT_EFFECTS_MAX]; /* shadows: nothing is written before ALLOW */
};

/* A field that the message may end before: what stands for it then begins a range. */
static int64_t
late_load(const struct ksm *ksm, const struct ksm_query *query, uint32_t how, uint32_t c)
{
	uint32_t offset = c & FORMAT_LATE_OFFSET_MASK;
	const uint8_t *set =
		ksm->at[FORMAT_SETS] + (c >> FORMAT_LATE_SET_SHIFT) * sizeof(struct format_set);

	if (offset + (how & FORMAT_LOAD_WIDTH) <= query->length_bytes) {
		return ksm_field(query->bytes + offset, how);
	}
	return (int64_t)format_u64(
		ksm->at[FORMAT_RANGES] + format_u32(set) * sizeof(struct format_range));
}

/* format_load.h: what b of a load says, but for a field alone. */
static void
load(struct ksm *ksm, struct registers *r, const struct ksm_query *query, uint32_t how,
	uint32_t what, uint32_t offset)
{
	uint32_t length = query->length_bytes - offset;
	int64_t value;

	switch (what) {
	case FORMAT_LOAD_TEXT:
		value = ksm_text_load(query, offset);
		break;
	case FORMAT_LOAD_LENGTH:
		value = length;
		break;
	case FORMAT_LOAD_PATH:
		value = length <= (how & FORMAT_LOAD_WIDTH) * FORMAT_PATH_BYTES &&
			ksm_is_path(query->bytes + offset, length);
		break;
	case FORMAT_LOAD_LATE:
		value = late_load(ksm, query, how, offset);
		offset &= FORMAT_LATE_OFFSET_MASK;
		break;
	case FORMAT_LOAD_INDEX:
		ksm->index = how != 0      ? (uint32_t)ksm_field(query->bytes + offset, how)
			     : offset == 0 ? query->number
					   : query->given;
		return;
	default:
		value = ksm_field(query->bytes + offset, how);
		break;
	}
	if (what >= FORMAT_LOAD_ADD) {
		r->v = (int64_t)((uint64_t)r->v +
				 (what == FORMAT_LOAD_ADD ? (uint64_t)value : -(uint64_t)value));
		r->how |= how & FORMAT_LOAD_SECRET;
		return;
	}
	r->v = value;
	r->field = offset;
	r->how = how;
}

/* Finds the last range that starts at or below value: as many rounds as format_set_cost counts. */
static inline bool
set_has(const struct ksm *ksm, uint32_t index, int64_t value)
{
	uint64_t set = format_u64(ksm->at[FORMAT_SETS] + index * sizeof(struct format_set));
	const uint8_t *range = ksm->at[FORMAT_RANGES] + (uint32_t)set * sizeof(struct format_range);
	uint32_t count = (uint32_t)(set >> 32);

	while (count > 1) {
		const uint8_t *middle = range + count / 2 * sizeof(struct format_range);

		range = (int64_t)format_u64(middle) <= value ? middle : range;
		count -= count / 2;
	}
	uint64_t low = format_u64(range);
	return (uint64_t)value - low <=
	       format_u64(range + offsetof(struct format_range, high)) - low;
}

/*@ requires \valid_read(query) && \valid(verdict);
  @ assigns verdict->reason, verdict->audit; */
static void
audit_word(const struct ksm_query *query, uint32_t audit, struct ksm_verdict *verdict)
{
	if (ksm_lacks_record(query, audit)) {
		verdict->reason = KSM_FULL;
	} else if (audit != KSM_AUDIT_NEVER) {
		verdict->audit = (uint8_t)audit;
	}
}

static inline void
allow(const struct ksm *ksm, const struct registers *r, const struct ksm_query *query,
	uint32_t audit, uint32_t rule, struct ksm_verdict *verdict)
{
	verdict->rule = rule;
	if (unlikely(audit != KSM_AUDIT_UNSAID)) {
		audit_word(query, audit, verdict);
		if (verdict->reason != KSM_GRANTED) {
			return;
		}
	}
	for (uint32_t i = 0; i < r->write_count; i++) {
		const struct state_write *write = &r->writes[i];

		for (uint32_t n = 0; n < write->count; n++) {
			write->word[n] = write->value;
		}
		if (ksm->coming != NULL && write->count != 0) {
			ksm_written(ksm, write->word);
		}
	}
}

static inline void
deny(const struct registers *r, uint32_t op, uint32_t rule, struct ksm_verdict *verdict)
{
	verdict->reason = (uint8_t)(r->is_old ? KSM_EPOCH : op >> 8);
	verdict->rule = rule;
	if (unlikely((op >> 16 & FORMAT_DENY_QUIET) != 0)) {
		verdict->audit = KSM_AUDIT_NEVER;
	}
	if ((op >> 16 & FORMAT_DENY_SHOWS) != 0) {
		verdict->field = (uint16_t)r->field;
		verdict->operand = (r->how & FORMAT_LOAD_SECRET) != 0 ? 0 : r->v;
	}
}

/* Else the first that is not denies. */
/*@ requires \valid_read(bytes + (offset .. offset + count - 1)) && \valid(verdict);
  @ requires offset + count <= FORMAT_MESSAGE_MAX;
  @ requires \separated(bytes + (offset .. offset + count - 1), verdict);
  @ assigns verdict->reason, verdict->field, verdict->operand;
  @ ensures \result != 0 ==> verdict->reason == \old(verdict->reason);
  @ ensures \result == 0 ==> verdict->reason == KSM_SHAPE;
  @ ensures \result != 0 <==> (\forall integer i; \old(offset) <= i < \old(offset) + \old(count)
  @                                               ==> bytes[i] == 0);
  @*/
static bool
are_zero(const uint8_t *bytes, uint32_t offset, uint32_t count, struct ksm_verdict *verdict)
{
	/*@ loop invariant offset + count == \at(offset, Pre) + \at(count, Pre);
	  @ loop invariant \at(offset, Pre) <= offset;
	  @ loop invariant \forall integer i; \at(offset, Pre) <= i < offset ==> bytes[i] == 0;
	  @ loop invariant verdict->reason == \at(verdict->reason, Pre);
	  @ loop assigns offset, count;
	  @ loop variant count;
	  @*/
	for (; count > 0; count--, offset++) {
		if (bytes[offset] != 0) {
			verdict->reason = KSM_SHAPE;
			verdict->field = (uint16_t)offset;
			verdict->operand = bytes[offset];
			return false;
		}
	}
	return true;
}

/* What an effect will write; false: it cannot be done, which denies with the rule of the ALLOW
 * behind it. */
static inline bool
effect(const struct ksm *ksm, struct registers *r, const struct ksm_query *query, const uint8_t *op,
	uint32_t low, uint32_t c, struct ksm_verdict *verdict)
{
	verdict->reason = (uint8_t)ksm_state_effect(
		ksm, low, c, r->v, &r->writes[r->write_count++], &verdict->operand);
	if (verdict->reason == KSM_GRANTED) {
		return true;
	}
	verdict->field = (uint16_t)(KSM_FIELD_STATE + (low >> 16));
	while (op[0] != FORMAT_OP_ALLOW) {
		op += sizeof(struct format_op);
	}
	verdict->rule = format_u32(op + offsetof(struct format_op, c));
	if (op[1] == KSM_AUDIT_NEVER) {
		verdict->audit = KSM_AUDIT_NEVER;
	} else if (verdict->reason == KSM_STATE && ksm_lacks_record(query, op[1])) {
		verdict->reason = KSM_FULL; /* it comes first [SPEC S5] */
		verdict->field = 0xffff;
		verdict->operand = 0;
	}
	return false;
}

/* How many ops further a test leads. */
/*@ assigns \nothing; */
static inline uint32_t
test_step(uint32_t op, bool holds)
{
	return holds == (op >> 8 & FORMAT_JUMP_IF_TRUE) ? op >> 16 : 1;
}

/* What states are told of the event at hand. */
static inline void
states_tell(struct ksm *ksm, const struct ksm_query *query)
{
	uint64_t now_ns = query->now_ns < KSM_TIME_MAX ? query->now_ns : KSM_TIME_MAX;

	if (ksm->count[FORMAT_STATES] == 0) {
		return;
	}
	ksm->index = query->number;
	ksm->now_ns = now_ns > ksm->now_ns ? now_ns : ksm->now_ns;
}

static const uint8_t *
program_first(const struct ksm *ksm, uint32_t number)
{
	const uint8_t *program = ksm->at[FORMAT_PROGRAMS] + number * sizeof(struct format_program);

	return ksm->at[FORMAT_CODE] + format_u32(program) * sizeof(struct format_op);
}

/* Ends: the verifier saw that jumps go forward and that the last op is ALLOW or DENY. */
/*@ assigns *verdict, *ksm; */
static void
program_run(struct ksm *ksm, uint32_t number, const struct ksm_query *query,
	struct ksm_verdict *verdict)
{
	const uint8_t *op = program_first(ksm, number);
	struct registers r;
	int64_t w = 0;

	states_tell(ksm, query);
	r.v = 0;
	r.field = 0xffff;
	r.how = 0;
	r.is_old = false;
	r.write_count = 0;
	for (;;) {
		uint64_t words = format_u64(op);
		uint32_t low = (uint32_t)words;
		uint32_t c = (uint32_t)(words >> 32);
		uint32_t step = 1;

		switch (low & OP_CODE) {
		case FORMAT_OP_LOAD:
			load(ksm, &r, query, low >> 8 & 0xff, low >> 16, c);
			break;
		case FORMAT_OP_OTHER:
			w = r.v;
			break;
		case FORMAT_OP_LOAD_STATE:
			r.v = ksm_state_value(ksm, c);
			r.field = KSM_FIELD_STATE + c;
			r.how = 0;
			break;
		case FORMAT_OP_ZERO:
			if (!are_zero(query->bytes, c, low >> 16, verdict)) {
				return;
			}
			break;
		case FORMAT_OP_ALLOW:
			allow(ksm, &r, query, low >> 8, c, verdict);
			return;
		case FORMAT_OP_DENY:
		case 0: /* there are none of these two: so the switch needs no bounds */
		case OP_CODE:
			deny(&r, low, c, verdict);
			return;
		case FORMAT_OP_IN:
			step = test_step(low, set_has(ksm, c, r.v));
			break;
		case FORMAT_OP_LESS:
			step = test_step(low, r.v < w);
			break;
		case FORMAT_OP_LESS_EQUAL:
			step = test_step(low, r.v <= w);
			break;
		case FORMAT_OP_EQUAL:
			step = test_step(low, r.v == w);
			break;
		case FORMAT_OP_MEMBER:
			step = test_step(low, ksm_state_has(ksm, c, r.v));
			break;
		case FORMAT_OP_GRANTED:
			r.is_old |= query->call_rule == KSM_CALL_OLD;
			step = test_step(low, query->call_rule == c);
			break;
		default: /* an effect */
			if (!effect(ksm, &r, query, op, low, c, verdict)) {
				return;
			}
			break;
		}
		op += step * sizeof(struct format_op);
	}
}

/* A call that is only asked about, of the shape bits that an action in RAM has. */
/*@ requires \valid_read(entry); assigns \nothing; */
static bool
is_asked(const struct ksm_entry *entry)
{
	return (entry->action[KSM_CALL] >> KSM_ASK_SHIFT & 1) != 0;
}

/* kind: of the query's event, but KSM_CALL for KSM_ASK. */
/*@ requires \valid_read(entry) && \valid_read(query) && kind < KSM_EVENTS;
  @ assigns \nothing;
  @ ensures kind == KSM_ERROR && (query->length_bytes != 0 || query->event >> KSM_STATUS_SHIFT == 0)
  @         ==> \result == 0;
  @*/
static bool
shape_fits(const struct ksm_entry *entry, const struct ksm_query *query, uint32_t kind)
{
	uint32_t length_bytes = query->length_bytes;
	uint32_t status = query->event >> KSM_STATUS_SHIFT;

	if (kind == KSM_ERROR) {
		return length_bytes == 0 &&
		       status - 1 < (entry->action[KSM_REPLY] >> KSM_SHAPE_SHIFT &
					    FORMAT_SHAPE_ERRORS_MAX);
	}
	uint32_t lengths = entry->lengths[kind];

	return query->event == (kind == KSM_CALL && is_asked(entry) ? KSM_ASK : kind) &&
	       length_bytes - ksm_lengths_low(lengths) < ksm_lengths_count(lengths);
}

/* No rule that allows it, and no program that may find one: it is denied. */
/*@ requires \valid_read(entry) && \valid_read(query) && \valid(verdict) && \valid(ksm);
  @ requires kind < KSM_EVENTS && verdict->reason == KSM_GRANTED;
  @ requires \separated(entry, query, verdict, ksm);
  @ assigns *verdict, *ksm;
  @ ensures (\old(entry->action[kind]) & FORMAT_ACTION_RUN) == 0 &&
  @         (\old(entry->action[kind]) & FORMAT_ACTION_GRANT) == 0
  @         ==> verdict->reason == KSM_DEFAULT || verdict->reason == KSM_FORBID;
  @*/
static void
entry_decide(struct ksm *ksm, const struct ksm_entry *entry, uint32_t kind,
	const struct ksm_query *query, struct ksm_verdict *verdict)
{
	uint32_t action = entry->action[kind];
	uint32_t number = action & FORMAT_ACTION_NUMBER;

	if ((action & FORMAT_ACTION_RUN) != 0) {
		program_run(ksm, number, query, verdict);
		return;
	}
	verdict->rule = number;
	if ((action & FORMAT_ACTION_GRANT) != 0) {
		audit_word(query, action >> FORMAT_ACTION_AUDIT_SHIFT & FORMAT_ACTION_AUDIT_MASK,
			verdict);
	} else {
		verdict->reason = number == 0 ? KSM_DEFAULT : KSM_FORBID;
	}
}

/* What the table alone does not grant. */
static struct ksm_verdict
decide_long(struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query)
{
	uint32_t kind = query->event & KSM_KIND;
	bool is_method = ksm_has_method(edge, query->method);
	struct ksm_entry *entry = ksm_entry_at(edge, is_method ? query->method : 1);
	struct ksm_verdict verdict = {.reason = KSM_SHAPE, .field = 0xffff};

	kind = kind == KSM_ASK ? KSM_CALL : kind;
	if (ksm->is_stale && is_method) {
		ksm_entry_renew(ksm, edge, query->method);
	}
	if (is_method && shape_fits(entry, query, kind)) {
		verdict.reason = KSM_GRANTED;
		entry_decide(ksm, entry, kind, query, &verdict);
	}
	if (verdict.reason == KSM_GRANTED) {
		ksm_count_grant(edge, entry, (enum ksm_event)kind);
	} else {
		ksm_count_denial(edge, verdict.reason);
	}
	return verdict;
}

/* The entry, if the table alone grants the event, which is that of the query; else NULL. */
static inline struct ksm_entry *
plain_entry(const struct ksm *ksm, const struct ksm_edge *edge, const struct ksm_query *query,
	enum ksm_event event)
{
	uint32_t length_bytes = query->length_bytes;
	struct ksm_entry *entry;

	/* An old entry, or too long for ksm_is_plain. */
	if (unlikely((ksm->is_stale | length_bytes >> 16) != 0 ||
		     !ksm_has_method(edge, query->method))) {
		return NULL;
	}
	entry = ksm_entry_at(edge, query->method);
	return likely(ksm_is_plain(entry, event, length_bytes)) ? entry : NULL;
}

static inline struct ksm_verdict
grant(struct ksm_edge *edge, struct ksm_entry *entry, enum ksm_event event)
{
	ksm_count_grant(edge, entry, event);
	return (struct ksm_verdict){.rule = entry->action[event] & FORMAT_ACTION_NUMBER};
}

/* Apart, since then a call needs fewer registers. */
static struct ksm_verdict __attribute__((noinline))
decide_other(struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query)
{
	if (query->event == KSM_REPLY) {
		struct ksm_entry *entry = plain_entry(ksm, edge, query, KSM_REPLY);

		if (entry != NULL) {
			return grant(edge, entry, KSM_REPLY);
		}
	}
	return decide_long(ksm, edge, query);
}

struct ksm_verdict
ksm_decide(struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query)
{
	if (likely(query->event == KSM_CALL)) {
		struct ksm_entry *entry = plain_entry(ksm, edge, query, KSM_CALL);

		if (likely(entry != NULL)) {
			return grant(edge, entry, KSM_CALL);
		}
	}
	return decide_other(ksm, edge, query);
}

/* What is no message: the program of an entry of the section of aborts, if it stands there. */
static struct ksm_verdict
happen(struct ksm *ksm, uint32_t entry, const struct ksm_query *query)
{
	struct ksm_verdict verdict = {.reason = KSM_GRANTED, .field = 0xffff};
	uint32_t low = 0;
	uint32_t high = ksm->count[FORMAT_ABORTS];

	while (low < high) {
		uint32_t middle = (low + high) / 2;
		const uint8_t *abort =
			ksm->at[FORMAT_ABORTS] + middle * sizeof(struct format_abort);
		uint32_t found = format_u32(abort);

		if (found == entry) {
			program_run(ksm, format_u32(abort + offsetof(struct format_abort, program)),
				query, &verdict);
			break;
		}
		if (found < entry) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return verdict;
}

struct ksm_verdict
ksm_abort(struct ksm *ksm, const struct ksm_edge *edge, const struct ksm_query *end)
{
	const struct ksm_query query = {
		.call_rule = end->call_rule, .number = end->number, .now_ns = end->now_ns};

	return happen(ksm, (uint32_t)(ksm_entry_at(edge, end->method) - ksm_entries(ksm)), &query);
}

struct ksm_verdict
ksm_passes(struct ksm *ksm, uint32_t edge, uint32_t number, bool goes)
{
	const struct ksm_query query = {.number = number};

	return happen(ksm, ksm->entry_count + 2 * edge + goes, &query);
}
