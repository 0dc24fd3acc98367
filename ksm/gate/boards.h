/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* boards.h: the boards that gate knows; the build links their data and makes the list. */
#ifndef GATE_BOARDS_H
#define GATE_BOARDS_H

#include "boards/board.h"

/* Ends with NULL. */
extern const struct board *const gate_boards[];

/* Returns the board of that name, in which `_` may stand for `-`, or NULL. */
const struct board *boards_find(const char *name);

/* Returns how many there are. */
uint32_t boards_count(void);

#endif
