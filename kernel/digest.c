/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* SHA-256 for the boot check; the code is mbedTLS's. */
#include "kernel/digest.h"

#include <mbedtls/sha256.h>

#include "kernel/assert.h"
#include "kernel/memory.h"

void
digest_of(const void *bytes, size_t length, uint8_t digest[DIGEST_BYTES])
{
	int failed = mbedtls_sha256_ret(bytes, length, digest, 0);

	kernel_assert(failed == 0);
}

bool
digest_matches(const void *bytes, size_t length, const uint8_t digest[DIGEST_BYTES])
{
	uint8_t found[DIGEST_BYTES];

	digest_of(bytes, length, found);
	return memcmp(found, digest, DIGEST_BYTES) == 0;
}
