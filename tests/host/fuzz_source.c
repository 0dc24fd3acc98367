/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Sources, whole and broken ones: the front of gate never does more than say what is wrong, and
 * what it sets in form is its own form. What stands behind it: fuzz_policy.c.
 */
/* test: ksm/gate/arena.c ksm/gate/vector.c ksm/gate/intern.c ksm/gate/buffer.c ksm/gate/compile.c
 *       ksm/gate/source.c ksm/gate/diag.c ksm/gate/diag_print.c ksm/gate/suggest.c
 *       ksm/gate/token.c ksm/gate/utf8.c ksm/gate/lex_number.c ksm/gate/lex.c ksm/gate/ast.c
 *       ksm/gate/parser.c ksm/gate/parse.c ksm/gate/parse_name.c ksm/gate/parse_type.c
 *       ksm/gate/parse_expr.c ksm/gate/parse_event.c ksm/gate/parse_rule.c
 *       ksm/gate/parse_claim.c ksm/gate/parse_decl.c ksm/gate/parse_object.c
 *       ksm/gate/parse_interface.c ksm/gate/parse_process.c ksm/gate/parse_restart.c
 *       ksm/gate/fmt.c ksm/gate/fmt_line.c tests/host/support/random.c
 *       tests/host/support/fuzz.c tests/host/support/random_gate.c
 *       tests/host/support/random_gate_label.c
 *       tests/host/support/random_gate_sum.c
 *       tests/host/support/random_gate_list.c
 *       tests/host/support/random_gate_fault.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/gate/compile.h"
#include "ksm/gate/fmt.h"
#include "tests/host/support/fuzz.h"
#include "tests/host/support/random.h"
#include "tests/host/support/random_gate.h"

#define CASES 100000

static void
findings_check(const struct compile *c)
{
	for (const struct diag *d = c->diags.first; d != NULL; d = d->next) {
		assert_true(d->sentence != NULL && d->sentence[0] != '\0');
		assert_true(d->severity != DIAG_ERROR || d->clause != NULL);
	}
}

static void
form_check(const char *text, size_t size)
{
	struct compile c;
	const char *form;
	const char *again;
	size_t form_size;
	size_t again_size;

	compile_init(&c);
	form = fmt_source(&c, source_add(&c, "case.gate", text, size), &form_size);
	assert_int_equal(form != NULL, c.diags.error_count == 0);
	if (form != NULL) {
		again = fmt_source(&c, source_add(&c, "form.gate", form, form_size), &again_size);
		assert_non_null(again);
		assert_int_equal(again_size, form_size);
		assert_memory_equal(again, form, form_size);
	}
	findings_check(&c);
	compile_release(&c);
}

static uint64_t
case_try(uint64_t n)
{
	struct arena arena;
	struct buffer whole;
	struct buffer part;
	struct buffer broken;
	const struct buffer *text = &part;

	arena_init(&arena);
	buffer_init(&whole, &arena);
	buffer_init(&part, &arena);
	buffer_init(&broken, &arena);
	random_gate(&whole);
	random_gate_part(&part, whole.bytes, whole.size);
	if (n % 16 == 0) {
		text = &whole;
	}
	if (random_below(4) != 0) {
		random_gate_fault(&broken, text->bytes, text->size);
		text = &broken;
	}
	if (getenv("FUZZ_SHOW") != NULL) {
		(void)fwrite(text->bytes, 1, text->size, stderr);
	}
	form_check(text->bytes, text->size);
	arena_release(&arena);
	return 1;
}

int
main(void)
{
	return fuzz_main("source", CASES, case_try);
}
