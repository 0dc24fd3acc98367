/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs_process.h: the header of one process class: its slots, what signals it, what it serves. */
#ifndef GATE_STUBS_PROCESS_H
#define GATE_STUBS_PROCESS_H

#include "boards/board.h"
#include "buffer.h"
#include "l1.h"

/* Appends the header. Returns NULL, or a sentence that says why there can be none. Requires: the
 * class has an instance. */
const char *stubs_process(struct buffer *b, const struct l1 *l1, const struct board *machine,
	const struct l1_class *class);

#endif
