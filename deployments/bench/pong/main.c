/* SPDX-License-Identifier: 0BSD */
/* The other side of signal + wait: answers every signal with one. */
#include "gatehouse/syscall.h"
#include "process_pong.h"

int
main(void)
{
	uint32_t bits;

	while (sys_wait(HANDLE_NOTIFICATION, &bits) == E_OK) {
		(void)sys_signal(PONG_METER);
	}
	return 1;
}
