/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A program of a policy: at most 64 steps over the bytes of a message and what is remembered. */
#include "ksm/engine/program.h"

#include "ksm/engine/audit.h"
#include "ksm/engine/eight.h"
#include "ksm/engine/field.h"
#include "ksm/engine/path.h"
#include "ksm/engine/plain.h"
#include "ksm/engine/state.h"
#include "ksm/engine/swap.h"
#include "ksm/format_state.h"

_Static_assert(offsetof(struct ksm_entry, action) == KSM_ACTION_BEHIND * sizeof(uint32_t), "ksm.h");

#define OP_CODE                                                                                    \
	UINT32_C(0x1f) /* all that a verified op has; the switch below knows all of them           \
			*/
#define NO_FIELD UINT32_C(0xffff) /* no field */

#define likely(condition)   __builtin_expect(condition, 1)
#define unlikely(condition) __builtin_expect(condition, 0)

/* What stands for a field that the message ends before: what begins the set's first range. */
static int64_t
late_value(const struct ksm *ksm, uint32_t set)
{
	uint32_t first = format_u32(ksm->at[FORMAT_SETS] + set * sizeof(struct format_set));

	return (int64_t)format_u64(ksm->at[FORMAT_RANGES] + first * sizeof(struct format_range));
}

/* What a load gives but for a field alone: format_load.h. what: b of the load. */
static int64_t __attribute__((noinline)) load(const struct ksm *ksm, const struct ksm_query *query,
	uint32_t how, uint32_t what, uint32_t offset)
{
	uint32_t length = query->length_bytes - offset;

	switch (what & FORMAT_LOAD_WHAT) {
	case FORMAT_LOAD_TEXT:
		return ksm_text_load(query, offset);
	case FORMAT_LOAD_LENGTH:
		return length;
	case FORMAT_LOAD_PATH:
		return length <= (how & FORMAT_LOAD_WIDTH) * FORMAT_PATH_BYTES &&
		       ksm_is_path(query->bytes + offset, length);
	case FORMAT_LOAD_LATE:
		if ((offset & FORMAT_LOAD_PLACE) + (how & FORMAT_LOAD_WIDTH) >
			query->length_bytes) {
			return late_value(ksm, offset >> FORMAT_LOAD_SHIFT);
		}
		offset &= FORMAT_LOAD_PLACE;
		break;
	case FORMAT_LOAD_COUNT:
		length = query->length_bytes - (offset & FORMAT_LOAD_PLACE);
		return length * (offset >> FORMAT_LOAD_SHIFT) >> FORMAT_COUNT_SHIFT;
	case FORMAT_LOAD_NUMBER:
		return late_value(ksm, offset);
	case FORMAT_LOAD_STATUS:
		return query->event >> KSM_STATUS_SHIFT;
	case FORMAT_LOAD_HANDLE:
		return offset == 0 ? query->number : query->given;
	default:
		break;
	}
	return ksm_field(query->bytes + offset, how);
}

static inline const uint8_t *
state_at(const struct ksm *ksm, uint32_t number)
{
	return ksm->at[FORMAT_STATES] + number * sizeof(struct format_state);
}

/* The first word of the cell that is meant; has_one: a cell of this kind has no more. */
static inline uint64_t *
state_words(const struct ksm *ksm, const uint8_t *state, uint32_t index, bool has_one)
{
	uint32_t at = format_u32(state + offsetof(struct format_state, first));

	if (__builtin_expect(index != 0, 0) && index < format_state_cells(state)) {
		at += has_one ? index : index * format_state_words(state);
	}
	return &ksm->words[at];
}

/* The number of a counter or of a machine's state; of a latch 1 if it is held, else 0. */
static inline int64_t
state_value(const struct ksm *ksm, uint32_t number, uint32_t index)
{
	const uint8_t *state = state_at(ksm, number);
	uint64_t word = *state_words(ksm, state, index, true);

	return state[0] == FORMAT_LATCH ? ksm->now_ns < word : (int64_t)word;
}

/* Whether the set has the value. Finds the last range that starts at or below value: as many rounds
 * as format_set_cost counts. */
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

/* Which of the bytes is the first that is not zero; NO_FIELD: all are. */
/*@ requires \valid_read(bytes + (offset .. offset + count - 1));
  @ requires offset + count <= FORMAT_MESSAGE_MAX;
  @ assigns \nothing;
  @ ensures \result == NO_FIELD <==>
  @         (\forall integer i; \old(offset) <= i < \old(offset) + \old(count) ==> bytes[i] == 0);
  @ ensures \result != NO_FIELD ==>
  @         \old(offset) <= \result < \old(offset) + \old(count) && bytes[\result] != 0;
  @*/
static uint32_t
first_not_zero(const uint8_t *bytes, uint32_t offset, uint32_t count)
{
	/*@ loop invariant offset + count == \at(offset, Pre) + \at(count, Pre);
	  @ loop invariant \at(offset, Pre) <= offset;
	  @ loop invariant \forall integer i; \at(offset, Pre) <= i < offset ==> bytes[i] == 0;
	  @ loop assigns offset, count;
	  @ loop variant count;
	  @*/
	for (; count > 0; count--, offset++) {
		if (bytes[offset] != 0) {
			return offset;
		}
	}
	return NO_FIELD;
}

/* GCRA: the word is the time at which the bucket is full again; tokens put it off. */
static inline enum ksm_reason
bucket_take(uint64_t now_ns, const uint8_t *state, uint64_t tokens, uint64_t word, uint64_t *value)
{
	uint64_t token_ns = format_state_amount(state);
	uint64_t room_ns = token_ns * format_state_count(state);
	uint64_t until_ns = (word > now_ns ? word : now_ns) + tokens * token_ns;

	if (until_ns - now_ns > room_ns) {
		*value = until_ns - now_ns - room_ns;
		return KSM_FULL;
	}
	*value = until_ns;
	return KSM_GRANTED;
}

/* Counters, and what is added, are below 2^63. There may be more than a limit that was lowered. */
static inline enum ksm_reason
counter_move(bool is_more, const uint8_t *state, uint64_t by, uint64_t word, uint64_t *value)
{
	uint64_t most = format_state_amount(state);

	if (is_more ? by > most || word > most - by : by > word) {
		*value = word;
		return KSM_FULL;
	}
	*value = is_more ? word + by : word - by;
	return KSM_GRANTED;
}

/* What an effect on a state of one word makes of it; else why it cannot be done, and for the
 * verdict of a bucket how many ns are missing, of others what the word is. */
static inline enum ksm_reason
word_effect(uint64_t now_ns, const uint8_t *state, uint32_t low, uint32_t c, uint64_t word,
	int64_t v, uint64_t *value)
{
	uint32_t code = low & OP_CODE;
	bool is_v = (low >> 8 & 0xff) == FORMAT_OPERAND_V;

	if (code == FORMAT_OP_TAKE) {
		return bucket_take(now_ns, state, c, word, value);
	}
	if (code == FORMAT_OP_ENTER) {
		bool may = (c >> word & 1) != 0;

		*value = may ? low >> 8 & 0xff : word;
		return may ? KSM_GRANTED : KSM_STATE;
	}
	if (code >= FORMAT_OP_ADD) {
		return counter_move(
			code == FORMAT_OP_ADD, state, is_v ? (uint64_t)v : c, word, value);
	}
	*value = 0;
	if (code == FORMAT_OP_HOLD) {
		*value = now_ns + format_state_amount(state);
		*value = *value < KSM_TIME_MAX ? *value : KSM_TIME_MAX;
	}
	return KSM_GRANTED;
}

struct ksm_verdict __attribute__((noinline))
ksm_deny(struct ksm_edge *edge, enum ksm_reason reason, uint32_t rule, uint32_t what, int64_t why)
{
	ksm_count_denial(edge, reason);
	return (struct ksm_verdict){
		.reason = (uint8_t)reason,
		.rule = rule,
		.field = (uint16_t)what,
		.operand = why,
	};
}

/* An effect that cannot be done denies with the rule of the ALLOW behind it. */
static struct ksm_verdict
deny_effect(const struct run *r, const struct ksm_query *query, enum ksm_reason reason,
	const uint8_t *op)
{
	uint32_t what = KSM_FIELD_STATE + (format_u32(op) >> 16);
	int64_t why = (int64_t)r->why;
	struct ksm_verdict verdict;

	while (op[0] != FORMAT_OP_ALLOW) {
		op += sizeof(struct format_op);
	}
	if (reason == KSM_STATE && ksm_lacks_record(query, op[1])) {
		reason = KSM_FULL; /* it comes first [SPEC S5] */
		what = NO_FIELD;
		why = 0;
	}
	verdict = ksm_deny(
		r->edge, reason, format_u32(op + offsetof(struct format_op, c)), what, why);
	verdict.audit = op[1] == KSM_AUDIT_NEVER ? KSM_AUDIT_NEVER : KSM_AUDIT_UNSAID;
	return verdict;
}

/* low: of a DENY that was reached with v. */
/*@ requires \valid_read(r) && \valid(r->edge) && \separated(r, r->edge);
  @ requires (low >> 8 & 0xff) < KSM_REASONS;
  @ assigns r->edge->denied[0 .. KSM_REASONS - 1];
  @ // Of a verified program the reason is none (deny_is_valid): a DENY is no grant.
  @ ensures \result.reason == KSM_GRANTED ==> (low >> 8 & 0xff) == KSM_GRANTED;
  @*/
static struct ksm_verdict
deny_op(const struct run *r, uint32_t low, uint32_t rule, int64_t v)
{
	bool shows = (low >> 16 & FORMAT_DENY_SHOWS) != 0;
	struct ksm_verdict verdict =
		ksm_deny(r->edge, (enum ksm_reason)(r->is_old ? KSM_EPOCH : low >> 8 & 0xff), rule,
			shows ? r->field : NO_FIELD, shows && !r->is_secret ? v : 0);

	if ((low >> 16 & FORMAT_DENY_QUIET) != 0) {
		verdict.audit = KSM_AUDIT_NEVER;
	}
	return verdict;
}

struct ksm_verdict
ksm_grant(struct ksm_edge *edge, uint32_t *granted, uint32_t audit, uint32_t rule)
{
	ksm_count(edge, granted);
	return (struct ksm_verdict){
		.audit = (uint8_t)(audit == KSM_AUDIT_NEVER ? KSM_AUDIT_UNSAID : audit),
		.field = NO_FIELD,
		.rule = rule,
	};
}

/* Another policy is coming: it is told what changed. */
static void __attribute__((noinline))
coming_tell(const struct ksm *ksm, const struct run *r, const struct write *end)
{
	for (const struct write *write = r->writes; write < end; write++) {
		ksm_written(ksm, write->word);
	}
}

/* low: of an ALLOW. */
static inline struct ksm_verdict
grant(const struct ksm *ksm, const struct run *r, const struct ksm_query *query,
	const struct write *end, uint32_t low, uint32_t rule)
{
	uint32_t audit = low >> 8;

	if (unlikely(ksm_lacks_record(query, audit))) {
		return ksm_deny(r->edge, KSM_FULL, rule, NO_FIELD, 0);
	}
	for (const struct write *write = r->writes; write < end; write++) {
		*write->word = write->value;
	}
	for (uint32_t i = 0; unlikely(i < r->clear_count); i++) {
		ksm_words_clear(r->clears[i].words, r->clears[i].count);
	}
	if (unlikely(ksm->coming != NULL)) {
		coming_tell(ksm, r, end);
	}
	return ksm_grant(r->edge, r->granted, audit, rule);
}

/* What states are told of the event at hand. */
static inline void
time_tell(struct ksm *ksm, uint64_t now_ns)
{
	if (unlikely(now_ns > KSM_TIME_MAX)) {
		now_ns = KSM_TIME_MAX;
	}
	if (likely(now_ns > ksm->now_ns)) {
		ksm->now_ns = now_ns;
	}
}

/* What v becomes where a value is added or subtracted. */
static inline int64_t
sum(uint32_t what, int64_t v, int64_t value)
{
	uint64_t more = (uint64_t)value;

	return (int64_t)((uint64_t)v + (what < FORMAT_LOAD_SUBTRACT ? more : -more));
}

/* Returns v behind a load, or the index. */
static inline int64_t
load_op(const struct ksm *ksm, struct run *r, const struct ksm_query *query, uint32_t low,
	uint32_t offset, int64_t v)
{
	uint32_t how = low >> 8 & 0xff;
	uint32_t what = low >> 16;
	int64_t value = likely(what == FORMAT_LOAD_FIELD) ? ksm_field(query->bytes + offset, how)
							  : load(ksm, query, how, what, offset);

	if (unlikely(what >= FORMAT_LOAD_ADD)) {
		r->is_secret |= (how & FORMAT_LOAD_SECRET) != 0;
		return what < FORMAT_LOAD_INDEX ? sum(what, v, value) : value;
	}
	r->field = (uint16_t)(offset & FORMAT_LOAD_PLACE);
	r->is_secret = (how & FORMAT_LOAD_SECRET) != 0;
	return value;
}

/* Whether a test holds. */
static inline bool
test(const struct ksm *ksm, struct run *r, const struct ksm_query *query, uint32_t code, uint32_t c,
	int64_t v, uint32_t index)
{
	const uint8_t *state;

	switch (code) {
	case FORMAT_OP_IN:
		return set_has(ksm, c, v);
	case FORMAT_OP_LESS:
		return v < r->w;
	case FORMAT_OP_LESS_EQUAL:
		return v <= r->w;
	case FORMAT_OP_EQUAL:
		return v == r->w;
	case FORMAT_OP_MEMBER:
		state = state_at(ksm, c);
		return ksm_set_has(state, state_words(ksm, state, index, false), v);
	default:
		r->is_old |= query->call_rule == KSM_CALL_OLD;
		return query->call_rule == c;
	}
}

static const uint8_t *
program_first(const struct ksm *ksm, uint32_t number)
{
	const uint8_t *program = ksm->at[FORMAT_PROGRAMS] + number * sizeof(struct format_program);

	return ksm->at[FORMAT_CODE] + format_u32(program) * sizeof(struct format_op);
}

/* One step of an effect, with what it will write at *next. */
static inline enum ksm_reason
effect(const struct ksm *ksm, struct run *r, uint64_t words, int64_t v, uint32_t index,
	struct write **next)
{
	uint32_t low = (uint32_t)words;
	uint32_t c = (uint32_t)(words >> 32);
	const uint8_t *state = state_at(ksm, low >> 16);
	enum ksm_reason reason;

	if (likely((low & OP_CODE) < FORMAT_OP_INSERT)) {
		(*next)->word = state_words(ksm, state, index, true);
		reason =
			word_effect(ksm->now_ns, state, low, c, *(*next)->word, v, &(*next)->value);
		if (unlikely(reason != KSM_GRANTED)) {
			r->why = (*next)->value;
		}
		++*next;
		return reason;
	}
	r->next = *next;
	reason = ksm_words_effect(
		ksm->now_ns, state, state_words(ksm, state, index, false), low, c, v, r);
	*next = r->next;
	return reason;
}

/* Ends: the verifier saw that jumps go forward and that the last op is ALLOW or DENY. */
struct ksm_verdict
ksm_program_run(
	struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query, uint32_t *granted)
{
	const uint8_t *op = program_first(ksm, granted[KSM_ACTION_BEHIND] & FORMAT_ACTION_NUMBER);
	uint32_t index = query->number; /* which cell of a state is meant */
	int64_t v = 0;
	int64_t value;
	struct run r;
	struct write *next = r.writes;

	r.edge = edge;
	r.granted = granted;
	r.w = 0;
	r.field = NO_FIELD;
	r.is_secret = false;
	r.is_old = false;
	r.clear_count = 0;
	time_tell(ksm, query->now_ns);
	for (;; op += sizeof(struct format_op)) {
		uint64_t words = format_u64(op);
		uint32_t low = (uint32_t)words;
		uint32_t c = (uint32_t)(words >> 32);

		while ((low & OP_CODE) >= FORMAT_OP_TAKE) {
			enum ksm_reason reason = effect(ksm, &r, words, v, index, &next);

			if (unlikely(reason != KSM_GRANTED)) {
				return deny_effect(&r, query, reason, op);
			}
			op += sizeof(struct format_op);
			words = format_u64(op);
			low = (uint32_t)words;
			c = (uint32_t)(words >> 32);
		}
		if ((low & OP_CODE) == FORMAT_OP_ALLOW) {
			return grant(ksm, &r, query, next, low, c);
		}
		switch (low & OP_CODE) {
		case FORMAT_OP_LOAD:
			value = load_op(ksm, &r, query, low, c, v);
			if (unlikely(low >> 16 >= FORMAT_LOAD_INDEX)) {
				index = (uint32_t)value;
			} else {
				v = value;
			}
			break;
		case FORMAT_OP_OTHER:
			r.w = v;
			break;
		case FORMAT_OP_LOAD_STATE:
			if (likely(low >> 16 == 0)) {
				v = 0;
				r.field = (uint16_t)(KSM_FIELD_STATE + c);
				r.is_secret = false;
			}
			v = sum(low >> 16, v, state_value(ksm, c, index));
			break;
		case FORMAT_OP_ZERO:
			c = first_not_zero(query->bytes, c, low >> 16);
			if (c != NO_FIELD) {
				return ksm_deny(edge, KSM_SHAPE, 0, c, query->bytes[c]);
			}
			break;
		case FORMAT_OP_DENY:
			return deny_op(&r, low, c, v);
		default:
			if (test(ksm, &r, query, low & OP_CODE, c, v, index) ==
				(low >> 8 & FORMAT_JUMP_IF_TRUE)) {
				op += ((low >> 16) - 1) * sizeof(struct format_op);
			}
			break;
		}
	}
}
