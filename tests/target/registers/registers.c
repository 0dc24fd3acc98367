/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Patterns in all registers and in a whole message buffer, and what must be left of them. */
#include "registers.h"

#include <string.h>

#include "abi/abi.h"

enum wrong {
	WRONG_PAYLOAD = 1000,
	WRONG_PRESERVED = 2000,
	WRONG_LEFT = 3000,
	WRONG_FLAGS = 4000,
	WRONG_THREAD = 5000,
	WRONG_FP = 6000,
	WRONG_BUFFER = 7000
};

#define PAYLOAD_FIRST 2u

uint8_t
pattern_byte(uint32_t seed, uint32_t index)
{
	uint32_t mixed = (seed + index) * UINT32_C(2654435761);

	return (uint8_t)(mixed >> 24 | 1);
}

static void
fill_bytes(void *to, size_t bytes, uint32_t seed)
{
	uint8_t *at = to;

	for (size_t i = 0; i < bytes; i++) {
		at[i] = pattern_byte(seed, (uint32_t)i);
	}
}

void
registers_fill(struct registers *registers, uint32_t seed)
{
	fill_bytes(registers->r, sizeof(registers->r), seed + 5000);
	fill_bytes(&registers->r[PAYLOAD_FIRST], register_roles.payload_bytes, seed);
	fill_bytes(registers->fp, sizeof(registers->fp), seed + 6000);
	fill_bytes(&registers->thread, sizeof(registers->thread), seed + 7000);
	registers->flags = register_roles.flags;
}

void
buffer_fill(uint8_t *buffer, uint32_t seed)
{
	fill_bytes(buffer, MESSAGE_BYTES_MAX, seed);
}

static uint32_t
check_payload(const struct registers *after, uint32_t peer_seed, uint32_t length)
{
	const uint8_t *bytes = (const uint8_t *)&after->r[PAYLOAD_FIRST];

	for (uint32_t i = 0; i < register_roles.payload_bytes; i++) {
		if (bytes[i] != (i < length ? pattern_byte(peer_seed, i) : 0)) {
			return WRONG_PAYLOAD + i;
		}
	}
	return 0;
}

static uint32_t
check_rest(const struct registers *before, const struct registers *after, uint32_t zero)
{
	for (uint32_t i = 0; i < 32; i++) {
		if ((register_roles.preserved >> i & 1) != 0 && after->r[i] != before->r[i]) {
			return WRONG_PRESERVED + i;
		}
		if ((zero >> i & 1) != 0 && after->r[i] != 0) {
			return WRONG_LEFT + i;
		}
	}
	return 0;
}

static uint32_t
check_special(const struct registers *before, const struct registers *after)
{
	uintptr_t own = register_roles.thread_is_kept ? (uintptr_t)__builtin_thread_pointer() : 0;

	if ((after->flags & register_roles.flags) != 0) {
		return WRONG_FLAGS;
	}
	if (after->thread != own) {
		return WRONG_THREAD;
	}
	for (uint32_t i = 0; i < register_roles.fp_words; i++) {
		if (after->fp[i] != before->fp[i]) {
			return WRONG_FP + i;
		}
	}
	return 0;
}

uint32_t
registers_check(const struct registers *before, const struct registers *after, uint32_t peer_seed,
	uint32_t length, bool is_received)
{
	uint32_t zero = is_received ? register_roles.zero_received : register_roles.zero_result;
	uint32_t wrong = check_payload(after, peer_seed, length);

	if (wrong == 0) {
		wrong = check_rest(before, after, zero);
	}
	return wrong != 0 ? wrong : check_special(before, after);
}

uint32_t
buffer_check(const uint8_t *buffer, uint32_t own_seed, uint32_t peer_seed, uint32_t length)
{
	for (uint32_t i = 0; i < MESSAGE_BYTES_MAX; i++) {
		bool is_peers = i >= register_roles.payload_bytes && i < length;
		if (buffer[i] != pattern_byte(is_peers ? peer_seed : own_seed, i)) {
			return WRONG_BUFFER + i;
		}
	}
	return 0;
}
