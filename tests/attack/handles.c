/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Attacks on capabilities: numbers that were never given, generations, rights, answers. */
#include <pthread.h>
#include <stddef.h>

#include "attack/attack.h"
#include "gatehouse/process.h"
#include "gatehouse/ipc.h"
#include "gen/core/process.h"
#include "gen/core/untyped.h"
#include "process_attacker.h"

#define INDEXES      (HANDLE_INDEX_MASK + 1)
#define METHOD_INFO  3u  /* of untyped memory: asks for nothing, so it succeeds if it arrives */
#define METHOD_NONE  99u /* of anything */
#define VAULT_ANSWER 0x1000u
#define FORGED       0xbadu
#define SLOW_NS      UINT64_C(20000000)

static const uint32_t generations[] = {0, 1, 2, 3, 0x80000, 0xfffff};

#define GENERATIONS (sizeof(generations) / sizeof(generations[0]))

/* A call through a handle that nobody gave: whatever but E_HANDLE comes back, something was
 * reached. */
static bool
try_handle(uint32_t handle, uint32_t method, struct outcome *outcome)
{
	outcome->status = attack_call(handle, method);
	outcome->gained = outcome->status != E_HANDLE;
	return outcome->gained;
}

/* 1: every number, in several generations. */
struct outcome
attack_guess(uint8_t step)
{
	struct outcome outcome = {0};
	uint32_t last = 0; /* of its own: what it was given, and made */

	(void)step;
	(void)untyped_retype(HANDLE_ACCOUNT, 0, 0, KIND_REPLY, &last);
	for (uint32_t i = 0; i < INDEXES * GENERATIONS; i++) {
		uint32_t handle = generations[i / INDEXES] << HANDLE_INDEX_BITS | i % INDEXES;
		bool is_own = handle >= HANDLE_INITIAL(1) && handle <= last;
		if (!is_own && try_handle(handle, METHOD_INFO, &outcome)) {
			break;
		}
	}
	return outcome;
}

/* 2: its own slots, as they were once, or will be; what it was given for a while. */
struct outcome
attack_stale(uint8_t step)
{
	struct outcome outcome = {0};
	uint32_t own;

	if (step > 1) {
		return attack_given_stale();
	}
	/* One that it threw away itself. */
	if (untyped_retype(HANDLE_ACCOUNT, 0, 0, KIND_NOTIFICATION, &own) == E_OK) {
		(void)process_delete(HANDLE_PROCESS, own);
		if (try_handle(own, METHOD_NONE, &outcome)) {
			return outcome;
		}
	}
	for (uint32_t i = 0; (own = attack_own_handle(i)) != 0; i++) {
		for (uint32_t g = 0; g < GENERATIONS; g++) {
			uint32_t handle =
				generations[g] << HANDLE_INDEX_BITS | (own & HANDLE_INDEX_MASK);
			if (handle != own && try_handle(handle, METHOD_NONE, &outcome)) {
				return outcome;
			}
		}
	}
	return outcome;
}

/* 3: a copy of a capability that can more than the original. */
struct outcome
attack_rights(uint8_t step)
{
	uint32_t handle = 0;
	uint32_t status = process_grant(
		HANDLE_PROCESS, HANDLE_ENDPOINT, 0, process_info()->label, 0, RIGHTS_ALL, &handle);

	(void)step;
	return (struct outcome){.status = status, .gained = status == E_OK};
}

/* 4: the number of a capability of its own, for a server that has none of that number; numbers in
 * messages. */
struct outcome
attack_foreign(uint8_t step)
{
	struct outcome outcome = {.status = E_HANDLE};
	uint32_t frame = 0;

	if (step > 1) {
		return attack_given_on(step);
	}
	if (untyped_retype(HANDLE_ACCOUNT, 1, 0, KIND_FRAME, &frame) == E_OK &&
		deputy_use_handle(ATTACKER_DEPUTY, frame, &outcome.status) == E_OK) {
		outcome.gained = outcome.status != E_HANDLE;
	}
	return outcome;
}

/* The value that came back to the caller whose answer is forged meanwhile. */
static void *
call_slow(void *value)
{
	(void)sys_deadline(sys_clock() + 10 * SLOW_NS);
	(void)vault_slow(ATTACKER_VAULT, SLOW_NS, value);
	return NULL;
}

/* An answer of a thread that owes none. */
static void *
forge_answer(void *status)
{
	struct message message = {.info = info_make(0, 4)};

	message.bytes[0] = FORGED & 0xff;
	message.bytes[1] = FORGED >> 8;
	*(uint32_t *)status = ipc_reply(0, &message);
	return NULL;
}

/* 5: answers that it does not owe: through its reply object, through no object, through a guess;
 * while somebody waits for the vault's answer. */
struct outcome
attack_reply(uint8_t step)
{
	const struct message message = {.info = info_make(0, 0)};
	uint32_t value = VAULT_ANSWER;
	uint32_t status = E_OK;
	pthread_t victim;
	pthread_t forger;

	(void)step;
	bool is_answered = ipc_reply(HANDLE_REPLY, &message) != E_STATE ||
			   ipc_reply(HANDLE_INITIAL(200), &message) != E_HANDLE;
	if (pthread_create(&victim, NULL, call_slow, &value) == 0) {
		sys_yield(); /* it calls, and waits */
		if (pthread_create(&forger, NULL, forge_answer, &status) == 0) {
			pthread_join(forger, NULL);
		}
		pthread_join(victim, NULL);
	}
	return (struct outcome){.status = status, .gained = is_answered || value != VAULT_ANSWER};
}
