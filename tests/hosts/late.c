/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * late.c: a broker to which SIGTERM comes at the one moment that is hard: after it saw that it
 * shall go on, before it waits. Linked with --wrap.
 */
#include <signal.h>
#include <sys/epoll.h>

int __real_epoll_wait(int waiter, struct epoll_event *events, int most, int timeout);
int __wrap_epoll_wait(int waiter, struct epoll_event *events, int most, int timeout);

int
__wrap_epoll_wait(int waiter, struct epoll_event *events, int most, int timeout)
{
	(void)raise(SIGTERM);
	return __real_epoll_wait(waiter, events, most, timeout);
}
