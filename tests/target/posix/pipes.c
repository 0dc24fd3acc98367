/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Several pieces at once, pipes, and waiting for one of several descriptors. */
#define _POSIX_C_SOURCE 200809L

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "posix.h"

void
test_readv(void)
{
	char a[5] = "";
	char b[64] = "";
	struct iovec pieces[] = {{a, 4}, {b, 5}};
	int fd = open("/rom/text", O_RDONLY);

	expect_equal(readv(fd, pieces, 2), 9);
	expect_equal(strcmp(a, "the "), 0);
	expect_equal(strcmp(b, "first"), 0);
	fails(readv(fd, pieces, 0), EINVAL);
	fails(readv(fd, pieces, IOV_MAX + 1), EINVAL);
	expect_equal(close(fd), 0);
}

void
test_writev(void)
{
	char a[] = "one ";
	char b[] = "two";
	struct iovec pieces[] = {{a, 4}, {b, 3}};
	int fd = open("/writev", O_WRONLY | O_CREAT, 0666);

	expect_equal(writev(fd, pieces, 2), 7);
	expect_equal(close(fd), 0);
	expect_equal(strcmp(posix_read("/writev"), "one two"), 0);
	expect_equal(unlink("/writev"), 0);
	fails(writev(fd, pieces, 2), EBADF);
}

static const struct timespec moment = {.tv_nsec = 2000000};

static void *
write_later(void *argument)
{
	nanosleep(&moment, NULL);
	expect_equal(write(*(int *)argument, "later", 5), 5);
	return NULL;
}

static void *
fill_up(void *argument)
{
	static char much[3 * PIPE_BUF];

	memset(much, 'm', sizeof(much));
	expect_equal(write(*(int *)argument, much, sizeof(much)), sizeof(much));
	expect_equal(close(*(int *)argument), 0);
	return NULL;
}

void
test_pipe(void)
{
	char text[8] = "";
	int fds[2];
	int more[2];
	int total = 0;
	ssize_t count;
	pthread_t id;

	expect_equal(pipe(fds), 0);
	expect_equal(write(fds[1], "now", 3), 3);
	expect_equal(read(fds[0], text, sizeof(text)), 3);
	expect_equal(strcmp(text, "now"), 0);
	expect_equal(pthread_create(&id, NULL, write_later, &fds[1]), 0);
	expect_equal(read(fds[0], text, sizeof(text)), 5);
	expect_equal(strcmp(text, "later"), 0);
	expect_equal(pthread_join(id, NULL), 0);
	expect_equal(fcntl(fds[0], F_SETFL, O_NONBLOCK), 0);
	fails(read(fds[0], text, 1), EAGAIN);
	expect_equal(fcntl(fds[0], F_SETFL, 0), 0);
	expect_equal(pthread_create(&id, NULL, fill_up, &fds[1]), 0);
	while ((count = read(fds[0], text, sizeof(text))) > 0) {
		total += (int)count;
	}
	expect_equal(count, 0);
	expect_equal(total, 3 * PIPE_BUF);
	expect_equal(pthread_join(id, NULL), 0);
	expect_equal(close(fds[0]), 0);
	/* 12 descriptors: four pipes, and one end. */
	int all[16];
	int made = 0;
	while (made < 16 && pipe(more) == 0) {
		all[made++] = more[0];
		all[made++] = more[1];
	}
	fails(pipe(more), EMFILE);
	expect_equal(made, 8);
	while (made > 0) {
		expect_equal(close(all[--made]), 0);
	}
	expect_equal(pipe(fds), 0);
	expect_equal(close(fds[0]), 0);
	signal(SIGPIPE, SIG_IGN);
	fails(write(fds[1], "x", 1), EPIPE);
	signal(SIGPIPE, SIG_DFL);
	expect_equal(close(fds[1]), 0);
}

void
test_poll(void)
{
	int fds[2];
	pthread_t id;
	char text[8];

	expect_equal(pipe(fds), 0);
	struct pollfd both[] = {
		{.fd = fds[0], .events = POLLIN}, {.fd = fds[1], .events = POLLOUT}};
	expect_equal(poll(both, 2, -1), 1);
	expect_equal(both[0].revents, 0);
	expect_equal(both[1].revents, POLLOUT);
	expect_equal(poll(both, 1, 2), 0);
	expect_equal(pthread_create(&id, NULL, write_later, &fds[1]), 0);
	expect_equal(poll(both, 1, -1), 1);
	expect_equal(both[0].revents, POLLIN);
	expect_equal(pthread_join(id, NULL), 0);
	expect_equal(read(fds[0], text, sizeof(text)), 5);
	expect_equal(close(fds[1]), 0);
	expect_equal(poll(both, 1, -1), 1);
	expect_equal(both[0].revents, POLLHUP);
	expect_equal(close(fds[0]), 0);
	expect_equal(poll(both, 1, -1), 1);
	expect_equal(both[0].revents, POLLNVAL);
	fails(poll(both, 1000, 0), EINVAL);
}

void
test_select(void)
{
	struct timeval wait = {.tv_usec = 2000};
	fd_set reads;
	fd_set writes;
	int fds[2];
	int limit;

	expect_equal(pipe(fds), 0);
	limit = fds[1] + 1;
	FD_ZERO(&reads);
	FD_ZERO(&writes);
	FD_SET(fds[0], &reads);
	FD_SET(fds[1], &writes);
	expect_equal(select(limit, &reads, &writes, NULL, NULL), 1);
	expect(!FD_ISSET(fds[0], &reads) && FD_ISSET(fds[1], &writes));
	FD_SET(fds[0], &reads);
	expect_equal(select(limit, &reads, NULL, NULL, &wait), 0);
	expect_equal(write(fds[1], "x", 1), 1);
	FD_SET(fds[0], &reads);
	expect_equal(select(limit, &reads, NULL, NULL, &wait), 1);
	expect_equal(close(fds[0]), 0);
	expect_equal(close(fds[1]), 0);
	FD_SET(fds[0], &reads);
	fails(select(limit, &reads, NULL, NULL, &wait), EBADF);
}

void
test_pselect(void)
{
	struct timespec none = {0};
	fd_set writes;

	FD_ZERO(&writes);
	FD_SET(1, &writes);
	expect_equal(pselect(2, NULL, &writes, NULL, &none, NULL), 1);
	none.tv_nsec = -1;
	fails(pselect(2, NULL, &writes, NULL, &none, NULL), EINVAL);
	fails(pselect(-1, NULL, NULL, NULL, NULL, NULL), EINVAL);
}
