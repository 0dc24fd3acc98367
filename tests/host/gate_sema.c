/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Whole files through gate's middle: with one word changed they end in a checked blob or in an
 * error, never in a fault and never in a blob that decides otherwise than L1.
 */
/* test: ksm/gate/policy.c ksm/gate/sema.c ksm/gate/unit.c ksm/gate/scope.c ksm/gate/types.c
 *       ksm/gate/value.c ksm/gate/layout.c ksm/gate/digest.c ksm/gate/digests.c
 *       ksm/gate/late.c ksm/gate/list.c ksm/gate/sema_interface.c ksm/gate/sema_process.c
 *       ksm/gate/attribute.c ksm/gate/path_label.c
 *       ksm/gate/carry.c
 *       ksm/gate/device.c ksm/gate/sema_system.c ksm/gate/budget.c ksm/gate/sema_wire.c
 * ksm/gate/lower_instance.c ksm/gate/who.c ksm/gate/who_endpoint.c ksm/gate/resource.c
 * ksm/gate/link.c ksm/gate/method.c ksm/gate/operand.c ksm/gate/expr.c ksm/gate/expr_text.c
 * ksm/gate/expr_sum.c ksm/gate/tail.c ksm/gate/expr_state.c ksm/gate/object_cell.c
 * ksm/gate/object_id.c ksm/gate/limit.c ksm/gate/others.c ksm/gate/object.c ksm/gate/sema_object.c
 * ksm/gate/lower_effect.c ksm/gate/condition.c ksm/gate/condition_text.c ksm/gate/lower_event.c
 * ksm/gate/plain.c ksm/gate/lower_plain.c ksm/gate/step_plain.c
 * ksm/gate/until.c
 * ksm/gate/lower_rule.c ksm/gate/template.c ksm/gate/expr_tuple.c ksm/gate/expr_has.c
 * ksm/gate/operand_attribute.c ksm/gate/expr_number.c
 * ksm/gate/operand_path.c ksm/gate/present.c ksm/gate/record.c ksm/gate/sema_message.c
 * ksm/gate/rule_text.c
 * ksm/gate/generated.c ksm/gate/generated_cell.c ksm/gate/lower.c ksm/gate/l1_interface.c
 * ksm/gate/grid.c ksm/gate/grid_sum.c ksm/gate/witness.c ksm/gate/event_text.c
 * ksm/gate/check_rule.c ksm/gate/check_wire.c ksm/gate/claim.c ksm/gate/level.c ksm/gate/flow.c
 * ksm/gate/flow_claim.c ksm/gate/memory.c ksm/gate/test_check.c ksm/gate/step.c ksm/gate/payload.c
 * ksm/gate/l1_effect.c ksm/gate/l1_eval.c ksm/gate/l1_shape.c ksm/gate/blob.c ksm/gate/blob_tests.c
 * ksm/gate/blob_loads.c ksm/gate/emit_load.c
 *
 * ksm/gate/blob_ranges.c
 * ksm/gate/validate_edge.c ksm/gate/validate_row.c ksm/gate/validate.c ksm/gate/validate_message.c
 * ksm/gate/validate_fault.c
 * ksm/gate/validate_known.c ksm/gate/validate_shape.c
 * ksm/gate/validate_state.c ksm/gate/boards.c
 * ksm/gate/vector.c ksm/gate/system_memory.c ksm/gate/slots.c ksm/gate/emit.c ksm/gate/emit_row.c
 * ksm/gate/emit_type.c ksm/gate/emit_tree.c
 * ksm/gate/emit_cost.c
 * ksm/gate/emit_code.c ksm/gate/emit_pool.c ksm/gate/emit_edges.c ksm/gate/emit_blob.c
 * ksm/gate/emit_state.c ksm/gate/emit_names.c ksm/gate/wire.c ksm/gate/arena.c ksm/gate/intern.c
 * ksm/gate/index.c
 * ksm/gate/buffer.c ksm/gate/compile.c ksm/gate/source.c ksm/gate/diag.c ksm/gate/diag_print.c
 * ksm/gate/suggest.c ksm/gate/token.c ksm/gate/utf8.c ksm/gate/lex_number.c ksm/gate/lex.c
 * ksm/gate/ast.c ksm/gate/parser.c ksm/gate/parse.c ksm/gate/parse_name.c ksm/gate/parse_type.c
 *       ksm/gate/parse_expr.c ksm/gate/parse_event.c ksm/gate/parse_rule.c
 *       ksm/gate/parse_claim.c ksm/gate/parse_decl.c ksm/gate/parse_object.c
 *       ksm/gate/parse_interface.c ksm/gate/parse_process.c ksm/gate/parse_restart.c
 *       ksm/gate/restart.c ksm/engine/verify.c ksm/engine/verify_program.c
 *       ksm/engine/edge.c ksm/engine/decide.c
 *       ksm/engine/program.c ksm/engine/swap.c ksm/engine/state.c ksm/engine/text.c
 * tools/host/sha256.c tests/host/support/random.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "boards/board.h"
#include "ksm/gate/boards.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/lex.h"
#include "ksm/gate/policy.h"
#include "ksm/gate/sema_options.h"
#include "tests/host/support/random.h"

#define CHANGES_PER_FILE 150u

static const struct board_device devices[] = {
	{.name = "uart", .base = 0x1000, .size_bytes = 0x1000, .irq = 33},
	{.name = "gpio", .base = 0x2000, .size_bytes = 0x1000, .irq = 39},
};
static const struct board test_board = {
	.name = "test-board",
	.architecture = "none",
	.ram_bytes = UINT64_C(0x10000000),
	.device_count = 2,
	.devices = devices,
};
const struct board *const gate_boards[] = {&test_board, NULL};

static const char *const files[] = {
	"tests/gate/policy/conditions.gate",
	"tests/gate/policy/events.gate",
	"tests/gate/policy/flow.gate",
	"tests/gate/policy/needs.gate",
	"tests/gate/policy/objects.gate",
	"tests/gate/policy/tails.gate",
	"tests/gate/policy/templates.gate",
	"tests/gate/policy/who.gate",
};

/* What stands in place of a word. */
static const char *const words[] = {"", "init", "kernel", "self", "any", "any!", "signal", "0",
	"-1", "18446744073709551615", "9223372036854775807", "true", "frame", "client.last",
	"server.x", "arg.channel", "not", "except", "u64", "text<4>", "bytes<1024>", "{", ")", "..",
	"->", "=", "1K", "5ms", "priority 30", "device gpio", "\"text\"", "reply", "error",
	"forbid", "never", "then", "take", "enter", "per edge", "per server", "keep", "reset",
	"Slot", "Rings", "Files", "Cards", "Open held", "Lock is locked", "call", "abort", "none",
	"reply when true", "then take Rings", "1000000h"};

static char scratch[] = "build/gate_sema.XXXXXX";

static bool
is_made(const char *path, uint32_t *errors)
{
	static const char *const roots[] = {"."};
	const struct sema_options options = {.roots = roots, .root_count = 1};
	struct compile c;
	struct policy policy;
	bool is_right;

	compile_init(&c);
	is_right = policy_make(&policy, &c, &options, path);
	*errors = c.diags.error_count;
	for (const struct diag *d = c.diags.first; d != NULL; d = d->next) {
		if (d->help != NULL && strstr(d->help, "fault of gate") != NULL) {
			fail_msg("%s", d->sentence);
		}
	}
	compile_release(&c);
	return is_right;
}

static void
file_write(const char *text, const struct token *token, const char *word)
{
	FILE *file = fopen(scratch, "w");

	assert_non_null(file);
	assert_true(fwrite(text, 1, token->span.offset, file) == token->span.offset);
	assert_true(fputs(word, file) >= 0);
	assert_true(fputs(text + token->span.offset + token->span.length, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

/* A file is made or has an error; a file that was not made says why. */
static void
change_try(const struct source *source, const struct token *token, const char *word)
{
	uint32_t errors;
	bool made;

	file_write(source->text, token, word);
	made = is_made(scratch, &errors);
	if (made != (errors == 0)) {
		fail_msg("%s:%u:%u: `%.*s` became `%s`: made %d, %u errors", source->path,
			token->span.line, token->span.col, (int)token->span.length,
			source->text + token->span.offset, word, made, errors);
	}
}

static void
one_word_changed(void **state)
{
	uint32_t errors;

	(void)state;
	for (uint32_t f = 0; f < sizeof files / sizeof files[0]; f++) {
		struct compile c;
		const struct source *source;
		const struct lex *lex;

		assert_true(is_made(files[f], &errors));
		compile_init(&c);
		source = source_read(&c, files[f]);
		assert_non_null(source);
		lex = lex_source(&c, source);
		for (uint32_t n = 0; n < CHANGES_PER_FILE; n++) {
			change_try(source, &lex->tokens[random_below(lex->token_count - 1)],
				words[random_below(sizeof words / sizeof words[0])]);
		}
		compile_release(&c);
	}
}

static int
set_up(void **state)
{
	int file = mkstemp(scratch);

	(void)state;
	return file < 0 ? -1 : close(file);
}

static int
tear_down(void **state)
{
	(void)state;
	return unlink(scratch);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_word_changed),
	};

	random_start(1);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
