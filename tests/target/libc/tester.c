/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Tests of the C library from within a plain C program. */
#include <string.h>

#include "check.h"
#include "gen/core/power.h"
#include "libc/tests.h"
#include "process_tester.h"

const uint32_t gatehouse_console_handle = TESTER_CONSOLE;

static void
test_arguments(int argc, char **argv)
{
	check_test("arguments of main");
	expect_equal(argc, 1);
	expect(strcmp(argv[0], "tester") == 0);
	expect(argv[1] == NULL);
}

int
main(int argc, char **argv)
{
	input_test();
	test_arguments(argc, argv);
	text_test();
	time_test();
	threads_test();
	variables_test();
	floats_test();
	endings_test();
	heap_test();
	uint8_t failed = check_finish();
	power_off(TESTER_POWER, failed);
	return failed;
}
