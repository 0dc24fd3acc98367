/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The common case for a host's fast path: a grant that needs no look at the bytes and no record. */
#ifndef KSM_PLAIN_H
#define KSM_PLAIN_H

#include "ksm/engine/ksm.h"
#include "ksm/format.h"

/* A counter of 32 bits that the edge makes one of 64. */
static inline void
ksm_count_grant(struct ksm_edge *edge, struct ksm_entry *entry, enum ksm_event event)
{
	entry->granted[event]++;
	if (entry->granted[event] == 0) {
		edge->granted_wraps++;
	}
}

/*
 * Returns whether a call (event KSM_CALL) or a reply with status 0 (KSM_REPLY) is such a grant, and
 * then counts it. Else nothing has changed: ask ksm_decide, which begins with this function.
 */
static inline bool
ksm_grant_plain(const struct ksm *ksm, struct ksm_edge *edge, enum ksm_event event, uint32_t method,
	uint32_t length_bytes)
{
	const uint32_t plain = FORMAT_ACTION_GRANT | FORMAT_ACTION_AUDIT_MASK
							     << FORMAT_ACTION_AUDIT_SHIFT;
	struct ksm_entry *entry;
	uint32_t shape;

	if (method - 1 >= edge->methods) {
		return false;
	}
	entry = &ksm->entries[edge->first + method - 1];
	shape = entry->shape[event];
	if ((entry->action[event] & plain) != FORMAT_ACTION_GRANT ||
		length_bytes < format_shape_low(shape) || length_bytes > format_shape_high(shape)) {
		return false;
	}
	ksm_count_grant(edge, entry, event);
	return true;
}

/* The shape word of a method's call (event KSM_CALL) or reply (KSM_REPLY); FORMAT_SHAPE_NONE: there
 * is no such method. */
static inline uint32_t
ksm_shape(const struct ksm *ksm, const struct ksm_edge *edge, enum ksm_event event, uint32_t method)
{
	if (method - 1 >= edge->methods) {
		return FORMAT_SHAPE_NONE;
	}
	return ksm->entries[edge->first + method - 1].shape[event];
}

#endif
