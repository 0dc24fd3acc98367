/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_names.h: the names section of a policy blob (ksm/format_names.h). */
#ifndef GATE_EMIT_NAMES_H
#define GATE_EMIT_NAMES_H

#include "buffer.h"
#include "l1.h"

/* Appends the section to out, whose size must be a multiple of 8. */
void emit_names(const struct l1 *l1, struct buffer *out);

#endif
