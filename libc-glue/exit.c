/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The end of a process, by its own will or by a signal to itself. */
#include <sys/types.h>
#include <unistd.h>

#include "abi/abi.h"
#include "descriptor.h"
#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "gen/core/process.h"
#include "signals.h"

/* The supervisor gets the code. */
_Noreturn void
_exit(int code)
{
	for (;;) {
		process_exit(HANDLE_PROCESS, code);
		/* Only a policy that forbids it leads here: stop without a code. */
		__builtin_trap();
	}
}

/* What posix_spawn says to who started it. */
pid_t
_getpid(void)
{
	return (pid_t)process_id(process_info()->instance, process_info()->incarnation);
}

/* What newlib's own raise comes to, in a program that uses no signals but abort. */
int
_kill(pid_t pid, int number)
{
	int error = glue_signal_kill(pid, number);

	return error == 0 ? 0 : glue_failed(error);
}
