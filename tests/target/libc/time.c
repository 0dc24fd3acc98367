/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Clocks and sleep, in virtual time. */
#include <errno.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "gatehouse/syscall.h"
#include "libc/tests.h"

#define LATE_NS 100000 /* kernel and library, far less than a turn of 10 ms */

static int64_t
now_ns(clockid_t clock)
{
	struct timespec time = {0};

	expect_equal(clock_gettime(clock, &time), 0);
	expect(time.tv_nsec >= 0 && time.tv_nsec < 1000000000);
	return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void
test_clock(void)
{
	int64_t last = now_ns(CLOCK_MONOTONIC);

	for (int i = 0; i < 3000; i++) {
		int64_t now = now_ns(i % 2 == 0 ? CLOCK_MONOTONIC : CLOCK_REALTIME);
		if (now < last || now - last > LATE_NS) {
			expect_equal(now, last);
		}
		last = now;
	}
	struct timeval time;
	expect_equal(gettimeofday(&time, NULL), 0);
	int64_t micros = (int64_t)time.tv_sec * 1000000 + time.tv_usec;
	expect(now_ns(CLOCK_REALTIME) / 1000 - micros < LATE_NS / 1000);
	struct timespec ignored;
	errno = 0;
	expect_equal((uint64_t)clock_gettime((clockid_t)99, &ignored), (uint64_t)-1);
	expect_equal(errno, EINVAL);
}

static void
expect_slept(int64_t start, int64_t wanted)
{
	int64_t slept = now_ns(CLOCK_MONOTONIC) - start;

	expect(slept >= wanted);
	if (slept - wanted > LATE_NS) {
		expect_equal(slept, wanted);
	}
}

static void
test_sleep(void)
{
	static const long times_ns[] = {0, 1, 1000, 333333, 1000000, 20000001, 999999999};

	for (unsigned i = 0; i < sizeof(times_ns) / sizeof(times_ns[0]); i++) {
		struct timespec time = {.tv_nsec = times_ns[i]};
		int64_t start = now_ns(CLOCK_MONOTONIC);
		expect_equal(nanosleep(&time, NULL), 0);
		expect_slept(start, times_ns[i]);
	}
	int64_t start = now_ns(CLOCK_MONOTONIC);
	expect_equal(sleep(3), 0);
	expect_slept(start, INT64_C(3000000000));
	check_case("impossible");
	struct timespec bad = {.tv_nsec = 1000000000};
	errno = 0;
	expect_equal((uint64_t)nanosleep(&bad, NULL), (uint64_t)-1);
	expect_equal(errno, EINVAL);
}

void
time_test(void)
{
	check_test("clocks go on and never back");
	test_clock();
	check_test("sleep as long as was asked");
	test_sleep();
}
