/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's process.c, and what of it the check has to see; a table may say that it is
 * full. */
#include "kernel/slot.h"
#include "tests/check/scarce.h"

#define slot_place(...)  (scarce_refuses() ? E_LIMIT : slot_place(__VA_ARGS__))
#define slot_skip(table) (scarce_refuses() ? E_LIMIT : slot_skip(table))
#include "kernel/process.c"
#undef slot_place
#undef slot_skip

#include "tests/check/parts.h"

struct process *
check_processes(void)
{
	return all_processes;
}
