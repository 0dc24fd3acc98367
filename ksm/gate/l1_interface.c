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

int64_t
l1_nearest_to_zero(const struct l1_field *field)
{
	int64_t best;

	if (field->kind != L1_ENUM) {
		return field->low > 0 ? field->low : field->high < 0 ? field->high : 0;
	}
	best = field->name_count == 0 ? 1 : field->names[0].value;
	for (uint32_t i = 1; i < field->name_count && best != 0; i++) {
		best = field->names[i].value == 0 ? 0 : best;
	}
	return best;
}

bool
l1_field_is_remembered(const struct l1_field *field)
{
	bool is_remembered = field != NULL && field->state != NULL;

	for (uint32_t i = 0; field != NULL && i < field->term_count; i++) {
		is_remembered = is_remembered || field->terms[i].field->state != NULL;
	}
	return is_remembered;
}
