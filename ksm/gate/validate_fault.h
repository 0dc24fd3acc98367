/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* validate_fault.h: how a blob differs from L1, in words for whoever mends gate. */
#ifndef GATE_VALIDATE_FAULT_H
#define GATE_VALIDATE_FAULT_H

#include "l1.h"
#include "l1_eval.h"

struct arena;

/* The two verdicts about one event. */
const char *validate_fault_verdicts(struct arena *a, const struct l1 *l1,
	const struct l1_query *query, const struct l1_verdict *by_l1,
	const struct l1_verdict *by_engine);

/* What they remember after it. */
const char *validate_fault_memory(struct arena *a, const struct l1 *l1,
	const struct l1_query *query, const struct l1_verdict *by_l1);

#endif
