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

#define OP_CODE UINT32_C(0x1f) /* all that a verified op has */

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
		return offset == 0            ? query->number
		       : query->given != NULL ? query->given[offset - 1]
					      : 0;
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

/* What cannot be done; why: what the verdict says of it. */
/*@ requires \valid(r);
  @ assigns r->reason, r->why;
  @ ensures !\result;
  @*/
static inline bool
fail(struct run *r, enum ksm_reason reason, uint64_t why)
{
	r->reason = reason;
	r->why = why;
	return false;
}

/* GCRA: the word is the time at which the bucket is full again; tokens put it off. A full one has
 * as many as the verifier lets an op take. A verdict says how many ns are missing. */
/*@ requires \valid(r) && \valid(word) && \separated(r, word);
  @ requires \valid_read(state + (0 .. sizeof(struct format_state) - 1));
  @ assigns r->reason, r->why, *word;
  @ ensures !\result ==> *word == \old(*word);
  @*/
static inline bool
bucket_take(struct run *r, uint64_t now_ns, const uint8_t *state, uint32_t tokens, uint64_t *word)
{
	uint64_t token_ns = format_state_amount(state);
	uint64_t from_ns = now_ns;

	if (unlikely(*word > now_ns)) {
		uint64_t missing_ns =
			*word - now_ns - token_ns * (format_state_count(state) - tokens);

		if ((int64_t)missing_ns > 0) {
			return fail(r, KSM_FULL, missing_ns);
		}
		from_ns = *word;
	}
	*word = from_ns + tokens * token_ns;
	return true;
}

/* Counters, and what is added, are below 2^63. There may be more than a limit that was lowered. */
/*@ requires \valid(r) && \valid(word) && \separated(r, word);
  @ assigns r->reason, r->why, *word;
  @ ensures !\result ==> *word == \old(*word);
  @ // Nothing is taken that was not there, and nothing put beyond the most.
  @ ensures \result && !is_more ==> \old(*word) - by == *word >= 0;
  @ ensures \result && is_more ==> \old(*word) + by == *word <= most;
  @*/
static inline bool
counter_move(struct run *r, bool is_more, uint64_t most, uint64_t by, uint64_t *word)
{
	if (is_more ? by > most || *word > most - by : by > *word) {
		return fail(r, KSM_FULL, *word);
	}
	*word = is_more ? *word + by : *word - by;
	return true;
}

/* An effect on a state of one word. False: it cannot be done. */
/*@ requires \valid_read(ksm) && \valid(r) && \valid(word) && \separated(r, word, ksm);
  @ requires \valid_read(state + (0 .. sizeof(struct format_state) - 1));
  @ // Of a machine: the verifier saw to the states that are entered.
  @ requires (low & OP_CODE) == FORMAT_OP_ENTER ==> *word < FORMAT_MACHINE_MAX;
  @ assigns r->reason, r->why, *word;
  @ ensures !\result ==> *word == \old(*word);
  @*/
static inline bool
word_effect(const struct ksm *ksm, struct run *r, const uint8_t *state, uint32_t low, uint32_t c,
	uint64_t *word)
{
	uint32_t code = low & OP_CODE;
	uint32_t a = low >> 8 & 0xff;
	uint64_t until_ns;

	if (code == FORMAT_OP_TAKE) {
		return bucket_take(r, ksm->now_ns, state, c, word);
	}
	if (code == FORMAT_OP_ENTER) {
		if (unlikely((c >> *word & 1) == 0)) {
			return fail(r, KSM_STATE, *word);
		}
		*word = a;
		return true;
	}
	if (code >= FORMAT_OP_ADD) {
		return counter_move(r, code == FORMAT_OP_ADD, format_state_amount(state),
			unlikely(a == FORMAT_OPERAND_V) ? (uint64_t)r->v : c, word);
	}
	until_ns = 0;
	if (code == FORMAT_OP_HOLD) {
		until_ns = ksm->now_ns + format_state_amount(state);
		until_ns = until_ns < KSM_TIME_MAX ? until_ns : KSM_TIME_MAX;
	}
	*word = until_ns;
	return true;
}

/* Another policy is coming: it is told what changed. */
static void
tell(const struct ksm *ksm, const struct write *write, const struct write *end)
{
	for (; write < end; write++) {
		ksm_written(ksm, write->word);
	}
}

/* What a grant may have to do besides: some cells begin anew, and another policy is told. */
static void __attribute__((noinline)) finish(struct ksm *ksm, const struct run *r)
{
	const struct write *end = &r->writes[RUN_WRITES];

	for (const struct write *clear = r->clears; clear < end; clear++) {
		ksm_words_clear(clear->word, (size_t)clear->before);
	}
	ksm->is_more = ksm->coming != NULL;
	if (ksm->is_more) {
		tell(ksm, r->writes, r->next);
		tell(ksm, r->clears, end);
	}
}

/* What states are told of the event at hand. */
/*@ requires \valid(ksm) && ksm->now_ns <= KSM_TIME_MAX;
  @ assigns ksm->now_ns;
  @ // Time never goes back, and never to where a sum of it would be beyond 64 bits.
  @ ensures \old(ksm->now_ns) <= ksm->now_ns <= KSM_TIME_MAX;
  @*/
static inline void
time_tell(struct ksm *ksm, uint64_t now_ns)
{
	if (likely(now_ns > ksm->now_ns)) {
		ksm->now_ns = likely(now_ns <= KSM_TIME_MAX) ? now_ns : KSM_TIME_MAX;
	}
}

/* What v becomes where a value is added or subtracted. */
/*@ assigns \nothing; */
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

/* Does all loads and tests up to the first op that is none, which it returns: an effect, ALLOW,
 * DENY, or a ZERO that does not hold, then v and f are the byte that is not zero. */
static const uint8_t *__attribute__((noinline))
walk(const struct ksm *ksm, struct run *r, const struct ksm_query *query, const uint8_t *op)
{
	int64_t v = r->v;
	int64_t value;

	for (;; op += sizeof(struct format_op)) {
		uint64_t words = format_u64(op);
		uint32_t low = (uint32_t)words;
		uint32_t c = (uint32_t)(words >> 32);
		const uint8_t *state;
		bool holds;

		switch (low & OP_CODE) {
		case FORMAT_OP_LOAD:
			value = load_op(ksm, r, query, low, c, v);
			if (unlikely(low >> 16 >= FORMAT_LOAD_INDEX)) {
				r->index = (uint32_t)value;
			} else {
				v = value;
			}
			continue;
		case FORMAT_OP_OTHER:
			r->w = v;
			continue;
		case FORMAT_OP_LOAD_STATE:
			if (likely(low >> 16 == 0)) {
				v = 0;
				r->field = (uint16_t)(KSM_FIELD_STATE + c);
				r->is_secret = false;
			}
			v = sum(low >> 16, v, state_value(ksm, c, r->index));
			continue;
		case FORMAT_OP_ZERO:
			c = ksm_first_not_zero(query->bytes, c, low >> 16);
			if (c == KSM_NO_FIELD) {
				continue;
			}
			r->field = (uint16_t)c;
			r->v = query->bytes[c];
			return op;
		case FORMAT_OP_IN:
			holds = set_has(ksm, c, v);
			break;
		case FORMAT_OP_LESS:
		case FORMAT_OP_EQUAL:
		case FORMAT_OP_LESS_EQUAL:
			holds = (low & (v < r->w ? 1u : v == r->w ? 2u : 0u)) != 0;
			break;
		case FORMAT_OP_MEMBER:
			state = state_at(ksm, c);
			holds = ksm_set_has(state, state_words(ksm, state, r->index, false), v);
			break;
		case FORMAT_OP_GRANTED:
			r->is_old |= query->call_rule == KSM_CALL_OLD;
			holds = query->call_rule == c;
			break;
		default:
			r->v = v;
			return op;
		}
		if (holds == (low >> 8 & FORMAT_JUMP_IF_TRUE)) {
			op += ((low >> 16) - 1) * sizeof(struct format_op);
		}
	}
}

/* An effect, which writes at once; what it wrote over stands behind *next. */
static inline bool
effect(struct ksm *ksm, struct run *r, uint32_t low, uint32_t c, struct write **next)
{
	const uint8_t *state = state_at(ksm, low >> 16);
	bool is_done;

	if (likely((low & FORMAT_OP_WORDS) == 0)) {
		uint64_t *word = state_words(ksm, state, r->index, true);

		(*next)->word = word;
		(*next)->before = *word;
		++*next;
		return word_effect(ksm, r, state, low, c, word);
	}
	r->next = *next;
	is_done = ksm_words_effect(
		ksm->now_ns, state, state_words(ksm, state, r->index, false), low, c, r);
	*next = r->next;
	ksm->is_more |= r->clears != &r->writes[RUN_WRITES];
	return is_done;
}

/* What a program says of the event, which is counted; if it grants it, its effects have happened.
 * granted: the counter of the event, in an entry whose action is to run that program. Requires: the
 * message is as long as its row says. Ends: the verifier saw that jumps go forward and that the
 * last op is ALLOW or DENY. */
/*@ requires \valid(ksm) && \valid(edge) && \valid(granted) && \valid_read(query);
  @ assigns ksm->now_ns, ksm->words[0 .. FORMAT_WORDS_MAX - 1], ksm->is_more,
  @   ksm->coming_words[0 .. FORMAT_WORDS_MAX - 1], *granted, edge->granted_wraps,
  @   edge->denied[0 .. KSM_REASONS - 1];
  @*/
static inline struct ksm_verdict __attribute__((always_inline)) program_run(
	struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query, uint32_t *granted)
{
	const uint8_t *program =
		ksm->at[FORMAT_PROGRAMS] +
		(granted[KSM_ACTION_BEHIND] & FORMAT_ACTION_NUMBER) * sizeof(struct format_program);
	const uint8_t *op = ksm->at[FORMAT_CODE] + format_u32(program) * sizeof(struct format_op);
	struct run r;
	struct write *next = r.writes;

	r.v = 0;
	r.w = 0;
	r.index = query->number; /* which cell of a state is meant */
	r.field = KSM_NO_FIELD;
	r.is_secret = false;
	r.is_old = false;
	r.clears = &r.writes[RUN_WRITES];
	time_tell(ksm, query->now_ns);
	for (;;) {
		uint64_t words = format_u64(op);
		uint32_t low = (uint32_t)words;
		uint32_t c = (uint32_t)(words >> 32);

		if (likely((low & FORMAT_OP_EFFECT) != 0)) {
			if (unlikely(!effect(ksm, &r, low, c, &next))) {
				break;
			}
			op += sizeof(struct format_op);
		} else if (likely((low & OP_CODE) == FORMAT_OP_ALLOW)) {
			uint32_t audit = low >> 8;

			if (unlikely(audit >= KSM_AUDIT_MUST)) {
				if (ksm_lacks_record(query, audit)) {
					r.reason = KSM_STATE; /* there is no room for it */
					break;
				}
				audit = audit == KSM_AUDIT_MUST ? KSM_AUDIT_MUST : KSM_AUDIT_UNSAID;
			}
			if (unlikely(ksm->is_more)) {
				r.next = next;
				finish(ksm, &r);
			}
			return ksm_grant(edge, granted, audit, c);
		} else {
			op = walk(ksm, &r, query, op);
			if (*op == FORMAT_OP_DENY || *op == FORMAT_OP_ZERO) {
				break;
			}
		}
	}
	r.edge = edge;
	r.next = next;
	return ksm_stop(&r, query, op);
}

/* Apart, so that what grants puts its verdict together in registers. */
/*@ requires \valid_read(verdict);
  @ assigns \nothing;
  @ ensures \result == *verdict;
  @*/
static struct ksm_verdict __attribute__((noinline)) verdict_of(const struct ksm_verdict *verdict)
{
	return *verdict;
}

struct ksm_verdict
ksm_program_decide(struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query)
{
	struct ksm_entry *entry = ksm->entry;
	uint32_t *granted;

	if (likely(entry != NULL && ksm_is_run_at_once(entry, query->length_bytes))) {
		granted = entry->granted;
	} else {
		struct ksm_verdict verdict = ksm_table_decide(ksm, edge, query);

		granted = ksm->granted;
		if (granted == NULL) {
			return verdict_of(&verdict);
		}
	}
	return program_run(ksm, edge, query, granted);
}

struct ksm_verdict
ksm_program_happen(struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query)
{
	return ksm_program_decide(ksm, edge, query);
}
