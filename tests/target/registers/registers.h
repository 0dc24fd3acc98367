/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A system call with every register chosen, and every register seen afterwards. */
#ifndef TARGET_REGISTERS_H
#define TARGET_REGISTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* r: x0..x30; r0..r12 and lr as r[14]. flags: NZCV; APSR. thread: TPIDR_EL0; TPIDRURW. fp: v0..v31;
 * d0..d31. */
struct registers {
	uintptr_t r[32];
	uintptr_t flags;
	uintptr_t thread;
	uint64_t fp[64];
};

_Static_assert(offsetof(struct registers, flags) == 32 * sizeof(uintptr_t), "assembly knows");
_Static_assert(offsetof(struct registers, thread) == 33 * sizeof(uintptr_t), "assembly knows");
_Static_assert(offsetof(struct registers, fp) == 34 * sizeof(uintptr_t), "assembly knows");

/* What a machine's registers are for (abi/abi.h); bit n of a mask is r[n]. */
struct register_roles {
	uint32_t payload_bytes; /* from r[2] on */
	uint32_t preserved;
	uint32_t zero_result;   /* zero after every call but receive */
	uint32_t zero_received; /* zero after receive */
	uint32_t flags;         /* those that user code can set; zero after every call */
	uint32_t fp_words;
	uint32_t thread_is_kept; /* the kernel's value of `thread` returns; 0: it is zero */
};

extern const struct register_roles register_roles;

/* Loads all, makes system call `number` (below SYSCALL_COUNT), stores all. */
void registers_call(struct registers *registers, uint32_t number);

/* Byte `index` of the pattern `seed`; never zero. */
uint8_t pattern_byte(uint32_t seed, uint32_t index);

/* Every register gets its part of the pattern; the payload bytes are those of the message. */
void registers_fill(struct registers *registers, uint32_t seed);

/* The whole page of a message buffer likewise; byte i of it is byte i of the message. */
void buffer_fill(uint8_t *buffer, uint32_t seed);

/*
 * Compares registers after a call with those before: `length` payload bytes are the pattern of the
 * peer, what the ABI preserves is as it was, all else is zero. r[0] and r[1] are not looked at, nor
 * what tells a receiver its caller. Returns 0, or a number that says what is wrong: 1000 * kind +
 * index; kind 1 payload, 2 preserved, 3 not cleared, 4 flags, 5 thread register, 6 floating point.
 */
uint32_t registers_check(const struct registers *before, const struct registers *after,
	uint32_t peer_seed, uint32_t length, bool is_received);

/* Only bytes of the message beyond registers came from the peer: 0, or 7000 + index. */
uint32_t buffer_check(
	const uint8_t *buffer, uint32_t own_seed, uint32_t peer_seed, uint32_t length);

#endif
