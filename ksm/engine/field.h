/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A field of a message. Inside of the engine. */
#ifndef KSM_FIELD_H
#define KSM_FIELD_H

#include <stdbool.h>
#include <stdint.h>

#include "ksm/format_load.h"

static inline uint64_t
ksm_bytes_u16(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8;
}

static inline __attribute__((always_inline)) uint64_t
ksm_bytes_u32(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* The field at p as `how` (format.h: a of a load) says. Fields of a message have any alignment. */
static inline int64_t
ksm_field(const uint8_t *p, uint32_t how)
{
	uint32_t width = how & FORMAT_LOAD_WIDTH;
	bool is_signed = (how & FORMAT_LOAD_SIGNED) != 0;

	if (width == 4) {
		return is_signed ? (int32_t)ksm_bytes_u32(p) : (int64_t)ksm_bytes_u32(p);
	}
	if (width == 1) {
		return is_signed ? (int8_t)*p : *p;
	}
	if (width == 2) {
		return is_signed ? (int16_t)ksm_bytes_u16(p) : (int64_t)ksm_bytes_u16(p);
	}
	return (int64_t)(ksm_bytes_u32(p) | ksm_bytes_u32(p + 4) << 32);
}

#endif
