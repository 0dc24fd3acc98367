/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The end of a process, by its own will or by a signal to itself. */
#include <errno.h>
#include <signal.h>
#include <sys/types.h>
#include <unistd.h>

#include "abi/abi.h"
#include "gatehouse/syscall.h"
#include "gen/core/process.h"

#define OWN_PID 1 /* a process sees no other */

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

pid_t
_getpid(void)
{
	return OWN_PID;
}

/* abort and raise end here when no handler is set: the exit code is the usual 128 + signal. */
int
_kill(pid_t pid, int signal_number)
{
	if (pid != OWN_PID) {
		errno = ESRCH;
		return -1;
	}
	if (signal_number != 0) {
		_exit(128 + signal_number);
	}
	return 0;
}
