/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Attacks by messages: to whom, with what, as whom, and how many. */
#include <pthread.h>
#include <stddef.h>
#include <string.h>

#include "abi/process.h"
#include "attack/attack.h"
#include "gatehouse/ipc.h"
#include "gen/core/irq.h"
#include "process_attacker.h"

#define PUBLIC_ITEM  0u
#define SECRET_ITEM  3u
#define CLAIMED      7777u
#define FLOOD        3000u
#define ROUNDS       100u
#define SLOW_NS      UINT64_C(1000000)
#define PAD_BYTES    128u /* of Vault.store; the value stands behind them */
#define VALUE_FREE   1u
#define VALUE_BARRED 7u

/* 6: the deputy may open every item; the attacker asks it for one that is not for him. */
struct outcome
attack_deputy(uint8_t step)
{
	uint32_t value = 0;

	(void)step;
	(void)deputy_fetch(ATTACKER_DEPUTY, PUBLIC_ITEM, &value);
	uint32_t status = deputy_fetch(ATTACKER_DEPUTY, SECRET_ITEM, &value);
	return (struct outcome){.status = status, .gained = status == E_OK};
}

/* Rounds of attack 7: the one who calls counts them, the others follow. */
static volatile uint32_t round_now;
static volatile uint32_t round_busy;

/* Keeps the vault busy, so that the next call has to wait in a queue. */
static void *
keep_busy(void *unused)
{
	uint32_t value;

	for (uint32_t round = 1; round <= ROUNDS; round++) {
		while (round_now < round) {
			sys_yield();
		}
		round_busy = round;
		(void)vault_slow(ATTACKER_VAULT, SLOW_NS, &value);
	}
	return unused;
}

/* While the call waits, other bytes in the buffer that it was made from. */
static void *
swap_value(void *unused)
{
	volatile uint8_t *buffer = (volatile uint8_t *)(uintptr_t)PROCESS_BUFFER;

	for (uint32_t round = 1; round <= ROUNDS; round++) {
		while (round_busy < round) {
			sys_yield();
		}
		buffer[PAD_BYTES] = VALUE_BARRED;
		sys_yield();
	}
	return unused;
}

/* 7: a value that passes the monitor and becomes another one before it is delivered. */
struct outcome
attack_swap(uint8_t step)
{
	struct outcome outcome = {0};
	pthread_t busy;
	pthread_t swapper;

	(void)step;
	if (pthread_create(&busy, NULL, keep_busy, NULL) != 0 ||
		pthread_create(&swapper, NULL, swap_value, NULL) != 0) {
		return (struct outcome){.status = E_MEMORY};
	}
	for (round_now = 1; round_now <= ROUNDS; round_now++) {
		struct message message = {.info = info_make(0, PAD_BYTES + 1)};
		message.bytes[PAD_BYTES] = VALUE_FREE;
		sys_yield();
		outcome.status = ipc_call(ATTACKER_VAULT, VAULT_STORE, &message);
		outcome.gained |= outcome.status == E_OK && message.bytes[0] != VALUE_FREE;
	}
	pthread_join(busy, NULL);
	pthread_join(swapper, NULL);
	return outcome;
}

static bool
is_delivered(uint32_t method, uint32_t length, const void *bytes, struct outcome *outcome)
{
	struct message message = {.info = info_make(0, length)};

	memcpy(message.bytes, bytes, length);
	outcome->status = ipc_call(ATTACKER_VAULT, method, &message);
	outcome->gained |= outcome->status != E_DENIED;
	return outcome->gained;
}

/* 17: messages that no interface has: methods, lengths, values outside of their types. */
struct outcome
attack_method(uint8_t step)
{
	static const uint32_t methods[] = {0, 7, 8, 255, 256, 0x7fff, 0x8000, 0xffff};
	static const uint8_t bytes[MESSAGE_BYTES_MAX];
	static const uint8_t outside[] = {8, 0};
	struct outcome outcome = {0};

	(void)step;
	for (uint32_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		if (is_delivered(methods[i], 0, bytes, &outcome)) {
			return outcome;
		}
	}
	for (uint32_t length = 0; length <= MESSAGE_BYTES_MAX; length += length < 20 ? 1 : 251) {
		if (length != 1 && is_delivered(VAULT_OPEN, length, bytes, &outcome)) {
			return outcome;
		}
	}
	(void)is_delivered(VAULT_OPEN, 1, outside, &outcome);
	(void)is_delivered(VAULT_WHO, 2, bytes, &outcome);
	return outcome;
}

/* 18: a message that says that it comes from somebody else. */
struct outcome
attack_claim(uint8_t step)
{
	uint16_t label = 0;
	uint32_t status = vault_who(ATTACKER_VAULT, CLAIMED, &label);

	(void)step;
	return (struct outcome){.status = status, .gained = label == CLAIMED};
}

/* 19: so many denials that those of others should be forgotten. */
struct outcome
attack_flood(uint8_t step)
{
	struct outcome outcome = {0};
	uint32_t value;

	(void)step;
	for (uint32_t i = 0; i < FLOOD; i++) {
		outcome.status = vault_secret(ATTACKER_VAULT, &value);
	}
	return outcome;
}

/* 21: a device that does not exist: a signal that nobody allows it, lines that it does not have. */
struct outcome
attack_spoof(uint8_t step)
{
	struct outcome outcome = {0};

	(void)step;
	for (uint32_t i = 0; i < 2 * HANDLE_FIRST_INDEX; i++) {
		outcome.gained |= irq_acknowledge(HANDLE_INITIAL(100 + i)) == E_OK;
		outcome.gained |= sys_signal(HANDLE_INITIAL(100 + i)) == E_OK;
	}
	outcome.status = sys_signal(ATTACKER_BELL);
	outcome.gained |= outcome.status == E_OK;
	return outcome;
}

/* 24: text on the console that looks like another's, and clears the screen first. */
struct outcome
attack_console(uint8_t step)
{
	static const char text[] = "\033[2J\033[H  1     0.235 s  granted everything\r\n";
	uint32_t status = console_write(ATTACKER_CONSOLE, text, sizeof(text) - 1);

	(void)step;
	return (struct outcome){.status = status, .gained = status == E_OK};
}
