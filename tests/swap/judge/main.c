/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Swaps the policy under a stream of messages and compares each verdict on record with the policy
 * that gave it. It is more urgent than the senders, so no record is lost.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "gen/core/audit.h"
#include "gen/core/power.h"
#include "process_judge.h"

#define RECORD_BIT  1u
#define SENDERS     2u
#define TRIAL_MS    60000u
#define SHORT_MS    30u
#define DEAF        2u
#define EVENT_CALL  0u
#define EVENT_ERROR 2u
#define METHOD_EVEN 1u
#define PER_SWAP    6u     /* verdicts that are awaited in each turn, at least */
#define KILL_US     50000u /* until it is dead and lives again */
#define STRIDE_US   37u
#define SPREAD_US   101u

const uint32_t gatehouse_console_handle = JUDGE_CONSOLE;

static uint32_t verdicts, wrong, lost, refused;
static uint16_t load_interface; /* as numbers of interfaces go, Plain is the next */

static void
stop(const char *what, uint32_t value)
{
	printf("wrong: %s %lu\n", what, (unsigned long)value);
	fflush(stdout);
	(void)power_off(JUDGE_POWER, 1);
	exit(EXIT_FAILURE);
}

static void
must(uint32_t status, const char *what)
{
	if (status != E_OK) {
		stop(what, status);
	}
}

/* Policy 0 is in force in even epochs, and allows even. A swap of its own has no verdict. */
static void
verdict_check(uint16_t interface, uint16_t method, uint8_t event, uint8_t reason, uint8_t policy,
	uint16_t epoch)
{
	if (event > EVENT_ERROR) {
		return;
	}
	if (load_interface == 0) {
		load_interface = interface; /* nothing else has its grants recorded */
	}
	bool allows = interface == load_interface ? (method == METHOD_EVEN) == (policy == 0)
						  : policy == 0;

	verdicts++;
	refused += event != EVENT_CALL && reason != 0;
	if (policy != (epoch & 1) || (reason == 0) != allows) {
		wrong++;
		printf("interface %u method %u event %u reason %u policy %u epoch %u\n", interface,
			method, event, reason, policy, epoch);
	}
}

static void
drain(void)
{
	uint64_t time_ns;
	int64_t operand;
	uint32_t sequence, handle, badge, rule, more;
	uint16_t label, instance, target, interface, method, field, epoch;
	uint8_t event, reason, policy, count;

	for (;;) {
		must(audit_next(JUDGE_MONITOR, &time_ns, &operand, &sequence, &handle, &badge,
			     &label, &instance, &target, &interface, &method, &rule, &field, &epoch,
			     &event, &reason, &policy, &count, &more),
			"audit.next");
		if (count == 0) {
			return;
		}
		lost += more;
		verdict_check(interface, method, event, reason, policy, epoch);
	}
}

/* The stream goes on until it has seen so many verdicts more. */
static void
watch(uint32_t wanted)
{
	uint32_t end = verdicts + wanted;
	uint32_t bits;

	while (verdicts < end) {
		must(sys_wait(HANDLE_NOTIFICATION, &bits), "wait");
		drain();
	}
}

static uint32_t plain_edges[SENDERS];

static uint64_t
edge_granted(uint32_t number, uint16_t *interface, bool *found)
{
	uint64_t granted, denied;
	uint16_t holder, target;

	must(audit_edge(
		     JUDGE_MONITOR, number, &granted, &denied, &holder, &target, interface, found),
		"audit.edge");
	return granted;
}

static void
plain_find(void)
{
	uint32_t count = 0;
	uint16_t interface;
	bool found = true;

	for (uint32_t number = 0; found; number++) {
		(void)edge_granted(number, &interface, &found);
		if (found && interface == load_interface + 1 && count < SENDERS) {
			plain_edges[count++] = number;
		}
	}
	if (count != SENDERS) {
		stop("edges of the short way", count);
	}
}

static uint64_t
plain_granted(void)
{
	uint16_t interface;
	uint64_t sum = 0;
	bool found;

	for (uint32_t i = 0; i < SENDERS; i++) {
		sum += edge_granted(plain_edges[i], &interface, &found);
	}
	return sum;
}

static uint32_t
in_force(void)
{
	uint64_t version;
	bool is_it = false;
	char name[31];
	uint32_t length;

	for (uint8_t number = 0;; number++) {
		must(policies_look(
			     JUDGE_POLICIES, number, &version, &is_it, name, sizeof(name), &length),
			"policies.look");
		if (is_it) {
			return number;
		}
	}
}

static void
sleep_us(uint32_t us)
{
	const struct timespec time = {.tv_nsec = (long)us * 1000};

	nanosleep(&time, NULL);
}

/* Grants of the short way happen while policy 0 is in force, and not once under the other. */
static void
swap(uint32_t turn, uint64_t *plain)
{
	uint8_t next = (uint8_t)((turn & 1) == 0);
	uint64_t before;

	sleep_us(turn * STRIDE_US % SPREAD_US); /* in the middle of what the others do */
	before = plain_granted();
	if (next == 0 && before != *plain) {
		stop("grants of the short way under the policy that denies them",
			(uint32_t)(before - *plain));
	}
	if (next == 1 && turn > 2 && before == *plain) {
		stop("no message goes the short way in turn", turn);
	}
	must(policies_load(JUDGE_POLICIES, next, TRIAL_MS), "policies.load");
	*plain = plain_granted();
	drain();
	watch(PER_SWAP);
	must(policies_confirm(JUDGE_POLICIES), "policies.confirm");
}

static void
finish_stream(void)
{
	uint32_t done, denied, other, delivered, unsaid, ended = 0;

	must(count_stop(JUDGE_COUNT), "count.stop");
	while (ended < SENDERS) {
		sleep_us(1000);
		drain();
		must(count_sum(JUDGE_COUNT, &done, &denied, &other, &delivered, &unsaid, &ended),
			"count.sum");
	}
	printf("swap: %lu verdicts, %lu of another policy, %lu records lost\n",
		(unsigned long)verdicts, (unsigned long)wrong, (unsigned long)lost);
	printf("swap: %lu calls answered, %lu denied, %lu neither; %lu delivered, %lu answers "
	       "denied (%lu on record)\n",
		(unsigned long)done, (unsigned long)denied, (unsigned long)other,
		(unsigned long)delivered, (unsigned long)unsaid, (unsigned long)refused);
	if (wrong != 0 || lost != 0 || other != 0 || delivered != done + unsaid ||
		refused != unsaid) {
		stop("counts", 0);
	}
}

/* A policy that locks out its keeper goes by itself. */
static void
lock_out(void)
{
	/* Already the answer is judged by the policy that was asked for. */
	if (policies_load(JUDGE_POLICIES, DEAF, SHORT_MS) != E_DENIED) {
		stop("deaf is not in force", in_force());
	}
	if (policies_confirm(JUDGE_POLICIES) != E_DENIED) {
		stop("the keeper can be reached", DEAF);
	}
	sleep_us(2000 * SHORT_MS);
	if (in_force() != 0) {
		stop("the trial did not end, in force is", in_force());
	}
	if (policies_confirm(JUDGE_POLICIES) != POLICIES_ERROR_IDLE) {
		stop("the trial goes on", 0);
	}
	printf("swap: who was locked out is back\n");
}

/* The keeper dies between load and confirm: the trial is the kernel's. */
static void
kill_keeper(void)
{
	uint16_t keeper = (uint16_t)atoi(process_attribute("keeper"));
	uint64_t floor;
	uint32_t epoch, trial_ms, status;

	must(policies_load(JUDGE_POLICIES, 1, TRIAL_MS), "load");
	must(supervisor_kill(JUDGE_MANAGER, keeper), "kill");
	sleep_us(KILL_US);
	do {
		sleep_us(1000);
		status = policies_trial(JUDGE_POLICIES, &floor, &epoch, &trial_ms);
	} while (status == E_DIED || status == E_RESTARTED);
	must(status, "status");
	if (trial_ms == 0 || in_force() != 1) {
		stop("the trial died with the keeper", trial_ms);
	}
	must(policies_revert(JUDGE_POLICIES), "policies.revert");
	if (in_force() != 0) {
		stop("not back, but", in_force());
	}
	printf("swap: the keeper died, the trial did not\n");
}

int
main(void)
{
	uint32_t swaps = (uint32_t)atoi(process_attribute("swaps")) & ~1u;
	uint64_t plain = 0;

	must(audit_bind(JUDGE_MONITOR, HANDLE_NOTIFICATION, RECORD_BIT), "audit.bind");
	watch(PER_SWAP);
	plain_find();
	for (uint32_t turn = 0; turn < swaps; turn++) {
		swap(turn, &plain);
	}
	finish_stream();
	lock_out();
	kill_keeper();
	printf("swap: %lu swaps, all well\n", (unsigned long)swaps);
	fflush(stdout);
	(void)power_off(JUDGE_POWER, 0);
	return EXIT_FAILURE;
}
