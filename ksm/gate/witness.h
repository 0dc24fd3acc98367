/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* witness.h: a message that fulfils some conditions and that no forbid denies, if there is one. */
#ifndef GATE_WITNESS_H
#define GATE_WITNESS_H

#include "l1.h"

struct grid;
struct sema;

struct witness_question {
	const struct l1_condition *wanted[2]; /* all hold */
	uint32_t wanted_count;
	const struct l1_cell *forbids; /* cells of one place; only forbids count; none holds */
	uint32_t forbid_count;
	const struct l1_cell *cell; /* for the text: where; else NULL */
	bool is_step;               /* the text is one of a test, without a verdict */
};

enum witness_answer {
	WITNESS_FOUND,
	WITNESS_NONE,
	WITNESS_TOO_MANY, /* more combinations than the grid visits */
};

/* If text is not NULL and a witness is found, it gets `valve.set(channel = 4)` in backquotes
 * with what must be remembered, or of a step `a -> b : valve.set(channel = 4)` without. */
enum witness_answer witness_find(
	struct sema *s, const struct witness_question *question, const char **text);

/* Returns the message of a point of a grid at a cell's place as a step of a test. */
const char *witness_step(
	struct sema *s, const struct l1_cell *cell, const struct grid *grid, const int64_t *values);

#endif
