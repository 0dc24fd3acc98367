/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* readv and writev: one call after the other, until one falls short. */
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <sys/uio.h>
#include <unistd.h>

#include "descriptor.h"

static bool
is_good(const struct iovec *pieces, int count)
{
	size_t total = 0;

	if (count <= 0 || count > IOV_MAX) {
		return false;
	}
	for (int i = 0; i < count; i++) {
		if (pieces[i].iov_len > INT_MAX - total) {
			return false;
		}
		total += pieces[i].iov_len;
	}
	return true;
}

/* One piece after the other, as long as each is moved whole: a short one is the last. */
static ssize_t
move(int fd, const struct iovec *pieces, int count, bool is_read)
{
	ssize_t total = 0;

	if (!is_good(pieces, count)) {
		return glue_failed(EINVAL);
	}
	for (int i = 0; i < count; i++) {
		ssize_t done = is_read ? read(fd, pieces[i].iov_base, pieces[i].iov_len)
				       : write(fd, pieces[i].iov_base, pieces[i].iov_len);

		if (done < 0) {
			return total > 0 ? total : -1;
		}
		total += done;
		if ((size_t)done < pieces[i].iov_len) {
			break;
		}
	}
	return total;
}

ssize_t
readv(int fd, const struct iovec *pieces, int count)
{
	return move(fd, pieces, count, true);
}

ssize_t
writev(int fd, const struct iovec *pieces, int count)
{
	return move(fd, pieces, count, false);
}
