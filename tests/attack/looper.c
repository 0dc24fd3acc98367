/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Attack 22: fails as soon as it runs, so that its restarts eat the machine. */
#include <stdint.h>

static volatile uintptr_t nowhere = 8;

int
main(void)
{
	*(volatile uint8_t *)nowhere = 1;
	return 0;
}
