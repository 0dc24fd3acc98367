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

/* The values of a point often spell no path because it ends with `/`: one more letter helps.
 * Returns false if the message has no path, or no room. */
bool validate_path_lengthen(
	const struct l1_message *message, const struct payload *payload, struct payload *longer);

#endif
