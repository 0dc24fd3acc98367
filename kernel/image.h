/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The bundle behind the kernel: checked as a whole before anything of it is used. */
#ifndef KERNEL_IMAGE_H
#define KERNEL_IMAGE_H

#include <stddef.h>
#include <stdint.h>

struct program_header;

struct image {
	const uint8_t *bundle;
	uint32_t bundle_bytes;   /* page multiple */
	const uint8_t *policies; /* behind each other */
	uint32_t policies_bytes;
	const struct program_header *init;
	uint32_t instances; /* of the system blob, init not counted */
};

/*
 * Checks headers, digests, the policies through the engine's verifier, and that policies, system
 * and kernel were built for the same interfaces. Returns NULL and fills `image`, or says in one
 * sentence why this bundle must not run. ram_end: no byte at or behind it is touched.
 */
const char *image_check(const uint8_t *bundle, const uint8_t *ram_end, struct image *image);

#endif
