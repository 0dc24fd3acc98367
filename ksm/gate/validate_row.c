/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * validate_row.c: what a row of the blob tells the host about a message, beside its verdict: no
 * message that validation sends shows a lease too many.
 */
#include "validate_row.h"

#include <stdbool.h>

#include "ksm/engine/plain.h"
#include "ksm/format.h"
#include "l1_interface.h"

static bool
leases_equal(uint32_t shape, const struct l1_message *call)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < call->field_count; i++) {
		bool writes = call->fields[i].carries == L1_WRITES;

		if (!writes && call->fields[i].carries != L1_READS) {
			continue;
		}
		if (count >= format_shape_leases(shape) ||
			(format_shape_lease_writes(shape, count) != 0) != writes) {
			return false;
		}
		count++;
	}
	return count == format_shape_leases(shape) &&
	       (count != 0 || (shape >> FORMAT_SHAPE_MORE_SHIFT & FORMAT_SHAPE_LEASES_MASK) == 0);
}

static bool
handles_equal(uint32_t shape, bool is_reply, const struct l1_message *message)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < message->field_count; i++) {
		count += message->fields[i].carries == L1_HANDLE;
	}
	return count == format_shape_handles(shape, is_reply);
}

const char *
validate_row(const struct ksm_edge *edge, const struct l1_method *method)
{
	const struct ksm_entry *entry = ksm_entry_at(edge, method->number);
	uint32_t call = ksm_entry_shape(entry, KSM_CALL);
	uint32_t reply = ksm_entry_shape(entry, KSM_REPLY);
	uint32_t error = entry->action[KSM_ERROR];

	if (method->is_reserved) {
		return NULL;
	}
	if (!leases_equal(call, &method->call)) {
		return "the blob lends other memory than L1";
	}
	if (!handles_equal(call, false, &method->call) ||
		(!method->is_ask && !handles_equal(reply, true, &method->reply))) {
		return "the blob hands on other capabilities than L1";
	}
	if (method->is_ask != (format_shape_is_ask(call) != 0)) {
		return "the blob asks otherwise than L1";
	}
	if (!method->is_ask && format_shape_errors(reply) != method->error_count) {
		return "the blob has other errors than L1";
	}
	if (method->error_count == 0 &&
		(error & (FORMAT_ACTION_GRANT | FORMAT_ACTION_RUN | FORMAT_ACTION_NUMBER)) != 0) {
		return "the blob judges errors that L1 does not have";
	}
	return NULL;
}
