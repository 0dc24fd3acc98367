/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Lets the victim try everything, and compares what the kernel recorded with the plan. */
#include "check.h"
#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "machine/attempt.h"
#include "machine/exchange.h"
#include "process_driver.h"
#include "records.h"

const uint32_t gatehouse_console_handle = DRIVER_CONSOLE;

struct plan {
	uint64_t low;
	uint64_t high;
	uint64_t value;
	uint32_t status;
	uint16_t instance;
	uint8_t kind;
	uint8_t where;
	char name[65];
};

static uint32_t
plan_get(uint32_t number, struct plan *plan)
{
	uint32_t length = 0;
	uint32_t status = attempt_plan(DRIVER_VICTIM, number, &plan->low, &plan->high, &plan->value,
		&plan->status, &plan->instance, &plan->kind, &plan->where, plan->name,
		sizeof(plan->name) - 1, &length);

	plan->name[status == E_OK && length < sizeof(plan->name) ? length : 0] = '\0';
	return status;
}

static void
check_record(const struct plan *plan)
{
	struct record record;

	if (!expect(record_find(DRIVER_MONITOR, plan->instance, RECORD_FAULT, &record))) {
		return;
	}
	expect_equal(record.method, plan->kind);
	if ((uint64_t)record.operand < plan->low || (uint64_t)record.operand > plan->high) {
		expect_equal(record.operand, plan->low);
	}
	if (plan->where == AT_ENTRY) {
		expect_equal(record.handle, (uint32_t)plan->low);
	}
	if (plan->where == AT_NOTHING) {
		expect_equal(record.badge, plan->status);
	}
	expect_equal(record_drain(DRIVER_MONITOR), 0);
}

/*
 * The caller of a server that dies has E_DIED. What it asks next waits for the next incarnation,
 * which serves it; the call after that is the one that learns of the restart, once.
 */
static void
check_restart(uint32_t number)
{
	struct plan plan;

	expect_equal(plan_get(number, &plan), E_OK);
	expect_equal(plan_get(number, &plan), E_RESTARTED);
	expect_equal(plan_get(number, &plan), E_OK);
}

static void
attempt_one(uint32_t number, const struct plan *plan)
{
	uint64_t value = 0;

	check_case(plan->name);
	record_drain(DRIVER_MONITOR);
	uint32_t status = attempt_run(DRIVER_VICTIM, number, &value);
	if (plan->kind == RETURNS) {
		expect_equal(status, E_OK);
		expect_equal(value, plan->value);
		expect_equal(record_drain(DRIVER_MONITOR), plan->status);
		if (status == E_OK) {
			return;
		}
	} else {
		expect_equal(status, E_DIED);
		check_record(plan);
		if (status == E_OK) {
			return;
		}
	}
	check_restart(number);
}

/* What the system does not say is not there; an instance is told by its number. */
static void
attributes_test(void)
{
	struct plan plan;

	check_test("attributes that may be there or not");
	expect_equal(process_number("share", 7), 3);
	expect_equal(process_number("spare", 9), 9);
	expect_equal(plan_get(0, &plan), E_OK);
	expect_equal(process_number("peer", 0), plan.instance);
}

/* Numbers of 64 bits are compared without a sign. */
static void
numbers_test(void)
{
	uint64_t back = 0;

	check_test("numbers above 2^63");
	expect_equal(attempt_mark(DRIVER_VICTIM, UINT64_MAX - 1, &back), E_OK);
	expect_equal(back, UINT64_MAX - 1);
	expect_equal(attempt_mark(DRIVER_VICTIM, UINT64_MAX, &back), E_DENIED);
	expect_equal(attempt_mark(DRIVER_VICTIM, INT64_MAX, &back), E_DENIED);
	expect_equal(attempt_mark(DRIVER_VICTIM, 6, &back), E_DENIED);
	expect_equal(attempt_mark(DRIVER_VICTIM, (uint64_t)INT64_MAX + 2, &back), E_OK);
	expect_equal(attempt_mark(DRIVER_VICTIM, (uint64_t)INT64_MAX + 1, &back), E_DENIED);
	expect_equal(attempt_mark(DRIVER_VICTIM, 5, &back), E_DENIED);
}

/* The victim has `no clock`: a wait that would never end is refused instead. */
static void
waits_test(void)
{
	uint32_t wrong = UINT32_MAX;

	check_test("waits of a process that is told no time");
	expect_equal(attempt_waits(DRIVER_VICTIM, &wrong), E_OK);
	expect_equal(wrong, 0);
}

int
main(void)
{
	struct plan plan;
	uint32_t number = 0;

	exchange_test();
	attributes_test();
	numbers_test();
	waits_test();
	check_test("attempts of user code are contained");
	for (; plan_get(number, &plan) == E_OK; number++) {
		attempt_one(number, &plan);
	}
	check_case("all");
	expect(number > 90);
	uint8_t failed = check_finish();
	power_off(DRIVER_POWER, failed);
	return failed;
}
