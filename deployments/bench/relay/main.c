/* SPDX-License-Identifier: 0BSD */
/* A server that asks the next one before it answers, in a loop of assembly. */
#include "gatehouse/syscall.h"
#include "process_outer.h"

_Noreturn void relay_loop(uint32_t endpoint, uint32_t next);

/* Middle and Outer have the same slots, so one program serves both. */
int
main(void)
{
	relay_loop(HANDLE_ENDPOINT, OUTER_NEXT);
}
