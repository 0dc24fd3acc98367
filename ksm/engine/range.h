/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The common program, as one comparison: a field of the message lies in a range, so it is granted.
 */
#ifndef KSM_RANGE_H
#define KSM_RANGE_H

#include "ksm/engine/field.h"
#include "ksm/engine/ksm.h"
#include "ksm/engine/plain.h"

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

/*
 * Whether a call that was sent is granted by its program's range. Not NULL: ksm_decide would grant
 * it by that rule, change no state and want no record. NULL: ask that. Requires that the policy is
 * not stale. Part of a host's fast path, so not left to the compiler, which may count it as too
 * large there.
 */
static inline __attribute__((always_inline)) const struct ksm_range *
ksm_call_in_range(const struct ksm *ksm, const struct ksm_entry *entry, const uint8_t *bytes,
	uint32_t length_bytes)
{
	uint32_t number = entry->action[KSM_CALL] & FORMAT_ACTION_NUMBER;

	if (!ksm_is_run(entry, length_bytes)) {
		return NULL;
	}
	struct ksm_range *range = &ksm->ranges[number];
	if (range->kind < KSM_RANGE_GRANTS && !ksm_range_grants(ksm, number, range)) {
		return NULL;
	}
	if ((uint64_t)ksm_field(bytes + range->offset, range->how) - range->low > range->span) {
		return NULL;
	}
	/* Four: behind a handle, in front of a field of eight bytes. */
	bool fits = range->kind == KSM_RANGE_GRANTS ||
		    (range->kind == KSM_RANGE_GRANTS + 4 ? ksm_bytes_u32(bytes + range->zeros) == 0
							 : ksm_range_is_zero(range, bytes));
	return fits ? range : NULL;
}

#endif
