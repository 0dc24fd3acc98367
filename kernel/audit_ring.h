/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The rings of audit.c, for it and for the short way alone. */
#ifndef KERNEL_AUDIT_RING_H
#define KERNEL_AUDIT_RING_H

#include "kernel/audit.h"
#include "kernel/config.h"
#include "kernel/notification.h"

struct audit_log {
	struct audit_record records[AUDIT_RECORDS];
	struct audit_record first; /* denial without an edge */
	struct audit_counts counts;
	uint32_t written;
	uint32_t taken;
	uint32_t lost_told;
};

struct audit {
	struct object object;
	struct audit_log *logs;
	struct audit_record *firsts; /* by edge */
	uint32_t instances;
	uint32_t edges;
	uint8_t policy;
	uint16_t epoch;
	uint32_t sequence;
	uint32_t sought;          /* logs that were looked at for the oldest unread record ... */
	struct audit_log *oldest; /* ... which is there, or NULL */
	struct notification *notification;
	uint32_t bits;
};

extern struct audit audit;

/* Whether a denial at this edge is no more than a record and a count: it is not the first, and the
 * reader was told of one that it has not looked for yet. */
static inline bool
audit_is_told(uint32_t edge)
{
	const struct notification *notification = audit.notification;

	return audit.firsts[edge].sequence != 0 &&
	       (notification == NULL || (audit.bits & ~notification->bits) == 0);
}

/* Where the next record of this log goes; the oldest makes room. */
static inline struct audit_record *
audit_claim(struct audit_log *log)
{
	if (log->written - log->taken == AUDIT_RECORDS) {
		log->taken++;
		log->counts.lost++;
	}
	return &log->records[log->written++ & (AUDIT_RECORDS - 1)];
}

#endif
