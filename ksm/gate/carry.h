/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* carry.h: what a message carries besides bytes: leases and handles [T11, T13]. */
#ifndef GATE_CARRY_H
#define GATE_CARRY_H

#include <stdbool.h>
#include <stdint.h>

struct ast_param;
struct l1_field;
struct l1_message;
struct sema;
struct unit;

/* Fills out from `reads NAME: bytes<N>` or `writes ...`: the field is the length. Returns false
 * after an error. */
bool carry_lease(struct sema *s, const struct ast_param *param, struct l1_field *out);

/* Fills out from `NAME: handle INTERFACE`: the field is interface << 16 | label. Returns false
 * after an error. */
bool carry_handle(struct sema *s, const struct unit *unit, const struct ast_param *param,
	struct l1_field *out);

/* Returns whether the message has no more of them than a message can carry, else after an error. */
bool carry_fits(struct sema *s, const struct ast_param *params, const struct l1_message *message);

#endif
