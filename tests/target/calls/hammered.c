/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random system calls of another process: whatever becomes of it, all others go on. */
#include <stdio.h>

#include "abi/abi.h"
#include "calls/raw.h"
#include "calls/tests.h"
#include "check.h"
#include "gatehouse/syscall.h"
#include "process_tester.h"
#include "records.h"

#define MS      UINT64_C(1000000)
#define BATCHES 80u
#define CALLS   250u

static struct {
	uint32_t finished;
	uint32_t died;
	uint32_t silent;
} totals;

static void
expect_others_answer(void)
{
	uint8_t back[32] = {0};
	uint32_t length = 0;

	expect_equal(work_echo(TESTER_WORK, "still here", 10, back, sizeof(back), &length), E_OK);
	expect_equal(length, 10);
	expect(__builtin_memcmp(back, "still here", 10) == 0);
}

/* Its bell, or nothing any more: it has died, and comes again. */
static void
batch(uint32_t seed)
{
	uint32_t bits;

	sys_deadline(sys_clock() + 4000 * MS);
	uint32_t status = hammer_run(TESTER_HAMMER, seed, CALLS);
	if (status == E_RESTARTED) {
		sys_deadline(sys_clock() + 4000 * MS);
		status = hammer_run(TESTER_HAMMER, seed, CALLS);
	}
	if (status == E_TIMEOUT) {
		totals.silent++;
		return;
	}
	sys_deadline(sys_clock() + 100 * MS);
	if (sys_wait(HANDLE_NOTIFICATION, &bits) == E_OK) {
		totals.finished++;
	} else {
		totals.died++;
	}
}

void
hammered_test(uint32_t seed)
{
	check_test("20,000 random system calls of another process");
	for (uint32_t i = 0; i < BATCHES; i++) {
		batch(seed * BATCHES + i);
		if (i % 8 == 0) {
			expect_others_answer();
		}
		record_drain(TESTER_MONITOR);
	}
	printf("SEED=%lu: %lu batches of %u calls to the end, %lu died on the way, %lu silent\n",
		(unsigned long)seed, (unsigned long)totals.finished, CALLS,
		(unsigned long)totals.died, (unsigned long)totals.silent);
	expect_others_answer();
	expect(totals.finished + totals.died > BATCHES / 2);
}
