/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Sets two fuzzers going, batch after batch; after each, the canary sings and who died is as new.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "gen/core/power.h"
#include "process_judge.h"
#include "target/records.h"

#define MS       UINT64_C(1000000)
#define CALLS    200u /* of one fuzzer in a batch */
#define PROGRESS 100000u
#define ANY      0u

const uint32_t gatehouse_console_handle = JUDGE_CONSOLE;

static const uint32_t fuzzers[] = {JUDGE_LEFT, JUDGE_RIGHT};

/* Free bytes of a life that nothing has happened in yet. */
static uint64_t fresh[2];

/* Calls that a fuzzer's present life has made, when it was asked last; and of all lives. */
static uint64_t seen[2];
static uint64_t made;
static uint32_t silent;
static uint32_t failed;

static void
fail(const char *what, uint64_t actual, uint64_t expected)
{
	failed++;
	printf("FAIL %s: %" PRIu64 ", expected %" PRIu64 "\n", what, actual, expected);
}

/* A call is made again when who should answer it is a new life, which begins after a second at
 * most, or when a fuzzer took it among its own calls and its answer fits nothing. */
static bool
is_again(uint32_t attempt, uint32_t status)
{
	(void)sys_deadline(sys_clock() + 1200 * MS);
	return attempt == 0 ||
	       (attempt < 3 && (status == E_RESTARTED || status == E_DIED || status == E_DENIED));
}

static void
set_going(uint32_t index, uint64_t seed)
{
	uint32_t status = E_OK;

	for (uint32_t i = 0; is_again(i, status); i++) {
		status = fuzz_run(fuzzers[index], seed, CALLS);
	}
}

/* Waits until it is done, or lives again. What a life made before it ended in the middle of a batch
 * is not counted. */
static void
count_calls(uint32_t index)
{
	uint64_t calls = 0;
	uint32_t status = E_OK;

	for (uint32_t i = 0; is_again(i, status); i++) {
		status = fuzz_made(fuzzers[index], &calls);
	}
	if (status != E_OK) {
		silent++;
		return;
	}
	uint64_t more = calls < seen[index] ? calls : calls - seen[index];
	seen[index] = calls;
	/* By chance it may have taken the question among its calls, and answered anything. */
	if (more <= CALLS) {
		made += more;
	} else {
		silent++;
	}
}

static uint32_t
incarnation(uint16_t instance)
{
	uint32_t count = 0;
	uint32_t faults;

	(void)record_lives(JUDGE_MONITOR, instance, &count, &faults);
	return count;
}

static void
check_canary(void)
{
	uint32_t songs = 0;
	uint32_t wrong = 0;

	(void)sys_deadline(sys_clock() + 1000 * MS);
	uint32_t status = canary_sing(JUDGE_CANARY, &songs, &wrong);
	if (status != E_OK || wrong != 0) {
		fail("the canary is hurt", status != E_OK ? status : wrong, 0);
	}
}

/* No life has more than the first began with. One that has thrown its own account away, or filled
 * its slots, answers as well: with less, which says nothing. */
static void
check_account(uint32_t index, bool is_first)
{
	uint64_t free_bytes = 0;
	uint32_t handle = 0;

	(void)sys_deadline(sys_clock() + 1200 * MS);
	uint32_t status = fuzz_account(fuzzers[index], &free_bytes, &handle);
	if (status != E_OK) {
		return;
	}
	if (is_first) {
		fresh[index] = free_bytes;
	} else if (free_bytes > fresh[index]) {
		fail("an account has grown", free_bytes, fresh[index]);
	}
}

static void
batch(uint64_t seed)
{
	uint16_t first = (uint16_t)(process_info()->instance - 2);
	uint32_t lives = incarnation(first) + incarnation((uint16_t)(first + 1));

	set_going(0, seed * 2);
	set_going(1, seed * 2 + 1);
	count_calls(0);
	count_calls(1);
	check_canary();
	if (lives != incarnation(first) + incarnation((uint16_t)(first + 1))) {
		check_account(0, false);
		check_account(1, false);
	}
	record_drain(JUDGE_MONITOR);
}

static uint64_t
ask(const char *what)
{
	char line[32];

	printf("%s? ", what);
	fflush(stdout);
	return fgets(line, sizeof(line), stdin) == NULL ? 0 : strtoull(line, NULL, 10);
}

/* Typing takes as long as it takes: what follows starts at the beginning of a second. */
static void
align(void)
{
	uint32_t bits;
	uint64_t second_ns = 1000 * MS;
	uint64_t end_ns = (sys_clock() / second_ns + 2) * second_ns;

	(void)sys_deadline(end_ns);
	(void)sys_wait(ANY, &bits);
}

/* Until so many calls were made: three of four may be lost. Fuzzers that are dead do not count. */
static void
run(uint64_t seed, uint64_t calls)
{
	uint64_t next = seed;
	uint64_t last = seed + 2 * calls / CALLS + 10;

	while (made < calls && failed == 0) {
		uint64_t before = made;
		batch(next++);
		if (made / PROGRESS != before / PROGRESS) {
			printf("%" PRIu64 " calls\n", made);
		}
		if (next > last) {
			fail("the fuzzers are hardly alive, calls", made, calls);
		}
	}
	printf("next seed: %" PRIu64 "\n", next);
}

int
main(void)
{
	uint64_t seed = ask("seed");
	uint64_t calls = ask("calls");

	check_account(0, true);
	check_account(1, true);
	align();
	uint64_t start_ns = sys_clock();
	run(seed, calls);
	uint64_t time_ns = sys_clock() - start_ns;
	printf("not heard of %lu times; ns for a call: %" PRIu64 "\n", (unsigned long)silent,
		made == 0 ? 0 : time_ns / made);
	printf("fuzzed: %" PRIu64 " calls, %lu failed\n", made, (unsigned long)failed);
	power_off(JUDGE_POWER, failed == 0 ? 0 : 1);
	return 0;
}
