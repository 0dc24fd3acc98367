/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Of stdio what newlib has under other names, or only declares. */
#include <errno.h>
#include <stdio.h>
#include <sys/lock.h>

#include "descriptor.h"

ssize_t
getdelim(char **restrict line, size_t *restrict room, int end, FILE *restrict file)
{
	return line == NULL || room == NULL ? glue_failed(EINVAL)
					    : __getdelim(line, room, end, file);
}

ssize_t
getline(char **restrict line, size_t *restrict room, FILE *restrict file)
{
	return getdelim(line, room, '\n', file);
}

/* --- a stream for one thread ---------------------------------------------------------------- */

void
flockfile(FILE *file)
{
	__lock_acquire_recursive(file->_lock);
}

int
ftrylockfile(FILE *file)
{
	return __lock_try_acquire_recursive(file->_lock) ? 0 : 1;
}

void
funlockfile(FILE *file)
{
	__lock_release_recursive(file->_lock);
}
