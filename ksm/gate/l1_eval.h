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
struct l1_condition;

#define L1_EVAL_FIELD_NONE UINT16_C(0xffff)

struct l1_query {
	uint16_t holder;
	uint16_t target;
	uint16_t interface;
	uint16_t method; /* any number; unknown ones break the shape */
	enum l1_event event;
	uint32_t status; /* of an error: n = n-th of `errors`; else 0 */
	const uint8_t *bytes;
	uint32_t length_bytes;
};

struct l1_verdict {
	enum ksm_reason reason;
	uint16_t rule;                   /* deciding rule, 0 none */
	uint16_t field;                  /* byte offset of the failing field, L1_EVAL_FIELD_NONE */
	int64_t operand;                 /* its value; 0 of a secret field */
	bool is_audited;                 /* a grant that is recorded too */
	const struct l1_condition *test; /* the false test of a guard denial, else NULL */
};

/* Decides. Requires: cells of l1 in their order. Total: any query has a verdict. */
struct l1_verdict l1_eval(const struct l1 *l1, const struct l1_query *query);

/* Returns whether condition holds for a payload of length_bytes whose shape is right. */
bool l1_eval_condition(const struct l1_condition *condition, const uint8_t *bytes);

/* Returns the value of a fixed field: sign-extended or zero-extended; 8 bytes as they are. */
int64_t l1_eval_field(const struct l1_field *field, const uint8_t *bytes);

#endif
