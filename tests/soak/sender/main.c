/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Sends a seeded mix of messages whose fate it knows, checks each answer, and prints what the
 * monitor must have counted: the lines of tests/host/peek.c.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "gen/core/power.h"
#include "process_sender.h"

#define RANGED_BYTES  4u
#define RANGED_HOLE   1u
#define CHANNELS_FREE 4u /* the rule's */
#define CHANNELS      8u /* the interface's */
#define LEVEL_MAX     1000u
#define TAIL_MAX      64u
#define METHODS       7u
#define FORBIDDEN     1000u /* values from here, as many */

const uint32_t gatehouse_console_handle = SENDER_CONSOLE;

/* What is predicted; in the order of `lines`. */
enum fact {
	CALLS, /* + method: granted calls of Load at receiver */
	REPLIES = CALLS + METHODS + 1,
	ERRORS = REPLIES + METHODS + 1,
	BELLS = ERRORS + METHODS + 1,
	DENIED_SHAPE,
	DENIED_DEFAULT,
	DENIED_FORBID,
	DENIED_GUARD,
	OTHER_SHAPE,
	OTHER_DEFAULT,
	ALARM_DEFAULT,
	NO_HANDLE,
	BAD_REPLY,
	FACTS
};

static uint32_t facts[FACTS];
static uint32_t wrong; /* answers that were not as predicted */
static uint32_t state;
static struct message message;

/* Marsaglia, "Xorshift RNGs": 13, 17, 5. */
static uint32_t
draw(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % below;
}

static void
expect(const char *what, uint32_t status, uint32_t expected)
{
	if (status == expected) {
		return;
	}
	if (wrong++ < 5) {
		printf("wrong: %s gives %" PRIu32 ", not %" PRIu32 "\n", what, status, expected);
	}
}

static uint32_t
send(uint32_t handle, uint32_t method, uint32_t length)
{
	message.info = info_make(0, length);
	return ipc_call(handle, method, &message);
}

/* A call that is granted, and answered with status 0. */
static void
expect_answer(uint32_t method, uint32_t length)
{
	facts[CALLS + method]++;
	facts[REPLIES + method]++;
	expect("a call", send(SENDER_LOAD, method, length), E_OK);
	expect("an answer", info_method(message.info), 0);
}

static void
expect_denied(enum fact fact, uint32_t handle, uint32_t method, uint32_t length)
{
	facts[fact]++;
	expect("a denied call", send(handle, method, length), E_DENIED);
}

static void
put_ranged(uint32_t channel, uint32_t level)
{
	memset(message.bytes, 0, RANGED_BYTES);
	message.bytes[0] = (uint8_t)channel;
	message.bytes[2] = (uint8_t)level;
	message.bytes[3] = (uint8_t)(level >> 8);
}

static void
put_u32(uint32_t value)
{
	for (uint32_t i = 0; i < 4; i++) {
		message.bytes[i] = (uint8_t)(value >> 8 * i);
	}
}

static void
fill(uint32_t length)
{
	for (uint32_t i = 0; i < length; i++) {
		message.bytes[i] = (uint8_t)(length * 3 + i);
	}
}

static void
send_plain(void)
{
	uint32_t value = draw(2) != 0 ? draw(UINT32_MAX) : draw(3 * FORBIDDEN);

	put_u32(value);
	if (value >= FORBIDDEN && value < 2 * FORBIDDEN) {
		expect_denied(DENIED_FORBID, SENDER_LOAD, LOAD_PLAIN, 4);
	} else {
		expect_answer(LOAD_PLAIN, 4);
	}
}

static void
send_ranged(void)
{
	uint32_t channel = draw(CHANNELS + 4);
	uint32_t level = draw(LEVEL_MAX + 200);

	put_ranged(channel, level);
	if (channel >= CHANNELS || level > LEVEL_MAX) {
		expect_denied(DENIED_SHAPE, SENDER_LOAD, LOAD_RANGED, RANGED_BYTES);
	} else if (channel >= CHANNELS_FREE) {
		expect_denied(DENIED_GUARD, SENDER_LOAD, LOAD_RANGED, RANGED_BYTES);
	} else {
		expect_answer(LOAD_RANGED, RANGED_BYTES);
		expect("a level", message.bytes[0] | (uint32_t)message.bytes[1] << 8, level);
	}
}

/* The right values in a message of the wrong length, or with a hole that is not zero. */
static void
send_misshapen(void)
{
	uint32_t length = draw(2 * RANGED_BYTES + 1);

	memset(message.bytes, 0, 2 * RANGED_BYTES);
	put_ranged(draw(CHANNELS_FREE), draw(LEVEL_MAX));
	if (length == RANGED_BYTES) {
		message.bytes[RANGED_HOLE] = (uint8_t)(1 + draw(255));
	}
	expect_denied(DENIED_SHAPE, SENDER_LOAD, LOAD_RANGED, length);
}

static void
send_unknown(void)
{
	expect_denied(DENIED_SHAPE, SENDER_LOAD, draw(2) != 0 ? 0 : METHODS + 1 + draw(900), 0);
}

static void
send_tail(void)
{
	uint32_t length = draw(8) == 0 ? TAIL_MAX + 1 + draw(MESSAGE_BYTES_MAX - TAIL_MAX)
				       : draw(TAIL_MAX + 1);

	fill(length);
	if (length > TAIL_MAX) {
		expect_denied(DENIED_SHAPE, SENDER_LOAD, LOAD_TAIL, length);
		return;
	}
	expect_answer(LOAD_TAIL, length);
	expect("a length", info_length(message.info), length);
	for (uint32_t i = 0; i < length; i++) {
		expect("a byte", message.bytes[i], (uint8_t)(length * 3 + i));
	}
}

static void
send_refused(void)
{
	message.bytes[0] = (uint8_t)draw(256);
	expect_denied(DENIED_DEFAULT, SENDER_LOAD, LOAD_REFUSED, 1);
}

static void
send_failing(void)
{
	uint32_t value = draw(4);

	message.bytes[0] = (uint8_t)value;
	if (value == 3) {
		expect_denied(DENIED_SHAPE, SENDER_LOAD, LOAD_FAILING, 1);
		return;
	}
	facts[CALLS + LOAD_FAILING]++;
	facts[(value == 0 ? REPLIES : ERRORS) + LOAD_FAILING]++;
	expect("a call that fails", send(SENDER_LOAD, LOAD_FAILING, 1), E_OK);
	expect("an error", info_method(message.info), value);
}

static void
send_lying(void)
{
	uint32_t value = draw(2 * LEVEL_MAX);

	message.bytes[0] = (uint8_t)value;
	message.bytes[1] = (uint8_t)(value >> 8);
	if (value <= LEVEL_MAX) {
		expect_answer(LOAD_LYING, 2);
		return;
	}
	facts[CALLS + LOAD_LYING]++;
	facts[BAD_REPLY]++;
	expect("a call to a liar", send(SENDER_LOAD, LOAD_LYING, 2), E_DENIED);
}

static void
send_other(void)
{
	if (draw(2) != 0) {
		put_u32(draw(UINT32_MAX));
		expect_denied(OTHER_DEFAULT, SENDER_OTHER, LOAD_PLAIN, 4);
	} else {
		expect_denied(OTHER_SHAPE, SENDER_OTHER, LOAD_PLAIN, draw(4));
	}
}

static void
send_signal(void)
{
	if (draw(2) != 0) {
		facts[BELLS]++;
		expect("a bell", sys_signal(SENDER_BELL), E_OK);
	} else {
		facts[ALARM_DEFAULT]++;
		expect("an alarm", sys_signal(SENDER_ALARM), E_DENIED);
	}
}

static void
send_nowhere(void)
{
	facts[NO_HANDLE]++;
	expect("a guess", send(HANDLE_INITIAL(30 + draw(20)), 1 + draw(METHODS), 0), E_HANDLE);
}

static void
send_one(void)
{
	static void (*const senders[])(void) = {send_plain, send_plain, send_ranged, send_ranged,
		send_ranged, send_misshapen, send_unknown, send_tail, send_tail, send_refused,
		send_failing, send_lying, send_other, send_signal, send_nowhere};

	senders[draw(sizeof(senders) / sizeof(senders[0]))]();
}

/* Was everything delivered that was granted, and nothing else? */
static void
check_delivered(void)
{
	uint32_t requests = 0;
	uint32_t granted = 1;

	for (uint32_t method = 1; method <= METHODS; method++) {
		granted += facts[CALLS + method];
	}
	facts[CALLS + LOAD_COUNT]++;
	facts[REPLIES + LOAD_COUNT]++;
	expect("count", load_count(SENDER_LOAD, &requests), E_OK);
	expect("delivered", requests, granted);
}

static void
print_some(const char *line, uint32_t count)
{
	if (count != 0) {
		printf("%s %" PRIu32 "\n", line, count);
	}
}

static void
print_grants(void)
{
	static const char *const names[METHODS] = {
		"plain", "ranged", "tail", "refused", "failing", "lying", "count"};
	static const struct {
		uint32_t fact;
		const char *event;
	} events[] = {{CALLS, "call"}, {REPLIES, "reply"}, {ERRORS, "error"}};

	for (uint32_t i = 0; i < METHODS * 3; i++) {
		char line[80];
		snprintf(line, sizeof(line), "grant sender receiver Load %s %s", names[i / 3],
			events[i % 3].event);
		print_some(line, facts[events[i % 3].fact + 1 + i / 3]);
	}
	print_some("grant sender receiver Signal signal call", facts[BELLS]);
}

static void
print_denials(void)
{
	uint32_t others = facts[OTHER_SHAPE] + facts[OTHER_DEFAULT] + facts[ALARM_DEFAULT];
	uint32_t here = facts[DENIED_SHAPE] + facts[DENIED_DEFAULT] + facts[DENIED_FORBID] +
			facts[DENIED_GUARD];

	print_some("deny sender receiver Load shape", facts[DENIED_SHAPE] + facts[BAD_REPLY]);
	print_some("deny sender receiver Load default", facts[DENIED_DEFAULT]);
	print_some("deny sender receiver Load forbid", facts[DENIED_FORBID]);
	print_some("deny sender receiver Load guard", facts[DENIED_GUARD]);
	print_some("deny sender stranger Load shape", facts[OTHER_SHAPE]);
	print_some("deny sender stranger Load default", facts[OTHER_DEFAULT]);
	print_some("deny sender stranger Signal default", facts[ALARM_DEFAULT]);
	print_some("denied sender", here + others + facts[NO_HANDLE]);
	print_some("denied receiver", facts[BAD_REPLY]);
}

static uint32_t
attribute(const char *key)
{
	const char *text = process_attribute(key);

	return text == NULL ? 0 : (uint32_t)strtoul(text, NULL, 10);
}

int
main(void)
{
	uint32_t messages = attribute("messages");

	state = attribute("seed");
	if (state == 0) {
		state = 1; /* 0 would stay 0 */
	}
	for (uint32_t i = 0; i < messages; i++) {
		send_one();
	}
	check_delivered();
	print_grants();
	print_denials();
	printf("soak: %" PRIu32 " messages, %" PRIu32 " answers wrong\n", messages, wrong);
	return (int)power_off(SENDER_POWER, 0);
}
