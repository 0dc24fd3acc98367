/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The bundle that the kernel has verified: where its parts are. */
#ifndef INIT_BUNDLE_H
#define INIT_BUNDLE_H

#include <stdbool.h>
#include <stdint.h>

struct span {
	const uint8_t *bytes;
	uint32_t length_bytes;
};

struct bundle {
	struct span policy;
	struct span system;
	struct span archive;
};

/* Finds the sections. bytes: page-aligned. Returns false when one lies outside. */
bool bundle_open(const uint8_t *bytes, uint32_t length_bytes, struct bundle *bundle);

/* Whether `length` bytes from `offset` on lie inside of `total` bytes. */
static inline bool
span_contains(uint32_t total_bytes, uint32_t offset, uint64_t length_bytes)
{
	return offset <= total_bytes && length_bytes <= total_bytes - offset;
}

#endif
