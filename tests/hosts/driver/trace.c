/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The trace is a hash of all that was seen, so that 100,000 verdicts fit on a hundred lines; the
 * numbers that a host is free to choose (time, sequence) are left out, and so is what depends on
 * the clock: how long a bucket is still empty.
 */
#include "trace.h"

#include <string.h>

#include "gen/core/audit.h"
#include "process_driver.h"

#define SEED      UINT64_C(0x9e3779b97f4a7c15)
#define HASH      UINT64_C(0xcbf29ce484222325) /* FNV-1a */
#define PRIME     UINT64_C(0x100000001b3)
#define METHODS   17u
#define LONG_NS   1000000000 /* no other operand of a record is as large */
#define REPLY_MAX 16u

/* Of each method of Work: shortest and longest request, length of its reply. */
static const struct {
	uint8_t shortest, longest, reply;
} shapes[METHODS + 1] = {
	[1] = {4, 4, 4},
	[2] = {4, 4, 1},
	[3] = {0, 16, 1},
	[4] = {16, 16, 8},
	[5] = {1, 1, 1},
	[6] = {1, 1, 0},
	[7] = {1, 1, 0},
	[8] = {1, 1, 0},
	[9] = {1, 1, 0},
	[10] = {1, 1, 1},
	[11] = {1, 1, 0},
	[12] = {1, 1, 0},
	[13] = {1, 1, 0},
	[14] = {0, 4, 0},
	[15] = {2, 2, 0},
	[16] = {4, 4, 4},
	[17] = {1, 1, 0},
};

static uint64_t state = SEED;
static uint64_t hash = HASH;

static uint32_t
random_below(uint32_t limit)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 32) % limit;
}

static void
note(uint64_t value)
{
	for (uint32_t i = 0; i < 8; i++) {
		hash = (hash ^ (value >> 8 * i & 0xff)) * PRIME;
	}
}

/* Small values most of the time, which is where the borders are; now and then any byte. */
static void
fill(uint8_t *bytes, uint32_t length)
{
	for (uint32_t i = 0; i < length; i++) {
		uint32_t kind = random_below(8);

		bytes[i] = (uint8_t)(kind == 0   ? random_below(256)
				     : kind == 1 ? 0xff
				     : kind < 5  ? random_below(8)
						 : random_below(2) * random_below(64));
	}
	/* High bytes that are all zero or all ones make numbers that differ little. */
	for (uint32_t i = 1; i < length && random_below(3) != 0; i++) {
		bytes[i] = 0;
	}
}

static uint32_t
length_near(uint32_t shortest, uint32_t longest)
{
	return random_below(16) == 0 ? random_below(24)
				     : shortest + random_below(longest - shortest + 1);
}

static void
plan(uint32_t method)
{
	uint8_t bytes[REPLY_MAX];
	uint64_t halves[2];
	uint32_t reply = method <= METHODS ? shapes[method].reply : 0;
	uint16_t status = (uint16_t)(random_below(8) == 0 ? random_below(4) : 0);
	uint32_t length = status != 0 && random_below(4) != 0 ? 0 : length_near(reply, reply);

	fill(bytes, REPLY_MAX);
	memcpy(halves, bytes, sizeof(halves));
	note(plan_next(DRIVER_PLAN, status, (uint16_t)length, halves[0], halves[1]));
}

/* Every record that there is: who, what, verdict, rule, reason, where. */
static void
note_records(void)
{
	for (;;) {
		int64_t operand;
		uint32_t badge, lost, rule;
		uint16_t label, target, interface, method, field;
		uint8_t event, reason, policy, count = 0;

		if (audit_next(DRIVER_MONITOR, NULL, &operand, NULL, NULL, &badge, &label, NULL,
			    &target, &interface, &method, &rule, &field, NULL, &event, &reason,
			    &policy, &count, &lost) != E_OK ||
			count == 0) {
			return;
		}
		note(operand > LONG_NS ? LONG_NS : (uint64_t)operand);
		note((uint64_t)label << 32 | (uint64_t)target << 16 | interface);
		note((uint64_t)method << 48 | (uint64_t)rule << 16 | field);
		note((uint64_t)badge << 32 | (uint32_t)event << 16 | (uint32_t)reason << 8 |
			policy);
		note(lost);
	}
}

static void
call(void)
{
	static struct message message;
	uint32_t method = random_below(METHODS + 3);
	uint32_t length = method >= 1 && method <= METHODS
				  ? length_near(shapes[method].shortest, shapes[method].longest)
				  : random_below(24);

	plan(method);
	fill(message.bytes, length);
	message.info = info_make(0, length);
	uint32_t status = ipc_call(DRIVER_WORK, method, &message);
	note(status);
	if (status == E_OK) {
		note(message.info);
		for (uint32_t i = 0; i < info_length(message.info); i++) {
			note(message.bytes[i]);
		}
	}
	note_records();
}

static void
say(uint32_t number)
{
	static const char digits[] = "0123456789abcdef";
	char line[] = "trace 000000 0000000000000000\n";

	for (uint32_t i = 0; i < 6; i++, number /= 10) {
		line[11 - i] = digits[number % 10];
	}
	for (uint32_t i = 0; i < 16; i++) {
		line[13 + i] = digits[hash >> (60 - 4 * i) & 15];
	}
	trace_say(line, sizeof(line) - 1);
}

void
trace_run(void)
{
	static const char over[] = "trace over\n";

	note_records();
	hash = HASH; /* what was recorded before differs from host to host */
	for (uint32_t i = 1; i <= TRACE_EVENTS; i++) {
		call();
		if (i % TRACE_STEP == 0) {
			say(i);
		}
	}
	trace_say(over, sizeof(over) - 1);
}
