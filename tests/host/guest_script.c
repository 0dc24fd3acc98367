/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Lines of standard input become what is typed into a guest. */
/* test: tools/guest/script.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tools/guest/script.h"

static int ends[2];

static void
feed(struct script *script, const char *bytes, size_t length)
{
	assert_int_equal(write(ends[1], bytes, length), (ssize_t)length);
	script_read(script, ends[0]);
}

static void
expect(struct script *script, const char *wanted)
{
	char line[SCRIPT_LINE_BYTES + 1];
	size_t length = script_next(script, line);

	assert_int_equal(length, strlen(wanted));
	assert_memory_equal(line, wanted, length);
}

static int
open_pipe(void **state)
{
	(void)state;
	return pipe(ends);
}

static int
close_pipe(void **state)
{
	(void)state;
	(void)close(ends[1]);
	return close(ends[0]);
}

static void
lines_are_typed_one_by_one(void **state)
{
	struct script script = {0};

	(void)state;
	assert_true(script_wants_input(&script));
	feed(&script, "help\nps\n", 8);
	assert_false(script_wants_input(&script));
	expect(&script, "help\r");
	expect(&script, "ps\r");
	expect(&script, "");
}

static void
half_a_line_waits(void **state)
{
	struct script script = {0};

	(void)state;
	feed(&script, "cra", 3);
	expect(&script, "");
	assert_true(script_wants_input(&script));
	feed(&script, "sh sensor\r\n", 11);
	expect(&script, "crash sensor\r");
}

static void
last_line_needs_no_newline_and_poweroff_comes_once(void **state)
{
	struct script script = {0};

	(void)state;
	feed(&script, "ps", 2);
	(void)close(ends[1]);
	script_read(&script, ends[0]);
	ends[1] = dup(ends[0]);
	expect(&script, "ps\r");
	expect(&script, "poweroff\r");
	expect(&script, "");
}

static void
a_line_that_is_too_long_is_typed_in_parts(void **state)
{
	struct script script = {0};
	char bytes[SCRIPT_LINE_BYTES];
	char line[SCRIPT_LINE_BYTES + 1];

	(void)state;
	memset(bytes, 'x', sizeof bytes);
	feed(&script, bytes, sizeof bytes);
	assert_false(script_wants_input(&script));
	assert_int_equal(script_next(&script, line), SCRIPT_LINE_BYTES + 1);
	assert_int_equal(line[SCRIPT_LINE_BYTES], '\r');
	assert_int_equal(script.length, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(lines_are_typed_one_by_one, open_pipe, close_pipe),
		cmocka_unit_test_setup_teardown(half_a_line_waits, open_pipe, close_pipe),
		cmocka_unit_test_setup_teardown(
			last_line_needs_no_newline_and_poweroff_comes_once, open_pipe, close_pipe),
		cmocka_unit_test_setup_teardown(
			a_line_that_is_too_long_is_typed_in_parts, open_pipe, close_pipe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
