/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The machine's space.c, and what QEMU does not show, as its TLB has no ASIDs: an ASID that one
 * space had is not lent to another before the TLB was emptied. */
#include "arch/armv7a/registers.h"
#include "kernel/assert.h"
#include "tests/many/lent.h"

#define tlbiallis_write(value) (lent_emptied(), tlbiallis_write(value))
#define space_take             take_unseen
#include "arch/armv7a/space.c"
#undef space_take

bool
space_take(struct arch_space *space)
{
	bool is_new = take_unseen(space);

	if (is_new) {
		kernel_assert(space->asid != 0 && space->asid <= ASID_LAST &&
			      owners[space->asid] == space);
		kernel_assert(lent_anew(space->asid));
	}
	return is_new;
}
