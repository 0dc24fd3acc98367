/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* validate_message.h: the messages by which a blob and L1 are compared. */
#ifndef GATE_VALIDATE_MESSAGE_H
#define GATE_VALIDATE_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "payload.h"

struct grid;

/* Writes the fields of a point of the grid. */
void validate_message_put(const struct l1_message *message, const struct grid *grid,
	const int64_t *values, struct payload *payload);

/* Writes the n-th spelling of a path, right or wrong ones. Returns false behind the last. */
bool validate_path_spell(const struct l1_field *path, uint32_t n, struct payload *payload);

/* Leaves the last out of what is left out by default. Returns false if nothing is, or if it has
 * another value. */
bool validate_message_shorten(const struct l1_message *message, struct payload *payload);

/* The n-th message with the same values: the values of a point often spell no path because it ends
 * with `/`, so with one more letter; with less and less that may be left out. Returns false behind
 * the last. */
bool validate_message_other(const struct l1_message *message, const struct payload *payload,
	uint32_t n, struct payload *other);

#endif
