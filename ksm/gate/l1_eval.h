/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * l1_eval.h: the reference interpreter. It decides one event by a plain scan over L1, written from
 * ksm/SPEC.md (section "Decision"); it shares no code with lower.c and emit.c.
 */
#ifndef GATE_L1_EVAL_H
#define GATE_L1_EVAL_H

#include <stdbool.h>
#include <stdint.h>

#include "ksm/engine/ksm.h"
#include "l1_interface.h"

struct l1;
struct l1_cell;
struct l1_condition;

#define L1_EVAL_FIELD_NONE UINT16_C(0xffff)
#define L1_EVAL_HANDLES    4u /* of one message */

struct l1_query {
	uint16_t holder;
	uint16_t target;
	uint16_t interface;
	uint16_t method; /* any number; unknown ones break the shape */
	enum l1_event event;
	bool is_ask; /* a call that a server asks about; nobody sends it */
	bool is_audit_full;
	uint32_t status; /* of an error: n = n-th of `errors`; else 0 */
	const uint8_t *bytes;
	uint32_t length_bytes;
	uint32_t number;                 /* of the capability of a label; else 0 */
	uint32_t given[L1_EVAL_HANDLES]; /* the same of each handle of the message; else 0 */
	uint32_t call_rule; /* of a reply, error, abort: the rule that granted the call */
	uint64_t now_ns;
};

struct l1_verdict {
	enum ksm_reason reason;
	uint32_t rule;   /* deciding rule, 0 none */
	uint16_t field;  /* its offset, or L1_EVAL_FIELD_NONE */
	int64_t operand; /* its value; 0 of a secret field */
	enum ksm_audit audit;
	const struct l1_condition *test; /* the false test of a guard denial, else NULL */
};

/* What is remembered between events. */
struct l1_memory {
	uint64_t *words; /* l1->word_count of them; all 0: nothing has happened yet */
	uint64_t now_ns; /* latest time that was told; 0 at the start */
};

/* Decides; a grant changes memory. Requires: cells of l1 in their order. Total: any query has a
 * verdict. */
struct l1_verdict l1_eval(
	const struct l1 *l1, const struct l1_query *query, struct l1_memory *memory);

/* Returns whether the condition of a cell for the query's event holds now. Requires: the shape is
 * right. */
bool l1_eval_holds(const struct l1_condition *condition, const struct l1_query *query,
	const struct l1_memory *memory);

/* Shows in the verdict why the rule of a cell does not grant the query now [D6]. Requires: it is a
 * cell of an allow, for the query's event, whose condition does not hold. */
void l1_eval_guard(const struct l1_cell *cell, const struct l1_query *query,
	const struct l1_memory *memory, struct l1_verdict *verdict);

/* An instance restarts [S23]. */
void l1_eval_restart(const struct l1 *l1, uint16_t label, struct l1_memory *memory);

#endif
