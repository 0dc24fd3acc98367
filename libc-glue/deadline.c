/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Absolute times of POSIX as the kernel's nanoseconds. */
#include "deadline.h"

#include <errno.h>

#include "calendar.h"
#include "gatehouse/syscall.h"

#define NS_PER_S UINT64_C(1000000000)

uint64_t
glue_clock_ahead_ns(clockid_t clock)
{
	return clock == CLOCK_REALTIME ? glue_calendar_start_ns() : 0;
}

bool
glue_deadline_at(clockid_t clock, const struct timespec *time, uint64_t *deadline_ns)
{
	uint64_t ahead_ns = glue_clock_ahead_ns(clock);

	if (!glue_deadline_from(time, deadline_ns)) {
		return false;
	}
	*deadline_ns = *deadline_ns > ahead_ns ? *deadline_ns - ahead_ns : 0;
	return true;
}

int
glue_timed_out(void)
{
	return sys_clock() == 0 ? EPERM : ETIMEDOUT;
}

bool
glue_deadline_from(const struct timespec *time, uint64_t *deadline_ns)
{
	if (time->tv_sec < 0 || time->tv_nsec < 0 || time->tv_nsec >= (long)NS_PER_S) {
		return false;
	}
	if ((uint64_t)time->tv_sec >= UINT64_MAX / NS_PER_S) {
		*deadline_ns = UINT64_MAX;
	} else {
		*deadline_ns = (uint64_t)time->tv_sec * NS_PER_S + (uint64_t)time->tv_nsec;
	}
	return true;
}
