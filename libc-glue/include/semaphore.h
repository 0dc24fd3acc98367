/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Semaphores of one process. There are no named ones. */
#ifndef GATEHOUSE_SEMAPHORE_H
#define GATEHOUSE_SEMAPHORE_H

#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SEM_VALUE_MAX 0x7fffffff

/* POSIX wants a type; its field is the library's. */
#define sem_t struct glue_semaphore
sem_t
{
	uint32_t glue_value;
};

/* Each returns 0, or -1 with errno. */
int sem_init(sem_t *semaphore, int shared, unsigned value);
int sem_destroy(sem_t *semaphore);
int sem_wait(sem_t *semaphore);
int sem_trywait(sem_t *semaphore);
int sem_timedwait(sem_t *semaphore, const struct timespec *until);
int sem_post(sem_t *semaphore);
int sem_getvalue(sem_t *semaphore, int *value);

#ifdef __cplusplus
}
#endif

#endif
