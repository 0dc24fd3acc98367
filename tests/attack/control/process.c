/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 3: whoever copies a capability has all rights to it. */
#include "control.h"

#include "kernel/slot.h"

static struct slot *control_find(const struct slot_table *table, uint32_t handle);

#define slot_find control_find
#include "kernel/process.c"
#undef slot_find

static struct slot *
control_find(const struct slot_table *table, uint32_t handle)
{
	struct slot *slot = slot_find(table, handle);

	if (slot != NULL && control_is(3)) {
		slot->rights |= RIGHTS_ALL;
	}
	return slot;
}
