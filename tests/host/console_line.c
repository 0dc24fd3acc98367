/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The line that people type, against a row of a terminal: keys, long lines, garbage. */
/* test: servers/console/line.c */
#define _DEFAULT_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "servers/console/line.h"

/* What a terminal shows of one row. Behind its last column nothing ever stays; ^C may pass there.
 */
#define ROW_BYTES (LINE_COLUMNS + 2)
static struct {
	char row[ROW_BYTES];
	uint32_t column;
	uint32_t bells;
} terminal;

static struct line line;

static uint32_t
take_number(const char **text)
{
	uint32_t value = 0;

	for (; **text >= '0' && **text <= '9'; ++*text) {
		value = value * 10 + (uint32_t)(**text - '0');
	}
	return value;
}

/* ECMA-48: CR, BS, EL, CUF, and nothing else. */
static void
terminal_take(const char *text, uint32_t length)
{
	const char *end = text + length;

	while (text < end) {
		char byte = *text++;

		if (byte == '\r') {
			terminal.column = 0;
		} else if (byte == '\b') {
			assert_true(terminal.column > 0);
			terminal.column--;
		} else if (byte == '\a') {
			terminal.bells++;
		} else if (byte == '\n') {
			memset(terminal.row, ' ', sizeof(terminal.row));
		} else if (byte == '\033') {
			assert_int_equal(*text, '[');
			text++;
			uint32_t number = take_number(&text);
			if (*text == 'K') {
				memset(terminal.row + terminal.column, ' ',
					sizeof(terminal.row) - terminal.column);
			} else {
				assert_int_equal(*text, 'C');
				terminal.column += number;
			}
			text++;
		} else {
			assert_true(byte >= ' ' && byte < 0x7f);
			if (terminal.column == ROW_BYTES) { /* the next row */
				memset(terminal.row, ' ', sizeof(terminal.row));
				terminal.column = 0;
			}
			terminal.row[terminal.column++] = byte;
		}
	}
}

/* The row is prompt, text and blanks, and the cursor where the next byte goes. */
static void
check_row(void)
{
	char wanted[ROW_BYTES];
	uint32_t shown = line.length - line.first;
	uint32_t room = LINE_COLUMNS - 1 - line.prompt_length;

	assert_true(line.length <= LINE_BYTES);
	assert_true(line.first <= line.at && line.at <= line.length);
	assert_true(line.at - line.first <= room);
	memset(wanted, ' ', sizeof(wanted));
	memcpy(wanted, line.prompt, line.prompt_length);
	memcpy(wanted + line.prompt_length, line.text + line.first, shown < room ? shown : room);
	assert_memory_equal(terminal.row, wanted, sizeof(wanted));
	assert_int_equal(terminal.column, line.prompt_length + line.at - line.first);
}

static void
redraw(void)
{
	struct line_echo echo;

	line_draw(&line, &echo);
	assert_true(echo.length <= LINE_ECHO_BYTES);
	terminal_take(echo.text, echo.length);
}

static enum line_event
press(uint8_t key)
{
	struct line_echo echo;
	enum line_event event = line_key(&line, key, &echo);

	assert_true(echo.length <= LINE_ECHO_BYTES);
	terminal_take(echo.text, echo.length);
	if (event == LINE_REDRAW || event == LINE_SCREEN || event == LINE_DONE ||
		event == LINE_LEAVE) {
		redraw();
	}
	check_row();
	return event;
}

static enum line_event
type(const char *keys)
{
	enum line_event event = LINE_NOTHING;

	while (*keys != '\0') {
		event = press((uint8_t)*keys++);
	}
	return event;
}

static int
setup(void **state)
{
	static const char prompt[] = "gatehouse> ";

	(void)state;
	line = (struct line){0};
	memset(&terminal, 0, sizeof(terminal));
	memset(terminal.row, ' ', sizeof(terminal.row));
	line_note_output(&line, prompt, sizeof(prompt) - 1);
	terminal_take(prompt, sizeof(prompt) - 1);
	check_row();
	return 0;
}

static void
expect_text(const char *text, uint32_t at)
{
	assert_int_equal(line.length, strlen(text));
	assert_memory_equal(line.text, text, line.length);
	assert_int_equal(line.at, at);
}

static void
test_keys(void **state)
{
	static const struct {
		const char *keys;
		const char *text;
		uint32_t at;
	} cases[] = {
		{"one two", "one two", 7},
		{"one\x7f\b", "o", 1},
		{"\x7f\x7f", "", 0},
		{"one\033[D\033[Dx", "oxne", 2},
		{"one\x02\x02\x02\x02x", "xone", 1},
		{"one\033[D\033[Cx", "onex", 4},
		{"one\033[H>\033[F<", ">one<", 5},
		{"one\033[1~>\033[4~<", ">one<", 5},
		{"one\033OH>\033OF<", ">one<", 5},
		{"one\001>\005<", ">one<", 5},
		{"one two\033[D\033[D\x0b", "one t", 5},
		{"one two\033[D\033[D\025", "wo", 0},
		{"one  two  \027", "one  ", 5},
		{"one two\027\027\027", "", 0},
		{"one\001\033[3~", "ne", 0},
		{"one\001\004\004\004\004", "", 0},
		{"one\033[D\x7f", "oe", 1},
		{"o\033[99999999999999999;1;2;3R\033[5~ne", "one", 3},
		{"o\033n\033\033[Dx", "xo", 1},
		{"\xff\x80\x01\x02\xc3\xa4", "", 0},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		setup(state);
		type(cases[i].keys);
		expect_text(cases[i].text, cases[i].at);
	}
}

static void
test_events(void **state)
{
	(void)state;
	assert_int_equal(type("\033[A"), LINE_UP);
	assert_int_equal(type("\033OB"), LINE_DOWN);
	assert_int_equal(type("\020"), LINE_UP);
	assert_int_equal(type("\016"), LINE_DOWN);
	assert_int_equal(type("x\t"), LINE_TAB);
	assert_int_equal(type("\014"), LINE_SCREEN);
	expect_text("x", 1);
	/* Enter is Enter, also behind the beginning of another key; CR LF is one. */
	assert_int_equal(type("\033[\r"), LINE_DONE);
	expect_text("x", 1);
	line_set(&line, "", 0, 0);
	redraw();
	assert_int_equal(press('\n'), LINE_NOTHING);
	assert_int_equal(press('\n'), LINE_DONE);
	assert_int_equal(type("xyz\003"), LINE_LEAVE);
	expect_text("", 0);
	assert_int_equal(type("\004"), LINE_END);
	assert_int_equal(type("x\004"), LINE_NOTHING);
	expect_text("x", 1);
}

static void
test_long(void **state)
{
	char all[LINE_BYTES + 1] = "";

	(void)state;
	for (uint32_t i = 0; i < LINE_BYTES; i++) {
		all[i] = (char)('a' + i % 26);
		press((uint8_t)all[i]);
	}
	expect_text(all, LINE_BYTES);
	assert_int_equal(terminal.bells, 0);
	press('!');
	assert_int_equal(terminal.bells, 1);
	expect_text(all, LINE_BYTES);
	for (uint32_t i = 0; i < LINE_BYTES; i++) {
		type("\033[D");
	}
	expect_text(all, 0);
	for (uint32_t i = 0; i < LINE_BYTES; i++) {
		type("\033[C");
	}
	/* What stays is the whole line. */
	struct line_echo echo;
	char whole[LINE_ECHO_BYTES];
	assert_int_equal(line_key(&line, '\r', &echo), LINE_DONE);
	int bytes = snprintf(whole, sizeof(whole), "\r\033[Kgatehouse> %s\r\n", all);
	assert_int_equal(echo.length, bytes);
	assert_memory_equal(echo.text, whole, echo.length);
	terminal_take(echo.text, echo.length);
	redraw();
	type("\001\013");
	expect_text("", 0);
}

static void
test_set(void **state)
{
	(void)state;
	line_set(&line, "one\ntwo\x80\x7f!", 10, 3);
	expect_text("onetwo!", 3);
	redraw();
	check_row();
	line_set(&line, "x", 1, 200);
	expect_text("x", 1);
}

/* Whatever comes, the row is what the line says. */
static void
test_garbage(void **state)
{
	static const char *const likely[] = {
		"\033[", "\033O", "\033[3~", "word ", "\x7f", "\033[D"};

	for (unsigned seed = 1; seed <= 20; seed++) {
		setup(state);
		srandom(seed);
		for (int i = 0; i < 3000; i++) {
			long choice = random() % 12;
			enum line_event event;

			event = choice < 6 ? type(likely[choice])
					   : press((uint8_t)(random() % (choice < 9 ? 256 : 128)));
			if (event == LINE_DONE && random() % 4 == 0) {
				line_set(&line, "", 0, 0);
				redraw();
			}
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_keys, setup),
		cmocka_unit_test_setup(test_events, setup),
		cmocka_unit_test_setup(test_long, setup),
		cmocka_unit_test_setup(test_set, setup),
		cmocka_unit_test_setup(test_garbage, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
