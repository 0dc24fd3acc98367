/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's process.c, and what of it the check has to see. */
#include "kernel/process.c"

#include "tests/check/parts.h"

struct process *
check_processes(void)
{
	return all_processes;
}
