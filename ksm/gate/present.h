/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* present.h: what may not be there is tested only where something says that it is [S9]. */
#ifndef GATE_PRESENT_H
#define GATE_PRESENT_H

#include <stdbool.h>
#include <stdint.h>

#include "source.h"

struct l1_condition;
struct l1_effect;
struct sema;

/* Returns whether each test in the condition of a field that may not be there stands in a
 * conjunction that says that it is, and whether the condition says it of each field that the
 * effects take; else after an error. at: what the condition is of. */
bool present_check(struct sema *s, struct span at, const struct l1_condition *condition,
	const struct l1_effect *effects, uint32_t effect_count);

#endif
