/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 19: one ring for all. */
#include "control.h"

#define audit_write audit_write_checked
#include "kernel/audit.c"
#undef audit_write

#define RING 4 /* the deputy's */

void
audit_write(struct audit_record *record, uint32_t edge)
{
	bool is_one = control_is(19);

	if (is_one && record->instance < audit.instances) {
		record->instance = RING;
	}
	audit_write_checked(record, edge);
	if (is_one && edge < audit.edges) {
		audit.firsts[edge].sequence = 0; /* the first goes the long way */
	}
}
