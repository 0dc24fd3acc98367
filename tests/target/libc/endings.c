/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* How a program ends is what its supervisor learns; the next one begins afresh. */
#include <time.h>

#include "check.h"
#include "libc/tests.h"
#include "process_tester.h"
#include "records.h"

static const struct {
	const char *name;
	int64_t code;
} endings[] = {
	{"exit", 7},
	{"_Exit", 9},
	{"abort", 128 + 6},
	{"assert", 128 + 6},
	{"exit in a thread", 21},
	{"the last thread ends", 0},
	{"a signal without a handler", 128 + 15},
	{"a signal with a handler", 33},
	{"a negative code", 0xffffffff},
};

static void
expect_exit(int64_t code)
{
	struct record record;

	while (record_next(TESTER_MONITOR, &record)) {
		if (record.event == RECORD_FAULT) {
			expect_equal(record.method, FAULT_EXIT);
			expect_equal(record.operand, code);
			return;
		}
	}
	expect(!"there was no record of an end");
}

void
endings_test(void)
{
	const struct timespec wait = {.tv_sec = 2};
	uint32_t starts = 0;
	uint32_t prepared = 0;

	check_test("a program ends, and the next one begins afresh");
	expect_equal(ending_state(TESTER_ENDING, &starts, &prepared), E_OK);
	for (uint32_t how = 0; how < sizeof(endings) / sizeof(endings[0]); how++) {
		check_case(endings[how].name);
		expect_equal(prepared, 1);
		expect_equal(starts, how + 1);
		record_drain(TESTER_MONITOR);
		expect_equal(ending_end(TESTER_ENDING, how), E_DIED);
		expect_exit(endings[how].code);
		nanosleep(&wait, NULL);
		expect_equal(ending_state(TESTER_ENDING, &starts, &prepared), E_RESTARTED);
		expect_equal(ending_state(TESTER_ENDING, &starts, &prepared), E_OK);
	}
}
