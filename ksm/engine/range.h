/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The common program, as one comparison: a field of the message lies in a range, so it is granted.
 */
#ifndef KSM_RANGE_H
#define KSM_RANGE_H

#include "ksm/engine/ksm.h"

enum ksm_range_kind {
	KSM_RANGE_UNKNOWN = 0, /* its program was not looked at yet */
	KSM_RANGE_NONE = 1,
	KSM_RANGE_GRANTS = 2 /* and above it: how many bytes must be zero besides */
};

/* What a program grants without a record and without an effect; about all else it is asked. */
struct ksm_range {
	uint64_t low;
	uint64_t span; /* of the field's values, less one */
	uint32_t rule;
	uint16_t offset; /* of the field */
	uint16_t zeros;  /* where they are */
	uint8_t how;     /* a of the load */
	uint8_t kind;    /* enum ksm_range_kind */
};

/* Whether a program's range grants something; looks at the program if nobody did. */
bool ksm_range_grants(const struct ksm *ksm, uint32_t number, struct ksm_range *range);

/* Whether all bytes that must be zero are. Requires a range that grants something. */
bool ksm_range_is_zero(const struct ksm_range *range, const uint8_t *bytes);

#endif
