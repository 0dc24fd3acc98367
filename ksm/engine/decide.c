/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The decision: an event, an edge and bytes in; a verdict and a count out. */
#include "ksm/engine/audit.h"
#include "ksm/engine/plain.h"
#include "ksm/engine/program.h"
#include "ksm/engine/state.h"
#include "ksm/engine/swap.h"
#include "ksm/format_state.h"

#define likely(condition)   __builtin_expect(condition, 1)
#define unlikely(condition) __builtin_expect(condition, 0)

struct ksm_verdict __attribute__((noinline)) ksm_deny(struct ksm_edge *edge, enum ksm_reason reason,
	enum ksm_audit audit, uint32_t rule, uint32_t what, int64_t why)
{
	ksm_count_denial(edge, reason);
	return (struct ksm_verdict){
		.reason = (uint8_t)reason,
		.audit = (uint8_t)audit,
		.rule = rule,
		.field = (uint16_t)what,
		.operand = why,
	};
}

/* Nothing has happened: what effects wrote is taken back, the last one first. */
static void
undo(const struct run *r)
{
	for (const struct write *write = r->next; write > r->writes;) {
		write--;
		*write->word = write->before;
	}
}

/* An effect that cannot be done, or a record, denies with the rule of the ALLOW at or behind op. */
static struct ksm_verdict
deny_effect(const struct run *r, const struct ksm_query *query, const uint8_t *op)
{
	enum ksm_reason reason = r->reason;
	uint32_t what = KSM_FIELD_STATE + (format_u32(op) >> 16);
	int64_t why = (int64_t)r->why;

	undo(r);
	while (op[0] != FORMAT_OP_ALLOW) {
		op += sizeof(struct format_op);
	}
	if (reason == KSM_STATE && ksm_lacks_record(query, op[1])) {
		reason = KSM_FULL; /* it comes first [SPEC S5] */
		what = 0xffff;
		why = 0;
	}
	return ksm_deny(r->edge, reason,
		op[1] == KSM_AUDIT_NEVER ? KSM_AUDIT_NEVER : KSM_AUDIT_UNSAID,
		format_u32(op + offsetof(struct format_op, c)), what, why);
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
	bool is_quiet = (low >> 16 & FORMAT_DENY_QUIET) != 0;

	return ksm_deny(r->edge, (enum ksm_reason)(r->is_old ? KSM_EPOCH : low >> 8 & 0xff),
		is_quiet ? KSM_AUDIT_NEVER : KSM_AUDIT_UNSAID, rule, shows ? r->field : 0xffff,
		shows && !r->is_secret ? v : 0);
}

struct ksm_verdict
ksm_stop(const struct run *r, const struct ksm_query *query, const uint8_t *op)
{
	if (op[0] == FORMAT_OP_ZERO) {
		return ksm_deny(r->edge, KSM_SHAPE, KSM_AUDIT_UNSAID, 0, r->field, r->v);
	}
	if (op[0] == FORMAT_OP_DENY) {
		return deny_op(
			r, format_u32(op), format_u32(op + offsetof(struct format_op, c)), r->v);
	}
	return deny_effect(r, query, op);
}

struct ksm_verdict __attribute__((noinline))
ksm_grant(struct ksm_edge *edge, uint32_t *granted, uint32_t audit, uint32_t rule)
{
	ksm_count(edge, granted);
	return (struct ksm_verdict){
		.audit = (uint8_t)audit,
		.field = 0xffff,
		.rule = rule,
	};
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
  @ ensures kind == KSM_ERROR && query->event <= KSM_KIND ==> \result == 0;
  @ ensures kind == KSM_ERROR && query->length_bytes != 0 &&
  @         (entry->action[KSM_ERROR] & FORMAT_ACTION_RUN) == 0 ==> \result == 0;
  @*/
static bool
shape_fits(const struct ksm_entry *entry, const struct ksm_query *query, uint32_t kind)
{
	uint32_t status = query->event / (KSM_KIND + 1);
	uint32_t lengths;
	uint32_t event = kind;

	if (unlikely(kind == KSM_ERROR)) {
		return (query->length_bytes == 0 ||
			       (entry->action[KSM_ERROR] & FORMAT_ACTION_RUN) != 0) &&
		       status != 0 &&
		       status <= (entry->action[KSM_REPLY] >> KSM_SHAPE_SHIFT &
					 FORMAT_SHAPE_ERRORS_MAX);
	}
	if (kind == KSM_CALL && unlikely(is_asked(entry))) {
		event = KSM_ASK;
	}
	lengths = entry->lengths[kind];
	return likely(query->event == event) &&
	       query->length_bytes - ksm_lengths_low(lengths) < ksm_lengths_count(lengths);
}

/* A program decides. Apart, as verdict_of is. */
/*@ assigns \nothing; */
static struct ksm_verdict __attribute__((noinline)) no_verdict(void)
{
	return (struct ksm_verdict){.reason = KSM_DEFAULT};
}

struct ksm_verdict
ksm_table_decide(struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query)
{
	uint32_t kind = query->event % (KSM_KIND + 1);
	enum ksm_reason reason = KSM_SHAPE;
	struct ksm_entry *entry;
	uint32_t rule = 0;

	ksm->granted = NULL;
	kind = kind == KSM_ASK ? KSM_CALL : kind;
	if (!ksm_has_method(edge, query->method)) {
		return ksm_deny(edge, KSM_SHAPE, KSM_AUDIT_UNSAID, 0, 0xffff, 0);
	}
	/*@ assert has_entry(ksm, edge, query, query->method); */
	entry = ksm_entry_at(edge, query->method);
	if (ksm->is_stale) {
		ksm_entry_renew(ksm, edge, query->method);
	}
	if (shape_fits(entry, query, kind)) {
		uint32_t action = entry->action[kind];
		uint32_t audit = action >> FORMAT_ACTION_AUDIT_SHIFT & FORMAT_ACTION_AUDIT_MASK;

		if ((action & FORMAT_ACTION_RUN) != 0) {
			ksm->granted = &entry->granted[kind];
			return no_verdict();
		}
		rule = action & FORMAT_ACTION_NUMBER;
		reason = KSM_FULL;
		if ((action & FORMAT_ACTION_GRANT) == 0) {
			reason = rule == 0 ? KSM_DEFAULT : KSM_FORBID;
		} else if (!ksm_lacks_record(query, audit)) {
			return ksm_grant(edge, &entry->granted[kind], audit, rule);
		}
	}
	return ksm_deny(edge, reason, KSM_AUDIT_UNSAID, rule, 0xffff, 0);
}

/* The entry of a call's method, if it is of this policy and the message is one; else NULL. */
/*@ requires \valid_read(ksm) && \valid_read(edge) && \valid_read(query);
  @ assigns \nothing;
  @ ensures \result != \null ==> \result == entry_of(edge, query->method) && !ksm->is_stale &&
  @   1 <= query->method <= edge->methods && query->length_bytes < KSM_RUNS &&
  @   query->event == KSM_CALL;
  @*/
static inline struct ksm_entry *
entry_at_once(const struct ksm *ksm, const struct ksm_edge *edge, const struct ksm_query *query)
{
	bool is_rare = (query->event | ksm->is_stale | query->length_bytes / KSM_RUNS) != 0;

	return likely(!is_rare) && likely(ksm_has_method(edge, query->method))
		       ? ksm_entry_at(edge, query->method)
		       : NULL;
}

/* No matching allow means deny: what is granted, a rule names. */
/*@ requires is_open(ksm, edge, query);
  @ assigns ksm->now_ns, ksm->entry, ksm->granted, ksm->is_more, ksm->words[0 .. FORMAT_WORDS_MAX -
  1],
  @   ksm->coming_words[0 .. FORMAT_WORDS_MAX - 1], edge->granted_wraps,
  @   edge->denied[0 .. KSM_REASONS - 1], *entry_of(edge, query->method);
  @ ensures \result.reason == KSM_GRANTED ==>
  @   1 <= \old(query->method) <= edge->methods &&
  @   is_named(entry_of(edge, \old(query->method)), kind_of(\old(query->event)));
  @*/
struct ksm_verdict
ksm_decide(struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query)
{
	struct ksm_entry *entry = entry_at_once(ksm, edge, query);

	if (likely(entry != NULL && ksm_is_plain(entry, KSM_CALL, query->length_bytes))) {
		ksm_count_grant(edge, entry, KSM_CALL);
		return (struct ksm_verdict){.rule = entry->action[KSM_CALL] & FORMAT_ACTION_NUMBER};
	}
	ksm->entry = entry;
	return ksm_program_decide(ksm, edge, query);
}

/* What is no message: the program of an entry of the section of aborts, if it stands there. */
/*@ requires \valid(ksm) && \valid_read(query) && \separated(ksm, query);
  @ requires \valid_read(ksm->at[FORMAT_ABORTS] +
  @   (0 .. ksm->count[FORMAT_ABORTS] * sizeof(struct format_abort) - 1));
  @ assigns ksm->now_ns, ksm->entry, ksm->granted, ksm->is_more, ksm->words[0 .. FORMAT_WORDS_MAX -
  1],
  @   ksm->coming_words[0 .. FORMAT_WORDS_MAX - 1];
  @*/
static struct ksm_verdict
happen(struct ksm *ksm, uint32_t entry, const struct ksm_query *query)
{
	struct ksm_verdict verdict = {.reason = KSM_GRANTED, .field = 0xffff};
	const uint8_t *abort = ksm->at[FORMAT_ABORTS];
	uint32_t count = ksm->count[FORMAT_ABORTS];

	/*@ loop invariant \valid_read(abort + (0 .. count * sizeof(struct format_abort) - 1));
	  @ loop assigns abort, count;
	  @ loop variant count;
	  @*/
	while (count > 1) {
		const uint8_t *middle = abort + count / 2 * sizeof(struct format_abort);

		abort = format_u32(middle) <= entry ? middle : abort;
		count -= count / 2;
	}
	if (count != 0 && format_u32(abort) == entry) {
		struct ksm_edge nobody = {0};
		struct ksm_entry uncounted = {0};

		uncounted.action[0] = format_u32(abort + offsetof(struct format_abort, program));
		uncounted.lengths[KSM_CALL] = ksm_lengths(0, 1, KSM_RUNS);
		ksm->entry = &uncounted;
		verdict = ksm_program_happen(ksm, &nobody, query);
		ksm->entry = NULL;
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
