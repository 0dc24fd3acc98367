/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* SHA-256 for host tools: the same fetched source that the kernel and init are built with. */
#ifndef HOST_SHA256_H
#define HOST_SHA256_H

#include <stddef.h>
#include <stdint.h>

/* Writes the SHA-256 of `length` bytes to `digest`. Cannot fail. bytes may be NULL if length is 0.
 */
void sha256(const void *bytes, size_t length, uint8_t digest[32]);

#endif
