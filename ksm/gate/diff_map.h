/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* diff_map.h: what in a new policy is what in an old one: by its name. */
#ifndef GATE_DIFF_MAP_H
#define GATE_DIFF_MAP_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct l1;
struct l1_cell;
struct l1_state;

struct diff_methods {
	uint16_t *numbers;      /* by OLD's number - 1: NEW's, or one that NEW does not have */
	bool *is_call_same;     /* fields stand where they stood */
	bool *is_reply_same;    /* and of the answer, errors included */
	uint16_t new_interface; /* index; the count of NEW's and more: it has none */
};

struct diff_map {
	const struct l1 *old;
	const struct l1 *new;
	uint16_t *labels;                /* by OLD's label: NEW's, or one that NEW does not have */
	struct diff_methods *interfaces; /* by OLD's index */
	const struct l1_state **states;  /* by OLD's number: NEW's, or NULL */
};

void diff_map_make(
	struct diff_map *map, const struct l1 *old, const struct l1 *new, struct arena *a);

/* Returns the index of the interface with that id. */
uint32_t diff_interface(const struct l1 *l1, uint16_t id);

/* Returns the place of a cell, in NEW's numbers: holder, target, interface, method. */
uint64_t diff_key(const struct diff_map *map, const struct l1 *l1, const struct l1_cell *cell);

#endif
