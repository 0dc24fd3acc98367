/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* How a child begins beside its descriptors: with no signal handled or blocked, whatever is asked;
 * what it would not do is refused. */
#include <errno.h>
#include <spawn.h>
#include <stdlib.h>

struct __posix_spawnattr {
	short flags;
	sigset_t defaults;
};

int
posix_spawnattr_init(posix_spawnattr_t *attributes)
{
	*attributes = calloc(1, sizeof(**attributes));
	return *attributes == NULL ? ENOMEM : 0;
}

int
posix_spawnattr_destroy(posix_spawnattr_t *attributes)
{
	free(*attributes);
	*attributes = NULL;
	return 0;
}

int
posix_spawnattr_getflags(const posix_spawnattr_t *restrict attributes, short *restrict flags)
{
	*flags = (*attributes)->flags;
	return 0;
}

int
posix_spawnattr_setflags(posix_spawnattr_t *attributes, short flags)
{
	if ((flags & ~POSIX_SPAWN_SETSIGDEF) != 0) {
		return EINVAL;
	}
	(*attributes)->flags = flags;
	return 0;
}

int
posix_spawnattr_getsigdefault(
	const posix_spawnattr_t *restrict attributes, sigset_t *restrict signals)
{
	*signals = (*attributes)->defaults;
	return 0;
}

int
posix_spawnattr_setsigdefault(
	posix_spawnattr_t *restrict attributes, const sigset_t *restrict signals)
{
	(*attributes)->defaults = *signals;
	return 0;
}
