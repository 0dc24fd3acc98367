/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The expressions that import follows match what those of POSIX do: random ones, and by hand. */
/* test: ksm/import/regex.c ksm/gate/arena.c tests/host/support/random.c */
#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/gate/arena.h"
#include "ksm/import/regex.h"
#include "tests/host/support/random.h"

#define PATTERNS     2000
#define TEXTS        30
#define PATTERN_SIZE 400

static char pattern[PATTERN_SIZE];

static void
add(const char *piece)
{
	(void)strncat(pattern, piece, PATTERN_SIZE - 1 - strlen(pattern));
}

static void
pattern_make(uint32_t deep)
{
	static const char *const atoms[] = {"a", "b", "c", ".", "[ab]", "[^a-b]"};
	static const char *const repeats[] = {
		"*", "+", "?", "{2}", "{0,2}", "{1,}", "{1,3}", "{0}"};

	for (uint64_t parts = 1 + random_below(3); parts > 0; parts--) {
		if (deep > 0 && random_below(3) == 0) {
			add("(");
			pattern_make(deep - 1);
			add(random_below(2) == 0 ? "" : "|");
			pattern_make(deep - 1);
			add(")");
		} else {
			add(atoms[random_below(6)]);
		}
		add(random_below(2) == 0 ? "" : repeats[random_below(8)]);
	}
}

static bool
matches(const char *text, bool *is_read)
{
	struct arena a;
	struct regex r;
	bool found = false;

	arena_init(&a);
	*is_read = regex_read(&a, pattern, &r) == NULL;
	if (*is_read) {
		found = regex_matches(&r, text);
	}
	arena_release(&a);
	return found;
}

static void
test_posix(void **state)
{
	uint32_t compared = 0;
	char whole[PATTERN_SIZE + 8];
	char text[10];
	regex_t posix;
	bool is_read;

	(void)state;
	random_start(1);
	for (int i = 0; i < PATTERNS; i++) {
		pattern[0] = 0;
		pattern_make(2);
		(void)snprintf(whole, sizeof whole, "^(%s)$", pattern);
		assert_int_equal(regcomp(&posix, whole, REG_EXTENDED | REG_NOSUB), 0);
		for (int t = 0; t < TEXTS; t++) {
			uint64_t length = random_below(sizeof text - 1);
			bool found;

			for (uint32_t n = 0; n < length; n++) {
				text[n] = "abcd"[random_below(4)];
			}
			text[length] = 0;
			found = matches(text, &is_read);
			if (is_read && found != (regexec(&posix, text, 0, NULL, 0) == 0)) {
				fail_msg("`%s` and `%s`", pattern, text);
			}
			compared += is_read;
		}
		regfree(&posix);
	}
	assert_true(compared > PATTERNS * TEXTS / 10 * 9);
}

static void
expect(const char *p, const char *text, bool is_match)
{
	bool is_read;

	(void)snprintf(pattern, sizeof pattern, "%s", p);
	assert_int_equal(matches(text, &is_read), is_match);
	assert_true(is_read);
}

/* As a text of PSL has it: signs of both ends, of one with `.*` at the other, two backslashes. */
static void
test_forms(void **state)
{
	(void)state;
	expect("^[0-9]*$", "4711", true);
	expect("^[0-9]*$", "4711a", false);
	expect("^hello .*", "hello you", true);
	expect("^hello .*", "oh hello you", false);
	expect(".*world$", "world", true);
	expect("a\\\\.b", "a.b", true);
	expect("a\\\\.b", "axb", false);
	expect("(?:on|off)", "off", true);
	expect("", "", true);
	expect("[]a]+", "]a", true);
}

static void
test_refused(void **state)
{
	static const char *const wrong[] = {"^a", "a$", "^a|b$", "(a", "a)", "[a", "[b-a]", "*a",
		"a{", "a{2", "a{3,1}", "a{99}", "\\\\d", "a\\\\", "(((((((((a)))))))))",
		"(a{60}){60}"};
	bool is_read;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		(void)snprintf(pattern, sizeof pattern, "%s", wrong[i]);
		(void)matches("a", &is_read);
		if (is_read) {
			fail_msg("`%s` is read", wrong[i]);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_posix),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
