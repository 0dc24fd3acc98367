/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* layout.h: where the fields of a message stand in its payload [T5]. */
#ifndef GATE_LAYOUT_H
#define GATE_LAYOUT_H

#include <stdbool.h>

#include "l1_interface.h"

/*
 * Gives each field its offset and the message its lengths: every fixed field at the lowest free
 * offset that is a multiple of its width, the tail behind the fixed part; elements of a
 * list keep theirs. Requires: kind and width
 * of all fields; at most one tail. Returns false, and leaves the lengths zero, if the longest
 * payload has more than MESSAGE_BYTES_MAX bytes.
 */
bool layout_message(struct l1_message *message);

#endif
