/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_type.h: the part of a program that looks whether a message has the right shape [D2]. */
#ifndef GATE_EMIT_TYPE_H
#define GATE_EMIT_TYPE_H

#include <stdbool.h>
#include <stdint.h>

struct emit_code;
struct l1_message;

/* Falls through if the shape is right. Jumps to `lengths` if no message is so long, to `label` if a
 * field or a byte is wrong, which v holds then. */
void emit_type_message(
	struct emit_code *code, const struct l1_message *message, uint32_t lengths, uint32_t label);

/* Returns whether the length alone says that the shape is right. */
bool emit_type_is_plain(const struct l1_message *message);

/* Returns whether there are jumps to `label`. */
bool emit_type_jumps(const struct l1_message *message);

#endif
