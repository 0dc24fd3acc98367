/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A kernel for tests of init that only keeps books: it answers ipc_call for kernel objects, makes
 * objects and frames with real memory, records what is granted and mapped, and fails on request.
 */
#ifndef SUPPORT_BOOKS_H
#define SUPPORT_BOOKS_H

#include <stdint.h>

#include "abi/abi.h"

struct books_grant {
	uint32_t source;
	uint32_t badge;
	uint16_t label;
	uint16_t interface;
	uint8_t rights;
};

/* Forgets everything; init holds its account and its endpoint. */
void books_reset(void);
/* An object that init holds from the start. Returns its handle. */
uint32_t books_add(enum object_kind kind);
/* The n-th call from now on, counted from books_reset, fails with E_MEMORY; 0: none. */
void books_fail_at(uint32_t call);

uint32_t books_calls(void);
/* Objects that exist; places in init's space that are mapped. */
uint32_t books_live(void);
uint32_t books_windows(void);
uint32_t books_restarts(uint32_t endpoint);

/* Of the process made last: what stands in a slot, how many were given, what is mapped where. */
const struct books_grant *books_grant(uint32_t slot);
uint32_t books_grants(void);
const void *books_content(uint64_t vaddr);
uint8_t books_rights(uint64_t vaddr);
const uint64_t *books_digest(void);
/* What a thread was informed of last. */
const void *books_information(void);

#endif
