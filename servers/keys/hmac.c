/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* HMAC with SHA-256 (RFC 2104), over the hash of mbedTLS. */
#include "hmac.h"

#include "mbedtls/platform_util.h"
#include "mbedtls/sha256.h"

#define INNER 0x36u
#define OUTER 0x5cu

/* H((secret ^ pad) . data) */
static void
pass(const uint8_t *secret, size_t secret_bytes, uint8_t pad, const void *data, size_t data_bytes,
	uint8_t digest[HMAC_TAG_BYTES])
{
	mbedtls_sha256_context sha;
	uint8_t block[HMAC_BLOCK_BYTES];

	for (size_t i = 0; i < sizeof(block); i++) {
		block[i] = (uint8_t)((i < secret_bytes ? secret[i] : 0u) ^ pad);
	}
	mbedtls_sha256_init(&sha);
	mbedtls_sha256_starts_ret(&sha, 0);
	mbedtls_sha256_update_ret(&sha, block, sizeof(block));
	mbedtls_sha256_update_ret(&sha, data, data_bytes);
	mbedtls_sha256_finish_ret(&sha, digest);
	mbedtls_sha256_free(&sha);
	mbedtls_platform_zeroize(block, sizeof(block));
}

void
hmac_sha256(const uint8_t *secret, size_t secret_bytes, const void *data, size_t data_bytes,
	uint8_t tag[HMAC_TAG_BYTES])
{
	uint8_t inner[HMAC_TAG_BYTES];

	pass(secret, secret_bytes, INNER, data, data_bytes, inner);
	pass(secret, secret_bytes, OUTER, inner, sizeof(inner), tag);
	mbedtls_platform_zeroize(inner, sizeof(inner));
}
