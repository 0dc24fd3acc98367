/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* l1_interface.c: an interface by its number; they stand in the order of their numbers. */
#include "l1_interface.h"

#include <assert.h>

#include "l1.h"

const struct l1_interface *
l1_interface_find(const struct l1 *l1, uint16_t id)
{
	uint32_t low = 0;
	uint32_t high = l1->interface_count;

	while (low + 1 < high) {
		uint32_t middle = low + (high - low) / 2;

		if (l1->interfaces[middle].id <= id) {
			low = middle;
		} else {
			high = middle;
		}
	}
	assert(l1->interfaces[low].id == id);
	return &l1->interfaces[low];
}

bool
l1_message_takes(const struct l1_message *message, uint32_t length_bytes)
{
	for (uint32_t i = 0; i < message->length_count; i++) {
		if (length_bytes >= message->lengths[i].low &&
			length_bytes <= message->lengths[i].high) {
			return true;
		}
	}
	return message->length_count == 0 && length_bytes >= message->low_bytes &&
	       length_bytes <= message->high_bytes;
}
