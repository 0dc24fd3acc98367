/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's scheduler.c, and what of it the check has to see. */
#include "kernel/scheduler.c"

#include "tests/check/parts.h"

struct queue *
check_ready(uint32_t priority)
{
	return &scheduler.ready[priority];
}

struct queue *
check_awaited(void)
{
	return &scheduler.awaited;
}
