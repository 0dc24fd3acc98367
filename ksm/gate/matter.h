/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* matter.h: what of two policies a difference of theirs is about. */
#ifndef GATE_MATTER_H
#define GATE_MATTER_H

#include <stdbool.h>
#include <stdint.h>

#include "vector.h"

struct arena;
struct diff;
struct l1;
struct l1_cell;

/* The methods whose messages matter to a difference, and what they remember. */
struct matter {
	const struct l1 *l1[2];
	struct arena *a;
	struct vector objects; /* const struct l1_object *, of either */
	struct vector places;  /* struct l1_cell: holder to method are filled in */
	uint32_t differing;    /* of them: the first ones, that differ themselves */
};

/* Finds the methods that differ, and those that share with them what is remembered. */
void matter_find(struct matter *m, const struct diff *diff, struct arena *a);

/* Returns whether the method of that cell is one of them. */
bool matter_has(const struct matter *m, const struct l1_cell *cell);

/* Returns the same policy with the rules of those methods alone: who judges by a plain scan is
 * quick then. */
struct l1 matter_part(const struct matter *m, const struct l1 *l1);

#endif
