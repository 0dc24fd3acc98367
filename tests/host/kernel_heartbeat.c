/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The supervisor's sign of life: one period may pass without it, two may not. */
/* test: kernel/heartbeat.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arch/arch.h"
#include "kernel/heartbeat.h"
#include "kernel/timer.h"

#define PERIOD UINT64_C(1000)

static uint64_t now_ns;
static uint32_t programmed;
static bool has_panicked;
static jmp_buf end;

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
	has_panicked = true;
	longjmp(end, 1);
}

/* Whether the machine lives through the timer's interrupt at that time. */
static bool
lives(uint64_t at_ns)
{
	now_ns = at_ns;
	has_panicked = false;
	if (setjmp(end) == 0) {
		heartbeat_expire(at_ns);
	}
	return !has_panicked;
}

static void
test_nobody_promised(void **state)
{
	(void)state;
	assert_int_equal(heartbeat_due_ns(), UINT64_MAX);
	assert_true(lives(UINT64_MAX - 1));
}

static void
test_two_periods(void **state)
{
	(void)state;
	now_ns = 100;
	programmed = 0;
	heartbeat_show(PERIOD);
	assert_int_equal(programmed, 1);
	assert_int_equal(heartbeat_due_ns(), 100 + PERIOD);
	assert_true(lives(99 + PERIOD));
	assert_true(lives(100 + PERIOD));
	assert_int_equal(heartbeat_due_ns(), 100 + 2 * PERIOD);
	assert_true(lives(99 + 2 * PERIOD));
	assert_false(lives(100 + 2 * PERIOD));
}

/* However long the machine stood still, the supervisor has a period to run in. */
static void
test_machine_stood_still(void **state)
{
	(void)state;
	now_ns = 0;
	heartbeat_show(PERIOD);
	assert_true(lives(50 * PERIOD));
	assert_true(lives(51 * PERIOD - 1));
	heartbeat_show(PERIOD);
	assert_true(lives(52 * PERIOD));
	assert_false(lives(60 * PERIOD));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nobody_promised),
		cmocka_unit_test(test_two_periods),
		cmocka_unit_test(test_machine_stood_still),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
