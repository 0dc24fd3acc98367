/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* HMAC with SHA-256 (RFC 2104). */
#ifndef SERVERS_KEYS_HMAC_H
#define SERVERS_KEYS_HMAC_H

#include <stddef.h>
#include <stdint.h>

#define HMAC_BLOCK_BYTES 64u /* a longer secret is not taken */
#define HMAC_TAG_BYTES   32u

/* Leaves nothing of the secret behind in its own memory. */
void hmac_sha256(const uint8_t *secret, size_t secret_bytes, const void *data, size_t data_bytes,
	uint8_t tag[HMAC_TAG_BYTES]);

#endif
