/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Signals that a process sends to itself: by raise and kill, by a timer, by writing to a pipe that
 * nobody reads. A handler runs in the thread that sends, or in the one that stops blocking it; no
 * thread is interrupted in what it does.
 */
#include "signals.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

#include "descriptor.h"
#include "lock.h"
#include "park.h"
#include "thread_self.h"

#define SIGNALS   32
#define EXIT_BASE 128 /* the exit code of a process that a signal ended, less its number */

#define BIT(number) (UINT32_C(1) << (number))

/* What is ignored unless somebody handles it; all others end the process. */
#define IGNORED (BIT(SIGCHLD) | BIT(SIGURG) | BIT(SIGWINCH) | BIT(SIGCONT) | BIT(SIGIO))

/* What nobody can handle, ignore or block. */
#define FIXED (BIT(SIGKILL) | BIT(SIGSTOP))

static uint32_t signals_lock;
static struct sigaction actions[SIGNALS];
static uint32_t pending; /* blocked by whoever could have taken them */
static uint32_t taken;   /* handlers that ran: changes with each */

bool
glue_is_signal(int number)
{
	return number > 0 && number < SIGNALS;
}

/* Runs the handler, or does what is done without one. */
static void
deliver(int number)
{
	struct thread *self = thread_self();

	glue_lock_acquire(&signals_lock);
	struct sigaction action = actions[number];
	glue_lock_release(&signals_lock);
	if (action.sa_handler == SIG_IGN) {
		return;
	}
	if (action.sa_handler == SIG_DFL) {
		if ((IGNORED & BIT(number)) == 0) {
			_exit(EXIT_BASE + number);
		}
		return;
	}
	uint32_t before = self->blocked;
	int error = errno;
	self->blocked |= (uint32_t)action.sa_mask | BIT(number);
	action.sa_handler(number);
	self->blocked = before;
	errno = error;
	__atomic_add_fetch(&taken, 1, __ATOMIC_ACQ_REL);
	glue_park_wake(&taken);
}

/* Takes what waits and is not blocked any more. */
static void
deliver_pending(void)
{
	for (;;) {
		glue_lock_acquire(&signals_lock);
		uint32_t open = pending & ~thread_self()->blocked;
		int number = open == 0 ? 0 : __builtin_ctz(open);
		pending &= ~BIT(number);
		glue_lock_release(&signals_lock);
		if (number == 0) {
			return;
		}
		deliver(number);
	}
}

void
glue_signal_process(int number)
{
	if ((thread_self()->blocked & BIT(number)) == 0) {
		deliver(number);
		/* What came while its handler ran, and was blocked by that. */
		deliver_pending();
		return;
	}
	glue_lock_acquire(&signals_lock);
	__atomic_store_n(&pending, pending | BIT(number), __ATOMIC_RELEASE);
	glue_lock_release(&signals_lock);
	glue_park_wake(&pending);
}

#pragma weak glue_signal_child

/* Signals that end who does nothing about them: a child has no say. */
static bool
ends_a_child(int number)
{
	return number == SIGKILL || number == SIGTERM || number == SIGINT || number == SIGHUP ||
	       number == SIGQUIT;
}

/* A process sees its children, and no other; 0 is its group, which it is alone in. */
int
glue_signal_kill(int pid, int number)
{
	if (number != 0 && !glue_is_signal(number)) {
		return EINVAL;
	}
	if (pid != getpid() && pid != 0) {
		int error = pid > 0 && glue_signal_child != NULL
				    ? glue_signal_child(pid, !ends_a_child(number))
				    : ESRCH;

		return error == 0 && number != 0 && !ends_a_child(number) ? EPERM : error;
	}
	if (number != 0) {
		glue_signal_process(number);
	}
	return 0;
}

/* --- handling ------------------------------------------------------------------------------- */

int
sigaction(int number, const struct sigaction *action, struct sigaction *old)
{
	if (!glue_is_signal(number) || (action != NULL && (FIXED & BIT(number)) != 0)) {
		return glue_failed(EINVAL);
	}
	glue_lock_acquire(&signals_lock);
	if (old != NULL) {
		*old = actions[number];
	}
	if (action != NULL) {
		actions[number] = *action;
		if (action->sa_handler == SIG_IGN) {
			pending &= ~BIT(number);
		}
	}
	glue_lock_release(&signals_lock);
	return 0;
}

/* --- blocking ------------------------------------------------------------------------------- */

int
pthread_sigmask(int how, const sigset_t *set, sigset_t *old)
{
	struct thread *self = thread_self();
	uint32_t blocked = self->blocked;

	if (old != NULL) {
		*old = blocked;
	}
	if (set == NULL) {
		return 0;
	}
	uint32_t wanted = (uint32_t)*set & ~FIXED;
	switch (how) {
	case SIG_BLOCK:
		self->blocked = blocked | wanted;
		break;
	case SIG_UNBLOCK:
		self->blocked = blocked & ~wanted;
		break;
	case SIG_SETMASK:
		self->blocked = wanted;
		break;
	default:
		return EINVAL;
	}
	deliver_pending();
	return 0;
}

int
sigprocmask(int how, const sigset_t *set, sigset_t *old)
{
	int error = pthread_sigmask(how, set, old);

	return error == 0 ? 0 : glue_failed(error);
}

int
sigpending(sigset_t *set)
{
	*set = __atomic_load_n(&pending, __ATOMIC_ACQUIRE);
	return 0;
}

/* --- waiting -------------------------------------------------------------------------------- */

/* Until a handler ran in whatever thread. */
static int
wait_taken(uint32_t seen)
{
	glue_park_while(&taken, seen, PARK_FOREVER);
	return glue_failed(EINTR);
}

int
pause(void)
{
	return wait_taken(__atomic_load_n(&taken, __ATOMIC_ACQUIRE));
}

int
sigsuspend(const sigset_t *set)
{
	uint32_t seen = __atomic_load_n(&taken, __ATOMIC_ACQUIRE);
	sigset_t old;

	(void)pthread_sigmask(SIG_SETMASK, set, &old);
	(void)wait_taken(seen);
	(void)pthread_sigmask(SIG_SETMASK, &old, NULL);
	errno = EINTR;
	return -1;
}

int
sigwait(const sigset_t *set, int *number)
{
	for (;;) {
		glue_lock_acquire(&signals_lock);
		uint32_t seen = pending;
		uint32_t wanted = seen & (uint32_t)*set;
		if (wanted != 0) {
			*number = __builtin_ctz(wanted);
			pending &= ~BIT(*number);
		}
		glue_lock_release(&signals_lock);
		if (wanted != 0) {
			return 0;
		}
		if (*set == 0) {
			return EINVAL;
		}
		glue_park_while(&pending, seen, PARK_FOREVER);
	}
}
