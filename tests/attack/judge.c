/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Lets the attacker try everything, and compares what came of it, and what is on record, with the
 * plan. On a kernel of tests/attack/control it switches one defence off at a time: the attack must
 * succeed then.
 */
#include <stdio.h>
#include <string.h>

#include "attack/plan.h"
#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "gen/core/audit.h"
#include "gen/core/power.h"
#include "gen/core/process.h"
#include "ksm/engine/ksm.h"
#include "process_judge.h"
#include "target/records.h"

#define CONTROL       UINT32_C(0xc0de0000) /* tests/attack/control/control.h */
#define DEADLINE_NS   UINT64_C(60000000000)
#define FLOOD         19u
#define RESTARTS      22u
#define STALE         2u
#define LEASES        9u
#define DEATH         10u /* an attack that kills the attacker */
#define LENT_BYTES    64u
#define LOOPER_NS     UINT64_C(3000000000)
#define LOOPS_MOST    4u  /* with a second between them */
#define LOOPS_CONTROL 50u /* without */
#define HANDLE_UNUSED HANDLE_INITIAL(99)

const uint32_t gatehouse_console_handle = JUDGE_CONSOLE;

static uint16_t attacker;
static uint16_t deputy;
static uint16_t looper;

/* What was seen of one step. */
struct seen {
	uint32_t status; /* of the call to the attacker */
	uint32_t result; /* what the attacker says that the kernel said */
	bool gained;
	bool is_recorded; /* as the plan says */
	uint8_t fault;    /* of the attacker; 0 none */
};

static void
sleep_ns(uint64_t time_ns)
{
	uint32_t bits;
	uint64_t end_ns = sys_clock() + time_ns;

	(void)sys_deadline(end_ns);
	(void)sys_wait(0, &bits);
}

/* A server that was restarted says so once. */
static uint32_t
run(uint8_t number, uint8_t step, struct seen *seen)
{
	uint32_t status = E_RESTARTED;

	for (uint32_t i = 0; i < 3 && status == E_RESTARTED; i++) {
		(void)sys_deadline(sys_clock() + DEADLINE_NS);
		status = attack_run(JUDGE_ATTACK, number, step, &seen->result, &seen->gained);
	}
	return status;
}

static void
read_records(const struct plan_step *step, struct seen *seen)
{
	struct record record;
	uint16_t whose = step->record == PLAN_DEPUTY ? deputy : attacker;

	while (record_next(JUDGE_MONITOR, &record)) {
		if (record.instance == attacker && record.event == RECORD_FAULT) {
			seen->fault = (uint8_t)record.method;
		} else if (record.instance == whose && record.reason == step->reason) {
			seen->is_recorded = true;
		}
	}
}

/* A denial of somebody else's, from before the flood, must be there behind it. */
static bool
is_deputys_there(void)
{
	struct record record;
	bool is_there = false;

	while (record_next(JUDGE_MONITOR, &record)) {
		is_there |= record.instance == deputy && record.reason == KSM_CAPABILITY &&
			    record.handle == HANDLE_UNUSED;
	}
	return is_there;
}

static struct seen
see_flood(const struct plan_step *step)
{
	struct seen seen = {0};
	struct record first = {0};
	uint32_t status;

	(void)deputy_use_handle(JUDGE_DEPUTY, HANDLE_UNUSED, &status);
	seen.status = run(FLOOD, 1, &seen);
	seen.gained |= !is_deputys_there();
	/* Its own are too many for its ring: the first of them is kept all the same. */
	seen.is_recorded =
		audit_first(JUDGE_MONITOR, UINT32_C(0xffff0000) + attacker, 0, 0, &first.sequence,
			0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) == E_OK;
	(void)step;
	return seen;
}

/* Gives a capability, and takes it back: step 2 leaves that to the attacker's next receive, step 3
 * revokes it. */
static void
prepare_stale(uint8_t step)
{
	uint32_t status = E_RESTARTED;

	for (uint32_t i = 0; step > 1 && i < 3 && status == E_RESTARTED; i++) {
		status = attack_give(JUDGE_ATTACK, JUDGE_BELL, step == 3);
	}
	if (step == 3) {
		(void)process_revoke(HANDLE_PROCESS, JUDGE_BELL);
	}
}

/* Lends memory; false: the attacker changed some of it behind its answer. */
static bool
lend(void)
{
	static const uint8_t from[LENT_BYTES] = {1, 2, 3};
	static uint8_t to[LENT_BYTES];
	static const uint8_t untouched[LENT_BYTES];
	uint32_t status = E_RESTARTED;

	memset(to, 0, sizeof(to));
	for (uint32_t i = 0; i < 3 && status == E_RESTARTED; i++) {
		status =
			attack_borrow(JUDGE_ATTACK, from, sizeof(from), to, sizeof(to), NULL, NULL);
	}
	return memcmp(to, untouched, sizeof(to)) == 0;
}

static struct seen
see_step(uint8_t number, uint8_t step)
{
	const struct plan_step *plan = &plans[number].steps[step - 1];
	struct seen seen = {0};

	record_drain(JUDGE_MONITOR);
	if (number == FLOOD) {
		return see_flood(plan);
	}
	if (number == STALE) {
		prepare_stale(step);
	}
	bool is_untouched = number != LEASES || step != 1 || lend();
	seen.status = run(number, step, &seen);
	read_records(plan, &seen);
	seen.gained |= !is_untouched;
	return seen;
}

static bool
is_contained(const struct plan_step *plan, const struct seen *seen)
{
	if (seen->gained) {
		return false;
	}
	if (plan->end == PLAN_DIES) {
		return seen->status == E_DIED && seen->fault == plan->value;
	}
	return seen->status == E_OK && seen->result == plan->value &&
	       (plan->record == PLAN_NO_RECORD || seen->is_recorded);
}

static uint32_t
looper_starts(void)
{
	uint32_t starts = 0;
	uint32_t faults;

	(void)record_lives(JUDGE_MONITOR, looper, &starts, &faults);
	return starts;
}

/* Attack 22 goes on by itself all the time. */
static uint32_t
loops(void)
{
	uint32_t before = looper_starts();

	sleep_ns(LOOPER_NS);
	return looper_starts() - before;
}

static void
print_seen(uint8_t number, uint8_t step, const struct seen *seen)
{
	printf("FAIL attack %u (%s), step %u: status %lu, result %lu, %s, fault %u, %s\n", number,
		plans[number].name, step, (unsigned long)seen->status, (unsigned long)seen->result,
		seen->gained ? "GAINED" : "not gained", seen->fault,
		seen->is_recorded ? "recorded" : "not recorded");
}

static bool
attack(uint8_t number)
{
	if (number == RESTARTS) {
		uint32_t count = loops();
		if (count > LOOPS_MOST) {
			printf("FAIL attack 22: %lu restarts in 3 s\n", (unsigned long)count);
		}
		return count <= LOOPS_MOST;
	}
	for (uint8_t step = 1; step <= PLAN_STEPS; step++) {
		const struct plan_step *plan = &plans[number].steps[step - 1];
		if (plan->end == PLAN_NONE) {
			break;
		}
		struct seen seen = see_step(number, step);
		if (!is_contained(plan, &seen)) {
			print_seen(number, step, &seen);
			return false;
		}
	}
	return true;
}

/* Switches the defence of an attack off; 0: all are on. Returns false on a kernel that cannot. */
static bool
control(uint8_t number)
{
	bool can_switch = false;

	(void)audit_edge(JUDGE_MONITOR, CONTROL | number, 0, 0, 0, 0, 0, &can_switch);
	return can_switch;
}

static bool
succeeds(uint8_t number)
{
	struct seen seen = {0};
	uint32_t count = 0;
	bool gained = false;

	if (number == LEASES) {
		(void)run(
			DEATH, 1, &seen); /* 8 has left the attacker a buffer that is not its own */
	}
	(void)control(number);
	if (number == RESTARTS) {
		gained = loops() >= LOOPS_CONTROL;
	} else {
		for (uint8_t step = plans[number].control_first; step <= plans[number].control_last;
			step++) {
			seen = see_step(number, step);
			count += seen.gained;
		}
		uint32_t steps = plans[number].control_last - plans[number].control_first + 1u;

		gained = plans[number].control_each ? count == steps : count != 0;
	}
	(void)control(0);
	if (!gained) {
		print_seen(number, plans[number].control_last, &seen);
	}
	return gained;
}

/* The system is well if others are served as ever. */
static bool
others_are_well(void)
{
	uint32_t value = 0;

	return vault_open(JUDGE_VAULT, 7, &value) == E_OK && value == 0x1007 &&
	       deputy_fetch(JUDGE_DEPUTY, 7, &value) == E_OK && value == 0x1007;
}

static uint32_t
run_all(bool is_control)
{
	uint32_t failed = 0;

	for (uint8_t number = 1; number < PLANS; number++) {
		if (plans[number].name == NULL) {
			continue;
		}
		bool is_good = is_control ? succeeds(number) : attack(number);
		if (is_good && !others_are_well()) {
			printf("FAIL attack %u: the vault or the deputy does not answer\n", number);
			is_good = false;
		}
		failed += !is_good;
		if (is_good) {
			printf("%s %u %s\n", is_control ? "succeeds" : "contained", number,
				plans[number].name);
		}
	}
	return failed;
}

int
main(void)
{
	(void)attack_instance(JUDGE_ATTACK, &attacker);
	(void)deputy_instance(JUDGE_DEPUTY, &deputy);
	looper = (uint16_t)(process_info()->instance - 1);
	bool is_control = control(0);
	uint32_t failed = run_all(is_control);

	printf("judged: %lu failed\n", (unsigned long)failed);
	power_off(JUDGE_POWER, failed == 0 ? 0 : 1);
	return 0;
}
