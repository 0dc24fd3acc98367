/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Findings as people and programs read them, and the words that are suggested. */
/* test: gate_parse */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/gate/compile.h"
#include "ksm/gate/suggest.h"

static struct compile compile;

static int
setup(void **state)
{
	(void)state;
	compile_init(&compile);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	compile_release(&compile);
	return 0;
}

static void
check_printed(struct diag_style style, const char *expected)
{
	char *bytes = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&bytes, &size);

	assert_non_null(out);
	diag_print(&compile, out, style);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(bytes, expected);
	free(bytes);
}

static struct span
span_at(const struct source *s, uint32_t line, uint32_t col, uint32_t offset, uint32_t length)
{
	return (struct span){s->id, offset, length, line, col};
}

/* In the order of places, not of finding; tabs and wide characters keep the caret in place. */
static void
test_text(void **state)
{
	static const char text[] = "one\n\ttwo \xc3\xa9\xc3\xa9 three\n";
	struct source *s = source_add(&compile, "a.gate", text, sizeof(text) - 1);
	struct diag *d = diag_error(&compile, span_at(s, 2, 11, 14, 5), "S1", "late `%s`", "three");

	(void)state;
	diag_help(d, "first help");
	diag_help(d, "write `%d`", 3);
	diag_note(d, span_at(s, 1, 1, 0, 1), "a note");
	(void)diag_warning(&compile, span_at(s, 1, 1, 0, 3), NULL, "early");
	assert_int_equal(compile.diags.error_count, 1);
	assert_int_equal(compile.diags.warning_count, 1);
	check_printed((struct diag_style){0}, "a.gate:1:1: warning: early\n"
					      "    one\n"
					      "    ^~~\n"
					      "a.gate:2:11: error: late `three` [S1]\n"
					      "    \ttwo \xc3\xa9\xc3\xa9 three\n"
					      "    \t       ^~~~~\n"
					      "a.gate:1:1: note: a note\n"
					      "    one\n"
					      "    ^\n"
					      "help: write `3`\n");
	check_printed((struct diag_style){0}, "");
}

/* Nothing of a source or path reaches a terminal as a control character. */
static void
test_controls(void **state)
{
	static const char text[] = "a\x1b[2Jb\x7f";
	struct source *s = source_add(&compile, "x\x1b.gate", text, sizeof(text) - 1);

	(void)state;
	(void)diag_error(&compile, span_at(s, 1, 1, 0, 1), "G1", "bad \x1b[2J");
	check_printed((struct diag_style){0}, "x?.gate:1:1: error: bad ?[2J [G1]\n"
					      "    a?[2Jb?\n"
					      "    ^\n");
}

static void
test_json(void **state)
{
	static const char text[] = "one\n";
	struct source *s = source_add(&compile, "a\"b.gate", text, sizeof(text) - 1);
	struct diag *d = diag_error(&compile, span_at(s, 1, 1, 0, 3), "S2", "say \"%s\"", "x\n\\");

	(void)state;
	diag_note(d, span_of_file(s), "here");
	check_printed((struct diag_style){.json = true},
		"{\"file\":\"a\\\"b.gate\",\"line\":1,\"col\":1,\"offset\":0,\"length\":3,"
		"\"severity\":\"error\",\"clause\":\"S2\",\"message\":\"say \\\"x\\u000a\\\\\\\"\","
		"\"help\":null,\"notes\":[{\"file\":\"a\\\"b.gate\",\"line\":0,\"col\":0,"
		"\"offset\":0,"
		"\"length\":0,\"message\":\"here\"}]}\n");
}

/* Of a line without end only the part around the fault is shown. */
static void
test_long_line(void **state)
{
	static char text[100000];
	char *bytes = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&bytes, &size);
	struct source *s;

	(void)state;
	(void)memset(text, 'x', sizeof(text));
	s = source_add(&compile, "long.gate", text, sizeof(text));
	(void)diag_error(&compile, span_at(s, 1, 50001, 50000, 40000), NULL, "here");
	assert_non_null(out);
	diag_print(&compile, out, (struct diag_style){0});
	assert_int_equal(fclose(out), 0);
	assert_true(size < 500);
	free(bytes);
}

/* Beyond the limit findings are counted and dropped. */
static void
test_many(void **state)
{
	struct source *s = source_add(&compile, "a.gate", "a", 1);
	char *bytes = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&bytes, &size);

	(void)state;
	for (uint32_t i = 0; i < DIAG_COUNT_MAX + 5; i++) {
		(void)diag_error(&compile, span_of_file(s), NULL, "error %u", i);
	}
	assert_int_equal(compile.diags.error_count, DIAG_COUNT_MAX + 5);
	assert_non_null(out);
	diag_print(&compile, out, (struct diag_style){0});
	assert_int_equal(fclose(out), 0);
	assert_non_null(strstr(bytes, "error 99\n"));
	assert_null(strstr(bytes, "error 100\n"));
	assert_non_null(strstr(bytes, "gate: 5 more errors are not shown\n"));
	free(bytes);
}

static void
test_distance(void **state)
{
	(void)state;
	assert_int_equal(suggest_distance("", ""), 0);
	assert_int_equal(suggest_distance("allow", "allow"), 0);
	assert_int_equal(suggest_distance("Allow", "allow"), 0);
	assert_int_equal(suggest_distance("alow", "allow"), 1);
	assert_int_equal(suggest_distance("alolw", "allow"), 1);
	assert_int_equal(suggest_distance("becuase", "because"), 1);
	assert_int_equal(suggest_distance("abc", ""), 3);
	assert_int_equal(suggest_distance("kitten", "sitting"), 3);
}

static void
test_nearest(void **state)
{
	static const char *const words[] = {"allow", NULL, "forbid", "x", "level"};

	(void)state;
	assert_string_equal(suggest_nearest("alow", words, 5), "allow");
	assert_string_equal(suggest_nearest("forbdi", words, 5), "forbid");
	assert_string_equal(suggest_nearest("levle", words, 5), "level");
	assert_null(suggest_nearest("y", words, 5));
	assert_null(suggest_nearest("entirely", words, 5));
	assert_null(suggest_nearest("", words, 5));
	assert_null(suggest_nearest("allow", words, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_text, setup, teardown),
		cmocka_unit_test_setup_teardown(test_controls, setup, teardown),
		cmocka_unit_test_setup_teardown(test_json, setup, teardown),
		cmocka_unit_test_setup_teardown(test_long_line, setup, teardown),
		cmocka_unit_test_setup_teardown(test_many, setup, teardown),
		cmocka_unit_test(test_distance),
		cmocka_unit_test(test_nearest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
