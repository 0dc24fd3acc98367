/* SPDX-License-Identifier: 0BSD */
/* The server that is measured: answers every request with its own payload, in a loop of assembly.
 */
#include "gatehouse/syscall.h"

_Noreturn void echo_loop(uint32_t endpoint);

int
main(void)
{
	echo_loop(HANDLE_ENDPOINT);
}
