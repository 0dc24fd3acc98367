/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The attacks: what each tries is in tests/attack/README.md, one function each. */
#ifndef ATTACK_ATTACK_H
#define ATTACK_ATTACK_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/abi.h"

/* What came of one step. */
struct outcome {
	uint32_t status; /* what the kernel said last */
	bool gained;     /* the attacker has what it wanted */
};

/* Runs a step, from 1 on. A step that succeeds at something that kills does not return. */
typedef struct outcome attack_function(uint8_t step);

attack_function attack_guess, attack_stale, attack_rights, attack_foreign, attack_reply;
attack_function attack_deputy, attack_swap, attack_method, attack_claim, attack_flood, attack_spoof;
attack_function attack_console;
attack_function attack_buffer, attack_address, attack_execute, attack_bomb, attack_dirty;
attack_function attack_registers, attack_privileged, attack_debug;

/* A call without payload. */
uint32_t attack_call(uint32_t handle, uint32_t method);

/* The i-th handle that this process started with, or 0. */
uint32_t attack_own_handle(uint32_t number);

#endif
