/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* pthread mutexes, over lock.h. */
#include <errno.h>
#include <pthread.h>

#include "deadline.h"
#include "lock.h"
#include "park.h"

int
pthread_mutexattr_init(pthread_mutexattr_t *attributes)
{
	*attributes = (pthread_mutexattr_t){.is_initialized = 1, .type = PTHREAD_MUTEX_DEFAULT};
	return 0;
}

int
pthread_mutexattr_destroy(pthread_mutexattr_t *attributes)
{
	attributes->is_initialized = 0;
	return 0;
}

int
pthread_mutexattr_settype(pthread_mutexattr_t *attributes, int type)
{
	if (type < PTHREAD_MUTEX_NORMAL || type > PTHREAD_MUTEX_DEFAULT) {
		return EINVAL;
	}
	attributes->type = type;
	return 0;
}

int
pthread_mutexattr_gettype(const pthread_mutexattr_t *attributes, int *type)
{
	*type = attributes->type;
	return 0;
}

int
pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	int type = attributes == NULL ? PTHREAD_MUTEX_DEFAULT : attributes->type;

	switch (type) {
	case PTHREAD_MUTEX_RECURSIVE:
		*mutex = LOCK_RECURSIVE;
		break;
	case PTHREAD_MUTEX_ERRORCHECK:
		*mutex = LOCK_CHECKED;
		break;
	default:
		*mutex = LOCK_NORMAL;
		break;
	}
	return 0;
}

/* A free mutex holds nothing; one that is in use stays as it is. */
int
pthread_mutex_destroy(pthread_mutex_t *mutex)
{
	enum lock_result result = glue_lock_try(mutex);

	if (result != LOCK_DONE) {
		return EBUSY;
	}
	glue_lock_give(mutex);
	return 0;
}

static int
to_errno(enum lock_result result, int busy)
{
	switch (result) {
	case LOCK_DONE:
		return 0;
	case LOCK_MINE:
		return EDEADLK;
	case LOCK_TOO_OFTEN:
		return EAGAIN;
	default:
		return busy;
	}
}

int
pthread_mutex_lock(pthread_mutex_t *mutex)
{
	return to_errno(glue_lock_until(mutex, PARK_FOREVER), EBUSY);
}

int
pthread_mutex_trylock(pthread_mutex_t *mutex)
{
	enum lock_result result = glue_lock_try(mutex);

	return result == LOCK_MINE ? EBUSY : to_errno(result, EBUSY);
}

int
pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *until)
{
	enum lock_result result;
	uint64_t deadline_ns;

	if (!glue_deadline_at(CLOCK_REALTIME, until, &deadline_ns)) {
		return EINVAL;
	}
	result = glue_lock_until(mutex, deadline_ns);
	return to_errno(result, result == LOCK_BUSY ? glue_timed_out() : EBUSY);
}

int
pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	return glue_lock_give(mutex) ? 0 : EPERM;
}
