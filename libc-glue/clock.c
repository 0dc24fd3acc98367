/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Time: the kernel's clock as POSIX has it. Without a calendar (servers/rtc) it is 1970 at the
 * start. */
#include "gatehouse/clock.h"

#include <errno.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>
#include <unistd.h>

#include "deadline.h"
#include "gatehouse/syscall.h"

#define NS_PER_S  UINT64_C(1000000000)
#define NS_PER_US UINT64_C(1000)

void
clock_sleep_until(uint64_t deadline_ns)
{
	uint32_t bits;

	/* 0 means no deadline to the kernel, and has passed for everybody else. */
	if (deadline_ns != 0 && sys_deadline(deadline_ns) == E_OK) {
		sys_wait(0, &bits);
	}
}

static bool
is_clock(clockid_t clock)
{
	return clock == CLOCK_MONOTONIC || clock == CLOCK_REALTIME;
}

static int
failed(int error)
{
	errno = error;
	return -1;
}

static struct timespec
to_timespec(uint64_t ns)
{
	return (struct timespec){
		.tv_sec = (time_t)(ns / NS_PER_S), .tv_nsec = (long)(ns % NS_PER_S)};
}

int
clock_gettime(clockid_t clock, struct timespec *time)
{
	uint64_t now_ns = sys_clock();

	if (!is_clock(clock)) {
		return failed(EINVAL);
	}
	if (now_ns == 0) {
		return failed(EPERM); /* `no clock` */
	}
	*time = to_timespec(glue_clock_ahead_ns(clock) + now_ns);
	return 0;
}

int
clock_getres(clockid_t clock, struct timespec *resolution)
{
	if (!is_clock(clock)) {
		return failed(EINVAL);
	}
	if (resolution != NULL) {
		*resolution = to_timespec(1);
	}
	return 0;
}

int
clock_settime(clockid_t clock, const struct timespec *time)
{
	(void)time;
	return failed(is_clock(clock) ? EPERM : EINVAL);
}

int
clock_nanosleep(clockid_t clock, int flags, const struct timespec *wanted, struct timespec *left)
{
	uint64_t now = sys_clock();
	uint64_t ns;

	if (!is_clock(clock) || !glue_deadline_from(wanted, &ns)) {
		return EINVAL;
	}
	if (now == 0) {
		return EPERM;
	}
	if ((flags & TIMER_ABSTIME) != 0) {
		(void)glue_deadline_at(clock, wanted, &ns);
	} else {
		ns = ns > UINT64_MAX - now ? UINT64_MAX : now + ns;
		if (left != NULL) {
			*left = (struct timespec){0};
		}
	}
	clock_sleep_until(ns);
	return 0;
}

int
nanosleep(const struct timespec *wanted, struct timespec *left)
{
	int error = clock_nanosleep(CLOCK_MONOTONIC, 0, wanted, left);

	return error == 0 ? 0 : failed(error);
}

unsigned
sleep(unsigned seconds)
{
	uint64_t now_ns = sys_clock();

	if (now_ns == 0) {
		return seconds; /* `no clock`: all of it is left */
	}
	clock_sleep_until(now_ns + seconds * NS_PER_S);
	return 0;
}

int
usleep(useconds_t microseconds)
{
	uint64_t now_ns = sys_clock();

	if (now_ns == 0) {
		return failed(EPERM);
	}
	clock_sleep_until(now_ns + microseconds * NS_PER_US);
	return 0;
}

int
sched_yield(void)
{
	sys_yield();
	return 0;
}

int
_gettimeofday(struct timeval *time, void *zone)
{
	uint64_t ns = glue_clock_ahead_ns(CLOCK_REALTIME) + sys_clock();

	(void)zone;
	time->tv_sec = (time_t)(ns / NS_PER_S);
	time->tv_usec = (suseconds_t)(ns % NS_PER_S / NS_PER_US);
	return 0;
}

/* The time a process itself has used is with the monitor, not with the process: elapsed time. */
clock_t
_times(struct tms *times)
{
	clock_t ticks = (clock_t)(sys_clock() / (NS_PER_S / CLOCKS_PER_SEC));

	*times = (struct tms){.tms_utime = ticks};
	return ticks;
}
