/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * diff.h: what a policy grants that another does not, exactly: each difference has a message, and
 * what is remembered, at which the two decide otherwise [E6].
 */
#ifndef GATE_DIFF_H
#define GATE_DIFF_H

#include <stdbool.h>
#include <stdint.h>

#include "l1_interface.h"
#include "vector.h"

struct arena;
struct l1;
struct l1_cell;
struct l1_state;

enum diff_kind {
	DIFF_MORE,    /* NEW grants it, OLD does not */
	DIFF_LESS,    /* OLD grants it, NEW does not */
	DIFF_EFFECTS, /* both grant it, and other things happen */
	DIFF_AUDIT,   /* both grant it, one of them records it */
	DIFF_ANSWER,  /* what the answer holds is laid out otherwise */
	DIFF_UNKNOWN, /* too many values are tested together: they may differ */
	DIFF_KINDS
};

enum diff_side { DIFF_OLD, DIFF_NEW, DIFF_SIDES };

/* What a value of a witness is of. */
enum diff_axis {
	DIFF_FIELD,  /* a field of the message */
	DIFF_STATE,  /* what is remembered, as a test sees it */
	DIFF_MEMBER, /* whether the set has the value of the field, or `constant` */
	DIFF_TOKENS, /* how much a bucket has left, or how many grants a window */
	DIFF_ROOM    /* whether a set has a free place */
};

struct diff_value {
	enum diff_axis axis;
	const struct l1_field *field;  /* of one of the two, or made up */
	const struct l1_state *state;  /* NEW's, if both have it; or NULL */
	const struct l1_field *member; /* MEMBER: the field, or NULL */
	int64_t constant;              /* MEMBER without a field */
	int64_t value;
};

/* One difference at one place. */
struct diff_entry {
	enum diff_kind kind;
	enum l1_event event;
	const struct l1_cell *cells[DIFF_SIDES]; /* that grant it; of who does not, one that is
						  * nearest, or NULL: it has none */
	struct diff_value *values;               /* the others: those nearest to 0 */
	uint32_t value_count;
	uint32_t call_rules[DIFF_SIDES]; /* of an answer: that granted the call; 0 any */
};

struct diff {
	const struct l1 *l1[DIFF_SIDES];
	struct arena *a;
	struct vector entries; /* struct diff_entry, by NEW's order of holder, target, method */
	uint32_t places;       /* that were compared */
};

/* Compares. Requires: both are whole systems. */
void diff_policies(struct diff *diff, const struct l1 *old, const struct l1 *new, struct arena *a);

/* Returns whether entries of this kind may let somebody do more. */
bool diff_is_more(enum diff_kind kind);

#endif
