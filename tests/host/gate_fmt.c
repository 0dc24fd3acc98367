/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The canonical form: as expected, its own form, the same tree, no comment lost. */
/* test: gate_parse */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/gate/buffer.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/lex.h"
#include "tests/host/support/gate_text.h"
#include "tests/host/support/random.h"

#define ROUNDS 60

static const char *const examples[] = {"files", "gateway", "gpio", "guest", "thermostat", "layout"};

static struct gate_text
example_read(const char *name, const char *ending)
{
	char path[64];

	(void)snprintf(path, sizeof(path), "tests/gate/fmt/%s%s", name, ending);
	return gate_text_read(path);
}

static void
check_equal(struct gate_text a, struct gate_text b)
{
	assert_non_null(a.bytes);
	assert_non_null(b.bytes);
	assert_string_equal(a.bytes, b.bytes);
	assert_int_equal(a.size, b.size);
}

static size_t
count_of(struct gate_text text, const char *word)
{
	size_t count = 0;

	for (const char *at = strstr(text.bytes, word); at != NULL; at = strstr(at + 1, word)) {
		count++;
	}
	return count;
}

/* The form is as stored, and it is its own form. */
static void
test_examples(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		struct gate_text in = example_read(examples[i], ".in");
		struct gate_text expected = example_read(examples[i], ".gate");
		struct gate_text once = gate_text_format(in.bytes, in.size);
		struct gate_text twice = gate_text_format(once.bytes, once.size);

		check_equal(once, expected);
		check_equal(twice, once);
		free(in.bytes);
		free(expected.bytes);
		free(once.bytes);
		free(twice.bytes);
	}
}

/* Appends a random gap that means the same as the one between two tokens. */
static void
gap_add(struct buffer *b, const struct token *left, const struct token *right, const char *gap,
	size_t size)
{
	static const char *const gaps[] = {" ", "\n", "\n\n", "\t", " ; ", "\r\n", "\n\n\n  ",
		" # mark\n", "\n# mark\n", " #mark  \n\n  ### mark #\n"};
	static const char *const line_ends[] = {"\n", "\n\n", "\n# mark\n", "\n\n # mark\n\n"};

	if (left != NULL && left->kind == TOKEN_DOC) {
		buffer_text(b, line_ends[random_below(4)]);
	} else if (size == 0 || right->kind == TOKEN_COLON) {
		buffer_add(b, gap, size);
	} else {
		buffer_text(b, gaps[random_below(sizeof(gaps) / sizeof(gaps[0]))]);
	}
}

/* Sets other gaps between the tokens of a text. */
static struct gate_text
respace(struct gate_text text)
{
	struct compile c;
	struct lex *lex;
	struct buffer b;
	struct gate_text result;
	size_t at = 0;

	compile_init(&c);
	lex = lex_source(&c, source_add(&c, "test.gate", text.bytes, text.size));
	buffer_init(&b, &c.arena);
	for (uint32_t i = 0; i + 1 < lex->token_count; i++) {
		struct span span = lex->tokens[i].span;

		gap_add(&b, i == 0 ? NULL : &lex->tokens[i - 1], &lex->tokens[i], text.bytes + at,
			span.offset - at);
		buffer_add(&b, text.bytes + span.offset, span.length);
		at = span.offset + span.length;
	}
	result = (struct gate_text){malloc(b.size + 1), b.size};
	assert_non_null(result.bytes);
	(void)memcpy(result.bytes, b.bytes, b.size + 1);
	compile_release(&c);
	return result;
}

static void
test_other_gaps(void **state)
{
	(void)state;
	random_start(1);
	for (size_t i = 0; i < ROUNDS * sizeof(examples) / sizeof(examples[0]); i++) {
		struct gate_text in = example_read(examples[i / ROUNDS], ".in");
		struct gate_text spaced = respace(in);
		struct gate_text once = gate_text_format(spaced.bytes, spaced.size);
		struct gate_text twice = gate_text_format(once.bytes, once.size);
		struct gate_text tree = gate_text_dump(in.bytes, in.size);
		struct gate_text spaced_tree = gate_text_dump(spaced.bytes, spaced.size);
		struct gate_text once_tree = gate_text_dump(once.bytes, once.size);

		check_equal(twice, once);
		check_equal(spaced_tree, tree);
		check_equal(once_tree, tree);
		assert_int_equal(count_of(spaced, "mark"), count_of(once, "mark"));
		free(in.bytes);
		free(spaced.bytes);
		free(once.bytes);
		free(twice.bytes);
		free(tree.bytes);
		free(spaced_tree.bytes);
		free(once_tree.bytes);
	}
}

static void
test_broken_is_refused(void **state)
{
	static const char text[] = "edition 1\nallow A -> B\n";
	struct gate_text result = gate_text_format(text, sizeof(text) - 1);

	(void)state;
	assert_null(result.bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_other_gaps),
		cmocka_unit_test(test_broken_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
