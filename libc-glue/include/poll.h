/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Waiting until one of several descriptors can be used. */
#ifndef GATEHOUSE_POLL_H
#define GATEHOUSE_POLL_H

#ifdef __cplusplus
extern "C" {
#endif

#define POLLIN     0x01
#define POLLPRI    0x02
#define POLLOUT    0x04
#define POLLERR    0x08
#define POLLHUP    0x10
#define POLLNVAL   0x20
#define POLLRDNORM POLLIN
#define POLLWRNORM POLLOUT

struct pollfd {
	int fd;
	short events;
	short revents;
};

#define nfds_t unsigned

/* Returns how many have revents, 0 after timeout_ms (below 0: it waits for ever), or -1. */
int poll(struct pollfd *fds, nfds_t count, int timeout_ms);

#ifdef __cplusplus
}
#endif

#endif
