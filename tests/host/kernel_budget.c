/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Budgets: no window of one period sees more than the amount, and a run on credit is paid back. */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/budget.h"
#include "tests/host/support/kernel_world.h"
#include "tests/host/support/random.h"

#define MS      UINT64_C(1000000)
#define AMOUNT  (2 * MS)
#define PERIOD  (10 * MS)
#define RESERVE (3 * MS)

static uint64_t
sum_of(const struct budget *budget)
{
	uint64_t sum_ns = 0;

	for (uint32_t i = 0; i < budget->refill_count; i++) {
		sum_ns += budget->refills[i].amount_ns;
		assert_true(i == 0 || budget->refills[i - 1].time_ns <= budget->refills[i].time_ns);
	}
	return sum_ns;
}

static struct budget *
declared(void)
{
	struct budget *budget = budget_of(1);

	assert_int_equal(budget_declare(budget, AMOUNT, PERIOD, 0), E_OK);
	return budget;
}

static void
test_declare(void **state)
{
	struct budget *budget = budget_of(1);

	(void)state;
	assert_int_equal(budget_declare(budget, PERIOD, PERIOD, 0), E_ARGUMENT);
	assert_int_equal(budget_declare(budget, 1, PERIOD, 0), E_ARGUMENT);
	assert_int_equal(budget_declare(budget, AMOUNT, UINT64_MAX, 0), E_ARGUMENT);
	assert_int_equal(budget_declare(budget, 0, PERIOD, 0), E_ARGUMENT);
	assert_int_equal(budget_declare(budget, AMOUNT, PERIOD, UINT64_MAX), E_ARGUMENT);
	assert_int_equal(budget_declare(budget, AMOUNT, PERIOD, RESERVE), E_OK);
	budget_charge(budget, 0, AMOUNT);
	/* The next incarnation says the same, and finds what this one left: nothing (D1). */
	assert_int_equal(budget_declare(budget, AMOUNT, PERIOD, RESERVE), E_OK);
	assert_int_equal(budget_left_ns(budget, 0), 0);
	assert_int_equal(budget_declare(budget, AMOUNT + 1, PERIOD, RESERVE), E_STATE);
}

static void
test_comes_back_after_a_period(void **state)
{
	struct budget *budget = declared();

	(void)state;
	assert_int_equal(budget_left_ns(budget, 5 * MS), AMOUNT);
	budget_charge(budget, 5 * MS, MS);
	assert_int_equal(budget_left_ns(budget, 6 * MS), MS);
	budget_charge(budget, 8 * MS, MS);
	assert_int_equal(budget_left_ns(budget, 9 * MS), 0);
	assert_int_equal(budget_due_ns(budget), 15 * MS);
	assert_int_equal(budget_left_ns(budget, 15 * MS), MS);
	assert_int_equal(budget_left_ns(budget, 18 * MS), AMOUNT);
}

/* What was used on credit is taken from the refills that come next, one after the other. */
static void
test_payback(void **state)
{
	struct budget *budget = declared();

	(void)state;
	budget_charge(budget, 0, 3 * MS);
	assert_int_equal(budget_left_ns(budget, 3 * MS), 0);
	assert_int_equal(budget_left_ns(budget, 10 * MS), MS);
	assert_int_equal(budget_left_ns(budget, 20 * MS), AMOUNT);
	/* Ten budgets and a half at once: ten periods without anything. */
	budget_charge(budget, 20 * MS, 21 * MS);
	assert_int_equal(budget_left_ns(budget, 119 * MS), 0);
	assert_int_equal(budget_left_ns(budget, 120 * MS), MS);
	assert_int_equal(budget_left_ns(budget, 130 * MS), AMOUNT);
	assert_int_equal(sum_of(budget), AMOUNT);
}

static void
test_credit_without_end(void **state)
{
	struct budget *budget = declared();

	(void)state;
	budget_charge(budget, 0, UINT64_C(1) << 62);
	assert_int_equal(sum_of(budget), AMOUNT);
	assert_int_equal(budget_left_ns(budget, 3600 * 1000 * MS / 100), 0);
}

/* Many small pieces are merged into later ones, never earlier. */
static void
test_pieces(void **state)
{
	struct budget *budget = declared();
	uint64_t now_ns = 0;

	(void)state;
	for (int i = 0; i < 50; i++) {
		uint64_t left_ns = budget_left_ns(budget, now_ns);
		if (left_ns != 0) {
			budget_charge(budget, now_ns, BUDGET_LEAST_NS);
		}
		now_ns += 50000;
	}
	assert_int_equal(sum_of(budget), AMOUNT);
	assert_int_equal(budget_left_ns(budget, now_ns + PERIOD), AMOUNT);
}

#define RUNS 4000u
#define NEAR 400u /* no window has more runs */

struct run {
	uint64_t start_ns;
	uint64_t end_ns;
};

/* What the runs near number `near` used in the window from start_ns on. */
static uint64_t
used_in(const struct run *runs, uint32_t near, uint64_t start_ns, uint64_t length_ns)
{
	uint32_t first = near > NEAR ? near - NEAR : 0;
	uint32_t last = RUNS - near > NEAR ? near + NEAR : RUNS;
	uint64_t end_ns = start_ns + length_ns;
	uint64_t used_ns = 0;

	for (uint32_t i = first; i < last; i++) {
		uint64_t from = runs[i].start_ns > start_ns ? runs[i].start_ns : start_ns;
		uint64_t to = runs[i].end_ns < end_ns ? runs[i].end_ns : end_ns;
		used_ns += to > from ? to - from : 0;
	}
	return used_ns;
}

/* The most that any window of so many periods sees; the worst begins or ends with a run. */
static uint64_t
worst_window(const struct run *runs, uint64_t periods)
{
	uint64_t length_ns = periods * PERIOD;
	uint64_t worst_ns = 0;

	for (uint32_t i = 0; i < RUNS; i++) {
		uint64_t end_ns = runs[i].end_ns < length_ns ? length_ns : runs[i].end_ns;
		uint64_t after_ns = used_in(runs, i, runs[i].start_ns, length_ns);
		uint64_t before_ns = used_in(runs, i, end_ns - length_ns, length_ns);
		worst_ns = after_ns > worst_ns ? after_ns : worst_ns;
		worst_ns = before_ns > worst_ns ? before_ns : worst_ns;
	}
	return worst_ns;
}

/* Runs and sleeps at random, each run at most delay_ns later than it was wanted. */
static void
runs_make(struct budget *budget, struct run *runs, uint64_t delay_ns)
{
	uint64_t wanted_ns = 0;
	uint32_t count = 0;

	random_start(1);
	while (count < RUNS) {
		uint64_t now_ns = wanted_ns + random_below(delay_ns + 1);
		uint64_t left_ns = budget_left_ns(budget, now_ns);
		if (left_ns == 0) {
			now_ns = budget_due_ns(budget) + random_below(delay_ns + 1);
			left_ns = budget_left_ns(budget, now_ns);
		}
		if (left_ns == 0) {
			continue; /* a piece that is too small waits for the next */
		}
		uint64_t used_ns = random_below(3) == 0 ? left_ns : 1 + random_below(left_ns);
		runs[count++] = (struct run){now_ns, now_ns + used_ns};
		budget_charge(budget, wanted_ns, used_ns);
		wanted_ns =
			now_ns + used_ns + random_below(random_below(2) == 0 ? PERIOD : MS / 10);
		assert_int_equal(sum_of(budget), AMOUNT);
	}
}

/*
 * Amplification (the POSIX sporadic server, seL4 #1365): whatever the pattern of runs and sleeps,
 * no window of a period sees more than the amount. Delayed by others a run may follow closer on the
 * one before, as that of a periodic task may: one amount more, however long the window is.
 */
static void
test_no_window_sees_more(void **state)
{
	static struct run runs[RUNS];

	runs_make(declared(), runs, 0);
	assert_in_range(worst_window(runs, 1), AMOUNT / 2, AMOUNT);
	world_start(state);
	runs_make(declared(), runs, PERIOD - AMOUNT);
	for (uint64_t periods = 1; periods < 20; periods++) {
		assert_in_range(worst_window(runs, periods), 1, (periods + 1) * AMOUNT);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_declare, world_start),
		cmocka_unit_test_setup(test_comes_back_after_a_period, world_start),
		cmocka_unit_test_setup(test_payback, world_start),
		cmocka_unit_test_setup(test_credit_without_end, world_start),
		cmocka_unit_test_setup(test_pieces, world_start),
		cmocka_unit_test_setup(test_no_window_sees_more, world_start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
