/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A program of a verified policy. Inside of the engine. */
#ifndef KSM_PROGRAM_H
#define KSM_PROGRAM_H

#include "ksm/engine/table.h"

/* Words from the counter of an event in an entry to its action. */
#define KSM_ACTION_BEHIND 5

/* What the table does not grant at once. ksm->entry: that of a call about which a program decides,
 * if the message is as long as it says; or NULL, or another one: that is looked at first. It is no
 * argument, and there is one such function, so that a plain grant moves no arguments. */
/*@ requires is_open(ksm, edge, query);
  @ requires ksm->entry != \null ==>
  @   ksm->entry == entry_of(edge, query->method) && !ksm->is_stale &&
  @   1 <= query->method <= edge->methods && query->event == KSM_CALL &&
  @   query->length_bytes < KSM_RUNS;
  @ assigns ksm->now_ns, ksm->words[0 .. FORMAT_WORDS_MAX - 1], ksm->is_more, ksm->granted,
  @   ksm->coming_words[0 .. FORMAT_WORDS_MAX - 1], edge->granted_wraps,
  @   edge->denied[0 .. KSM_REASONS - 1], *entry_of(edge, query->method);
  @ ensures \result.reason == KSM_GRANTED ==>
  @   1 <= \old(query->method) <= edge->methods &&
  @   is_named(entry_of(edge, \old(query->method)), kind_of(\old(query->event)));
  @*/
struct ksm_verdict ksm_program_decide(
	struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query);

/* What is no message: as a call of ksm->entry, which is no part of a table. */
/*@ requires \valid(ksm) && \valid(edge) && \valid(ksm->entry) && \valid_read(query);
  @ assigns ksm->now_ns, ksm->words[0 .. FORMAT_WORDS_MAX - 1], ksm->is_more, ksm->granted,
  @   ksm->coming_words[0 .. FORMAT_WORDS_MAX - 1], *ksm->entry, edge->granted_wraps,
  @   edge->denied[0 .. KSM_REASONS - 1];
  @*/
struct ksm_verdict ksm_program_happen(
	struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query);

/* What the table says of an event, which is counted then: the verdict, and ksm->granted is NULL; or
 * that is the counter of the event, about which a program decides. */
/*@ requires is_open(ksm, edge, query);
  @ assigns ksm->granted, edge->granted_wraps, edge->denied[0 .. KSM_REASONS - 1],
  @   *entry_of(edge, query->method);
  @ ensures ksm->granted != \null ==>
  @   1 <= \old(query->method) <= edge->methods &&
  @   ksm->granted ==
  @     &entry_of(edge, \old(query->method))->granted[kind_of(\old(query->event))] &&
  @   is_named(entry_of(edge, \old(query->method)), kind_of(\old(query->event)));
  @ ensures ksm->granted == \null && \result.reason == KSM_GRANTED ==>
  @   1 <= \old(query->method) <= edge->methods &&
  @   is_named(entry_of(edge, \old(query->method)), kind_of(\old(query->event)));
  @*/
struct ksm_verdict ksm_table_decide(
	struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query);

/* A denial, which is counted; audit: what is to be recorded; what: the field or state that it is
 * about, why: its value. */
/*@ requires \valid(edge) && reason < KSM_REASONS;
  @ assigns edge->denied[reason];
  @ ensures \result.reason == reason;
  @*/
struct ksm_verdict ksm_deny(struct ksm_edge *edge, enum ksm_reason reason, enum ksm_audit audit,
	uint32_t rule, uint32_t what, int64_t why);

/* A grant, which is counted; audit: what the rule wants recorded. */
/*@ requires \valid(edge) && \valid(granted);
  @ assigns *granted, edge->granted_wraps;
  @ ensures \result.reason == KSM_GRANTED && \result.rule == rule;
  @*/
struct ksm_verdict ksm_grant(
	struct ksm_edge *edge, uint32_t *granted, uint32_t audit, uint32_t rule);

#endif
