/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The locks of newlib itself: around malloc, each stream, atexit, the environment. */
#include <stdlib.h>
#include <sys/lock.h>

#include "lock.h"

struct __lock {
	uint32_t word;
};

struct __lock __lock___sinit_recursive_mutex = {LOCK_RECURSIVE};
struct __lock __lock___sfp_recursive_mutex = {LOCK_RECURSIVE};
struct __lock __lock___atexit_recursive_mutex = {LOCK_RECURSIVE};
struct __lock __lock___at_quick_exit_mutex = {LOCK_NORMAL};
struct __lock __lock___malloc_recursive_mutex = {LOCK_RECURSIVE};
struct __lock __lock___env_recursive_mutex = {LOCK_RECURSIVE};
struct __lock __lock___tz_mutex = {LOCK_NORMAL};
struct __lock __lock___dd_hash_mutex = {LOCK_NORMAL};
struct __lock __lock___arc4random_mutex = {LOCK_NORMAL};

/* Streams for which there was no memory for a lock share this one: slower, not wrong. */
static struct __lock spare = {LOCK_RECURSIVE};

static _LOCK_T
lock_new(uint32_t kind)
{
	_LOCK_T lock = malloc(sizeof(*lock));

	if (lock == NULL) {
		return &spare;
	}
	lock->word = kind;
	return lock;
}

void
__retarget_lock_init(_LOCK_T *lock)
{
	*lock = lock_new(LOCK_NORMAL);
}

void
__retarget_lock_init_recursive(_LOCK_T *lock)
{
	*lock = lock_new(LOCK_RECURSIVE);
}

void
__retarget_lock_close(_LOCK_T lock)
{
	if (lock != &spare) {
		free(lock);
	}
}

void
__retarget_lock_close_recursive(_LOCK_T lock)
{
	__retarget_lock_close(lock);
}

void
__retarget_lock_acquire(_LOCK_T lock)
{
	glue_lock_acquire(&lock->word);
}

void
__retarget_lock_acquire_recursive(_LOCK_T lock)
{
	glue_lock_acquire(&lock->word);
}

int
__retarget_lock_try_acquire(_LOCK_T lock)
{
	return glue_lock_try(&lock->word) == LOCK_DONE;
}

int
__retarget_lock_try_acquire_recursive(_LOCK_T lock)
{
	return glue_lock_try(&lock->word) == LOCK_DONE;
}

void
__retarget_lock_release(_LOCK_T lock)
{
	glue_lock_release(&lock->word);
}

void
__retarget_lock_release_recursive(_LOCK_T lock)
{
	glue_lock_release(&lock->word);
}
