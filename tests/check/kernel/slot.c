/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's slot.c, and what of it the check has to see. */
#include "kernel/slot.c"

#include "tests/check/parts.h"

struct slot *
check_slot_at(uint32_t reference)
{
	return slot_of(reference);
}

const struct slot *
check_leaving(void)
{
	return leaving;
}
