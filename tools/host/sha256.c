/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* SHA-256 for host tools, over the fetched mbedTLS. */
#include "tools/host/sha256.h"

#include <stdio.h>
#include <stdlib.h>

#include "mbedtls/sha256.h"

void
sha256(const void *bytes, size_t length, uint8_t digest[32])
{
	static const unsigned char none[1];

	/* The software implementation has no failure; one would be a broken build. */
	if (mbedtls_sha256_ret(bytes != NULL ? bytes : none, length, digest, 0) != 0) {
		fputs("sha256: the library refused to hash\n", stderr);
		abort();
	}
}
