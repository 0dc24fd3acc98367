/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Waits for what never comes, until the fuzzer has it ended. */
#include <stdint.h>

#include "gatehouse/syscall.h"

int
main(void)
{
	uint32_t bits;

	while (sys_wait(HANDLE_NOTIFICATION, &bits) == E_OK) {
	}
	return 1;
}
