/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Of a program the verifier counts the longest way, not all ops. */
/* test: ksm/engine/verify_program.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ksm/engine/ksm.h"
#include "ksm/engine/verify.h"

/* What the verifier says of one program. */
static enum ksm_verify_error
program_try(const struct format_op *ops, uint32_t count)
{
	const struct format_program program = {.first = 0, .count = (uint16_t)count};
	struct view view = {.rule_count = 1};

	view.at[FORMAT_PROGRAMS] = (const uint8_t *)&program;
	view.count[FORMAT_PROGRAMS] = 1;
	view.at[FORMAT_CODE] = (const uint8_t *)ops;
	view.count[FORMAT_CODE] = count;
	return ksm_programs_verify(&view);
}

/* The longest way counts, not all ops: 63 tests each of which may grant, then a denial, are 64. */
static void
test_ways(void **state)
{
	static struct format_op ops[FORMAT_PROGRAM_OPS_MAX + 1];
	const struct format_op test = {FORMAT_OP_GRANTED, 0, 2, 1};
	const struct format_op allow = {FORMAT_OP_ALLOW, 0, 0, 1};
	const struct format_op deny = {FORMAT_OP_DENY, KSM_DEFAULT, 0, 0};
	uint32_t count = 0;

	(void)state;
	for (uint32_t tests = 1; tests <= FORMAT_PROGRAM_COST_MAX; tests++) {
		ops[count++] = test;
		ops[count++] = allow;
		ops[count] = deny;
		assert_int_equal(program_try(ops, count + 1),
			tests < FORMAT_PROGRAM_COST_MAX ? KSM_OK : KSM_PROGRAM);
	}
	/* The last test but one jumps over the last one: that way is shorter. */
	ops[count - 4].b = 4;
	assert_int_equal(program_try(ops, count + 1), KSM_OK);
	for (count = 0; count <= FORMAT_PROGRAM_OPS_MAX; count++) {
		ops[count] = allow;
		assert_int_equal(program_try(ops, count + 1),
			count < FORMAT_PROGRAM_OPS_MAX ? KSM_OK : KSM_PROGRAM);
	}
}

/* Where ways meet, the longer one goes on, whichever is seen first. */
static void
test_ways_meet(void **state)
{
	struct format_op ops[FORMAT_PROGRAM_COST_MAX + 8] = {
		{FORMAT_OP_GRANTED, 0, 4, 1}, /* to the second but next test: 1 step */
		{FORMAT_OP_GRANTED, 0, 4, 1},
		{FORMAT_OP_GRANTED, 0, 3, 1},                             /* behind that: 3 steps */
		{FORMAT_OP_ALLOW, 0, 0, 1}, {FORMAT_OP_GRANTED, 0, 1, 1}, /* there, too: 2 steps */
	};
	uint32_t count = 5;

	(void)state;
	for (uint32_t steps = 4; steps <= FORMAT_PROGRAM_COST_MAX + 1; steps++) {
		ops[count] = (struct format_op){FORMAT_OP_DENY, KSM_DEFAULT, 0, 0};
		assert_int_equal(program_try(ops, count + 1),
			steps <= FORMAT_PROGRAM_COST_MAX ? KSM_OK : KSM_PROGRAM);
		ops[count++] = (struct format_op){FORMAT_OP_GRANTED, 0, 1, 1};
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_ways_meet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
