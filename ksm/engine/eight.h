/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Bytes of a message as tests look at them: a text, eight bytes a time; zeros. Inside of the
 * engine. */
#ifndef KSM_EIGHT_H
#define KSM_EIGHT_H

#include <stdint.h>

#include "ksm/engine/ksm.h"
#include "ksm/format.h"

#define KSM_NO_FIELD UINT32_C(0xffff) /* of a verdict */

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

/* Which of the bytes is the first that is not zero; KSM_NO_FIELD: all are. */
/*@ requires \valid_read(bytes + (offset .. offset + count - 1));
  @ requires offset + count <= FORMAT_MESSAGE_MAX;
  @ assigns \nothing;
  @ ensures \result == KSM_NO_FIELD <==>
  @         (\forall integer i; \old(offset) <= i < \old(offset) + \old(count) ==> bytes[i] == 0);
  @ ensures \result != KSM_NO_FIELD ==>
  @         \old(offset) <= \result < \old(offset) + \old(count) && bytes[\result] != 0;
  @*/
static inline uint32_t
ksm_first_not_zero(const uint8_t *bytes, uint32_t offset, uint32_t count)
{
	/*@ loop invariant offset + count == \at(offset, Pre) + \at(count, Pre);
	  @ loop invariant \at(offset, Pre) <= offset;
	  @ loop invariant \forall integer i; \at(offset, Pre) <= i < offset ==> bytes[i] == 0;
	  @ loop assigns offset, count;
	  @ loop variant count;
	  @*/
	for (; count > 0; count--, offset++) {
		if (bytes[offset] != 0) {
			return offset;
		}
	}
	return KSM_NO_FIELD;
}

#endif
