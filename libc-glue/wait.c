/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* How children ended. Who they are, init knows (servers/init). */
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "abi/abi.h"
#include "descriptor.h"
#include "gatehouse/clock.h"
#include "gatehouse/syscall.h"
#include "gen/manager/programs.h"
#include "child.h"

#define ASK_AGAIN_NS UINT64_C(10000000) /* when too many wait at the manager */

/* The signal by which other systems would have ended it. */
static int
fault_signal(uint32_t kind)
{
	static const uint8_t signals[] = {
		[FAULT_READ] = SIGSEGV,
		[FAULT_WRITE] = SIGSEGV,
		[FAULT_EXECUTE] = SIGSEGV,
		[FAULT_ALIGNMENT] = SIGBUS,
		[FAULT_INSTRUCTION] = SIGILL,
		[FAULT_SYSCALL] = SIGSYS,
		[FAULT_STACK] = SIGSEGV,
	};

	return kind < sizeof(signals) && signals[kind] != 0 ? signals[kind] : SIGKILL;
}

/* As the macros of <sys/wait.h> read it. */
static int
to_status(enum programs_end how, uint32_t value)
{
	switch (how) {
	case PROGRAMS_END_EXIT:
		return (int)(value & 0xff) << 8;
	case PROGRAMS_END_FAULT:
		return fault_signal(value);
	default:
		return SIGKILL;
	}
}

static uint32_t
ask(pid_t wanted, bool later, uint32_t *child, uint32_t *value, enum programs_end *how)
{
	uint32_t programs = glue_programs();

	if (programs == 0 || wanted < -1) {
		return PROGRAMS_ERROR_ABSENT;
	}
	for (;;) {
		uint32_t status = programs_wait(
			programs, wanted > 0 ? (uint32_t)wanted : 0, later, child, value, how);

		if (status == PROGRAMS_ERROR_MANY) {
			clock_sleep_until(sys_clock() + ASK_AGAIN_NS);
		} else if (status != E_RESTARTED && !(status == E_DIED && later)) {
			return status;
		}
	}
}

pid_t
waitpid(pid_t wanted, int *status, int options)
{
	enum programs_end how;
	uint32_t child;
	uint32_t value;

	if ((options & ~(WNOHANG | WUNTRACED)) != 0) {
		return glue_failed(EINVAL);
	}
	switch (ask(wanted, (options & WNOHANG) == 0, &child, &value, &how)) {
	case E_OK:
		break;
	case PROGRAMS_ERROR_RUNNING:
		return 0;
	case PROGRAMS_ERROR_ABSENT:
		return glue_failed(ECHILD);
	case E_DENIED:
		return glue_failed(EACCES);
	default:
		return glue_failed(EIO);
	}
	if (status != NULL) {
		*status = to_status(how, value);
	}
	return (pid_t)child;
}

/* What newlib's wait comes to. */
pid_t
_wait(int *status)
{
	return waitpid(-1, status, 0);
}
