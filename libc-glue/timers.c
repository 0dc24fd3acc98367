/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Timers and alarm: one thread of the library waits for the next that is due, and calls. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

#include "deadline.h"
#include "descriptor.h"
#include "gatehouse/syscall.h"
#include "lock.h"
#include "park.h"
#include "signals.h"
#include "thread_self.h"

#define TIMERS_MAX   16
#define ALARM        0 /* the timer behind `alarm` */
#define NS_PER_S     UINT64_C(1000000000)
#define OVERRUNS_MAX 0x7fffffff

struct timer {
	bool is_used;
	clockid_t clock;
	uint64_t due_ns; /* 0: it is not set */
	uint64_t interval_ns;
	int overruns;
	struct sigevent event;
};

static uint32_t timers_lock;
static struct timer timers[TIMERS_MAX] = {
	[ALARM] = {
		.is_used = true, .event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM}}};
static uint32_t turn; /* changes when a timer is set */
static bool has_thread;

/* --- the thread ------------------------------------------------------------------------------ */

/* The next time of a timer that was due; times that passed meanwhile are counted, not called. */
static void
go_on(struct timer *timer, uint64_t now_ns)
{
	uint64_t late = now_ns - timer->due_ns;

	timer->overruns = 0;
	if (timer->interval_ns == 0) {
		timer->due_ns = 0;
		return;
	}
	uint64_t missed = late / timer->interval_ns;
	timer->due_ns += (missed + 1) * timer->interval_ns;
	timer->overruns = missed > OVERRUNS_MAX ? OVERRUNS_MAX : (int)missed;
}

static void
call(const struct sigevent *event)
{
	if (event->sigev_notify == SIGEV_SIGNAL) {
		glue_signal_process(event->sigev_signo);
	} else if (event->sigev_notify == SIGEV_THREAD) {
		event->sigev_notify_function(event->sigev_value);
	}
}

/* Calls what is due; returns when the next is, PARK_FOREVER: none. */
static uint64_t
call_due(void)
{
	uint64_t next_ns = PARK_FOREVER;

	for (int i = 0; i < TIMERS_MAX; i++) {
		struct timer *timer = &timers[i];
		uint64_t now_ns = sys_clock();

		glue_lock_acquire(&timers_lock);
		bool is_due = timer->due_ns != 0 && timer->due_ns <= now_ns;
		struct sigevent event = timer->event;
		if (is_due) {
			go_on(timer, now_ns);
		}
		if (timer->due_ns != 0 && timer->due_ns < next_ns) {
			next_ns = timer->due_ns;
		}
		glue_lock_release(&timers_lock);
		if (is_due) {
			call(&event);
		}
	}
	return next_ns;
}

static void *
serve(void *argument)
{
	(void)argument;
	glue_thread_serves();
	for (;;) {
		uint32_t seen = __atomic_load_n(&turn, __ATOMIC_ACQUIRE);

		glue_park_while(&turn, seen, call_due());
	}
	return NULL;
}

/* Requires the lock. */
static int
make_thread(void)
{
	pthread_t id;
	int error = has_thread ? 0 : pthread_create(&id, NULL, serve, NULL);

	has_thread = error == 0;
	return error;
}

/* --- setting --------------------------------------------------------------------------------- */

static uint64_t
left_of(const struct timer *timer)
{
	uint64_t now_ns = sys_clock();

	return timer->due_ns == 0 ? 0 : timer->due_ns > now_ns ? timer->due_ns - now_ns : 1;
}

static void
set(struct timer *timer, uint64_t due_ns, uint64_t interval_ns)
{
	timer->due_ns = due_ns;
	timer->interval_ns = interval_ns;
	timer->overruns = 0;
	__atomic_add_fetch(&turn, 1, __ATOMIC_ACQ_REL);
	glue_park_wake(&turn);
}

unsigned
alarm(unsigned seconds)
{
	if (sys_clock() == 0) {
		return 0; /* `no clock`: none is ever due, and there is no error to say it */
	}
	glue_lock_acquire(&timers_lock);
	uint64_t left_ns = left_of(&timers[ALARM]);
	if (make_thread() == 0) {
		set(&timers[ALARM], seconds == 0 ? 0 : sys_clock() + seconds * NS_PER_S, 0);
	}
	glue_lock_release(&timers_lock);
	return (unsigned)((left_ns + NS_PER_S - 1) / NS_PER_S);
}

/* Requires the lock. NULL: there is none of that number. */
static struct timer *
find(timer_t id)
{
	return id > ALARM && id < TIMERS_MAX && timers[id].is_used ? &timers[id] : NULL;
}

int
timer_create(clockid_t clock, struct sigevent *event, timer_t *id)
{
	struct sigevent usual = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM};
	int error = EAGAIN;

	if ((clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC) ||
		(event != NULL &&
			(event->sigev_notify < SIGEV_NONE || event->sigev_notify > SIGEV_THREAD))) {
		return glue_failed(EINVAL);
	}
	if (sys_clock() == 0) {
		return glue_failed(EPERM); /* `no clock`: it would never be due */
	}
	glue_lock_acquire(&timers_lock);
	for (timer_t i = ALARM + 1; i < TIMERS_MAX && error != 0; i++) {
		if (!timers[i].is_used) {
			error = make_thread();
			timers[i] = (struct timer){.is_used = error == 0,
				.clock = clock,
				.event = event == NULL ? usual : *event};
			*id = i;
			break;
		}
	}
	glue_lock_release(&timers_lock);
	return error == 0 ? 0 : glue_failed(error);
}

int
timer_delete(timer_t id)
{
	glue_lock_acquire(&timers_lock);
	struct timer *timer = find(id);
	if (timer != NULL) {
		timer->is_used = false;
		timer->due_ns = 0;
	}
	glue_lock_release(&timers_lock);
	return timer == NULL ? glue_failed(EINVAL) : 0;
}

static void
tell(const struct timer *timer, struct itimerspec *value)
{
	uint64_t left_ns = left_of(timer);

	*value = (struct itimerspec){
		.it_value = {.tv_sec = (time_t)(left_ns / NS_PER_S),
			.tv_nsec = (long)(left_ns % NS_PER_S)},
		.it_interval = {.tv_sec = (time_t)(timer->interval_ns / NS_PER_S),
			.tv_nsec = (long)(timer->interval_ns % NS_PER_S)},
	};
}

int
timer_settime(timer_t id, int flags, const struct itimerspec *value, struct itimerspec *old)
{
	uint64_t interval_ns;
	uint64_t wait_ns;
	uint64_t at_ns;

	if (!glue_deadline_from(&value->it_value, &wait_ns) ||
		!glue_deadline_from(&value->it_interval, &interval_ns)) {
		return glue_failed(EINVAL);
	}
	glue_lock_acquire(&timers_lock);
	struct timer *timer = find(id);
	if (timer != NULL) {
		if (old != NULL) {
			tell(timer, old);
		}
		if ((flags & TIMER_ABSTIME) != 0) {
			(void)glue_deadline_at(timer->clock, &value->it_value, &at_ns);
			/* A moment that is over comes at once; none is 0. */
			at_ns = wait_ns != 0 && at_ns == 0 ? 1 : at_ns;
		} else {
			at_ns = wait_ns == 0 ? 0 : sys_clock() + wait_ns;
		}
		set(timer, at_ns, interval_ns);
	}
	glue_lock_release(&timers_lock);
	return timer == NULL ? glue_failed(EINVAL) : 0;
}

int
timer_gettime(timer_t id, struct itimerspec *value)
{
	glue_lock_acquire(&timers_lock);
	const struct timer *timer = find(id);
	if (timer != NULL) {
		tell(timer, value);
	}
	glue_lock_release(&timers_lock);
	return timer == NULL ? glue_failed(EINVAL) : 0;
}

int
timer_getoverrun(timer_t id)
{
	glue_lock_acquire(&timers_lock);
	const struct timer *timer = find(id);
	int overruns = timer == NULL ? 0 : timer->overruns;
	glue_lock_release(&timers_lock);
	return timer == NULL ? glue_failed(EINVAL) : overruns;
}
