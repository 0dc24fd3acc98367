/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The machine's space.c, and what QEMU does not show, as its TLB has no VMIDs: a VMID that one
 * space had is not lent to another before the TLB was emptied. */
#include "arch/aarch64/registers.h"
#include "kernel/assert.h"
#include "tests/many/lent.h"

#define tlb_drop_users() (lent_emptied(), tlb_drop_users())
#define space_take       take_unseen
#include "arch/aarch64/space.c"
#undef space_take

bool
space_take(struct arch_space *space)
{
	bool is_new = take_unseen(space);
	uint32_t vmid = (uint32_t)(space->vttbr >> VMID_SHIFT);

	if (is_new) {
		kernel_assert(vmid != 0 && vmid <= VMID_LAST && owners[vmid] == space);
		kernel_assert(lent_anew(vmid));
	}
	return is_new;
}
