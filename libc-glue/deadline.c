/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Absolute times of POSIX as the kernel's nanoseconds. */
#include "deadline.h"

#define NS_PER_S UINT64_C(1000000000)

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
