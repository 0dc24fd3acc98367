/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* wire.c: numbers byte by byte, so that the host's byte order does not matter. */
#include "wire.h"

static void
put(struct buffer *b, uint64_t value, uint32_t bytes)
{
	char out[8];

	for (uint32_t i = 0; i < bytes; i++) {
		out[i] = (char)(uint8_t)(value >> 8 * i);
	}
	buffer_add(b, out, bytes);
}

void
wire_u8(struct buffer *b, uint8_t value)
{
	put(b, value, 1);
}

void
wire_u16(struct buffer *b, uint16_t value)
{
	put(b, value, 2);
}

void
wire_u32(struct buffer *b, uint32_t value)
{
	put(b, value, 4);
}

void
wire_u64(struct buffer *b, uint64_t value)
{
	put(b, value, 8);
}

void
wire_align(struct buffer *b, size_t multiple)
{
	buffer_repeat(b, '\0', (multiple - b->size % multiple) % multiple);
}

void
wire_patch_u32(struct buffer *b, size_t offset, uint32_t value)
{
	for (uint32_t i = 0; i < 4; i++) {
		b->bytes[offset + i] = (char)(uint8_t)(value >> 8 * i);
	}
}
