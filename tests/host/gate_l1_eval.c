/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The reference interpreter: each sentence of SPEC, Decision, on a policy made by hand. */
/* test: ksm/gate/l1_effect.c ksm/gate/l1_eval.c
 * ksm/gate/l1_shape.c tests/host/support/policy_fixture.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "abi/abi.h"
#include "ksm/gate/l1_eval.h"
#include "tests/host/support/policy_fixture.h"

static struct l1_verdict
ask(uint16_t holder, uint16_t interface, uint16_t method, enum l1_event event, uint32_t status,
	const uint8_t *bytes, uint32_t length_bytes)
{
	const struct l1_query query = {
		.holder = holder,
		.target = FIXTURE_SERVER,
		.interface = interface,
		.method = method,
		.event = event,
		.status = status,
		.bytes = bytes,
		.length_bytes = length_bytes,
	};
	struct l1_memory nothing = {0};

	return l1_eval(fixture_l1(), &query, &nothing);
}

/* Asks about valve.set with a channel and tenths of a degree. */
static struct l1_verdict
ask_set(uint8_t channel, int16_t tenths)
{
	const uint8_t bytes[] = {
		channel, 0, (uint8_t)(tenths & 0xff), (uint8_t)(tenths >> 8 & 0xff)};

	return ask(FIXTURE_CLIENT, FIXTURE_VALVE, FIXTURE_SET, L1_CALL, 0, bytes, sizeof bytes);
}

static void
expect(struct l1_verdict verdict, enum ksm_reason reason, uint32_t rule, uint16_t field,
	int64_t operand)
{
	assert_int_equal(verdict.reason, reason);
	assert_int_equal(verdict.rule, rule);
	assert_int_equal(verdict.field, field);
	assert_int_equal(verdict.operand, operand);
}

static void
d1_methods_and_statuses(void **state)
{
	const uint8_t bytes[MESSAGE_BYTES_MAX] = {0};
	static const uint16_t unknown[] = {0, FIXTURE_GONE, FIXTURE_WIDE + 1, UINT16_MAX};

	(void)state;
	for (uint32_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
		expect(ask(FIXTURE_CLIENT, FIXTURE_VALVE, unknown[i], L1_CALL, 0, bytes, 0),
			KSM_SHAPE, 0, L1_EVAL_FIELD_NONE, 0);
	}
	for (uint32_t status = 0; status <= 3; status++) {
		bool is_error = status == 1 || status == 2;

		assert_int_equal(
			ask(FIXTURE_CLIENT, FIXTURE_VALVE, FIXTURE_SET, L1_ERROR, status, bytes, 0)
				.reason,
			is_error ? KSM_GRANTED : KSM_SHAPE);
	}
	expect(ask(FIXTURE_CLIENT, FIXTURE_VALVE, FIXTURE_SET, L1_ERROR, 1, bytes, 1), KSM_SHAPE, 0,
		L1_EVAL_FIELD_NONE, 0);
}

static void
d2_shape(void **state)
{
	const uint8_t hole[] = {1, 7, 0, 0};
	const uint8_t wrong_bool[16] = {1, 2};
	const uint8_t wrong_enum[16] = {4, 0};
	const uint8_t wrong_hole[16] = {1, 1, 0, 0, 9};

	(void)state;
	for (uint32_t length = 0; length <= 8; length++) {
		assert_int_equal(ask(FIXTURE_CLIENT, FIXTURE_VALVE, FIXTURE_SET, L1_CALL, 0,
					 (const uint8_t[16]){0}, length)
					 .reason,
			length == 4 ? KSM_GRANTED : KSM_SHAPE);
	}
	expect(ask_set(8, 0), KSM_SHAPE, 0, 0, 8);
	expect(ask_set(8, -401), KSM_SHAPE, 0, 0, 8);
	expect(ask_set(0, -401), KSM_SHAPE, 0, 2, -401);
	expect(ask_set(0, 851), KSM_SHAPE, 0, 2, 851);
	expect(ask(FIXTURE_CLIENT, FIXTURE_VALVE, FIXTURE_SET, L1_CALL, 0, hole, 4), KSM_SHAPE, 0,
		1, 7);
	expect(ask(FIXTURE_CLIENT, FIXTURE_VALVE, FIXTURE_MODE, L1_CALL, 0, wrong_bool, 16),
		KSM_SHAPE, 0, 1, 2);
	expect(ask(FIXTURE_CLIENT, FIXTURE_VALVE, FIXTURE_MODE, L1_CALL, 0, wrong_enum, 16),
		KSM_SHAPE, 0, 0, 4);
	expect(ask(FIXTURE_CLIENT, FIXTURE_VALVE, FIXTURE_MODE, L1_CALL, 0, wrong_hole, 16),
		KSM_SHAPE, 0, 4, 9);
}

static void
d3_default(void **state)
{
	const uint8_t bytes[MESSAGE_BYTES_MAX] = {0};

	(void)state;
	/* stranger holds a capability by its wire, and no rule names valve */
	expect(ask(FIXTURE_STRANGER, FIXTURE_VALVE, FIXTURE_SET, L1_CALL, 0, bytes, 4), KSM_DEFAULT,
		0, L1_EVAL_FIELD_NONE, 0);
	expect(ask(FIXTURE_STRANGER, FIXTURE_VALVE, FIXTURE_SET, L1_CALL, 0, bytes, 5), KSM_SHAPE,
		0, L1_EVAL_FIELD_NONE, 0);
	/* init is on no such edge: nothing is looked at */
	expect(ask(LABEL_INIT, FIXTURE_VALVE, FIXTURE_SET, L1_CALL, 0, bytes, 5), KSM_DEFAULT, 0,
		L1_EVAL_FIELD_NONE, 0);
}

static void
d4_forbid_before_allow(void **state)
{
	const uint8_t low[] = {0x18, 0xfc}; /* -1000 */
	const uint8_t zero[] = {0, 0};

	(void)state;
	expect(ask_set(0, 600), KSM_GRANTED, 1, L1_EVAL_FIELD_NONE, 0);
	expect(ask_set(0, 601), KSM_FORBID, 3, L1_EVAL_FIELD_NONE, 0);
	expect(ask_set(7, 601), KSM_FORBID, 3, L1_EVAL_FIELD_NONE, 0);
	expect(ask(FIXTURE_CLIENT, FIXTURE_VALVE, FIXTURE_READ, L1_REPLY, 0, low, 2), KSM_FORBID, 5,
		L1_EVAL_FIELD_NONE, 0);
	expect(ask(FIXTURE_CLIENT, FIXTURE_VALVE, FIXTURE_READ, L1_REPLY, 0, zero, 2), KSM_GRANTED,
		4, L1_EVAL_FIELD_NONE, 0);
	expect(ask(FIXTURE_CLIENT, FIXTURE_PLAIN, FIXTURE_PING, L1_CALL, 0, zero, 0), KSM_FORBID, 9,
		L1_EVAL_FIELD_NONE, 0);
}

static void
d5_the_smallest_allow_grants(void **state)
{
	const uint8_t low_mode[16] = {2, 1};

	(void)state;
	expect(ask_set(3, 0), KSM_GRANTED, 1, L1_EVAL_FIELD_NONE, 0);
	expect(ask_set(5, 15), KSM_GRANTED, 2, L1_EVAL_FIELD_NONE, 0);
	assert_int_equal(ask_set(5, 15).audit, KSM_AUDIT_UNSAID);
	assert_int_equal(
		ask(FIXTURE_CLIENT, FIXTURE_VALVE, FIXTURE_MODE, L1_CALL, 0, low_mode, 16).audit,
		KSM_AUDIT_GRANTED);
}

static void
d6_the_smallest_allow_and_its_leftmost_test(void **state)
{
	(void)state;
	expect(ask_set(4, 15), KSM_GUARD, 1, 0, 4);
	expect(ask_set(5, 21), KSM_GUARD, 1, 0, 5);
	assert_non_null(ask_set(5, 21).test);
}

static void
d7_secrets_stay_secret(void **state)
{
	const uint8_t in_type[] = {0xe7, 0x03};     /* 999 */
	const uint8_t out_of_type[] = {0x10, 0x27}; /* 10000 */

	(void)state;
	expect(ask(FIXTURE_STRANGER, FIXTURE_PLAIN, FIXTURE_SECRET, L1_CALL, 0, in_type, 2),
		KSM_GUARD, 10, 0, 0);
	expect(ask(FIXTURE_STRANGER, FIXTURE_PLAIN, FIXTURE_SECRET, L1_CALL, 0, out_of_type, 2),
		KSM_SHAPE, 0, 0, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(d1_methods_and_statuses),
		cmocka_unit_test(d2_shape),
		cmocka_unit_test(d3_default),
		cmocka_unit_test(d4_forbid_before_allow),
		cmocka_unit_test(d5_the_smallest_allow_grants),
		cmocka_unit_test(d6_the_smallest_allow_and_its_leftmost_test),
		cmocka_unit_test(d7_secrets_stay_secret),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
