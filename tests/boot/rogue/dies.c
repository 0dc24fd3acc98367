/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* init as it is, until boot is over: then it faults. */
#include "servers/init/supervise.h"

_Noreturn static void die(struct estate *estate);

#define supervise die
#include "servers/init/main.c"
#undef supervise

_Noreturn static void
die(struct estate *estate)
{
	(void)estate;
	__builtin_trap();
}
