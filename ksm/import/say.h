/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* say.h: conditions and ways as text of Gate. */
#ifndef IMPORT_SAY_H
#define IMPORT_SAY_H

#include <stdint.h>

struct buffer;
struct cell;
struct cells;
struct cond;
struct subject;
struct way;

/* A number that this subject has, as the policy writes it. */
void say_number(struct buffer *b, const struct subject *s, int64_t number);

/* Appends the condition; strength 0 stands alone, 1 in an `or`, 2 in an `and`, 3 behind `not`. */
void say_cond(struct buffer *b, struct cells *cells, const struct cond *c, uint32_t strength);

/*
 * Appends what a way says behind the event: arguments to `arguments`, the rest, tails of the cell
 * included, to `rest`. What `common` says is left out.
 */
void say_rule(struct buffer *arguments, struct buffer *rest, struct cells *cells,
	const struct cell *cell, const struct way *way, const struct cond *common);

/* Returns what several ways of a call ask for alike; cond_true: nothing, or there is one way. */
const struct cond *say_common(struct cells *cells, const struct way *ways);

#endif
