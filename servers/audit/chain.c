/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The chain of the journal: SHA-256 over the digest before and the entry. */
#include "chain.h"

#include <string.h>

#include "mbedtls/sha256.h"

static uint8_t *
put(uint8_t *at, uint64_t value, uint32_t bytes)
{
	for (uint32_t i = 0; i < bytes; i++) {
		at[i] = (uint8_t)(value >> 8 * i);
	}
	return at + bytes;
}

void
chain_entry(const struct record *record, uint32_t number, uint8_t entry[CHAIN_ENTRY_BYTES])
{
	const uint16_t halves[] = {record->label, record->instance, record->target,
		record->interface, record->method, record->field};
	uint8_t *at = entry;

	memset(entry, 0, CHAIN_ENTRY_BYTES);
	at = put(at, number, 4);
	at = put(at, record->lost, 4);
	at = put(at, record->time_ns, 8);
	at = put(at, (uint64_t)record->operand, 8);
	at = put(at, record->sequence, 4);
	at = put(at, record->handle, 4);
	at = put(at, record->badge, 4);
	for (uint32_t i = 0; i < sizeof(halves) / sizeof(halves[0]); i++) {
		at = put(at, halves[i], 2);
	}
	at = put(at, record->rule, 3);
	at = put(at, record->event, 1);
	at = put(at, record->reason, 1);
	at = put(at, record->policy, 1);
	(void)put(at, record->epoch, 2);
}

static void
hash(const void *first, uint32_t first_bytes, const void *second, uint32_t second_bytes,
	uint8_t digest[CHAIN_DIGEST_BYTES])
{
	mbedtls_sha256_context sha;

	mbedtls_sha256_init(&sha);
	mbedtls_sha256_starts_ret(&sha, 0);
	mbedtls_sha256_update_ret(&sha, first, first_bytes);
	mbedtls_sha256_update_ret(&sha, second, second_bytes);
	mbedtls_sha256_finish_ret(&sha, digest);
	mbedtls_sha256_free(&sha);
}

void
chain_begin(uint32_t life, uint8_t digest[CHAIN_DIGEST_BYTES])
{
	static const char name[] = "gatehouse journal";
	uint8_t bytes[4];

	(void)put(bytes, life, sizeof(bytes));
	hash(name, sizeof(name) - 1, bytes, sizeof(bytes), digest);
}

void
chain_add(uint8_t digest[CHAIN_DIGEST_BYTES], const uint8_t entry[CHAIN_ENTRY_BYTES])
{
	hash(digest, CHAIN_DIGEST_BYTES, entry, CHAIN_ENTRY_BYTES, digest);
}
