/* SPDX-License-Identifier: 0BSD */
/* The second caller of a server that is measured: once it is signalled it calls for ever. */
#include "gatehouse/syscall.h"
#include "process_rival.h"

_Noreturn void rival_loop(uint32_t handle, uint32_t info);

int
main(void)
{
	uint32_t bits;

	if (sys_wait(HANDLE_NOTIFICATION, &bits) != E_OK) {
		return 1;
	}
	rival_loop(RIVAL_TURNS, ECHO_SOME);
}
