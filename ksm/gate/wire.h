/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* wire.h: little-endian numbers at the end of a buffer. */
#ifndef GATE_WIRE_H
#define GATE_WIRE_H

#include <stdint.h>

#include "buffer.h"

void wire_u8(struct buffer *b, uint8_t value);
void wire_u16(struct buffer *b, uint16_t value);
void wire_u32(struct buffer *b, uint32_t value);
void wire_u64(struct buffer *b, uint64_t value);

/* Appends zeros up to a multiple of `multiple`, a power of two. */
void wire_align(struct buffer *b, size_t multiple);

/* Overwrites four bytes at `offset`. Requires: they are there. */
void wire_patch_u32(struct buffer *b, size_t offset, uint32_t value);

#endif
