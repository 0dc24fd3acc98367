/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a guest prints is recognised: prompts, faults, panics; and keys that are not for it. */
/* test: tools/guest/watch.c tools/guest/terminal.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tools/guest/terminal.h"
#include "tools/guest/watch.h"

/* The event of the last byte. */
static enum watch_event
print(struct watch *watch, const char *text)
{
	enum watch_event event = WATCH_NOTHING;

	for (; *text != '\0'; text++) {
		event = watch_byte(watch, *text);
	}
	return event;
}

static void
prompt_stands_alone_at_the_start_of_a_line(void **state)
{
	struct watch watch = {.prompt = "gatehouse> "};

	(void)state;
	assert_int_equal(print(&watch, "booting\r\n"), WATCH_NOTHING);
	assert_int_equal(print(&watch, "gatehouse>"), WATCH_NOTHING);
	assert_int_equal(print(&watch, " "), WATCH_PROMPT);
	assert_int_equal(print(&watch, "ps\r\n"), WATCH_NOTHING);
	assert_int_equal(print(&watch, "not gatehouse> "), WATCH_NOTHING);
}

static void
faults_and_panics_are_whole_lines(void **state)
{
	struct watch watch = {.prompt = "gatehouse> "};

	(void)state;
	assert_int_equal(
		print(&watch, "  7  1.2 s  fault: sensor write 0x0 pc 0x400138"), WATCH_NOTHING);
	assert_int_equal(print(&watch, "\r\n"), WATCH_FAULT);
	assert_string_equal(watch_text(&watch), "  7  1.2 s  fault: sensor write 0x0 pc 0x400138");
	assert_int_equal(print(&watch, "panic: assert 3\r\n"), WATCH_PANIC);
	assert_int_equal(print(&watch, "don't panic: really\r\n"), WATCH_NOTHING);
	assert_int_equal(print(&watch, "default: nothing\r\n"), WATCH_NOTHING);
}

static void
endless_lines_are_cut(void **state)
{
	struct watch watch = {.prompt = "gatehouse> "};

	(void)state;
	for (size_t i = 0; i < 3 * WATCH_LINE_BYTES; i++) {
		assert_int_equal(watch_byte(&watch, 'x'), WATCH_NOTHING);
	}
	assert_int_equal(print(&watch, "\n"), WATCH_NOTHING);
	assert_int_equal(strlen(watch_text(&watch)), WATCH_LINE_BYTES - 1);
	assert_int_equal(print(&watch, "gatehouse> "), WATCH_PROMPT);
}

static void
keys_that_are_wishes_do_not_reach_the_guest(void **state)
{
	struct terminal terminal = {0};
	char keys[] = "a\x03"
		      "b\x01";
	size_t length = 4;
	char more[] = "x";
	size_t more_length = 1;
	char literal[] = "\x01\x01";
	size_t literal_length = 2;

	(void)state;
	assert_int_equal(terminal_filter(&terminal, keys, &length), TERMINAL_EXPLAIN);
	assert_int_equal(length, 2);
	assert_memory_equal(keys, "ab", 2);
	assert_int_equal(terminal_filter(&terminal, more, &more_length), TERMINAL_LEAVE);
	assert_int_equal(more_length, 0);
	assert_int_equal(terminal_filter(&terminal, literal, &literal_length), TERMINAL_NOTHING);
	assert_int_equal(literal_length, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prompt_stands_alone_at_the_start_of_a_line),
		cmocka_unit_test(faults_and_panics_are_whole_lines),
		cmocka_unit_test(endless_lines_are_cut),
		cmocka_unit_test(keys_that_are_wishes_do_not_reach_the_guest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
