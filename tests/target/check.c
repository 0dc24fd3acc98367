/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Tests that run in a process: one line for each, and a count at the end. */
#include "check.h"

#include <stddef.h>

#define PRINTED_MOST 4u /* failures of one test that are worth a line */
#define LINE_BYTES   256u

static struct {
	const char *name;
	const char *part; /* the case, or NULL */
	uint32_t failures;
	uint32_t passed;
	uint32_t failed;
} state;

/* A line, put out at once so that lines of several programs do not mix. */
static struct {
	char text[LINE_BYTES];
	uint32_t length;
} line;

static void
put(const char *text)
{
	for (; *text != '\0' && line.length < LINE_BYTES - 1; text++) {
		line.text[line.length++] = *text;
	}
}

static void
put_number(uint64_t value, uint32_t base)
{
	char digits[20];
	uint32_t count = 0;

	do {
		digits[count++] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value != 0);
	while (count > 0 && line.length < LINE_BYTES - 1) {
		line.text[line.length++] = digits[--count];
	}
}

/* Small numbers read better in decimal, addresses in hexadecimal. */
static void
put_value(uint64_t value)
{
	if (value < 10000) {
		put_number(value, 10);
	} else {
		put("0x");
		put_number(value, 16);
	}
}

static void
end_line(void)
{
	line.text[line.length++] = '\n';
	check_write(line.text, line.length);
	line.length = 0;
}

static void
end_test(void)
{
	if (state.name == NULL) {
		return;
	}
	if (state.failures == 0) {
		state.passed++;
		put("ok ");
		put(state.name);
		end_line();
	} else {
		state.failed++;
	}
	if (state.failures > PRINTED_MOST) {
		put("FAIL ");
		put(state.name);
		put(": and ");
		put_number(state.failures - PRINTED_MOST, 10);
		put(" more");
		end_line();
	}
}

void
check_test(const char *name)
{
	end_test();
	state.name = name;
	state.part = NULL;
	state.failures = 0;
}

void
check_case(const char *name)
{
	state.part = name;
}

static const char *
base_name(const char *file)
{
	const char *base = file;

	for (; *file != '\0'; file++) {
		if (*file == '/') {
			base = file + 1;
		}
	}
	return base;
}

bool
check_equal(const char *file, int line_number, const char *what, uint64_t actual, uint64_t expected)
{
	if (actual == expected) {
		return true;
	}
	if (state.failures++ < PRINTED_MOST) {
		put("FAIL ");
		put(state.name == NULL ? "(no test)" : state.name);
		if (state.part != NULL) {
			put(" (");
			put(state.part);
			put(")");
		}
		put(": ");
		put(base_name(file));
		put(":");
		put_number((uint64_t)line_number, 10);
		put(": ");
		put(what);
		put(" is ");
		put_value(actual);
		put(", expected ");
		put_value(expected);
		end_line();
	}
	return false;
}

uint8_t
check_finish(void)
{
	end_test();
	state.name = NULL;
	put_number(state.passed, 10);
	put(" passed, ");
	put_number(state.failed, 10);
	put(" failed");
	end_line();
	return state.failed == 0 ? 0 : 1;
}
