/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* validate_fault.c: how a blob differs from L1, in words for whoever mends gate. */
#include "validate_fault.h"

#include <inttypes.h>

#include "arena.h"

const char *
validate_fault_verdicts(struct arena *a, const struct l1 *l1, const struct l1_query *query,
	const struct l1_verdict *by_l1, const struct l1_verdict *by_engine)
{
	return arena_format(a,
		"the blob decides otherwise than L1: %s -> %s, interface %u, method %u, event %u, "
		"status "
		"%" PRIu32 ", %" PRIu32 " bytes: L1 says %s rule %u field %u operand %" PRId64
		" audit %u, the engine %s rule %u field %u operand %" PRId64 " audit %u",
		l1->labels[query->holder].name, l1->labels[query->target].name, query->interface,
		query->method, query->event, query->status, query->length_bytes,
		ksm_reason_text(by_l1->reason), by_l1->rule, by_l1->field, by_l1->operand,
		by_l1->audit, ksm_reason_text(by_engine->reason), by_engine->rule, by_engine->field,
		by_engine->operand, by_engine->audit);
}

const char *
validate_fault_memory(struct arena *a, const struct l1 *l1, const struct l1_query *query,
	const struct l1_verdict *by_l1)
{
	return arena_format(a,
		"the blob remembers otherwise than L1 after %s -> %s, interface %u, method %u, "
		"event %u: "
		"%s by L1",
		l1->labels[query->holder].name, l1->labels[query->target].name, query->interface,
		query->method, query->event, ksm_reason_text(by_l1->reason));
}
