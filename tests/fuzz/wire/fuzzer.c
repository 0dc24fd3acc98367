/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Messages to every server of the thermostat, right and wrong. What is shaped as the interface says
 * must arrive and be answered as it says; all else must be denied; and no server may fail of it.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/wire/wire.h"
#include "gatehouse/ipc.h"
#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "process_fuzzer.h"
#include "target/records.h"

#define BLOCK_NS            UINT64_C(2000000)
#define PROGRESS            100000u
#define FAILURES_MOST       5u
#define INFO_RESERVED_SHIFT 27u
#define MANAGED             "servers.init.Supervisor"
#define TYPED               "servers.console.Console" /* write is its first method */
#define LIVES_LEAST         2u                        /* of the sleeper: somebody was heard */
#define MANAGED_MOST        4u  /* start, stop, restart, kill: of the sleeper only */
#define MANAGED_OTHERS      8u  /* from here on they are init's, for its manager only */
#define MANAGED_TROUBLE     11u /* but this one is allowed */

const uint32_t gatehouse_console_handle = FUZZER_OUT;

static const struct {
	const char *interface;
	uint32_t handle;
} servers[] = {
	{TYPED, FUZZER_OUT},
	{"servers.uart.Serial", FUZZER_SERIAL},
	{"servers.audit.Journal", FUZZER_JOURNAL},
	{"Sensor", FUZZER_TEMP},
	{"Valve", FUZZER_VALVE},
	{"Status", FUZZER_STATUS},
	{"Attack", FUZZER_ATTACK},
	{"Wide", FUZZER_WIDE},
	{MANAGED, FUZZER_MANAGER},
};

static struct message message;
static struct message expected;
static uint32_t failed;
static uint32_t statuses[16];
static uint64_t seed_now;
static uint32_t sleeper; /* its number */

static void
fail(const struct wire_method *method, const char *what, uint64_t value)
{
	if (failed++ < FAILURES_MOST) {
		printf("\nFAIL %s %" PRIu32 ": %s: %" PRIu64 " (message %" PRIu64 ")\n",
			method->interface, method->number, what, value, seed_now);
	}
}

/* The handle of the server that speaks it, or 0: nobody that is fuzzed does. */
static uint32_t
server_of(const struct wire_method *method)
{
	for (uint32_t i = 0; i < sizeof(servers) / sizeof(servers[0]); i++) {
		if (strcmp(servers[i].interface, method->interface) == 0) {
			return servers[i].handle;
		}
	}
	return 0;
}

/* A request that its rule denies, though it is shaped well. */
static bool
is_guarded(const struct wire_method *method)
{
	if (strcmp(method->interface, MANAGED) == 0) {
		return (method->number >= MANAGED_OTHERS && method->number != MANAGED_TROUBLE) ||
		       (method->number <= MANAGED_MOST &&
			       (message.bytes[0] | (uint32_t)message.bytes[1] << 8) != sleeper);
	}
	return strcmp(method->interface, "Attack") == 0 && message.bytes[0] == 6;
}

/* Nobody types, so that only the end of its time ends it. */
static bool
is_typed(const struct wire_method *method)
{
	return strcmp(method->interface, TYPED) == 0 && method->number > 1;
}

static const struct wire_method *
pick(uint32_t *handle)
{
	const struct wire_method *method;

	do {
		method = &wire_methods[wire_below(wire_method_count)];
		*handle = server_of(method);
	} while (*handle == 0);
	return method;
}

/* Methods that nobody has. */
static uint32_t
wrong_number(void)
{
	static const uint16_t numbers[] = {0, 16, 31, 255, 256, 0x7fff, 0x8000, 0xffff};

	return numbers[wire_below(sizeof(numbers) / sizeof(numbers[0]))];
}

static void
check_answer(const struct wire_method *method, bool is_liar, bool is_lie_good)
{
	uint32_t status = info_method(message.info);

	if (is_liar) {
		bool is_same =
			message.info == expected.info &&
			memcmp(message.bytes, expected.bytes, info_length(message.info)) == 0;
		if (!is_lie_good || !is_same) {
			fail(method, "a wrong answer came through", status);
		}
	} else if (status > method->errors ||
		   (status == 0 && !wire_is_shaped(&message, &method->reply))) {
		fail(method, "an answer of no interface", status);
	}
}

static void
send_one(void)
{
	uint32_t handle;
	const struct wire_method *method = pick(&handle);
	bool is_liar = handle == FUZZER_WIDE;
	bool is_lie_good = true;
	uint32_t reserved = 0;
	uint64_t seed;

	message.info = info_make(method->number, 0);
	wire_fill(&message, &method->call);
	bool is_good = wire_is_shaped(&message, &method->call) && !is_guarded(method);
	if (wire_below(16) == 0) {
		message.info = info_make(wrong_number(), info_length(message.info));
		is_good = false;
	} else if (wire_below(32) == 0) {
		reserved = 1u << (INFO_RESERVED_SHIFT + wire_below(5));
		is_good = false;
	}
	if (is_liar && is_good) {
		memcpy(&seed, message.bytes, sizeof(seed));
		is_lie_good = wire_lie(seed, method, &expected);
	}
	if (is_typed(method) || wire_below(2) == 0) {
		uint64_t end_ns = sys_clock() + BLOCK_NS;
		(void)sys_deadline(end_ns);
	}
	uint32_t status;
	if (reserved != 0) {
		message.info |= reserved;
		status = sys_call(handle, &message);
	} else {
		status = ipc_call(handle, info_method(message.info), &message);
	}
	statuses[status & 15]++;
	if (status == E_OK && !is_good) {
		fail(method, "a wrong request arrived", status);
	} else if (status == E_OK) {
		check_answer(method, is_liar, is_lie_good);
	} else if (status == E_DENIED && is_good && is_lie_good) {
		fail(method, "a right request or its answer was denied", status);
	} else if (status != E_DENIED && status != E_TIMEOUT) {
		fail(method, "the server is not well", status);
	}
}

/* Nobody has died of it. */
static void
check_lives(void)
{
	uint32_t starts;
	uint32_t faults;

	for (uint32_t i = 1; record_lives(FUZZER_MONITOR, i, &starts, &faults); i++) {
		if (i == sleeper) {
			printf("\nlives of the sleeper: %" PRIu32 "\n", starts);
			failed += starts < LIVES_LEAST;
			continue;
		}
		if (starts != 1 || faults != 0) {
			printf("\nFAIL instance %" PRIu32 ": life %" PRIu32 ", %" PRIu32
			       " faults\n",
				i, starts, faults);
			failed++;
		}
	}
}

static uint32_t
find_sleeper(void)
{
	enum supervisor_life life;
	uint32_t number = 0;
	uint32_t starts;
	uint16_t place;
	char name[32] = "";

	while (strcmp(name, "sleeper") != 0) {
		uint32_t bytes = 0;

		if (supervisor_look(FUZZER_MANAGER, (uint16_t)++number, &starts, &place, &life,
			    name, sizeof(name) - 1, &bytes) != E_OK) {
			return 0;
		}
		name[bytes] = 0;
	}
	return number;
}

static uint64_t
attribute(const char *key)
{
	const char *text = process_attribute(key);

	return text == NULL ? 0 : strtoull(text, NULL, 10);
}

int
main(void)
{
	uint64_t seed = attribute("seed");
	uint64_t count = attribute("messages");
	uint64_t start_ns = sys_clock();

	sleeper = find_sleeper();

	for (uint64_t i = 0; i < count && failed < FAILURES_MOST; i++) {
		seed_now = seed + i;
		wire_seed(seed_now);
		send_one();
		if (i % PROGRESS == PROGRESS - 1) {
			printf("\n%" PRIu64 " messages\n", i + 1);
		}
	}
	uint64_t time_ns = sys_clock() - start_ns;
	check_lives();
	printf("\nstatuses:");
	for (uint32_t i = 0; i < 16; i++) {
		printf(" %" PRIu32, statuses[i]);
	}
	printf("\nns for a message: %" PRIu64 "\n", count == 0 ? 0 : time_ns / count);
	printf("fuzzed: %" PRIu64 " messages, %" PRIu32 " failed\n", count, failed);
	power_off(FUZZER_POWER, failed == 0 ? 0 : 1);
	return 0;
}
