/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's slot.c, and what of it the check has to see; a table may say that it is
 * full. */
#include "tests/check/scarce.h"

#define slot_move move_unrefused
#include "kernel/slot.c"
#undef slot_move

#include "tests/check/parts.h"

struct slot *
check_slot_at(uint32_t reference)
{
	return reference == 0 ? NULL : slot_at(reference);
}

const struct slot *
check_leaving(void)
{
	return slot_lists.leaving;
}

enum status
slot_move(struct slot *slot, struct slot **moved)
{
	return scarce_refuses() ? E_LIMIT : move_unrefused(slot, moved);
}
