/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* poll and select. Files never wait; what does tells glue_ready_turn when it has changed. */
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/select.h>
#include <sys/time.h>

#include "deadline.h"
#include "descriptor.h"
#include "gatehouse/syscall.h"
#include "park.h"
#include "ready.h"

#define NS_PER_MS UINT64_C(1000000)
#define NS_PER_US UINT64_C(1000)
#define NS_PER_S  UINT64_C(1000000000)

uint32_t glue_ready_turn;

void
glue_ready_changed(void)
{
	__atomic_add_fetch(&glue_ready_turn, 1, __ATOMIC_ACQ_REL);
	glue_park_wake(&glue_ready_turn);
}

static short
look(const struct pollfd *wanted)
{
	struct stream *stream;
	short found = POLLIN | POLLOUT;

	if (wanted->fd < 0) {
		return 0;
	}
	stream = glue_descriptor_take(wanted->fd);
	if (stream == NULL) {
		return POLLNVAL;
	}
	if (stream->kind->ready != NULL) {
		found = stream->kind->ready(stream);
	}
	glue_stream_give(stream);
	return (short)(found & (wanted->events | POLLERR | POLLHUP | POLLNVAL));
}

static int
look_at_all(struct pollfd *fds, nfds_t count)
{
	int found = 0;

	for (nfds_t i = 0; i < count; i++) {
		fds[i].revents = look(&fds[i]);
		found += fds[i].revents != 0;
	}
	return found;
}

static int
poll_until(struct pollfd *fds, nfds_t count, uint64_t deadline_ns)
{
	for (;;) {
		uint32_t turn = __atomic_load_n(&glue_ready_turn, __ATOMIC_ACQUIRE);
		int found = look_at_all(fds, count);

		if (found > 0 || deadline_ns == 0) {
			return found;
		}
		if (!glue_park_while(&glue_ready_turn, turn, deadline_ns)) {
			return glue_timed_out() == EPERM ? glue_failed(EPERM) : 0;
		}
	}
}

int
poll(struct pollfd *fds, nfds_t count, int timeout_ms)
{
	if (count > DESCRIPTORS_MAX) {
		return glue_failed(EINVAL);
	}
	return poll_until(fds, count,
		timeout_ms < 0    ? PARK_FOREVER
		: timeout_ms == 0 ? 0 /* only looks */
				  : sys_clock() + (uint64_t)timeout_ms * NS_PER_MS);
}

/* --- select: the same, said with sets -------------------------------------------------------- */

static bool
is_in(const fd_set *set, int fd)
{
	return set != NULL && FD_ISSET(fd, set);
}

static void
keep(fd_set *set, const struct pollfd *fds, int count, short bits, int *total)
{
	if (set == NULL) {
		return;
	}
	for (int i = 0; i < count; i++) {
		bool was_wanted = FD_ISSET(fds[i].fd, set);

		if (was_wanted && (fds[i].revents & bits) != 0) {
			++*total;
		} else {
			FD_CLR(fds[i].fd, set);
		}
	}
}

static int
select_until(int limit, fd_set *reads, fd_set *writes, fd_set *errors, uint64_t deadline_ns)
{
	struct pollfd fds[DESCRIPTORS_MAX];
	int count = 0;
	int total = 0;

	for (int fd = 0; fd < limit; fd++) {
		short events = (short)((is_in(reads, fd) ? POLLIN : 0) |
				       (is_in(writes, fd) ? POLLOUT : 0));

		if (events != 0 || is_in(errors, fd)) {
			fds[count++] = (struct pollfd){.fd = fd, .events = events};
		}
	}
	if (poll_until(fds, (nfds_t)count, deadline_ns) < 0) {
		return -1;
	}
	for (int i = 0; i < count; i++) {
		if ((fds[i].revents & POLLNVAL) != 0) {
			return glue_failed(EBADF);
		}
	}
	keep(reads, fds, count, POLLIN | POLLHUP, &total);
	keep(writes, fds, count, POLLOUT | POLLERR, &total);
	keep(errors, fds, count, POLLPRI, &total);
	return total;
}

int
select(int limit, fd_set *reads, fd_set *writes, fd_set *errors, struct timeval *timeout)
{
	if (limit < 0 || limit > DESCRIPTORS_MAX ||
		(timeout != NULL && (timeout->tv_sec < 0 || timeout->tv_usec < 0))) {
		return glue_failed(EINVAL);
	}
	return select_until(limit, reads, writes, errors,
		timeout == NULL ? PARK_FOREVER
				: sys_clock() + (uint64_t)timeout->tv_sec * NS_PER_S +
					  (uint64_t)timeout->tv_usec * NS_PER_US);
}

int
pselect(int limit, fd_set *reads, fd_set *writes, fd_set *errors, const struct timespec *timeout,
	const sigset_t *mask)
{
	uint64_t wait_ns = 0;

	(void)mask; /* a handler runs in a thread of the library: it interrupts nobody */
	if (limit < 0 || limit > DESCRIPTORS_MAX ||
		(timeout != NULL && !glue_deadline_from(timeout, &wait_ns))) {
		return glue_failed(EINVAL);
	}
	return select_until(limit, reads, writes, errors,
		timeout == NULL ? PARK_FOREVER : sys_clock() + wait_ns);
}
