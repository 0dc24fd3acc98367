/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's timer.c, and what of it the check has to see. */
#include "kernel/timer.c"

#include "tests/check/parts.h"

struct queue *
check_timers(void)
{
	return &waiting;
}
