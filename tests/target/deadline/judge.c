/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Hears how the deadlines were kept, and looks whether the others did offend. */
#include <stdio.h>

#include "../check.h"
#include "gatehouse/server.h"
#include "gen/core/audit.h"
#include "gen/core/power.h"
#include "process_judge.h"

#define CLIENTS    2u
#define NS_PER_US  UINT64_C(1000)
#define AMOUNT_NS  (1000 * NS_PER_US) /* of each offender, in ... */
#define PERIOD_NS  (10000 * NS_PER_US)
#define RESERVE_NS (1000 * NS_PER_US) /* of each server that works for them */

const uint32_t gatehouse_console_handle = JUDGE_CONSOLE;

/* Instances, in the order of the system. */
enum { STUCK = 4, QUICK = 6, SPENDER = 8, SPINNER, FLOODER, WAITER, MORTAL };

struct facts {
	uint64_t cpu_ns;
	uint32_t incarnation, denied, faults;
};

static struct facts
facts_of(uint32_t instance)
{
	struct facts facts = {0};
	bool found = false;

	(void)audit_instance(JUDGE_MONITOR, instance, &facts.cpu_ns, &facts.incarnation,
		&facts.denied, &facts.faults, NULL, NULL, NULL, &found);
	expect(found);
	return facts;
}

/* It used its budget, all of it, and no more. */
static void
check_budget(uint32_t instance)
{
	uint64_t periods = sys_clock() / PERIOD_NS;
	uint64_t used_ns = facts_of(instance).cpu_ns;

	expect(used_ns <= (periods + 1) * AMOUNT_NS + RESERVE_NS);
	expect(used_ns >= periods * AMOUNT_NS * 8 / 10);
}

static void
check_offenders(void)
{
	check_test("a client that uses up its budget in calls");
	check_budget(SPENDER);
	check_test("a client that never waits");
	check_budget(SPINNER);
	check_test("a client that floods denials");
	check_budget(FLOODER);
	expect(facts_of(FLOODER).denied > 1000);
	check_test("a server that never answers");
	expect(facts_of(STUCK).faults >= 2);
	expect(facts_of(STUCK).incarnation >= 2);
	expect_equal(facts_of(WAITER).faults, 0);
	check_test("a client that dies in the middle of a call");
	expect(facts_of(MORTAL).faults >= 2);
}

static void
finish(void)
{
	check_offenders();
	(void)power_off(JUDGE_POWER, check_finish());
}

static uint32_t
report_heard(void *context, const struct caller *caller, uint32_t periods, uint32_t missed,
	uint32_t worst_us)
{
	static char names[CLIENTS][64];
	static uint32_t count;

	(void)context;
	(void)snprintf(names[count], sizeof(names[count]),
		"%s: %lu periods, the worst answer after %lu us",
		caller->instance == QUICK ? "quick" : "slow", (unsigned long)periods,
		(unsigned long)worst_us);
	check_test(names[count]);
	expect_equal(missed, 0);
	if (++count == CLIENTS) {
		finish();
	}
	return E_OK;
}

static const struct report_server report = {.done = report_heard};

static bool
serve(const struct caller *caller, struct message *message)
{
	return judge_serve(caller, message, &report);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
