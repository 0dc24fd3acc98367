/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A process that only ends, with what it was given; with much, after it has used floating point. */
#include "abi/process.h"
#include "gatehouse/ipc.h"
#include "gen/core/process.h"

#define ADDED 1000
#define MUCH  5000u

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
	if (argument >= MUCH) {
		volatile double quotient = (double)argument / 2;
		argument = (uintptr_t)(quotient * 2);
	}
	(void)process_exit(HANDLE_PROCESS, (int32_t)(argument + added));
	__builtin_trap();
}
