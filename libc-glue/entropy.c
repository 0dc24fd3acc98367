/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random bytes: there is no source of them in this version, and the C library is told so. */
#include <errno.h>
#include <sys/types.h>
#include <unistd.h>

int
getentropy(void *buffer, size_t bytes)
{
	(void)buffer;
	(void)bytes;
	errno = ENOSYS;
	return -1;
}
