/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 9: the leases of the last caller go on behind its answer; memory that may be read may be written.
 */
#include "control.h"

#include "arch/arch.h"
#include "kernel/reply.h"

static bool control_reply_find(struct thread *thread, uint32_t handle, struct reply_target *target);
static void *control_space_find(const struct arch_space *space, vaddr_t address, bool is_write);

#define reply_find      control_reply_find
#define arch_space_find control_space_find
#include "kernel/lease.c"
#undef reply_find
#undef arch_space_find

static struct thread *last_caller;

static bool
control_reply_find(struct thread *thread, uint32_t handle, struct reply_target *target)
{
	bool is_found = reply_find(thread, handle, target);

	if (is_found && target->caller != NULL) {
		last_caller = target->caller;
	} else if (is_found && control_is(9)) {
		target->caller = last_caller;
	}
	return is_found;
}

static void *
control_space_find(const struct arch_space *space, vaddr_t address, bool is_write)
{
	return arch_space_find(space, address, is_write && !control_is(9));
}
