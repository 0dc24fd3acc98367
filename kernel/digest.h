/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* SHA-256 for the boot check; the code is mbedTLS's. */
#ifndef KERNEL_DIGEST_H
#define KERNEL_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIGEST_BYTES 32

void digest_of(const void *bytes, size_t length, uint8_t digest[DIGEST_BYTES]);

/* Whether the bytes have this digest. */
bool digest_matches(const void *bytes, size_t length, const uint8_t digest[DIGEST_BYTES]);

#endif
