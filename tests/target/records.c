/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the kernel recorded, for tests that provoke it. */
#include "records.h"

#include <stddef.h>

#include "gen/core/audit.h"

#define DRAIN_MOST 4096u /* more records than all rings of a system hold */

bool
record_next(uint32_t monitor, struct record *record)
{
	uint8_t count = 0;
	uint32_t status = audit_next(monitor, NULL, &record->operand, &record->sequence,
		&record->handle, &record->badge, &record->label, &record->instance, &record->target,
		&record->interface, &record->method, NULL, &record->field, &record->event,
		&record->reason, &count, &record->lost);

	return status == E_OK && count != 0;
}

uint32_t
record_drain(uint32_t monitor)
{
	struct record record;
	uint32_t count = 0;

	while (count < DRAIN_MOST && record_next(monitor, &record)) {
		count++;
	}
	return count;
}

bool
record_find(uint32_t monitor, uint16_t instance, uint8_t event, struct record *record)
{
	for (uint32_t i = 0; i < DRAIN_MOST && record_next(monitor, record); i++) {
		if (record->instance == instance && record->event == event) {
			return true;
		}
	}
	return false;
}
