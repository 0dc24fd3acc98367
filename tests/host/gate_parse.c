/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The parser on broken and hostile input: one fault is one error, and nothing brings it down. */
/* test: ksm/gate/arena.c ksm/gate/vector.c ksm/gate/intern.c ksm/gate/buffer.c ksm/gate/compile.c
 *       ksm/gate/source.c ksm/gate/diag.c ksm/gate/diag_print.c ksm/gate/suggest.c
 *       ksm/gate/token.c ksm/gate/utf8.c ksm/gate/lex_number.c ksm/gate/lex.c ksm/gate/ast.c
 *       ksm/gate/parser.c ksm/gate/parse.c ksm/gate/parse_name.c ksm/gate/parse_type.c
 *       ksm/gate/parse_expr.c ksm/gate/parse_event.c ksm/gate/parse_rule.c
 *       ksm/gate/parse_claim.c ksm/gate/parse_decl.c ksm/gate/parse_object.c
 *       ksm/gate/parse_interface.c ksm/gate/parse_process.c ksm/gate/parse_restart.c
 *       ksm/gate/ast_dump.c
 *       ksm/gate/ast_dump_expr.c ksm/gate/ast_dump_rule.c ksm/gate/fmt.c ksm/gate/fmt_line.c
 *       tests/host/support/gate_text.c tests/host/support/random.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/gate/ast.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/lex.h"
#include "ksm/gate/parse.h"
#include "tests/host/support/gate_text.h"
#include "tests/host/support/random.h"

#define MUTATIONS 1500

static const char *const examples[] = {"files", "gateway", "gpio", "guest", "thermostat", "layout"};

#define EXAMPLE_COUNT (sizeof(examples) / sizeof(examples[0]))

static struct gate_text
example_read(size_t index)
{
	char path[64];

	(void)snprintf(path, sizeof(path), "tests/gate/fmt/%s.gate", examples[index]);
	return gate_text_read(path);
}

/* Returns text with length bytes at offset replaced by the insert. */
static struct gate_text
splice(struct gate_text text, size_t offset, size_t length, const char *insert, size_t insert_size)
{
	struct gate_text result;

	result.size = text.size - length + insert_size;
	result.bytes = malloc(result.size + 1);
	assert_non_null(result.bytes);
	(void)memcpy(result.bytes, text.bytes, offset);
	(void)memcpy(result.bytes + offset, insert, insert_size);
	(void)memcpy(result.bytes + offset + insert_size, text.bytes + offset + length,
		text.size - offset - length + 1);
	return result;
}

/* At most one error, and if none, the form of the text is its own form. */
static void
check_one_fault(struct gate_text text)
{
	struct gate_outcome outcome = gate_text_parse(text.bytes, text.size);
	struct gate_text once;
	struct gate_text twice;

	if (outcome.error_count > 1) {
		fail_msg("%u errors, the first: %s\n%s", outcome.error_count, outcome.sentence,
			text.bytes);
	}
	if (outcome.error_count == 1) {
		return;
	}
	once = gate_text_format(text.bytes, text.size);
	assert_non_null(once.bytes);
	twice = gate_text_format(once.bytes, once.size);
	assert_non_null(twice.bytes);
	assert_string_equal(once.bytes, twice.bytes);
	free(once.bytes);
	free(twice.bytes);
}

enum change {
	CHANGE_DELETE,
	CHANGE_DOUBLE,
	CHANGE_TO_BRACE,
	CHANGE_TO_NAME,
};

/* Changes every step-th token of each example in turn. */
static void
change_tokens(enum change change, uint32_t step)
{
	for (size_t i = 0; i < EXAMPLE_COUNT; i++) {
		struct gate_text text = example_read(i);
		struct compile c;
		struct lex *lex;

		compile_init(&c);
		lex = lex_source(&c, source_add(&c, "test.gate", text.bytes, text.size));
		for (uint32_t t = 0; t + 1 < lex->token_count; t += step) {
			struct span span = lex->tokens[t].span;
			const char *old = text.bytes + span.offset;
			struct gate_text changed;

			if (change == CHANGE_DELETE) {
				changed = splice(text, span.offset, span.length, "", 0);
			} else if (change == CHANGE_DOUBLE) {
				changed = splice(text, span.offset, 0, old, span.length);
			} else {
				const char *insert = change == CHANGE_TO_BRACE ? "}" : "zzz";

				changed = splice(
					text, span.offset, span.length, insert, strlen(insert));
			}
			check_one_fault(changed);
			free(changed.bytes);
		}
		compile_release(&c);
		free(text.bytes);
	}
}

/* Errors of a file that begins so, to a gate that knows editions up to newest; first: what the
 * first one says. The file has a brace too many behind. */
static uint32_t
edition_errors(const char *head, uint32_t newest, char first[128])
{
	struct compile c;
	const struct ast_file *file;
	char text[128];
	uint32_t errors;

	compile_init(&c);
	c.edition_newest = newest;
	(void)snprintf(text, sizeof(text), "%s\nconst C = 1\n}\n", head);
	file = parse_source(&c, source_add(&c, "test.gate", text, strlen(text)));
	errors = c.diags.error_count;
	(void)snprintf(first, 128, "%s", c.diags.first == NULL ? "" : c.diags.first->sentence);
	assert_true(!file->is_foreign || file->items == NULL);
	compile_release(&c);
	return errors;
}

/* A later gate reads what an earlier one read; of what is newer than itself it reads nothing. */
static void
test_editions(void **state)
{
	char first[128];

	(void)state;
	for (uint32_t newest = 1; newest <= 3; newest++) {
		for (uint32_t edition = 1; edition <= newest; edition++) {
			char head[32];

			(void)snprintf(head, sizeof(head), "edition %u", edition);
			assert_int_equal(edition_errors(head, newest, first), 1);
			assert_string_equal(first, "this `}` closes nothing");
		}
	}
	assert_int_equal(edition_errors("edition 2", 1, first), 1);
	assert_string_equal(first, "this file is of edition 2, this gate knows edition 1");
	assert_int_equal(edition_errors("edition 4", 3, first), 1);
	assert_string_equal(first, "this file is of edition 4, this gate knows editions 1 to 3");
	assert_int_equal(edition_errors("edition 0", 3, first), 1);
	assert_string_equal(first, "there is no edition 0");
	assert_int_equal(edition_errors("edition 18446744073709551615", 3, first), 1);
	assert_int_equal(edition_errors("edition 4 unit a.b use c", 3, first), 1);
}

/* What gate adds to a file is of the file's edition. */
static void
test_own_texts(void **state)
{
	static const char text[] = "edition 1\n";
	struct compile c;

	(void)state;
	compile_init(&c);
	c.edition_newest = 2;
	assert_int_equal(compile_edition(&c), 2);
	(void)parse_source(&c, source_add(&c, "test.gate", text, strlen(text)));
	assert_int_equal(compile_edition(&c), 1);
	compile_release(&c);
}

static void
test_deleted_token(void **state)
{
	(void)state;
	change_tokens(CHANGE_DELETE, 1);
}

static void
test_doubled_token(void **state)
{
	(void)state;
	change_tokens(CHANGE_DOUBLE, 3);
}

static void
test_brace_for_token(void **state)
{
	(void)state;
	change_tokens(CHANGE_TO_BRACE, 3);
}

static void
test_name_for_token(void **state)
{
	(void)state;
	change_tokens(CHANGE_TO_NAME, 3);
}

/* Random bytes at random places: any number of errors, but an end. */
static void
test_random_bytes(void **state)
{
	(void)state;
	random_start(2);
	for (size_t i = 0; i < MUTATIONS; i++) {
		struct gate_text text = example_read(i % EXAMPLE_COUNT);

		for (uint64_t n = random_below(8) + 1; n > 0; n--) {
			text.bytes[random_below(text.size)] = (char)random_next();
		}
		(void)gate_text_parse(text.bytes, random_below(text.size + 1));
		free(text.bytes);
	}
}

static void
check_clause(const char *bytes, size_t size, const char *clause)
{
	struct gate_outcome outcome = gate_text_parse(bytes, size);

	if (outcome.error_count != (clause == NULL ? 0u : 1u)) {
		fail_msg("%u errors in: %s", outcome.error_count, bytes);
	}
	if (clause != NULL) {
		assert_string_equal(outcome.clause, clause);
	}
}

#define CHECK(text, clause) check_clause(text, sizeof(text) - 1, clause)

/* What a text file may look like, and what it may not. */
static void
test_bytes(void **state)
{
	(void)state;
	CHECK("", "G10");
	CHECK("\n\n", "G10");
	CHECK("edition 1", NULL);
	CHECK("edition 1\r\nconst A = 1\r\n", NULL);
	CHECK("edition 1 # no line end", NULL);
	CHECK("\xef\xbb\xbf"
	      "edition 1\n",
		NULL);
	CHECK("edition 1\n# caf\xc3\xa9\nconst A = \"caf\xc3\xa9\"\n", NULL);
	CHECK("edition 1\rconst A = 1\n", "G1");
	CHECK("edition 1\nconst A\0 = 1\n", "G1");
	CHECK("edition 1\nconst A = \"a\0b\"\n", "G1");
	CHECK("edition 1\n# a\0b\n", "G1");
	CHECK("edition 1\nconst A = \"\xff\"\n", "G1");
	CHECK("edition 1\nconst A = \"\xc0\xaf\"\n", "G1");
	CHECK("edition 1\nconst A = \"\xed\xa0\x80\"\n", "G1");
	CHECK("edition 1\nconst A = \"\xe2\x80\xae\"\n", "G1");
	CHECK("edition 1\n# \xe2\x81\xa6 hidden\n", "G1");
	CHECK("edition 1\nconst A = \"\x1b[2J\"\n", "G1");
	CHECK("edition 1\nconst \xc3\xa9 = 1\n", "G1");
	CHECK("edition 1\nconst A = \"a\tb\"\n", "G1");
	CHECK("edition 1\n#\ta tab in a comment is good\n", NULL);
	CHECK("e\0d\0i\0t\0i\0o\0n\0", "G1");
}

static void
test_numbers(void **state)
{
	(void)state;
	CHECK("edition 1 const A = 0", NULL);
	CHECK("edition 1 const A = 18446744073709551615", NULL);
	CHECK("edition 1 const A = -9223372036854775808", NULL);
	CHECK("edition 1 const A = 0xffff_ffff_ffff_ffff", NULL);
	CHECK("edition 1 const A = 17179869183G", NULL);
	CHECK("edition 1 const A = 213503d", NULL);
	CHECK("edition 1 const A = 1_000_000", NULL);
	CHECK("edition 1 const A = 18446744073709551616", "G6");
	CHECK("edition 1 const A = -9223372036854775809", "G6");
	CHECK("edition 1 const A = 0x1_0000_0000_0000_0000", "G6");
	CHECK("edition 1 const A = 17179869184G", "G6");
	CHECK("edition 1 const A = 213504d", "G6");
	CHECK("edition 1 const A = 00", "G6");
	CHECK("edition 1 const A = 0_1", "G6");
	CHECK("edition 1 const A = 1_", "G6");
	CHECK("edition 1 const A = 1__0", "G6");
	CHECK("edition 1 const A = 0x", "G6");
	CHECK("edition 1 const A = 0x_1", "G6");
	CHECK("edition 1 const A = 0x1K", "G6");
	CHECK("edition 1 const A = 1.5", "G6");
	CHECK("edition 1 const A = 1'000", "G6");
	CHECK("edition 1 const A = 5sec", "G7");
	CHECK("edition 1 const A = 5x", "G7");
	CHECK("edition 1 const A = 1e3", "G7");
	CHECK("edition 1 const A = -64K", "G7");
}

/* A word that touches `.` or `(`, or stands before `:`, is a name. */
static void
test_words(void **state)
{
	(void)state;
	CHECK("edition 1 interface I { set(level: u8, level : u8) }", NULL);
	CHECK("edition 1 allow A -> B : set.any(arg.level = 1)", NULL);
	CHECK("edition 1 allow A -> B : x.{set, level, any}", NULL);
	CHECK("edition 1 allow any -> any : signal", NULL);
	CHECK("edition 1 allow any! -> any: signal because \"b\"", NULL);
	CHECK("edition 1 forbid any -> B : x.y(a!=1) unless any.a != 2", NULL);
	CHECK("edition 1 prove no data data -> influence", NULL);
	CHECK("edition 1 system s { a: B { first = 1 max -> b.rate } }", NULL);
	CHECK("edition 1 process P { gives a: B labels rate, burst[3] }", NULL);
	CHECK("edition 1 test \"t\" { deny because reply reply a -> b : x.y }", NULL);
	CHECK("edition 1 const level = 1", "G3");
	CHECK("edition 1 allow A -> B : x.y(level = 1)", "G3");
	CHECK("edition 1 allow A -> B : x.y when a in(1)", "G3");
}

/* Returns head, count times part, then tail. */
static struct gate_text
repeated(const char *head, const char *part, size_t count, const char *tail)
{
	struct gate_text text = {NULL, 0};
	FILE *out = open_memstream(&text.bytes, &text.size);

	assert_non_null(out);
	(void)fputs(head, out);
	for (size_t i = 0; i < count; i++) {
		(void)fputs(part, out);
	}
	(void)fputs(tail, out);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void
check_repeated(
	const char *head, const char *part, size_t count, const char *tail, const char *clause)
{
	struct gate_text text = repeated(head, part, count, tail);

	check_clause(text.bytes, text.size, clause);
	free(text.bytes);
}

static void
test_depth(void **state)
{
	static const char rule[] = "edition 1\nallow A -> B : x.y(";

	(void)state;
	check_repeated(rule, "(", 200, "", "G25");
	check_repeated(rule, "(", 100000, "", "G28");
	check_repeated(rule, "not ", 100000, "a)", "G28");
	check_repeated(rule, "a[", 100000, "", "G28");
	check_repeated(rule, "f(", 100000, "", "G28");
	check_repeated(rule, "a or ", 100000, "a)", NULL);
	check_repeated(rule, "a + ", 100000, "a)", NULL);
	check_repeated("edition 1\nconst A = {", "(1, ", 100000, "", "G28");
	check_repeated("edition 1\ninterface I { f(a: ", "optional ", 100000, "u8) }", "G28");
	check_repeated("edition 1\ninterface I { f(a: ", "list<", 100000, "", "G28");
	check_repeated("edition 1\ntest \"t\" {", "2 times {", 100000, "", "G28");
	check_repeated("edition 1\n", "{", 100000, "", "G9");
	check_repeated("edition 1\nprove no data A -> ", "a.", 100000, "a", NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_editions),
		cmocka_unit_test(test_own_texts),
		cmocka_unit_test(test_deleted_token),
		cmocka_unit_test(test_doubled_token),
		cmocka_unit_test(test_brace_for_token),
		cmocka_unit_test(test_name_for_token),
		cmocka_unit_test(test_random_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
