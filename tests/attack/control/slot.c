/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 1: a handle may be one of init's. 2: its generation does not count. 4: it may be the attacker's.
 */
#include "control.h"

#define slot_find slot_find_checked
#include "kernel/slot.c"
#undef slot_find

static const struct slot_table *first_table;

static struct slot *
any_generation(const struct slot_table *table, uint32_t handle)
{
	uint32_t index = handle & HANDLE_INDEX_MASK;

	return index != 0 && index < table->count && table->slots[index].object != NULL
		       ? &table->slots[index]
		       : NULL;
}

struct slot *
slot_find(const struct slot_table *table, uint32_t handle)
{
	struct slot *slot = slot_find_checked(table, handle);

	if (first_table == NULL) {
		first_table = table;
	}
	if (slot != NULL) {
		return slot;
	}
	if (control_is(1)) {
		return slot_find_checked(first_table, handle);
	}
	if (control_is(2)) {
		return any_generation(table, handle);
	}
	return control_is(4) && control_attacker() != NULL
		       ? slot_find_checked(&control_attacker()->table, handle)
		       : NULL;
}
