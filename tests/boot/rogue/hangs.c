/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* init as it is, until boot is over: then it shows life once more, and never again. */
#include "servers/init/supervise.h"

_Noreturn static void hang(struct estate *estate);

#define supervise hang
#include "servers/init/main.c"
#undef supervise

_Noreturn static void
hang(struct estate *estate)
{
	(void)estate;
	(void)power_heartbeat(HANDLE_INITIAL(BOOT_SLOT_POWER), 500);
	for (;;) {
		(void)sys_deadline(sys_clock() + 1000000000);
		uint32_t bits;

		(void)sys_wait(0, &bits);
	}
}
