/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Reading and writing several pieces of memory at once. */
#ifndef GATEHOUSE_SYS_UIO_H
#define GATEHOUSE_SYS_UIO_H

#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct iovec {
	void *iov_base;
	size_t iov_len;
};

ssize_t readv(int fd, const struct iovec *pieces, int count);
ssize_t writev(int fd, const struct iovec *pieces, int count);

#ifdef __cplusplus
}
#endif

#endif
