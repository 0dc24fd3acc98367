/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Attacks on the machine: what is left in registers, instructions that are not for processes. */
#include <stddef.h>
#include <string.h>

#include "attack/attack.h"
#include "gatehouse/syscall.h"
#include "process_attacker.h"
#include "target/machine/attempt.h"
#include "target/registers/registers.h"

#define SEED     4711u
#define LATER_NS UINT64_C(1000000000)

/* Vault.who */
#define CALL_BYTES  2u
#define REPLY_BYTES 2u

/* 13: what another left in registers, behind an answer. */
struct outcome
attack_registers(uint8_t step)
{
	static struct registers registers;
	const uint8_t *payload = (const uint8_t *)&registers.r[2];
	struct outcome outcome = {0};

	(void)step;
	registers_fill(&registers, SEED);
	registers.r[0] = ATTACKER_VAULT;
	registers.r[1] = info_make(VAULT_WHO, CALL_BYTES);
	registers.r[2] = 1;
	(void)sys_deadline(sys_clock() + LATER_NS);
	registers_call(&registers, SYS_call);
	outcome.status = (uint32_t)registers.r[0];
	for (uint32_t i = REPLY_BYTES; i < register_roles.payload_bytes; i++) {
		outcome.gained |= payload[i] != 0;
	}
	return outcome;
}

/* An instruction of tests/target/machine by the beginning of its name. */
static struct outcome
attempt(const char *name)
{
	for (uint32_t i = 0; i < attempts_machine_count; i++) {
		const struct attempt *found = &attempts_machine[i];
		if (strncmp(found->name, name, strlen(name)) == 0) {
			(void)found->run(found->argument);
			return (struct outcome){.gained = true};
		}
	}
	return (struct outcome){.status = E_CALL};
}

/* 15: instructions of the kernel, the hypervisor, the firmware, the timer. */
struct outcome
attack_privileged(uint8_t step)
{
	static const char *const names[] = {"cntpct_read", "smc", "hvc", "contextidr_write"};

	return attempt(names[(step - 1) % 4]);
}

/* 16: counters, debug registers, the emulator's back door. */
struct outcome
attack_debug(uint8_t step)
{
	static const char *const names[] = {"pmccntr_read", "dbgdtr", "semihosting"};

	return attempt(names[(step - 1) % 3]);
}
