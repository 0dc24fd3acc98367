/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* diff_same.h: whether cells of two policies are the same at a glance, as most are. */
#ifndef GATE_DIFF_SAME_H
#define GATE_DIFF_SAME_H

#include <stdbool.h>

struct diff_map;
struct l1_cell;
struct l1_message;

/* Returns whether both do the same, whatever their numbers. */
bool diff_cell_same(
	const struct diff_map *map, const struct l1_cell *old, const struct l1_cell *new);

/* Returns whether the types of both have the same values. Requires: they are laid out alike. */
bool diff_types_same(const struct l1_message *old, const struct l1_message *new);

#endif
