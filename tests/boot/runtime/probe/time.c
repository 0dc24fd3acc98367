/* SPDX-License-Identifier: 0BSD */
/* Clocks go forward; sleep lasts as long as it was asked for, and not much longer. */
#include "probe.h"

#include <errno.h>
#include <stdint.h>
#include <sys/time.h>
#include <time.h>

#define MS INT64_C(1000000)

static int64_t
now_ns(clockid_t clock)
{
	struct timespec time;

	CHECK(clock_gettime(clock, &time) == 0);
	return (int64_t)time.tv_sec * 1000 * MS + time.tv_nsec;
}

static void
check_sleep(int64_t ns)
{
	struct timespec wanted = {
		.tv_sec = (time_t)(ns / (1000 * MS)), .tv_nsec = (long)(ns % (1000 * MS))};
	int64_t before = now_ns(CLOCK_MONOTONIC);

	CHECK(nanosleep(&wanted, NULL) == 0);
	int64_t slept = now_ns(CLOCK_MONOTONIC) - before;
	CHECK(slept >= ns);
	CHECK(slept < ns + 200 * MS);
}

void
check_time(void)
{
	struct timespec bad = {.tv_nsec = 1000 * MS};
	struct timeval day;
	int64_t last = now_ns(CLOCK_MONOTONIC);

	for (int i = 0; i < 100; i++) {
		int64_t now = now_ns(CLOCK_MONOTONIC);
		CHECK(now >= last);
		last = now;
	}
	CHECK(now_ns(CLOCK_REALTIME) >= last);
	errno = 0;
	CHECK(nanosleep(&bad, NULL) == -1 && errno == EINVAL);
	errno = 0;
	CHECK(clock_gettime((clockid_t)55, &bad) == -1 && errno == EINVAL);
	CHECK(gettimeofday(&day, NULL) == 0 && (int64_t)day.tv_sec * 1000 * MS <= last + 1000 * MS);
	check_sleep(0);
	check_sleep(100000);
	check_sleep(5 * MS);
	check_sleep(50 * MS);
}
