/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* audit.h: what a verdict says of its record, which the host writes. */
#ifndef KSM_AUDIT_H
#define KSM_AUDIT_H

#include "ksm/engine/ksm.h"

/* Whether the host is to record what was decided; a denial that it does not, it counts. */
static inline bool
ksm_wants_record(const struct ksm_verdict *verdict)
{
	return (verdict->reason == KSM_GRANTED) == (verdict->audit != KSM_AUDIT_UNSAID);
}

/* Whether a rule wants a record that cannot be written now. */
/*@ requires \valid_read(query); assigns \nothing; */
static inline bool
ksm_lacks_record(const struct ksm_query *query, uint32_t audit)
{
	return audit == KSM_AUDIT_MUST && query->is_audit_full;
}

#endif
