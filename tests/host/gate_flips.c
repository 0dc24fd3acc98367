/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * One bit of a finished policy is turned, and its digest made right again: the verifier refuses it,
 * or validation finds that it means something else. What may mean the same is listed in
 * ksm/format.h.
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
 * ksm/gate/blob_loads.c ksm/gate/blob_ranges.c ksm/gate/validate_edge.c ksm/gate/validate_row.c
 * ksm/gate/validate.c ksm/gate/validate_message.c ksm/gate/validate_fault.c
 * ksm/gate/validate_known.c ksm/gate/validate_shape.c
 * ksm/gate/validate_state.c ksm/gate/boards.c
 * ksm/gate/vector.c ksm/gate/system_memory.c ksm/gate/slots.c ksm/gate/emit.c ksm/gate/emit_row.c
 * ksm/gate/emit_type.c ksm/gate/emit_tree.c
 * ksm/gate/emit_cost.c
 * ksm/gate/emit_code.c ksm/gate/emit_load.c ksm/gate/emit_pool.c ksm/gate/emit_edges.c
 * ksm/gate/emit_blob.c ksm/gate/emit_state.c ksm/gate/emit_names.c ksm/gate/wire.c ksm/gate/arena.c
 * ksm/gate/intern.c ksm/gate/index.c ksm/gate/buffer.c ksm/gate/compile.c ksm/gate/source.c
 * ksm/gate/diag.c ksm/gate/diag_print.c ksm/gate/suggest.c ksm/gate/token.c ksm/gate/utf8.c
 * ksm/gate/lex_number.c ksm/gate/lex.c ksm/gate/ast.c ksm/gate/parser.c ksm/gate/parse.c
 * ksm/gate/parse_name.c ksm/gate/parse_type.c ksm/gate/parse_expr.c ksm/gate/parse_event.c
 * ksm/gate/parse_rule.c ksm/gate/parse_claim.c ksm/gate/parse_decl.c ksm/gate/parse_object.c
 *       ksm/gate/parse_interface.c ksm/gate/parse_process.c ksm/gate/parse_restart.c
 *       ksm/gate/restart.c ksm/engine/verify.c ksm/engine/verify_program.c
 *       ksm/engine/edge.c ksm/engine/decide.c
 *       ksm/engine/program.c ksm/engine/swap.c ksm/engine/state.c ksm/engine/text.c
 * tools/host/sha256.c  */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "boards/board.h"
#include "ksm/engine/ksm.h"
#include "ksm/format.h"
#include "ksm/format_state.h"
#include "ksm/gate/boards.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/l1.h"
#include "ksm/gate/policy.h"
#include "ksm/gate/sema_options.h"
#include "ksm/gate/validate.h"
#include "tools/host/sha256.h"

/* Every bit is tried with FLIPS=1 in the environment (210 s); every 61st, from SEED on, without. */
#define STRIDE 61u

/* At most one in so many means the same. */
#define SAME_MOST 40u

static const struct board_device devices[] = {
	{.name = "rtc", .base = 0x1000, .size_bytes = 0x1000, .irq = 33},
};
static const struct board test_board = {
	.name = "test-board",
	.architecture = "none",
	.ram_bytes = UINT64_C(0x10000000),
	.device_count = 1,
	.devices = devices,
};
const struct board *const gate_boards[] = {&test_board, NULL};

struct blob {
	const struct l1 *l1;
	uint8_t *bytes; /* 8-aligned */
	size_t size;
};

static void
digest_renew(const struct blob *b)
{
	size_t offset = ksm_digest_offset();

	sha256(b->bytes + offset, b->size - offset,
		b->bytes + offsetof(struct format_header, digest));
}

/* Whether somebody sees what was done to the bytes. */
static bool
is_seen(const struct blob *b)
{
	struct arena a;
	struct validate_result result;

	arena_init(&a);
	digest_renew(b);
	result = validate_policy(
		b->l1, b->bytes, b->size, b->bytes + offsetof(struct format_header, digest), &a);
	arena_release(&a);
	return result.sentence != NULL;
}

/* Whether somebody sees that the bit at this byte is turned. */
static bool
is_found(const struct blob *b, uint32_t at, uint32_t bit)
{
	bool is_found;

	b->bytes[at] ^= (uint8_t)(1u << bit);
	is_found = is_seen(b);
	b->bytes[at] ^= (uint8_t)(1u << bit);
	return is_found;
}

/* No message reaches an op in whose place a denial for another reason is not seen. */
static bool
is_out_of_reach(const struct blob *b, uint8_t *op)
{
	const struct format_op denial = {FORMAT_OP_DENY, KSM_FORBID, 0, 1};
	struct format_op before;
	bool is_reached;

	memcpy(&before, op, sizeof(before));
	memcpy(op, &denial, sizeof(denial));
	is_reached = is_seen(b);
	memcpy(op, &before, sizeof(before));
	return !is_reached;
}

static uint32_t
section_start(const struct blob *b, uint32_t section)
{
	return format_u32(b->bytes + offsetof(struct format_header, sections) +
			  section * sizeof(struct format_section));
}

/* Whether the edge's rows are the same ones, elsewhere. */
static bool
are_rows_equal(const struct blob *b, uint32_t at, uint32_t bit)
{
	uint32_t edges = section_start(b, FORMAT_EDGES);
	const uint8_t *edge = b->bytes + at - (at - edges) % sizeof(struct format_edge);
	uint32_t first = format_u32(edge + offsetof(struct format_edge, first));
	size_t byte = (size_t)(b->bytes + at - edge) - offsetof(struct format_edge, first);
	uint32_t other = first ^ UINT32_C(1) << (8 * byte + bit);
	uint32_t methods = format_u16(edge + offsetof(struct format_edge, methods));
	const uint8_t *rows = b->bytes + section_start(b, FORMAT_ROWS);

	return memcmp(rows + first * sizeof(struct format_row),
		       rows + other * sizeof(struct format_row),
		       methods * sizeof(struct format_row)) == 0;
}

/* An op that says the same with the bit turned: a secret that is not shown, another set, a jump to
 * where the same is done, or that nothing takes. */
static bool
may_op_mean_nothing(const uint8_t *op, size_t byte, uint32_t bit)
{
	const size_t c_byte = offsetof(struct format_op, c);
	uint32_t what = format_u16(op + offsetof(struct format_op, b));
	uint32_t kind = what & FORMAT_LOAD_WHAT;
	bool is_late =
		op[0] == FORMAT_OP_LOAD && (kind == FORMAT_LOAD_LATE || kind == FORMAT_LOAD_COUNT);

	if (op[0] == FORMAT_OP_LOAD && byte == offsetof(struct format_op, a)) {
		return 1u << bit == FORMAT_LOAD_SECRET;
	}
	if (byte < c_byte) {
		return op[0] >= FORMAT_OP_IN && op[0] <= FORMAT_OP_GRANTED &&
		       byte >= offsetof(struct format_op, b);
	}
	/* A machine is not in every state, behind what was tested. */
	return op[0] == FORMAT_OP_IN || op[0] == FORMAT_OP_ENTER ||
	       (is_late && 8 * (byte - c_byte) + bit >= FORMAT_LOAD_SHIFT);
}

/* What can say one thing in two ways: the list in format.h. */
static bool
may_mean_nothing(const struct blob *b, uint32_t at, uint32_t bit)
{
	uint32_t programs = section_start(b, FORMAT_PROGRAMS);
	uint32_t code = section_start(b, FORMAT_CODE);

	if (at < section_start(b, FORMAT_ROWS)) {
		return (at - section_start(b, FORMAT_EDGES)) % sizeof(struct format_edge) >=
			       offsetof(struct format_edge, first) &&
		       are_rows_equal(b, at, bit);
	}
	if (at >= programs && at < code) {
		return (at - programs) % sizeof(struct format_program) >=
		       offsetof(struct format_program, need_bytes);
	}
	if (at >= code && at < section_start(b, FORMAT_SETS)) {
		uint32_t byte = (at - code) % sizeof(struct format_op);

		return may_op_mean_nothing(b->bytes + at - byte, byte, bit) ||
		       is_out_of_reach(b, b->bytes + at - byte);
	}
	return at >= section_start(b, FORMAT_RANGES) && at < section_start(b, FORMAT_STATES);
}

static void
miss_tell(const struct blob *b, const char *path, uint32_t at, uint32_t bit)
{
	static const char *const names[] = {
		"edge", "row", "program", "op", "set", "range", "state", "abort"};
	static const uint32_t sizes[] = {sizeof(struct format_edge), sizeof(struct format_row),
		sizeof(struct format_program), sizeof(struct format_op), sizeof(struct format_set),
		sizeof(struct format_range), sizeof(struct format_state),
		sizeof(struct format_abort)};
	uint32_t section = FORMAT_EDGES;
	uint32_t inside;

	while (section < FORMAT_ABORTS && at >= section_start(b, section + 1)) {
		section++;
	}
	inside = at - section_start(b, section);
	print_message("%s: %s %u, byte %u, bit %u means nothing\n", path, names[section],
		inside / sizes[section], inside % sizes[section], bit);
}

static uint32_t
number_of(const char *name, uint32_t otherwise)
{
	const char *text = getenv(name);

	return text == NULL || text[0] == '\0' ? otherwise : (uint32_t)strtoul(text, NULL, 10);
}

static void
blob_flip(const struct blob *b, const char *path)
{
	uint32_t stride = number_of("FLIPS", STRIDE);
	uint32_t first = sizeof(struct format_header);
	uint32_t tried = 0;
	uint32_t missed = 0;
	uint32_t same = 0;

	for (uint32_t n = number_of("SEED", 1) % stride;
		n < (section_start(b, FORMAT_NAMES) - first) * 8; n += stride) {
		tried++;
		if (is_found(b, first + n / 8, n % 8)) {
			continue;
		}
		if (may_mean_nothing(b, first + n / 8, n % 8)) {
			same++;
		} else {
			missed++;
			miss_tell(b, path, first + n / 8, n % 8);
		}
	}
	print_message("%s: %u bits turned, %u found, %u mean the same\n", path, tried,
		tried - same - missed, same);
	assert_int_equal(missed, 0);
	assert_true(tried > 100);
	assert_true(same * SAME_MOST <= tried);
}

static void
file_flip(const char *path)
{
	static const char *const roots[] = {"."};
	const struct sema_options options = {.roots = roots, .root_count = 1};
	struct compile c;
	struct policy policy;
	struct blob b;

	compile_init(&c);
	assert_true(policy_make(&policy, &c, &options, path));
	b.l1 = policy.l1;
	b.size = policy.blob.size;
	b.bytes = arena_alloc(&c.arena, b.size);
	memcpy(b.bytes, policy.blob.bytes, b.size);
	blob_flip(&b, path);
	compile_release(&c);
}

static void
update_flips(void **state)
{
	(void)state;
	file_flip("docs/policy/examples/03-update.gate");
}

static void
pairs_flip(void **state)
{
	(void)state;
	file_flip("docs/policy/examples/06-pairs.gate");
}

static void
sessions_flip(void **state)
{
	(void)state;
	file_flip("docs/policy/examples/10-sessions.gate");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(update_flips),
		cmocka_unit_test(pairs_flip),
		cmocka_unit_test(sessions_flip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
