/* SPDX-License-Identifier: 0BSD */
/* The other side of signal + wait: answers every signal with one. */
#include "gatehouse/syscall.h"
#include "process_pong.h"

/* In assembly, so that only the calls are measured. */
uint32_t pong_loop(uint32_t wait, uint32_t signal);

int
main(void)
{
	return (int)pong_loop(HANDLE_NOTIFICATION, PONG_METER);
}
