/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The attacks: what each tries is in tests/attack/README.md, one function each. */
#ifndef ATTACK_ATTACK_H
#define ATTACK_ATTACK_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/abi.h"

struct lease;

/* What came of one step. */
struct outcome {
	uint32_t status; /* what the kernel said last */
	bool gained;     /* the attacker has what it wanted */
};

/* Runs a step, from 1 on. A step that succeeds at something that kills does not return. */
struct outcome attack_guess(uint8_t step);
struct outcome attack_stale(uint8_t step);
struct outcome attack_rights(uint8_t step);
struct outcome attack_foreign(uint8_t step);
struct outcome attack_reply(uint8_t step);
struct outcome attack_deputy(uint8_t step);
struct outcome attack_swap(uint8_t step);
struct outcome attack_method(uint8_t step);
struct outcome attack_claim(uint8_t step);
struct outcome attack_flood(uint8_t step);
struct outcome attack_spoof(uint8_t step);
struct outcome attack_console(uint8_t step);
struct outcome attack_buffer(uint8_t step);
struct outcome attack_lease(uint8_t step);
struct outcome attack_address(uint8_t step);
struct outcome attack_execute(uint8_t step);
struct outcome attack_bomb(uint8_t step);
struct outcome attack_dirty(uint8_t step);
struct outcome attack_registers(uint8_t step);
struct outcome attack_privileged(uint8_t step);
struct outcome attack_debug(uint8_t step);

/* What the judge gave for a while: a capability, and memory to read and to write. */
void attack_given(uint32_t bell, bool keep);
/* Steps of 2 and 4 that need what was given. */
struct outcome attack_given_stale(void);
struct outcome attack_given_on(uint8_t step);

void attack_lent(const struct lease *from, const struct lease *to);

/* A call without payload. */
uint32_t attack_call(uint32_t handle, uint32_t method);

/* The i-th handle that this process started with, or 0. */
uint32_t attack_own_handle(uint32_t number);

#endif
