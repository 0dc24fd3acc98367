/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A program of a verified policy. Inside of the engine. */
#ifndef KSM_PROGRAM_H
#define KSM_PROGRAM_H

#include "ksm/engine/ksm.h"

/* Words from the counter of an event in an entry to its action. */
#define KSM_ACTION_BEHIND 5

/* What a program says of the event, which is counted; if it grants it, its effects have happened.
 * granted: the counter of the event, in an entry whose action is to run that program. Requires: the
 * message is as long as its row says. */
/*@ requires \valid(ksm) && \valid(edge) && \valid(granted) && \valid_read(query);
  @ assigns ksm->now_ns, ksm->words[0 .. FORMAT_WORDS_MAX - 1],
  @   ksm->coming_words[0 .. FORMAT_WORDS_MAX - 1], *granted, edge->granted_wraps,
  @   edge->denied[0 .. KSM_REASONS - 1];
  @*/
struct ksm_verdict ksm_program_run(
	struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query, uint32_t *granted);

/* A denial, which is counted. what: the field or state that it is about, why: its value. */
/*@ requires \valid(edge) && reason < KSM_REASONS;
  @ assigns edge->denied[reason];
  @ ensures \result.reason == reason;
  @*/
struct ksm_verdict ksm_deny(
	struct ksm_edge *edge, enum ksm_reason reason, uint32_t rule, uint32_t what, int64_t why);

/* A grant, which is counted; audit: what the rule wants recorded. */
/*@ requires \valid(edge) && \valid(granted);
  @ assigns *granted, edge->granted_wraps;
  @ ensures \result.reason == KSM_GRANTED && \result.rule == rule;
  @*/
struct ksm_verdict ksm_grant(
	struct ksm_edge *edge, uint32_t *granted, uint32_t audit, uint32_t rule);

#endif
