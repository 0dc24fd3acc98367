/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The common case for a host's fast path: a grant that needs no look at the bytes and no record. */
#ifndef KSM_PLAIN_H
#define KSM_PLAIN_H

#include "ksm/engine/field.h"
#include "ksm/engine/ksm.h"
#include "ksm/engine/range.h"
#include "ksm/engine/table.h"
#include "ksm/format.h"

/* Bit of an action of a call in RAM: it is only asked about. */
#define KSM_ASK_SHIFT 25

/* The event of an answer with this status. */
static inline uint32_t
ksm_answer(uint32_t status)
{
	uint32_t number = status < KSM_STATUS_MAX ? status : KSM_STATUS_MAX;

	return number == 0 ? KSM_REPLY : KSM_ERROR | number << KSM_STATUS_SHIFT;
}

/*
 * How long the payload of an event may be: `count` lengths (31:16) from `low` on, of which 15:0 are
 * what makes it `more`, with a sign. `more` is 0 of what is granted without a look at the bytes and
 * without a record, KSM_RUNS of a message about which a program decides, KSM_NOT_PLAIN of all else:
 * so the one comparison of ksm_is_plain answers both.
 */
/*@ requires low <= FORMAT_SHAPE_LENGTH_MASK && count <= FORMAT_SHAPE_LENGTH_MASK + 1;
  @ requires more == 0 || more == KSM_RUNS || more == KSM_NOT_PLAIN;
  @ assigns \nothing;
  @ ensures (more != 0 ==> are_not_plain(\result)) &&
  @   (more != KSM_RUNS ==> cannot_run(\result));
  @*/
static inline uint32_t
ksm_lengths(uint32_t low, uint32_t count, uint32_t more)
{
	return ((more - low) & UINT16_MAX) | count << 16;
}

/*@ assigns \nothing; */
static inline uint32_t
ksm_lengths_low(uint32_t lengths)
{
	return (UINT32_C(0) - lengths) & (KSM_RUNS - 1);
}

/*@ assigns \nothing; ensures \result == lengths >> 16; */
static inline uint32_t
ksm_lengths_count(uint32_t lengths)
{
	return lengths >> 16;
}

/* Whether a call (event KSM_CALL) or a reply with status 0 (KSM_REPLY) is granted by the table
 * alone: ksm_decide would grant it, read no byte, and want no record. Requires length_bytes of at
 * most 16 bits. */
/*@ requires \valid_read(entry) && length_bytes <= UINT16_MAX && event <= KSM_REPLY;
  @ assigns \nothing;
  @ ensures \result && is_sound(entry) ==> is_plain_action(entry->action[event]);
  @*/
static inline bool
ksm_is_plain(const struct ksm_entry *entry, enum ksm_event event, uint32_t length_bytes)
{
	uint32_t lengths = entry->lengths[event];
	int32_t more = (int16_t)lengths;

	return length_bytes + (uint32_t)more < ksm_lengths_count(lengths);
}

/* The same of a call about which a program decides. */
/*@ requires \valid_read(entry) && length_bytes < KSM_RUNS;
  @ assigns \nothing;
  @ ensures \result && is_sound(entry) ==> (entry->action[KSM_CALL] & FORMAT_ACTION_RUN) != 0;
  @*/
static inline bool
ksm_is_run_at_once(const struct ksm_entry *entry, uint32_t length_bytes)
{
	uint32_t lengths = entry->lengths[KSM_CALL];
	int32_t at = (int32_t)length_bytes - (int32_t)KSM_RUNS + (int16_t)lengths;

	return (uint32_t)at < ksm_lengths_count(lengths);
}

/* Whether a program decides about a call of so many bytes, which is no message if it is asked. */
/*@ requires \valid_read(entry);
  @ assigns \nothing;
  @ ensures \result ==> (entry->action[KSM_CALL] & FORMAT_ACTION_RUN) != 0;
  @*/
static inline bool
ksm_is_run(const struct ksm_entry *entry, uint32_t length_bytes)
{
	const uint32_t ask = UINT32_C(1) << KSM_ASK_SHIFT;
	uint32_t lengths = entry->lengths[KSM_CALL];

	return (entry->action[KSM_CALL] & (FORMAT_ACTION_RUN | ask)) == FORMAT_ACTION_RUN &&
	       length_bytes - ksm_lengths_low(lengths) < ksm_lengths_count(lengths);
}

/* What a call has besides bytes, bits 31:22 of its shape word: leases, handles; or it is none. */
static inline uint32_t
ksm_carries(const struct ksm_entry *entry)
{
	return entry->action[KSM_CALL] >> KSM_SHAPE_SHIFT & KSM_SHAPE_MASK;
}

/* The reason for which a call that is not plain is denied by the table alone; KSM_GRANTED: a
 * program decides, a record is wanted, or there is more in the message than bytes. */
static inline enum ksm_reason
ksm_denial(const struct ksm_entry *entry, uint32_t length_bytes)
{
	uint32_t action = entry->action[KSM_CALL];
	uint32_t lengths = entry->lengths[KSM_CALL];

	if (ksm_carries(entry) != 0) {
		return KSM_GRANTED;
	}
	if (length_bytes - ksm_lengths_low(lengths) >= ksm_lengths_count(lengths)) {
		return KSM_SHAPE;
	}
	if ((action & (FORMAT_ACTION_GRANT | FORMAT_ACTION_RUN)) != 0) {
		return KSM_GRANTED;
	}
	return action == 0 ? KSM_DEFAULT : KSM_FORBID;
}

/* Whether a program decides about a call. */
static inline bool
ksm_is_judged(const struct ksm_entry *entry)
{
	return (entry->action[KSM_CALL] & FORMAT_ACTION_RUN) != 0;
}

/* The shape word of a method's call (event KSM_CALL) or reply (KSM_REPLY). */
static inline uint32_t
ksm_entry_shape(const struct ksm_entry *entry, enum ksm_event event)
{
	uint32_t low = ksm_lengths_low(entry->lengths[event]);
	uint32_t more = entry->action[event] >> KSM_SHAPE_SHIFT & KSM_SHAPE_MASK;

	return format_shape(low, low + ksm_lengths_count(entry->lengths[event]) - 1) |
	       more << FORMAT_SHAPE_MORE_SHIFT;
}

/* The same; FORMAT_SHAPE_NONE: there is no such method. */
static inline uint32_t
ksm_shape(const struct ksm_edge *edge, enum ksm_event event, uint32_t method)
{
	if (method - 1 >= edge->methods) {
		return FORMAT_SHAPE_NONE;
	}
	return ksm_entry_shape(ksm_entry_at(edge, method), event);
}

/* Whether a call is granted by its program's range: ksm_decide would grant it by that rule, change
 * no state and want no record. NULL: ask that. Requires that the policy is not stale. Part of a
 * host's fast path, so not left to the compiler, which may count it as too large there. */
static inline __attribute__((always_inline)) const struct ksm_range *
ksm_call_in_range(const struct ksm *ksm, const struct ksm_entry *entry, const uint8_t *bytes,
	uint32_t length_bytes)
{
	uint32_t number = entry->action[KSM_CALL] & FORMAT_ACTION_NUMBER;

	if (!ksm_is_run(entry, length_bytes)) {
		return NULL;
	}
	struct ksm_range *range = &ksm->ranges[number];
	if (range->kind < KSM_RANGE_GRANTS && !ksm_range_grants(ksm, number, range)) {
		return NULL;
	}
	if ((uint64_t)ksm_field(bytes + range->offset, range->how) - range->low > range->span) {
		return NULL;
	}
	/* Four: behind a handle, in front of a field of eight bytes. */
	bool fits = range->kind == KSM_RANGE_GRANTS ||
		    (range->kind == KSM_RANGE_GRANTS + 4 ? ksm_bytes_u32(bytes + range->zeros) == 0
							 : ksm_range_is_zero(range, bytes));
	return fits ? range : NULL;
}

#endif
