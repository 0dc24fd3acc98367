/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The monitor as a library: portable C99, no libc beyond memcpy and memset, no globals, all memory
 * from the caller. A host verifies a blob, opens edges, and asks for a decision on every event.
 */
#ifndef KSM_KSM_H
#define KSM_KSM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ksm_event {
	KSM_CALL = 0,  /* also: signal, start, and every method of a kernel object */
	KSM_REPLY = 1, /* status 0 */
	KSM_ERROR = 2, /* status n > 0: the n-th case of the interface's `errors` */
	KSM_EVENTS = 3
};

/* Reasons of a denial, in the order of SPEC S5; the number is in audit records. */
enum ksm_reason {
	KSM_GRANTED = 0,
	KSM_CAPABILITY = 1, /* bad, stale or rights-less handle; decided by the host */
	KSM_SHAPE = 2, /* unknown method, wrong length, padding not zero, value outside its type */
	KSM_DEFAULT = 3, /* no allow names this event */
	KSM_FORBID = 4,
	KSM_GUARD = 5, /* an allow names it, but not with these arguments */
	KSM_FULL = 6,
	KSM_STATE = 7,
	KSM_REPLY_TAIL = 8,
	KSM_EPOCH = 9,
	KSM_REASONS = 10
};

/* What a rule wants recorded: denials; grants too; no grant without; nothing (audit.h). */
enum ksm_audit { KSM_AUDIT_UNSAID, KSM_AUDIT_GRANTED, KSM_AUDIT_MUST, KSM_AUDIT_NEVER };

enum ksm_verify_error {
	KSM_OK = 0,
	KSM_MAGIC,
	KSM_VERSION,
	KSM_LENGTH,
	KSM_DIGEST,
	KSM_SECTION,
	KSM_INDEX,
	KSM_PROGRAM,
	KSM_RESERVED,
	KSM_INTERFACES /* built for other interfaces than the host's */
};

#define KSM_SHAPE_SHIFT 17 /* of an action in RAM: 26:17 are bits 31:22 of the shape word */
#define KSM_SHAPE_MASK  UINT32_C(0x3ff)

/* Entry of one method at one edge, in RAM: counters beside the actions (decisions F4). */
struct ksm_entry {
	uint32_t granted[KSM_EVENTS];
	uint32_t lengths[2];         /* of the call, of the reply: plain.h */
	uint32_t action[KSM_EVENTS]; /* format.h; reserved bits are used as said above */
};

struct ksm_edge {
	uint16_t holder; /* label */
	uint16_t target; /* label of the capability */
	uint16_t interface;
	uint16_t methods;             /* methods are numbered 1 .. methods; entry n - 1 */
	uint32_t first;               /* where an entry of method 0 would stand, in entries from
				       * here on: ksm_entry_at */
	uint32_t denied[KSM_REASONS]; /* [0] unused; stops at the highest value */
	uint32_t granted_wraps;       /* times that a `granted` of its entries started again at 0 */
	uint32_t unused[2];           /* an index of edges and entries is a shift */
};

#define KSM_SECTIONS 9 /* of a blob: format.h */

/* A verified policy and its working memory. Read-only for the host but for the counters. */
struct ksm {
	const uint8_t *blob;
	uint32_t length_bytes;
	uint32_t edge_count;
	uint32_t entry_count;
	uint32_t label_count; /* labels are below it */
	uint32_t instance_count;
	struct ksm_edge *edges; /* sorted by holder, target, interface; behind them the entries */
	bool is_stale;          /* entries behind the last renewed are those of another policy */
	uint32_t stale_edge;
	uint32_t stale_method;
	bool is_more;                    /* a grant may have more to do than to write: finish */
	const uint8_t *at[KSM_SECTIONS]; /* the blob's sections */
	uint32_t count[KSM_SECTIONS];    /* of their elements. No states: no decision depends on
					    the past or on the time */
	uint64_t *words;                 /* of the states, in their order; behind them: */
	struct ksm_range *ranges;        /* what each program grants at once (range.h) */
	uint64_t now_ns;                 /* the latest time that a host told */
	struct ksm_entry *entry;         /* of the event at hand, and what a program counts */
	uint32_t *granted;
	uint32_t epoch;
	const uint8_t *coming; /* a swap goes on: to this blob; else NULL */
	uint64_t *coming_words;
	uint32_t coming_at; /* words cleared, then words moved */
};

/* call_rule: an older policy granted the call. No rule of this one did, whatever its number. */
#define KSM_CALL_OLD    UINT32_MAX
#define KSM_TIME_MAX    ((uint64_t)INT64_MAX) /* the time stands still there */
#define KSM_FIELD_STATE UINT32_C(0x8000) /* number of the state that `field` of a verdict means */

/* One event, as the host knows it. What it is, is one number: the kind 1:0, behind it which case of
 * an error. */
#define KSM_ASK          3u /* a kind: a call that nobody sent, a server asks whether it may be */
#define KSM_KIND         3u
#define KSM_STATUS_SHIFT 2
#define KSM_STATUS_MAX   0xffffu /* higher ones count as this one, which no interface has */

struct ksm_query {
	uint32_t event;  /* KSM_CALL, KSM_ASK, ksm_answer (plain.h) */
	uint32_t method; /* from 1 */
	uint32_t length_bytes;
	uint32_t number;       /* of the capability, if its label has numbers (BADGE_NUMBER) */
	const uint32_t *given; /* the same of all FORMAT_HANDLES_MAX that are handed on, or NULL */
	uint32_t call_rule;    /* of a reply, error, abort: the rule that granted the call,
				* or KSM_CALL_OLD */
	const uint8_t *bytes;  /* nobody can change them; any alignment; not read if there are 0 */
	uint64_t now_ns;    /* a smaller one than before counts as that one; without states, any */
	bool is_audit_full; /* a record would push out one that nobody has read [audit.h] */
};

struct ksm_verdict {
	uint8_t reason;  /* enum ksm_reason; KSM_GRANTED = go */
	uint8_t audit;   /* enum ksm_audit; is it to be recorded? ksm_wants_record (audit.h) */
	uint16_t field;  /* byte offset of the failing field, 0xffff none, KSM_FIELD_STATE + n */
	uint32_t rule;   /* deciding rule, 0 none */
	int64_t operand; /* its value; of an exhausted bucket or window the ns until it is not */
};

/* Bytes of working memory that `blob` needs, for a blob that ksm_verify accepted. */
size_t ksm_memory_bytes(const uint8_t *blob, size_t length_bytes);

/* One linear pass, no allocation, total on any bytes. digest: SHA-256 of the blob behind its header
 * as the host computed it (the engine has no hash); core_digest: that of the host's kernel
 * interfaces. Returns KSM_OK or the first error; nothing else may be called on a blob that was not
 * accepted. */
enum ksm_verify_error ksm_verify(const uint8_t *blob, size_t length_bytes, const uint8_t digest[32],
	const uint8_t core_digest[32]);
/* Where the digested bytes start; 0 if the blob is shorter than a header. */
size_t ksm_digest_offset(void);
/* SHA-256 of all interfaces that the blob was built for; the system blob must carry the same. */
const uint8_t *ksm_abi_digest(const uint8_t *blob);
const char *ksm_verify_text(enum ksm_verify_error error); /* a sentence, no final stop */
const char *ksm_reason_text(enum ksm_reason reason);      /* one word: default, guard, ... */
/* Of those of ksm_memory_bytes: of its states, and of what range.h knows of its programs. */
size_t ksm_state_bytes(const uint8_t *blob);

/* Builds edges and entries in `memory` (8-aligned, ksm_memory_bytes). */
void ksm_init(struct ksm *ksm, const uint8_t *blob, size_t length_bytes, void *memory);

/* The edge from a holder's label over a capability's label and interface, or NULL: no rule at all
 * names it, so a capability for it may not be placed. O(log edges). */
struct ksm_edge *ksm_edge_open(
	const struct ksm *ksm, uint16_t holder, uint16_t target, uint16_t interface);

/* All grants at an edge since ksm_init. */
uint64_t ksm_edge_granted(const struct ksm_edge *edge);

/* Judges one event and counts it; if it is granted, its effects on the states have happened, else
 * none has. A granted verdict has operand 0, and field 0xffff, or 0 if it is not to be recorded.
 * Bounded by 64 steps per program. */
struct ksm_verdict ksm_decide(
	struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query);

/* The granted call of `end->method` ended without reply or error; of `end`, method, call_rule,
 * number and now_ns are read. Does what the policy says then. A verdict that is no grant: something
 * of it could not be done, so nothing was. Rule 0: the policy says nothing. Not counted. */
struct ksm_verdict ksm_abort(
	struct ksm *ksm, const struct ksm_edge *edge, const struct ksm_query *end);

/* A capability of an edge (its index), with this number (0 if its label has none), comes into a
 * table, if that is granted; or one that came goes. Any host whose capabilities do that tells. */
struct ksm_verdict ksm_passes(struct ksm *ksm, uint32_t edge, uint32_t number, bool goes);

/* Whether a policy can take the other's place (step.h): both are verified, and for one system. */
bool ksm_is_for_same(const uint8_t *blob, const uint8_t *other);
/* As its header says. Requires: the bytes in front of ksm_digest_offset. */
uint32_t ksm_length_bytes(const uint8_t *blob);
uint64_t ksm_policy_version(const uint8_t *blob); /* which one for a system is newer */

#endif
