/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the kernel recorded, for tests that provoke it. */
#include "records.h"

#include <stddef.h>

#include "gatehouse/ipc.h"
#include "gen/core/audit.h"
#include "gen/core/core_abi.h"

#define DRAIN_MOST 4096u /* more records than all rings of a system hold */

bool
record_next(uint32_t monitor, struct record *record)
{
	uint8_t count = 0;
	uint32_t status = audit_next(monitor, NULL, &record->operand, &record->sequence,
		&record->handle, &record->badge, &record->label, &record->instance, &record->target,
		&record->interface, &record->method, NULL, &record->field, NULL, &record->event,
		&record->reason, NULL, &count, &record->lost);

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

/* By offsets, not by the stub: what else is told of an instance is nobody's affair here. */
bool
record_lives(uint32_t monitor, uint32_t instance, uint32_t *starts, uint32_t *faults)
{
	struct message message = {.info = info_make(0, AUDIT_INSTANCE_CALL_BYTES)};

	__builtin_memcpy(message.bytes + AUDIT_INSTANCE_NUMBER_OFFSET, &instance, sizeof(instance));
	if (ipc_call(monitor, AUDIT_INSTANCE, &message) != E_OK) {
		return false;
	}
	__builtin_memcpy(
		starts, message.bytes + AUDIT_INSTANCE_OUT_INCARNATION_OFFSET, sizeof(*starts));
	__builtin_memcpy(faults, message.bytes + AUDIT_INSTANCE_OUT_FAULTS_OFFSET, sizeof(*faults));
	return message.bytes[AUDIT_INSTANCE_OUT_FOUND_OFFSET] != 0;
}
