/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A text as tests look at it: eight bytes a time. Inside of the engine. */
#ifndef KSM_EIGHT_H
#define KSM_EIGHT_H

#include <stdint.h>

#include "ksm/engine/ksm.h"
#include "ksm/format.h"

/* Eight bytes of a text; the first is the highest, so texts are sorted like their bytes. */
/*@ requires \valid_read(query);
  @ requires \valid_read(query->bytes + (0 .. query->length_bytes - 1));
  @ requires offset <= FORMAT_MESSAGE_MAX + 8;
  @ assigns \nothing;
  @*/
static inline int64_t
ksm_text_load(const struct ksm_query *query, uint32_t offset)
{
	uint64_t value = 0;

	/*@ loop invariant \at(offset, Pre) <= offset <= end;
	  @ loop assigns offset, value;
	  @ loop variant end - offset;
	  @*/
	for (uint32_t end = offset + 8; offset < end; offset++) {
		value = value << 8 | (offset < query->length_bytes ? query->bytes[offset] : 0);
	}
	return (int64_t)value;
}

#endif
