/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_row.h: the cells of one event of one method become an action word, with a program if needed.
 */
#ifndef GATE_EMIT_ROW_H
#define GATE_EMIT_ROW_H

#include <stdint.h>

#include "l1.h"

struct emit_pool;

/* Cells of one (edge, method, event), sorted by rule. */
struct emit_cells {
	const struct l1_cell *cells;
	uint32_t count;
};

/*
 * Returns the action word. `message`: what the event carries; NULL: nothing. *cost: steps of the
 * program, 0 if none was needed; above FORMAT_PROGRAM_COST_MAX nothing was added to pool's
 * programs.
 */
uint32_t emit_row_action(struct emit_pool *pool, const struct l1_message *message,
	struct emit_cells cells, uint32_t *cost);

/* What leases and handles add to the shape word of a call (is_reply: of a reply). */
uint32_t emit_row_carried(const struct l1_message *message, bool is_reply);

/* Returns the number of the program of a call's abort. Requires: at least one cell. *cost as above.
 */
uint32_t emit_row_abort(struct emit_pool *pool, struct emit_cells cells, uint32_t *cost);

#endif
