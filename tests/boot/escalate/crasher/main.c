/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Says which life this is, and dies. */
#include <stdio.h>

#include "gatehouse/process.h"
#include "process_crasher.h"

const uint32_t gatehouse_console_handle = CRASHER_CONSOLE;

int
main(void)
{
	printf("crasher: life %u\n", (unsigned)process_info()->incarnation);
	fflush(stdout);
	__builtin_trap();
}
