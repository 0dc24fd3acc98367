/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Which policy is in force: trials end by themselves, older versions stay out, all is on record. */
/* test: kernel/policy.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "abi/policy.h"
#include "kernel/audit.h"
#include "kernel/monitor.h"
#include "kernel/policy.h"
#include "kernel/process.h"
#include "kernel/timer.h"

#define TRIAL UINT64_C(1000)

static uint64_t now_ns;
static uint32_t programmed;
static uint32_t in_force;
static uint64_t versions[3];
static bool would_forget;
static uint32_t steps_left; /* before the last one of a swap */
static bool is_pending;
static struct audit_record last;
static uint32_t records;

static struct process process = {.label = 7, .instance = 5};
static struct thread thread = {.process = &process};

uint64_t
arch_clock_ns(void)
{
	return now_ns;
}

void
timer_program(void)
{
	programmed++;
}

_Noreturn void
kernel_panic(const char *what, uint64_t value)
{
	(void)what;
	(void)value;
	abort();
}

uint32_t
monitor_policies(void)
{
	return 3;
}

uint32_t
monitor_policy(void)
{
	return in_force;
}

uint64_t
monitor_policy_version(uint32_t number)
{
	return versions[number];
}

enum ksm_swapped
monitor_swap_step(uint32_t number, bool may_forget)
{
	if (would_forget && !may_forget) {
		return KSM_SWAP_FORGETS;
	}
	if (steps_left > 0) {
		steps_left--;
		return KSM_SWAP_GOES_ON;
	}
	in_force = number;
	return KSM_SWAP_DONE;
}

bool
arch_irq_pending(void)
{
	return is_pending;
}

void
audit_write(struct audit_record *record, uint32_t edge)
{
	assert_int_equal(edge, UINT32_MAX);
	assert_int_equal(record->event, AUDIT_EVENT_POLICY);
	last = *record;
	records++;
}

/* The last record says that this happened, and policy `number` is in force. */
static void
expect(uint32_t number, enum policy_event event, uint16_t label)
{
	assert_int_equal(in_force, number);
	assert_int_equal(records, 1);
	assert_int_equal(last.operand, number);
	assert_int_equal(last.method, event);
	assert_int_equal(last.label, label);
	assert_int_equal(last.reason, 0);
	records = 0;
}

static void
test_load_and_confirm(void **state)
{
	(void)state;
	assert_int_equal(policy_due_ns(), UINT64_MAX);
	assert_int_equal(policy_confirm(&thread), E_STATE);
	assert_int_equal(policy_revert(&thread), E_STATE);
	assert_int_equal(policy_load(&thread, 3, TRIAL), E_ARGUMENT);
	assert_int_equal(policy_load(&thread, 0, TRIAL), E_STATE);
	would_forget = true;
	assert_int_equal(policy_load(&thread, 1, TRIAL), E_STATE);
	would_forget = false;
	assert_int_equal(records, 0);
	now_ns = 50;
	programmed = 0;
	assert_int_equal(policy_load(&thread, 1, TRIAL), E_OK);
	expect(1, POLICY_LOADED, 7);
	assert_int_equal(policy_due_ns(), 50 + TRIAL);
	assert_int_equal(programmed, 1);
	/* One at a time. */
	assert_int_equal(policy_load(&thread, 2, TRIAL), E_STATE);
	assert_int_equal(policy_confirm(&thread), E_OK);
	expect(1, POLICY_CONFIRMED, 7);
	assert_int_equal(policy_due_ns(), UINT64_MAX);
	policy_expire(UINT64_MAX - 1);
	assert_int_equal(records, 0);
	assert_int_equal(policy_revert(&thread), E_STATE);
}

static void
test_trial_ends(void **state)
{
	(void)state;
	assert_int_equal(policy_load(&thread, 0, TRIAL), E_OK);
	expect(0, POLICY_LOADED, 7);
	policy_expire(now_ns + TRIAL - 1);
	assert_int_equal(records, 0);
	/* Nothing that is remembered stands in the way. */
	would_forget = true;
	policy_expire(now_ns + TRIAL);
	would_forget = false;
	expect(1, POLICY_EXPIRED, LABEL_KERNEL);
	assert_int_equal(policy_due_ns(), UINT64_MAX);
	assert_int_equal(policy_load(&thread, 2, TRIAL), E_OK);
	expect(2, POLICY_LOADED, 7);
	would_forget = true;
	assert_int_equal(policy_revert(&thread), E_OK);
	would_forget = false;
	expect(1, POLICY_REVERTED, 7);
	assert_int_equal(policy_revert(&thread), E_STATE);
}

/* Until the last step the policy before is in force; what waits comes between two of them. */
static void
test_steps(void **state)
{
	(void)state;
	assert_int_equal(in_force, 1);
	steps_left = 2;
	assert_int_equal(policy_load(&thread, 2, TRIAL), STATUS_AGAIN);
	assert_int_equal(policy_due_ns(), UINT64_MAX);
	assert_int_equal(policy_load(&thread, 2, TRIAL), STATUS_AGAIN);
	assert_int_equal(in_force, 1);
	assert_int_equal(policy_load(&thread, 2, TRIAL), E_OK);
	expect(2, POLICY_LOADED, 7);
	steps_left = 1;
	assert_int_equal(policy_revert(&thread), STATUS_AGAIN);
	assert_int_equal(policy_revert(&thread), E_OK);
	expect(1, POLICY_REVERTED, 7);

	assert_int_equal(policy_load(&thread, 2, TRIAL), E_OK);
	expect(2, POLICY_LOADED, 7);
	now_ns += TRIAL;
	is_pending = true;
	steps_left = 2;
	policy_expire(now_ns);
	policy_expire(now_ns);
	assert_int_equal(records, 0);
	assert_true(policy_due_ns() <= now_ns);
	/* Too late. */
	assert_int_equal(policy_confirm(&thread), E_STATE);
	policy_expire(now_ns);
	expect(1, POLICY_EXPIRED, LABEL_KERNEL);
	assert_int_equal(policy_load(&thread, 2, TRIAL), E_OK);
	expect(2, POLICY_LOADED, 7);
	now_ns += TRIAL;
	is_pending = false;
	steps_left = 5;
	policy_expire(now_ns);
	expect(1, POLICY_EXPIRED, LABEL_KERNEL);
}

static void
test_floor(void **state)
{
	(void)state;
	versions[0] = 4;
	versions[1] = 5;
	versions[2] = 3;
	assert_int_equal(policy_floor(), 4);
	assert_int_equal(policy_load(&thread, 2, TRIAL), E_LIMIT);
	assert_int_equal(policy_load(&thread, 0, TRIAL), E_OK);
	assert_int_equal(policy_revert(&thread), E_OK);
	/* A trial raises no floor, a confirmation does. */
	assert_int_equal(policy_floor(), 4);
	assert_int_equal(policy_load(&thread, 0, TRIAL), E_OK);
	assert_int_equal(policy_confirm(&thread), E_OK);
	assert_int_equal(policy_load(&thread, 1, TRIAL), E_OK);
	assert_int_equal(policy_confirm(&thread), E_OK);
	assert_int_equal(policy_floor(), 5);
	assert_int_equal(policy_load(&thread, 0, TRIAL), E_LIMIT);
	assert_int_equal(in_force, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_load_and_confirm),
		cmocka_unit_test(test_trial_ends),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_floor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
