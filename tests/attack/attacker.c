/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The attacker: does what the judge asks it to try, and says what came of it. */
#include "attack/attack.h"

#include <stddef.h>

#include "gatehouse/process.h"
#include "gatehouse/server.h"
#include "process_attacker.h"

/* 20, 22 and 23 are nobody's to run here: tests/attack/README.md says where they are. */
static struct outcome (*const attacks[])(uint8_t) = {
	[1] = attack_guess,
	[2] = attack_stale,
	[3] = attack_rights,
	[4] = attack_foreign,
	[5] = attack_reply,
	[6] = attack_deputy,
	[7] = attack_swap,
	[8] = attack_buffer,
	[9] = attack_lease,
	[10] = attack_address,
	[11] = attack_execute,
	[12] = attack_bomb,
	[13] = attack_registers,
	[14] = attack_dirty,
	[15] = attack_privileged,
	[16] = attack_debug,
	[17] = attack_method,
	[18] = attack_claim,
	[19] = attack_flood,
	[21] = attack_spoof,
	[24] = attack_console,
};

#define ATTACKS (sizeof(attacks) / sizeof(attacks[0]))

uint32_t
attack_call(uint32_t handle, uint32_t method)
{
	struct message message = {.info = info_make(0, 0)};

	return ipc_call(handle, method, &message);
}

uint32_t
attack_own_handle(uint32_t number)
{
	static const uint32_t handles[] = {HANDLE_PROCESS, HANDLE_ACCOUNT, HANDLE_ENDPOINT,
		HANDLE_NOTIFICATION, HANDLE_THREAD, HANDLE_REPLY, ATTACKER_VAULT, ATTACKER_DEPUTY,
		ATTACKER_BELL, ATTACKER_CONSOLE};

	return number < sizeof(handles) / sizeof(handles[0]) ? handles[number] : 0;
}

static uint32_t
run(void *context, const struct caller *caller, uint8_t number, uint8_t step, uint32_t *out_status,
	bool *out_gained)
{
	(void)context;
	(void)caller;
	if (number >= ATTACKS || attacks[number] == NULL) {
		return E_CALL;
	}
	struct outcome outcome = attacks[number](step);
	*out_status = outcome.status;
	*out_gained = outcome.gained;
	return E_OK;
}

static uint32_t
instance(void *context, const struct caller *caller, uint16_t *out_number)
{
	(void)context;
	(void)caller;
	*out_number = process_info()->instance;
	return E_OK;
}

static uint32_t
give(void *context, const struct caller *caller, uint32_t bell, bool keep)
{
	(void)context;
	(void)caller;
	attack_given(bell, keep);
	return E_OK;
}

/* It answers itself, and goes on with what it was lent. */
static uint32_t
borrow(void *context, const struct caller *caller, struct lease from, struct lease to,
	uint32_t *out_from_bytes, uint32_t *out_to_bytes)
{
	(void)context;
	(void)caller;
	(void)out_from_bytes;
	(void)out_to_bytes;
	attack_lent(&from, &to);
	return GATE_LATER;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct attack_server attack = {
		.run = run, .instance = instance, .give = give, .borrow = borrow};

	return attacker_serve(caller, message, &attack);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
