/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* device.h: devices of the board and pseudo-devices, by name [P2]. */
#ifndef GATE_DEVICE_H
#define GATE_DEVICE_H

#include <stdbool.h>

struct arena;
struct ast_ident;
struct board;
struct l1_device;
struct sema;
struct vector;

/* Appends the names (const char *) of all that there are on a board. */
void device_names(struct arena *a, const struct board *machine, struct vector *names);

/* Fills name, index and is_board; the label comes later. Returns false after an error. */
bool device_find(struct sema *s, const struct ast_ident *name, struct l1_device *out);

/* Returns whether the pseudo-device of that name speaks this kernel interface. */
bool device_speaks(const struct l1_device *device, unsigned interface);

#endif
