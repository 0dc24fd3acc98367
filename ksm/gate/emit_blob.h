/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_blob.h: sections become one blob with header and digest. */
#ifndef GATE_EMIT_BLOB_H
#define GATE_EMIT_BLOB_H

#include <stddef.h>
#include <stdint.h>

struct buffer;
struct emit_pool;
struct l1;

struct emit_sections {
	const struct l1 *l1;
	struct buffer *edges; /* elements of format.h, as the pool's are */
	struct buffer *rows;
	struct buffer *states;
	struct buffer *aborts;
	struct emit_pool *pool;
	uint32_t edge_count;
	uint32_t row_count;
	uint32_t abort_count;
	uint32_t entry_count; /* sum of the edges' methods */
};

/*
 * Appends the blob, names included, to `out`, which must be empty and not of the sections' arena:
 * that one is given back as soon as they are written. Fills digest as it stands in the header.
 * Returns the bytes of the names.
 */
size_t emit_blob(struct emit_sections *sections, struct buffer *out, uint8_t digest[32]);

#endif
