/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The shape word of a call or a reply, of which a row of the blob (format.h) has two:
 *
 *         10:0   shortest payload in bytes
 *         21:11  longest
 *   call  26:22  leases: 0 none, else a 1 and below it one bit for each, the last one lowest; set =
 *                the server writes there
 *         29:27  handles, at most 4
 *         30     ask: no message, the host asks about it (KSM_ASK); nothing answers
 *         31     zero
 *   reply 28:22  how many error cases the method has
 *         31:29  handles, at most 4
 * The payload starts with a word for each lease (its length in bytes), then one for each handle
 * (interface << 16 | label, which the host puts there). What carries either is never granted
 * without a look at the bytes. A shape with shortest 1 and longest 0 fits nothing: there is no such
 * method.
 */
#ifndef KSM_FORMAT_SHAPE_H
#define KSM_FORMAT_SHAPE_H

#include <stdint.h>

#define FORMAT_SHAPE_MAX_SHIFT     11
#define FORMAT_SHAPE_LENGTH_MASK   UINT32_C(0x7ff)
#define FORMAT_SHAPE_MORE_SHIFT    22
#define FORMAT_SHAPE_LEASES_MASK   UINT32_C(0x1f) /* call */
#define FORMAT_SHAPE_CALL_HANDLES  27
#define FORMAT_SHAPE_CALL_ASK      30
#define FORMAT_SHAPE_CALL_RESERVED 31             /* from this bit on */
#define FORMAT_SHAPE_ERRORS_MAX    UINT32_C(0x7f) /* reply */
#define FORMAT_SHAPE_REPLY_HANDLES 29
#define FORMAT_SHAPE_HANDLES_MASK  UINT32_C(7)
#define FORMAT_SHAPE_NONE          UINT32_C(1)

#define FORMAT_LEASES_MAX  4u
#define FORMAT_HANDLES_MAX 4u
#define FORMAT_CARRY_BYTES 4u /* of the payload for each lease and each handle */

/*@ assigns \nothing; */
static inline uint32_t
format_shape(uint32_t low_bytes, uint32_t high_bytes)
{
	return low_bytes | high_bytes << FORMAT_SHAPE_MAX_SHIFT;
}

/*@ assigns \nothing; ensures \result <= FORMAT_SHAPE_LENGTH_MASK; */
static inline uint32_t
format_shape_low(uint32_t shape)
{
	return shape & FORMAT_SHAPE_LENGTH_MASK;
}

/*@ assigns \nothing; ensures \result <= FORMAT_SHAPE_LENGTH_MASK; */
static inline uint32_t
format_shape_high(uint32_t shape)
{
	return shape >> FORMAT_SHAPE_MAX_SHIFT & FORMAT_SHAPE_LENGTH_MASK;
}

/* Of a call's shape. */
/*@ assigns \nothing; */
static inline uint32_t
format_shape_leases(uint32_t shape)
{
	uint32_t bits = shape >> FORMAT_SHAPE_MORE_SHIFT & FORMAT_SHAPE_LEASES_MASK;
	uint32_t count = 0;

	/*@ loop assigns bits, count;
	  @ loop variant bits;
	  @*/
	for (; bits > 1; bits >>= 1) {
		count++;
	}
	return count;
}

/* Whether the server writes into the n-th lease of a call; else it reads. Requires that there is
 * one. */
static inline int
format_shape_lease_writes(uint32_t shape, uint32_t index)
{
	return (shape >> (FORMAT_SHAPE_MORE_SHIFT + format_shape_leases(shape) - 1 - index) & 1) !=
	       0;
}

/*@ assigns \nothing; */
static inline uint32_t
format_shape_errors(uint32_t shape)
{
	return shape >> FORMAT_SHAPE_MORE_SHIFT & FORMAT_SHAPE_ERRORS_MAX;
}

/*@ assigns \nothing; */
static inline uint32_t
format_shape_handles(uint32_t shape, int is_reply)
{
	return shape >> (is_reply ? FORMAT_SHAPE_REPLY_HANDLES : FORMAT_SHAPE_CALL_HANDLES) &
	       FORMAT_SHAPE_HANDLES_MASK;
}

/* Whether a call is asked about, not sent. */
/*@ assigns \nothing; */
static inline int
format_shape_is_ask(uint32_t shape)
{
	return (shape >> FORMAT_SHAPE_CALL_ASK & 1) != 0;
}

#endif
