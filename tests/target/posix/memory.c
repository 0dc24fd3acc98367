/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Memory: what the account has, and no more; semaphores and what a process knows of itself. */
#define _POSIX_C_SOURCE 200809L

#include <fcntl.h>
#include <semaphore.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "posix.h"

#define TOO_MUCH (64u << 20) /* the account has 3 MiB */
#define PAGE     4096

void
test_malloc(void)
{
	char *memory = malloc(300000);

	expect(memory != NULL);
	memset(memory, 'x', 300000);
	free(memory);
	fails_null(malloc(TOO_MUCH), ENOMEM);
	/* What failed took nothing. */
	memory = malloc(300000);
	expect(memory != NULL);
	free(memory);
}

void
test_calloc(void)
{
	char *memory = malloc(1000);

	memset(memory, 'x', 1000);
	free(memory);
	memory = calloc(10, 100);
	for (int i = 0; i < 1000; i++) {
		expect_equal(memory[i], 0);
	}
	free(memory);
	fails_null(calloc(1024, TOO_MUCH / 1024), ENOMEM);
}

void
test_realloc(void)
{
	char *memory = malloc(10);
	char *more;

	strcpy(memory, "123456789");
	more = realloc(memory, 100000);
	expect_equal(strcmp(more, "123456789"), 0);
	memory = realloc(more, TOO_MUCH);
	posix_saw(errno);
	if (memory == NULL) {
		/* What there was is still there. */
		expect_equal(strcmp(more, "123456789"), 0);
		free(more);
	}
	expect(memory == NULL);
}

void
test_free(void)
{
	/* 30 MiB out of an account of 3. */
	for (int i = 0; i < 100; i++) {
		void *memory = malloc(300000);
		expect(memory != NULL);
		free(memory);
	}
	free(NULL);
}

void
test_posix_memalign(void)
{
	void *memory;

	expect_equal(posix_memalign(&memory, 256, 100), 0);
	expect_equal((uintptr_t)memory % 256, 0);
	free(memory);
	returns(posix_memalign(&memory, 3, 100), EINVAL);
	returns(posix_memalign(&memory, 256, TOO_MUCH), ENOMEM);
}

static void *
map(size_t bytes)
{
	return mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

void
test_mmap(void)
{
	char *memory = map(3 * PAGE);
	int fd = open("/rom/text", O_RDONLY);

	expect(memory != MAP_FAILED);
	for (int i = 0; i < 3 * PAGE; i++) {
		expect_equal(memory[i], 0);
	}
	memory[3 * PAGE - 1] = 'x';
	expect_equal(munmap(memory, 3 * PAGE), 0);
	memory = mmap(NULL, 45, PROT_READ, MAP_SHARED, fd, 0);
	expect(memory != MAP_FAILED);
	expect_equal(memcmp(memory, "the first line\n", 15), 0);
	expect_equal(memory[45], 0);
	expect_equal(munmap(memory, 45), 0);
	fails(mmap(NULL, 0, PROT_READ, MAP_PRIVATE, fd, 0), EINVAL);
	fails(mmap(NULL, 1, PROT_READ, MAP_PRIVATE, fd, 1), EINVAL);
	fails(mmap(NULL, 1, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0), ENOTSUP);
	fails(mmap(NULL, 1, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), EACCES);
	expect_equal(close(fd), 0);
	fails(mmap(NULL, 1, PROT_READ, MAP_PRIVATE, fd, 0), EBADF);
	fails(mmap(NULL, 1, PROT_READ, MAP_PRIVATE, 1, 0), ENODEV);
	fails(map(TOO_MUCH), ENOMEM);
}

void
test_munmap(void)
{
	char *a;
	char *b;

	/* The same pages again and again: more than the account could give. */
	for (int i = 0; i < 100; i++) {
		a = map(64 * PAGE);
		expect(a != MAP_FAILED);
		expect_equal(a[5], 0);
		a[5] = 'x';
		expect_equal(munmap(a, 64 * PAGE), 0);
	}
	/* A hole in the middle. */
	a = map(8 * PAGE);
	a[0] = 'a';
	a[7 * PAGE] = 'z';
	expect_equal(munmap(a + 2 * PAGE, 3 * PAGE), 0);
	b = map(3 * PAGE);
	expect(b == a + 2 * PAGE);
	expect(a[0] == 'a' && a[7 * PAGE] == 'z');
	expect_equal(munmap(a, 8 * PAGE), 0);
	fails(munmap(a + 1, PAGE), EINVAL);
	fails(munmap(a, 0), EINVAL);
	fails(munmap((void *)PAGE, PAGE), EINVAL);
}

/* --- semaphores ------------------------------------------------------------------------------ */

static sem_t semaphore;

static void *
post_later(void *argument)
{
	nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
	expect_equal(sem_post(&semaphore), 0);
	return argument;
}

void
test_sem_init(void)
{
	int value;

	expect_equal(sem_init(&semaphore, 0, 3), 0);
	expect_equal(sem_getvalue(&semaphore, &value), 0);
	expect_equal(value, 3);
	fails(sem_init(&semaphore, 0, SEM_VALUE_MAX + 1u), EINVAL);
	fails(sem_init(&semaphore, 1, 0), ENOSYS);
}

void
test_sem_destroy(void)
{
	expect_equal(sem_init(&semaphore, 0, 0), 0);
	expect_equal(sem_destroy(&semaphore), 0);
}

void
test_sem_wait(void)
{
	pthread_t id;

	expect_equal(sem_init(&semaphore, 0, 1), 0);
	expect_equal(sem_wait(&semaphore), 0);
	expect_equal(pthread_create(&id, NULL, post_later, NULL), 0);
	expect_equal(sem_wait(&semaphore), 0);
	expect_equal(pthread_join(id, NULL), 0);
}

void
test_sem_trywait(void)
{
	expect_equal(sem_init(&semaphore, 0, 1), 0);
	expect_equal(sem_trywait(&semaphore), 0);
	fails(sem_trywait(&semaphore), EAGAIN);
}

void
test_sem_timedwait(void)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	expect_equal(sem_init(&semaphore, 0, 1), 0);
	expect_equal(sem_timedwait(&semaphore, &until), 0);
	fails(sem_timedwait(&semaphore, &until), ETIMEDOUT);
	until.tv_nsec = -1;
	fails(sem_timedwait(&semaphore, &until), EINVAL);
}

void
test_sem_post(void)
{
	expect_equal(sem_init(&semaphore, 0, SEM_VALUE_MAX), 0);
	fails(sem_post(&semaphore), EOVERFLOW);
	expect_equal(sem_wait(&semaphore), 0);
	expect_equal(sem_post(&semaphore), 0);
}

void
test_sem_getvalue(void)
{
	int value;

	expect_equal(sem_init(&semaphore, 0, 0), 0);
	expect_equal(sem_post(&semaphore), 0);
	expect_equal(sem_getvalue(&semaphore, &value), 0);
	expect_equal(value, 1);
}

/* --- what a process knows of itself ---------------------------------------------------------- */

void
test_getpid(void)
{
	expect(getpid() > 0);
	expect_equal(getpid(), getpid());
}

void
test_getenv(void)
{
	expect_equal(strcmp(getenv("LANG"), "C"), 0);
	expect(getenv("PATH") == NULL);
	expect_equal(setenv("PATH", "/rom", 0), 0);
	expect_equal(strcmp(getenv("PATH"), "/rom"), 0);
	expect_equal(unsetenv("PATH"), 0);
	expect(getenv("PATH") == NULL);
}

static void
nothing(void)
{
}

void
test_atexit(void)
{
	/* tests/target/libc sees that they run. */
	expect_equal(atexit(nothing), 0);
}
