/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The sections of a policy blob about what it remembers: states, and the ends of calls. */
#ifndef KSM_FORMAT_STATE_H
#define KSM_FORMAT_STATE_H

#include <stdbool.h>

#include "ksm/format.h"

#define FORMAT_EFFECTS_MAX 8 /* of one event */
#define FORMAT_STATES_MAX  UINT32_C(0x7fff)
#define FORMAT_WORDS_MAX   (UINT32_C(1) << 20) /* of all states */
#define FORMAT_AMOUNT_MAX  (UINT64_C(1) << 62) /* count times amount of a state */

#define FORMAT_OP_EFFECT UINT8_C(0x10) /* bits of an opcode: it is an effect, */
#define FORMAT_OP_WORDS  UINT8_C(0x08) /* and on a state that may have more words than one */

/* a of an effect: its operand is v; without it: c */
#define FORMAT_OPERAND_V UINT8_C(1)

/*
 * What is kept under one key of an object of the policy, as 64-bit words that begin with 0:
 *
 *           words  a word is                          count            amount
 *   bucket  1      the time at which it is full       burst            ns of one token
 *   window  1 + count  which word below takes the next grant: 0 .. count - 1; the times at which
 *                  grants leave                       grants           ns that a grant stays
 *   latch   1      the time until which it is held    1                ns from HOLD on
 *   counter 1      its number                         1                its greatest number
 *   set     count  0: free; else value - low + 1      values           the greatest word
 *   machine 1      the number of its state            states           0
 *   limit   1      how many capabilities there are   1                how many there may be
 *
 * Words of a state follow those of the one before it. Sorted by id, none twice.
 */
enum format_state_kind {
	FORMAT_BUCKET = 1,
	FORMAT_WINDOW = 2,
	FORMAT_LATCH = 3,
	FORMAT_COUNTER = 4,
	FORMAT_SET = 5,
	FORMAT_MACHINE = 6,
	FORMAT_LIMIT = 7
};

#define FORMAT_WINDOW_MAX  16 /* grants */
#define FORMAT_SET_MAX     64 /* values */
#define FORMAT_MACHINE_MAX 32 /* states */

struct format_state {
	uint8_t kind;    /* enum format_state_kind */
	uint8_t resets;  /* 1: begins anew when the holder or the target restarts; else 0 */
	uint16_t cells;  /* how often its words stand there: once for each number of a label; 1 */
	uint16_t holder; /* labels of its key; 0: all, and no restart is meant */
	uint16_t target;
	uint32_t count;
	uint32_t first;  /* its first word */
	int64_t low;     /* of a set: the value that is word 1; else 0 */
	uint64_t amount; /* count times amount is at most FORMAT_AMOUNT_MAX */
	uint64_t id;     /* FNV-1a of its names: how another policy finds what this one remembers */
};

/*
 * What is to be done besides messages: when a call of this method ends without reply or error; when
 * a capability of this edge comes into a table, which only ALLOW lets in, or goes. Sorted, none
 * twice.
 */
struct format_abort {
	uint32_t entry; /* counted over the methods of all edges, in their order; behind all of
			 * them two of each edge: one comes, one goes */
	uint32_t program;
};

_Static_assert(sizeof(struct format_state) == 40, "blob");
_Static_assert(sizeof(struct format_abort) == 8, "blob");

/* By which another policy finds the state at p. */
/*@ requires \valid_read(p + (0 .. sizeof(struct format_state) - 1));
  @ assigns \nothing;
  @*/
static inline __attribute__((always_inline)) uint64_t
format_state_id(const uint8_t *p)
{
	return format_u64(p + offsetof(struct format_state, id));
}

/*@ requires \valid_read(p + (0 .. sizeof(struct format_state) - 1));
  @ assigns \nothing;
  @*/
static inline __attribute__((always_inline)) uint32_t
format_state_count(const uint8_t *p)
{
	return format_u32(p + offsetof(struct format_state, count));
}

/*@ requires \valid_read(p + (0 .. sizeof(struct format_state) - 1));
  @ assigns \nothing;
  @*/
static inline __attribute__((always_inline)) uint64_t
format_state_amount(const uint8_t *p)
{
	return format_u64(p + offsetof(struct format_state, amount));
}

/* Words of one cell of the state at p. */
/*@ requires \valid_read(p + (0 .. sizeof(struct format_state) - 1));
  @ assigns \nothing;
  @*/
static inline uint32_t
format_state_words(const uint8_t *p)
{
	uint32_t count = format_state_count(p);

	return p[0] == FORMAT_SET ? count : p[0] == FORMAT_WINDOW ? 1 + count : 1;
}

/*@ requires \valid_read(p + (0 .. sizeof(struct format_state) - 1));
  @ assigns \nothing;
  @*/
static inline __attribute__((always_inline)) uint32_t
format_state_cells(const uint8_t *p)
{
	return format_u16(p + offsetof(struct format_state, cells));
}

/* Steps of an effect on a state, and of the test whether a set has a value. */
/*@ assigns \nothing; */
static inline uint32_t
format_state_cost(enum format_state_kind kind, uint32_t count)
{
	switch (kind) {
	case FORMAT_SET:
		return 3 + count / 4;
	case FORMAT_LATCH:
	case FORMAT_MACHINE:
		return 2;
	default:
		return 3;
	}
}

#endif
