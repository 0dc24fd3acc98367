/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* From the archive into frames: copied, sealed, hashed; nobody else can reach them meanwhile. */
#ifndef INIT_PROGRAM_H
#define INIT_PROGRAM_H

#include <stdint.h>

#include "abi/image.h"
#include "bundle.h"

/* Frames of init's table, mapped nowhere. */
struct program {
	uint32_t text;      /* code from now on */
	uint32_t data;      /* with bss; 0: it has neither */
	uint64_t digest[4]; /* SHA-256 as the policy has it: little-endian words */
};

/* Makes the frames out of an untyped. Returns an E_ status; what was made before a failure goes
 * with the untyped's reset. Requires a header that archive_find returned. */
uint32_t program_load(
	uint32_t untyped, const struct program_header *header, struct program *program);

/* Makes a frame of one page that holds `bytes`, at most a page of them. Returns an E_ status. */
uint32_t program_fill_page(
	uint32_t untyped, const void *bytes, uint32_t length_bytes, uint32_t *frame);

/* Makes a frame with a copy of one part, from its start on, and of another from the page behind it.
 * Returns an E_ status, and where the second part begins. */
uint32_t program_fill_two(uint32_t untyped, uint16_t label, const struct span *first,
	const struct span *second, uint32_t *frame, uint32_t *second_offset);

#endif
