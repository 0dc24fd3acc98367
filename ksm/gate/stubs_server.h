/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs_server.h: the struct of functions that serve an interface, and their dispatch. */
#ifndef GATE_STUBS_SERVER_H
#define GATE_STUBS_SERVER_H

#include "buffer.h"
#include "l1.h"

/* Appends replies, struct NAME_server and NAME_dispatch. */
void stubs_server(struct buffer *b, const struct l1_interface *interface);

#endif
