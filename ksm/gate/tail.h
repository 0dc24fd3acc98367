/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* tail.h: texts, paths and bytes, and the parts of them that tests look at. */
#ifndef GATE_TAIL_H
#define GATE_TAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "l1_interface.h"

struct arena;

#define TAIL_EIGHT 8u /* bytes that one test looks at */

/* Gives a tail that has its place its parts: its length first, then, of a text, each 8 bytes. */
void tail_parts(struct arena *a, struct l1_field *tail);

/* Returns up to 8 bytes as L1_LOOK_EIGHT has them; what is missing is 0. */
int64_t tail_eight(const char *bytes, uint32_t length);

/* Returns whether the bytes are a path in its one spelling [T4]. */
bool tail_is_path(const char *bytes, uint32_t length);

#endif
