/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* pthread attributes: stack size and detach state; the rest does not vary. */
#include <errno.h>
#include <pthread.h>

#define STACK_DEFAULT_BYTES 16384
#define STACK_LEAST_BYTES   4096

int
pthread_attr_init(pthread_attr_t *attributes)
{
	*attributes = (pthread_attr_t){
		.is_initialized = 1,
		.stacksize = STACK_DEFAULT_BYTES,
		.detachstate = PTHREAD_CREATE_JOINABLE,
	};
	return 0;
}

int
pthread_attr_destroy(pthread_attr_t *attributes)
{
	attributes->is_initialized = 0;
	return 0;
}

int
pthread_attr_setstacksize(pthread_attr_t *attributes, size_t bytes)
{
	if (bytes < STACK_LEAST_BYTES || bytes > 0x100000) {
		return EINVAL;
	}
	attributes->stacksize = (int)bytes;
	return 0;
}

int
pthread_attr_getstacksize(const pthread_attr_t *attributes, size_t *bytes)
{
	*bytes = (size_t)attributes->stacksize;
	return 0;
}

int
pthread_attr_setdetachstate(pthread_attr_t *attributes, int state)
{
	if (state != PTHREAD_CREATE_DETACHED && state != PTHREAD_CREATE_JOINABLE) {
		return EINVAL;
	}
	attributes->detachstate = state;
	return 0;
}

int
pthread_attr_getdetachstate(const pthread_attr_t *attributes, int *state)
{
	*state = attributes->detachstate;
	return 0;
}
