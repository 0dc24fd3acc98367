/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A process that only ends, with what it was given. */
#include "abi/process.h"
#include "gatehouse/ipc.h"
#include "gen/core/process.h"

#define ADDED 1000

_Noreturn void _start(uintptr_t argument);

static volatile uint32_t added = ADDED; /* so that it has data */

uint8_t *
ipc_buffer(void)
{
	return (uint8_t *)(uintptr_t)PROCESS_BUFFER;
}

_Noreturn void
_start(uintptr_t argument)
{
	(void)process_exit(HANDLE_PROCESS, (int32_t)(argument + added));
	__builtin_trap();
}
