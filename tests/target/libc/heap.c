/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* malloc, until there is no more: NULL, and nothing else. */
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check.h"
#include "libc/tests.h"

#define BLOCK 4000u

static void
test_blocks(void)
{
	static void *blocks[64];

	for (uint32_t i = 0; i < 64; i++) {
		size_t bytes = i * i + 1;
		blocks[i] = malloc(bytes);
		expect(blocks[i] != NULL);
		expect_equal((uintptr_t)blocks[i] % 8, 0);
		memset(blocks[i], (int)i, bytes);
	}
	for (uint32_t i = 0; i < 64; i++) {
		uint8_t *grown = realloc(blocks[i], i * i + 500);
		expect(grown != NULL);
		expect(grown[0] == i && grown[i * i] == i);
		free(grown);
	}
	uint8_t *zero = calloc(100, 30);
	for (uint32_t i = 0; i < 3000; i++) {
		expect_equal(zero[i], 0);
	}
	free(zero);
	free(NULL);
	check_case("impossible sizes");
	errno = 0;
	volatile size_t huge = SIZE_MAX / 2;
	expect(malloc(huge) == NULL);
	expect_equal(errno, ENOMEM);
	expect(calloc(huge, 4) == NULL);
	huge = SIZE_MAX - 100;
	expect(malloc(huge) == NULL);
}

/* Each block holds the address of the one before. */
static uint32_t
take_all(void ***last)
{
	uint32_t count = 0;

	for (;;) {
		void **block = malloc(BLOCK);
		if (block == NULL) {
			return count;
		}
		memset(block, 0x5a, BLOCK);
		*block = *last;
		*last = block;
		count++;
	}
}

static void
free_all(void **last)
{
	while (last != NULL) {
		void **next = *last;
		free(last);
		last = next;
	}
}

static void *
nothing(void *argument)
{
	return argument;
}

static void
test_exhausted(void)
{
	uint32_t counts[3];
	pthread_t thread;

	for (int round = 0; round < 3; round++) {
		void **last = NULL;
		errno = 0;
		counts[round] = take_all(&last);
		expect_equal(errno, ENOMEM);
		expect(counts[round] > 50);
		expect(realloc(last, 10 * BLOCK) == NULL);
		/* What was made earlier still works without memory. */
		expect_equal(pthread_create(&thread, NULL, nothing, NULL), 0);
		expect_equal(pthread_join(thread, NULL), 0);
		free_all(last);
	}
	expect_equal(counts[1], counts[0]);
	expect_equal(counts[2], counts[0]);
}

/* The others run. */
static void
sleep_us(long time_us)
{
	const struct timespec time = {.tv_nsec = time_us * 1000};

	nanosleep(&time, NULL);
}

static void *
allocate(void *argument)
{
	uintptr_t wrong = 0;
	uint8_t number = (uint8_t)(uintptr_t)argument;

	for (int i = 0; i < 500; i++) {
		size_t bytes = (size_t)(i * 7 % 300) + 1;
		uint8_t *block = malloc(bytes);
		if (block == NULL) {
			wrong++;
			continue;
		}
		memset(block, number, bytes);
		if (i % 50 == 0) {
			sleep_us(50);
		}
		wrong += block[0] != number || block[bytes - 1] != number;
		free(block);
	}
	return (void *)wrong;
}

static void
test_threads(void)
{
	pthread_t threads[4];
	void *wrong = NULL;

	for (uintptr_t i = 0; i < 4; i++) {
		expect_equal(pthread_create(&threads[i], NULL, allocate, (void *)(i + 1)), 0);
	}
	for (int i = 0; i < 4; i++) {
		expect_equal(pthread_join(threads[i], &wrong), 0);
		expect_equal((uintptr_t)wrong, 0);
	}
}

void
heap_test(void)
{
	check_test("blocks keep what is in them");
	test_blocks();
	check_test("malloc in four threads");
	test_threads();
	check_test("all memory taken, three times");
	test_exhausted();
}
