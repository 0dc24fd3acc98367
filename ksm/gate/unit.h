/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* unit.h: the files of a compilation as units, found through `use` and -I [N1, N2, N5]. */
#ifndef GATE_UNIT_H
#define GATE_UNIT_H

#include <stdbool.h>

struct sema;
struct unit;

/*
 * Reads the file at path as root unit, kernel.core, and every unit that one of them uses. Returns
 * false if something could not be read or parsed; findings are in the compilation.
 */
bool unit_load_all(struct sema *s, const char *path);

/* Returns the loaded unit of that name, or NULL. */
struct unit *unit_find(const struct sema *s, const char *name);

#endif
