/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_state.h: what a policy remembers, as a section of the blob. */
#ifndef GATE_EMIT_STATE_H
#define GATE_EMIT_STATE_H

#include "l1.h"

struct buffer;

/* Returns enum format_state_kind. */
uint8_t emit_state_kind(enum l1_object_kind kind);

/* Appends all states of l1. */
void emit_states(const struct l1 *l1, struct buffer *out);

#endif
