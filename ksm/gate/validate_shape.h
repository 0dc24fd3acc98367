/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* validate_shape.h: messages around one that has the right shape, and some that have not. */
#ifndef GATE_VALIDATE_SHAPE_H
#define GATE_VALIDATE_SHAPE_H

struct l1_message;
struct payload;

/* Calls point with each of them; the payload is afterwards as it was. */
void validate_shape(const struct l1_message *message, struct payload *payload,
	void (*point)(void *context, const struct payload *payload), void *context);

#endif
