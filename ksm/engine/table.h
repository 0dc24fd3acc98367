/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The table of edges and entries: where an entry stands, and what is counted there. */
#ifndef KSM_TABLE_H
#define KSM_TABLE_H

#include "ksm/engine/ksm.h"

/* Of the lengths of what is not plain: ksm_lengths. */
#define KSM_RUNS      UINT32_C(0x2000)
#define KSM_NOT_PLAIN UINT32_C(0x4000)

/* What contracts say of it (tests/prove). */
/*@ axiomatic Table {
  @   // Edges and entries stand in one table: ksm_entry_at knows where.
  @   logic struct ksm_entry *entry_at(struct ksm_edge *edge, integer first, integer method);
  @ }
  @
  @ logic struct ksm_entry *entry_of{L}(struct ksm_edge *edge, integer method) =
  @   entry_at(edge, edge->first, method);
  @
  @ // No length makes ksm_is_plain true: see ksm_lengths.
  @ predicate are_not_plain(integer lengths) =
  @   KSM_RUNS - FORMAT_SHAPE_LENGTH_MASK <= (int16_t)lengths &&
  @   lengths >> 16 <= FORMAT_SHAPE_LENGTH_MASK + 1;
  @
  @ // No length makes ksm_is_run_at_once true: see ksm_lengths.
  @ predicate cannot_run(integer lengths) =
  @   ((int16_t)lengths <= 0 ||
  @     KSM_NOT_PLAIN - FORMAT_SHAPE_LENGTH_MASK <= (int16_t)lengths) &&
  @   lengths >> 16 <= FORMAT_SHAPE_LENGTH_MASK + 1;
  @
  @ predicate is_plain_action(integer action) =
  @   (action & (FORMAT_ACTION_GRANT | FORMAT_ACTION_AUDIT_MASK << FORMAT_ACTION_AUDIT_SHIFT)) ==
  @   FORMAT_ACTION_GRANT;
  @
  @ // What is granted by the table alone, a rule grants; what is run, is a program.
  @ predicate is_sound{L}(struct ksm_entry *entry) =
  @   \forall integer event; KSM_CALL <= event <= KSM_REPLY ==>
  @     (!is_plain_action(entry->action[event]) ==> are_not_plain(entry->lengths[event])) &&
  @     ((entry->action[event] & FORMAT_ACTION_RUN) == 0 ==> cannot_run(entry->lengths[event]));
  @
  @ // A program decides about the event, or it is granted: a rule of the policy names it.
  @ predicate is_named{L}(struct ksm_entry *entry, integer kind) =
  @   is_plain_action(entry->action[kind]) ||
  @   (entry->action[kind] & FORMAT_ACTION_GRANT) != 0 ||
  @   (entry->action[kind] & FORMAT_ACTION_RUN) != 0;
  @
  @ predicate has_entry{L}(
  @   struct ksm *ksm, struct ksm_edge *edge, struct ksm_query *query, integer method) =
  @   \valid(entry_of(edge, method)) &&
  @   \separated(entry_of(edge, method), ksm, edge, query);
  @
  @ // What ksm_init leaves, and each event after it; is_stale: entries are renewed before use.
  @ predicate is_open{L}(struct ksm *ksm, struct ksm_edge *edge, struct ksm_query *query) =
  @   \valid(ksm) && \valid(edge) && \valid_read(query) && \separated(ksm, edge, query) &&
  @   (\forall integer method; 1 <= method <= edge->methods ==>
  @     has_entry(ksm, edge, query, method) &&
  @     (!ksm->is_stale ==> is_sound(entry_of(edge, method))));
  @
  @ logic integer kind_of(integer event) =
  @   event % (KSM_KIND + 1) == KSM_ASK ? KSM_CALL : event % (KSM_KIND + 1);
  @*/

/* A counter of 32 bits that the edge makes one of 64. */
/*@ requires \valid(edge) && \valid(granted);
  @ assigns *granted, edge->granted_wraps;
  @*/
static inline void
ksm_count(struct ksm_edge *edge, uint32_t *granted)
{
	if (__builtin_expect(++*granted == 0, 0)) {
		edge->granted_wraps++;
	}
}

/*@ requires \valid(edge) && \valid(entry) && event < KSM_EVENTS;
  @ assigns entry->granted[event], edge->granted_wraps;
  @*/
static inline void
ksm_count_grant(struct ksm_edge *edge, struct ksm_entry *entry, enum ksm_event event)
{
	ksm_count(edge, &entry->granted[event]);
}

/* The entry of a method that the edge has. */
/*@ requires \valid_read(edge);
  @ assigns \nothing;
  @ ensures \result == entry_of(edge, method);
  @*/
static inline struct ksm_entry *
ksm_entry_at(const struct ksm_edge *edge, uint32_t method)
{
	return (struct ksm_entry *)(uintptr_t)edge + (edge->first + method);
}

/* The first entry of all. */
static inline struct ksm_entry *
ksm_entries(const struct ksm *ksm)
{
	return (struct ksm_entry *)(void *)&ksm->edges[ksm->edge_count];
}

/*@ requires \valid_read(edge);
  @ assigns \nothing;
  @ ensures \result <==> 1 <= method <= edge->methods;
  @*/
static inline bool
ksm_has_method(const struct ksm_edge *edge, uint32_t method)
{
	return method - 1 < edge->methods;
}

/*@ requires \valid(edge) && reason < KSM_REASONS;
  @ assigns edge->denied[reason];
  @*/
static inline void
ksm_count_denial(struct ksm_edge *edge, enum ksm_reason reason)
{
	if (edge->denied[reason] != UINT32_MAX) {
		edge->denied[reason]++;
	}
}

#endif
