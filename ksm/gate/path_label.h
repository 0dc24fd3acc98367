/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* path_label.h: `labels PROCESS { "/keep" Keep  "/" Open }`: what is opened by a path has its label
 * [P20]. */
#ifndef GATE_PATH_LABEL_H
#define GATE_PATH_LABEL_H

#include <stdint.h>

#include "vector.h"

struct class_info;
struct event_cell;
struct sema;

/* Reads the tables of all units into their classes, the longest paths first. */
void path_labels_declare(struct sema *s);

/* Returns how many parts the call is judged in: one for each path of its server's table; 0: what
 * it asks for is not opened by a path. */
uint32_t path_label_parts(const struct event_cell *cell);

/* Returns what a part is called. */
const char *path_label_text(struct sema *s, const struct event_cell *cell, uint32_t part);

/* Returns the most parts of the calls (struct event_cell). */
uint32_t path_label_most(const struct vector *cells);

/* Returns the calls of one part, each for the paths of that; what is not opened by a path stands in
 * the first. */
struct vector path_label_cells(struct sema *s, const struct vector *cells, uint32_t part);

/*
 * Holds the replies of a part's call to its label: adds what its rule says of them, or narrows it.
 * first: where the cells of the rule begin in s->cells.
 */
void path_label_answer(struct sema *s, const struct event_cell *cell, uint32_t part,
	uint32_t number, uint32_t first);

#endif
