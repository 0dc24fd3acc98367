/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_load.h: values that a program looks at: fields, lengths, what is remembered, their sums. */
#ifndef GATE_EMIT_LOAD_H
#define GATE_EMIT_LOAD_H

#include "emit_code.h"
#include "ksm/format.h"

/* Says which cell of a state is meant, unless it must be the one that it is at the start. */
void emit_load_index(
	struct emit_code *code, const struct l1_state *state, const struct l1_field *index);

/* Returns whether the number of an effect finds no room in its op. */
bool emit_load_is_far(const struct l1_effect *effect);

/* v = field + amount, of an effect; field NULL: amount. Requires: not a tail. */
void emit_load_amount(struct emit_code *code, const struct l1_field *field, int64_t amount);

/* How many steps the amount of an effect takes. */
uint32_t emit_load_effect_cost(const struct l1_effect *effect);

/* How many steps emit_code_load takes, but for the cells of states. */
uint32_t emit_load_cost(const struct l1_field *field);

/* Appends an op that takes `cost` steps. */
void emit_code_op(struct emit_code *code, struct format_op op, uint32_t cost);

#endif
