/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Does small work with files while others take all that they can, and measures how long it waits.
 */
#define _POSIX_C_SOURCE 200809L

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "gatehouse/syscall.h"
#include "gen/core/power.h"
#include "process_watcher.h"

#define ROUNDS        30
#define NS_PER_MS     UINT64_C(1000000)
#define LONGEST_MS    1000 /* what a person at a shell may wait */
#define PRINTED_EVERY 10

static uint64_t
work(void)
{
	uint64_t start = sys_clock();
	char text[8] = "";
	int fd = open("/ram/watcher", O_RDWR | O_CREAT | O_TRUNC, 0666);

	expect_equal(write(fd, "answer", 6), 6);
	expect_equal(pread(fd, text, 6, 0), 6);
	expect_equal(strcmp(text, "answer"), 0);
	expect_equal(close(fd), 0);
	return sys_clock() - start;
}

int
main(void)
{
	const struct timespec pause = {.tv_nsec = 10 * NS_PER_MS};
	uint64_t longest_ns = 0;

	check_test("the work of others");
	for (int i = 1; i <= ROUNDS; i++) {
		uint64_t ns = work();

		longest_ns = ns > longest_ns ? ns : longest_ns;
		if (i % PRINTED_EVERY == 0) {
			printf("watcher: the longest answer took %lu us\n",
				(unsigned long)(longest_ns / 1000));
		}
		nanosleep(&pause, NULL);
	}
	expect(longest_ns < LONGEST_MS * NS_PER_MS);
	return power_off(WATCHER_POWER, check_finish()) != E_OK;
}
