/* SPDX-License-Identifier: 0BSD */
/* The server that is measured, with one instruction of floating point for each request. */
#include "gatehouse/syscall.h"

_Noreturn void float_loop(uint32_t endpoint);

int
main(void)
{
	float_loop(HANDLE_ENDPOINT);
}
