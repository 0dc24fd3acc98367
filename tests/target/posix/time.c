/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Clocks, sleeping, timers. */
#define _DEFAULT_SOURCE

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>
#include <unistd.h>

#include "gatehouse/syscall.h"
#include "posix.h"

#define MS  UINT64_C(1000000)
#define BAD ((clockid_t)77)

#define STARTED 1767323045 /* 2026-01-02 03:04:05, tests/boot/posix/test.sh */

static const struct timespec two_ms = {.tv_nsec = 2 * MS};
static const struct timespec wrong_time = {.tv_nsec = -1};

/* Nanoseconds that went by are about as wanted. */
#define took(start, wanted)                                                                        \
	expect(sys_clock() - (start) >= (wanted) && sys_clock() - (start) < (wanted) + 20 * MS)

void
test_clock_gettime(void)
{
	struct timespec a;
	struct timespec b;

	expect_equal(clock_gettime(CLOCK_MONOTONIC, &a), 0);
	expect_equal(nanosleep(&two_ms, NULL), 0);
	expect_equal(clock_gettime(CLOCK_REALTIME, &b), 0);
	/* The test's script sets the calendar; the kernel's clock is not it. */
	expect(a.tv_sec < 1000 && b.tv_sec >= STARTED && b.tv_sec < STARTED + 1000);
	expect_equal(gmtime(&b.tv_sec)->tm_year, 2026 - 1900);
	expect_equal(gmtime(&b.tv_sec)->tm_wday, 5);
	expect_equal(nanosleep(&two_ms, NULL), 0);
	expect_equal(clock_gettime(CLOCK_REALTIME, &a), 0);
	expect((a.tv_sec - b.tv_sec) * 1000000000L + a.tv_nsec - b.tv_nsec >= (long)(2 * MS));
	fails(clock_gettime(BAD, &a), EINVAL);
}

void
test_clock_getres(void)
{
	struct timespec a;

	expect_equal(clock_getres(CLOCK_MONOTONIC, &a), 0);
	expect(a.tv_sec == 0 && a.tv_nsec == 1);
	fails(clock_getres(BAD, &a), EINVAL);
}

void
test_clock_settime(void)
{
	fails(clock_settime(CLOCK_REALTIME, &two_ms), EPERM);
	fails(clock_settime(BAD, &two_ms), EINVAL);
}

void
test_clock_nanosleep(void)
{
	struct timespec until;
	uint64_t start = sys_clock();

	expect_equal(clock_gettime(CLOCK_MONOTONIC, &until), 0);
	until.tv_nsec += (long)(2 * MS);
	until.tv_sec += until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	expect_equal(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL), 0);
	took(start, 2 * MS - 100000);
	/* The same moment of the other clock was long ago. */
	start = sys_clock();
	expect_equal(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL), 0);
	expect(sys_clock() - start < 20 * MS);
	expect_equal(clock_gettime(CLOCK_REALTIME, &until), 0);
	until.tv_nsec += (long)(2 * MS);
	until.tv_sec += until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	start = sys_clock();
	expect_equal(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL), 0);
	took(start, 2 * MS - 100000);
	returns(clock_nanosleep(CLOCK_MONOTONIC, 0, &wrong_time, NULL), EINVAL);
}

void
test_nanosleep(void)
{
	uint64_t start = sys_clock();

	expect_equal(nanosleep(&two_ms, NULL), 0);
	took(start, 2 * MS);
	fails(nanosleep(&wrong_time, NULL), EINVAL);
}

void
test_sleep(void)
{
	uint64_t start = sys_clock();

	expect_equal(sleep(1), 0);
	took(start, 1000 * MS);
}

void
test_usleep(void)
{
	uint64_t start = sys_clock();

	expect_equal(usleep(3000), 0);
	took(start, 3 * MS);
}

void
test_time(void)
{
	time_t now;

	expect_equal(time(&now), now);
	expect(now >= STARTED && now < STARTED + 1000);
}

void
test_gettimeofday(void)
{
	struct timeval now;
	uint64_t start = sys_clock();

	expect_equal(gettimeofday(&now, NULL), 0);
	expect((uint64_t)now.tv_sec >= STARTED + start / 1000000000 - 1);
	expect(now.tv_sec < STARTED + 1000);
}

void
test_times(void)
{
	struct tms a;
	clock_t first = times(&a);

	expect_equal(usleep(20000), 0);
	expect(times(&a) > first);
}

void
test_clock(void)
{
	clock_t first = clock();

	expect_equal(usleep(20000), 0);
	expect(clock() > first);
}

static volatile int turns;

static void *
count_turns(void *argument)
{
	for (int i = 0; i < 10; i++) {
		turns++;
		sched_yield();
	}
	return argument;
}

void
test_sched_yield(void)
{
	pthread_t id;

	turns = 0;
	expect_equal(pthread_create(&id, NULL, count_turns, NULL), 0);
	for (int i = 0; i < 10 && turns < 5; i++) {
		expect_equal(sched_yield(), 0);
	}
	expect(turns >= 5);
	expect_equal(pthread_join(id, NULL), 0);
}

/* --- timers --------------------------------------------------------------------------------- */

static volatile int rung;

static void
ring(union sigval value)
{
	rung += value.sival_int;
}

static void
ring_signal(int number)
{
	(void)number;
	rung++;
}

void
test_timer_create(void)
{
	struct sigevent event = {.sigev_notify = SIGEV_THREAD,
		.sigev_value = {.sival_int = 5},
		.sigev_notify_function = ring};
	struct itimerspec once = {.it_value = {.tv_nsec = 2 * MS}};
	timer_t id;

	rung = 0;
	expect_equal(timer_create(CLOCK_MONOTONIC, &event, &id), 0);
	expect_equal(timer_settime(id, 0, &once, NULL), 0);
	expect_equal(usleep(10000), 0);
	expect_equal(rung, 5);
	expect_equal(timer_delete(id), 0);
	event.sigev_notify = 77;
	fails(timer_create(CLOCK_MONOTONIC, &event, &id), EINVAL);
	fails(timer_create(BAD, NULL, &id), EINVAL);
}

void
test_timer_settime(void)
{
	struct itimerspec often = {
		.it_value = {.tv_nsec = 2 * MS}, .it_interval = {.tv_nsec = 3 * MS}};
	struct itimerspec off = {0};
	timer_t id;

	rung = 0;
	expect(signal(SIGALRM, ring_signal) != SIG_ERR);
	expect_equal(timer_create(CLOCK_MONOTONIC, NULL, &id), 0);
	expect_equal(timer_settime(id, 0, &often, NULL), 0);
	expect_equal(usleep(12500), 0);
	expect_equal(rung, 4);
	expect_equal(timer_settime(id, 0, &off, &often), 0);
	expect_equal(often.it_interval.tv_nsec, 3 * MS);
	expect_equal(usleep(5000), 0);
	expect_equal(rung, 4);
	/* A moment of the calendar; one that is over comes at once. */
	expect_equal(timer_delete(id), 0);
	expect_equal(timer_create(CLOCK_REALTIME, NULL, &id), 0);
	off.it_value.tv_sec = 5;
	rung = 0;
	expect_equal(timer_settime(id, TIMER_ABSTIME, &off, NULL), 0);
	expect_equal(usleep(1000), 0);
	expect_equal(rung, 1);
	off.it_value.tv_sec = time(NULL) + 2;
	expect_equal(timer_settime(id, TIMER_ABSTIME, &off, NULL), 0);
	expect_equal(timer_gettime(id, &often), 0);
	expect(often.it_value.tv_sec <= 2 && rung == 1);
	off.it_value.tv_sec = 0;
	expect_equal(timer_settime(id, TIMER_ABSTIME, &off, NULL), 0);
	often.it_value.tv_nsec = -1;
	fails(timer_settime(id, 0, &often, NULL), EINVAL);
	expect_equal(timer_delete(id), 0);
	fails(timer_settime(id, 0, &off, NULL), EINVAL);
	expect(signal(SIGALRM, SIG_DFL) == ring_signal);
}

void
test_timer_gettime(void)
{
	struct itimerspec value = {.it_value = {.tv_sec = 100}};
	timer_t id;

	expect_equal(timer_create(CLOCK_MONOTONIC, NULL, &id), 0);
	expect_equal(timer_settime(id, 0, &value, NULL), 0);
	expect_equal(timer_gettime(id, &value), 0);
	expect_equal(value.it_value.tv_sec, 99);
	expect_equal(timer_delete(id), 0);
	fails(timer_gettime(id, &value), EINVAL);
}

void
test_timer_getoverrun(void)
{
	timer_t id;

	expect_equal(timer_create(CLOCK_MONOTONIC, NULL, &id), 0);
	expect_equal(timer_getoverrun(id), 0);
	expect_equal(timer_delete(id), 0);
	fails(timer_getoverrun(id), EINVAL);
}

void
test_timer_delete(void)
{
	struct itimerspec once = {.it_value = {.tv_nsec = 2 * MS}};
	timer_t id;

	expect_equal(timer_create(CLOCK_MONOTONIC, NULL, &id), 0);
	expect_equal(timer_settime(id, 0, &once, NULL), 0);
	/* Its signal would end the process. */
	expect_equal(timer_delete(id), 0);
	expect_equal(usleep(5000), 0);
	fails(timer_delete(id), EINVAL);
}

void
test_alarm(void)
{
	rung = 0;
	expect(signal(SIGALRM, ring_signal) != SIG_ERR);
	expect_equal(alarm(100), 0);
	expect_equal(alarm(1), 100);
	expect_equal(pause(), -1);
	expect_equal(rung, 1);
	expect_equal(alarm(0), 0);
	expect(signal(SIGALRM, SIG_DFL) == ring_signal);
}
