/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Each call is a compilation of its own, so that the sanitizers see every leak. */
#include "tests/host/support/gate_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/gate/ast_dump.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/fmt.h"
#include "ksm/gate/parse.h"

static struct gate_text
text_copy(const char *bytes, size_t size)
{
	struct gate_text text = {malloc(size + 1), size};

	assert_non_null(text.bytes);
	(void)memcpy(text.bytes, bytes, size);
	text.bytes[size] = '\0';
	return text;
}

struct gate_text
gate_text_read(const char *path)
{
	struct compile c;
	struct source *source;
	struct gate_text text;

	compile_init(&c);
	source = source_read(&c, path);
	if (source == NULL) {
		fail_msg("cannot read %s", path);
	}
	text = text_copy(source->text, source->size);
	compile_release(&c);
	return text;
}

struct gate_outcome
gate_text_parse(const char *bytes, size_t size)
{
	struct compile c;
	struct gate_outcome outcome = {0};

	compile_init(&c);
	(void)parse_source(&c, source_add(&c, "test.gate", bytes, size));
	outcome.error_count = c.diags.error_count;
	if (c.diags.first != NULL) {
		(void)snprintf(outcome.clause, sizeof(outcome.clause), "%s", c.diags.first->clause);
		(void)snprintf(outcome.sentence, sizeof(outcome.sentence), "%.150s",
			c.diags.first->sentence);
	}
	compile_release(&c);
	return outcome;
}

struct gate_text
gate_text_format(const char *bytes, size_t size)
{
	struct compile c;
	struct gate_text text = {NULL, 0};
	const char *formatted;
	size_t formatted_size;

	compile_init(&c);
	formatted = fmt_source(&c, source_add(&c, "test.gate", bytes, size), &formatted_size);
	if (formatted != NULL) {
		text = text_copy(formatted, formatted_size);
	}
	compile_release(&c);
	return text;
}

struct gate_text
gate_text_dump(const char *bytes, size_t size)
{
	struct compile c;
	struct gate_text text = {NULL, 0};
	FILE *out = open_memstream(&text.bytes, &text.size);

	assert_non_null(out);
	compile_init(&c);
	ast_dump(out, parse_source(&c, source_add(&c, "test.gate", bytes, size)));
	assert_int_equal(c.diags.error_count, 0);
	compile_release(&c);
	assert_int_equal(fclose(out), 0);
	return text;
}
