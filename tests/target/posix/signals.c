/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Signals that a process sends to itself. */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "posix.h"

static volatile int last;
static volatile int count;

static void
note(int number)
{
	last = number;
	count++;
}

static void
begin(void)
{
	last = 0;
	count = 0;
	expect(signal(SIGUSR1, note) == SIG_DFL);
}

static void
end(void)
{
	expect(signal(SIGUSR1, SIG_DFL) == note);
}

static void
set_of(sigset_t *set, int number)
{
	expect_equal(sigemptyset(set), 0);
	expect_equal(sigaddset(set, number), 0);
}

void
test_raise(void)
{
	begin();
	expect_equal(raise(SIGUSR1), 0);
	expect_equal(last, SIGUSR1);
	expect_equal(raise(SIGCHLD), 0); /* ignored */
	fails(raise(77), EINVAL);
	end();
}

void
test_kill(void)
{
	begin();
	expect_equal(kill(getpid(), 0), 0);
	expect_equal(kill(getpid(), SIGUSR1), 0);
	expect_equal(count, 1);
	fails(kill(getpid() + 1, SIGUSR1), ESRCH);
	fails(kill(getpid(), 77), EINVAL);
	test_kill_children();
	end();
}

void
test_signal(void)
{
	begin();
	expect(signal(SIGUSR1, SIG_IGN) == note);
	expect_equal(raise(SIGUSR1), 0);
	expect_equal(count, 0);
	expect(signal(SIGUSR1, note) == SIG_IGN);
	errno = 0;
	expect(signal(SIGKILL, note) == SIG_ERR);
	posix_saw(errno);
	end();
}

static void
raise_other(int number)
{
	note(number);
	expect_equal(raise(SIGUSR1), 0);
	expect_equal(last, number); /* the mask holds it back */
}

void
test_sigaction(void)
{
	struct sigaction action = {.sa_handler = raise_other};
	struct sigaction old;

	begin();
	set_of(&action.sa_mask, SIGUSR1);
	expect_equal(sigaction(SIGUSR2, &action, &old), 0);
	expect(old.sa_handler == SIG_DFL);
	/* What the mask held back comes when the handler is done. */
	expect_equal(raise(SIGUSR2), 0);
	expect_equal(count, 2);
	expect_equal(last, SIGUSR1);
	expect_equal(sigaction(SIGUSR2, &old, NULL), 0);
	fails(sigaction(SIGKILL, &action, NULL), EINVAL);
	fails(sigaction(0, &action, NULL), EINVAL);
	end();
}

void
test_sigprocmask(void)
{
	sigset_t set;
	sigset_t old;

	begin();
	set_of(&set, SIGUSR1);
	expect_equal(sigprocmask(SIG_BLOCK, &set, &old), 0);
	expect_equal(sigismember(&old, SIGUSR1), 0);
	expect_equal(raise(SIGUSR1), 0);
	expect_equal(count, 0);
	expect_equal(sigprocmask(SIG_UNBLOCK, &set, NULL), 0);
	expect_equal(count, 1);
	fails(sigprocmask(77, &set, NULL), EINVAL);
	expect_equal(sigprocmask(SIG_SETMASK, &old, NULL), 0);
	end();
}

static void *
raise_blocked(void *argument)
{
	sigset_t set;

	set_of(&set, SIGUSR1);
	expect_equal(pthread_sigmask(SIG_BLOCK, &set, NULL), 0);
	expect_equal(raise(SIGUSR1), 0);
	return argument;
}

void
test_pthread_sigmask(void)
{
	pthread_t id;
	sigset_t set;

	begin();
	/* One thread's mask is not another's: what waits is taken by who does not block it. */
	expect_equal(pthread_create(&id, NULL, raise_blocked, NULL), 0);
	expect_equal(pthread_join(id, NULL), 0);
	expect_equal(count, 0);
	set_of(&set, SIGUSR2);
	expect_equal(pthread_sigmask(SIG_UNBLOCK, &set, NULL), 0);
	expect_equal(count, 1);
	returns(pthread_sigmask(77, &set, NULL), EINVAL);
	end();
}

void
test_sigpending(void)
{
	sigset_t set;

	begin();
	set_of(&set, SIGUSR1);
	expect_equal(sigprocmask(SIG_BLOCK, &set, NULL), 0);
	expect_equal(raise(SIGUSR1), 0);
	expect_equal(sigpending(&set), 0);
	expect_equal(sigismember(&set, SIGUSR1), 1);
	set_of(&set, SIGUSR1);
	expect_equal(sigprocmask(SIG_UNBLOCK, &set, NULL), 0);
	expect_equal(sigpending(&set), 0);
	expect_equal(sigismember(&set, SIGUSR1), 0);
	end();
}

void
test_sigsuspend(void)
{
	sigset_t set;
	sigset_t none;

	begin();
	set_of(&set, SIGUSR1);
	expect_equal(sigemptyset(&none), 0);
	expect_equal(sigprocmask(SIG_BLOCK, &set, NULL), 0);
	expect_equal(raise(SIGUSR1), 0);
	fails(sigsuspend(&none), EINTR);
	expect_equal(count, 1);
	expect_equal(raise(SIGUSR1), 0);
	expect_equal(count, 1);
	expect_equal(sigprocmask(SIG_UNBLOCK, &set, NULL), 0);
	expect_equal(count, 2);
	end();
}

static void *
raise_later(void *argument)
{
	sigset_t set;

	set_of(&set, SIGUSR2);
	expect_equal(pthread_sigmask(SIG_BLOCK, &set, NULL), 0);
	nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
	expect_equal(raise(argument == NULL ? SIGUSR2 : SIGUSR1), 0);
	return argument;
}

void
test_sigwait(void)
{
	pthread_t id;
	sigset_t set;
	int number = 0;

	set_of(&set, SIGUSR2);
	expect_equal(sigprocmask(SIG_BLOCK, &set, NULL), 0);
	expect_equal(pthread_create(&id, NULL, raise_later, NULL), 0);
	expect_equal(sigwait(&set, &number), 0);
	expect_equal(number, SIGUSR2);
	expect_equal(pthread_join(id, NULL), 0);
	expect_equal(sigprocmask(SIG_UNBLOCK, &set, NULL), 0);
	expect_equal(sigemptyset(&set), 0);
	returns(sigwait(&set, &number), EINVAL);
}

void
test_pause(void)
{
	pthread_t id;

	begin();
	expect_equal(pthread_create(&id, NULL, raise_later, &id), 0);
	fails(pause(), EINTR);
	expect_equal(last, SIGUSR1);
	expect_equal(pthread_join(id, NULL), 0);
	end();
}
