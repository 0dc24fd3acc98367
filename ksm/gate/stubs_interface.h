/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs_interface.h: one interface as a C header: enums, client functions, a server's dispatch. */
#ifndef GATE_STUBS_INTERFACE_H
#define GATE_STUBS_INTERFACE_H

#include <stdbool.h>

#include "buffer.h"
#include "l1.h"

/* Appends the whole header. */
void stubs_interface(struct buffer *b, const struct l1_interface *interface);

/* Appends gate_wire.h, what these headers share. */
void stubs_wire(struct buffer *b);

/* Appends core_abi.h: digest, numbers, offsets and lengths of the kernel's interfaces. */
void stubs_core(struct buffer *b, const struct l1 *l1);

/* Returns whether it is one of the kernel's: abi/abi.h names its enums. */
bool stubs_is_core(const struct l1_interface *interface);

#endif
