/* SPDX-License-Identifier: 0BSD */
/* A server that is always busy when it is called: with each request in its hands it lets its equals
 * run, and they ask. */
#include "gatehouse/syscall.h"

_Noreturn void turns_loop(uint32_t endpoint);

int
main(void)
{
	turns_loop(HANDLE_ENDPOINT);
}
