/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * stubs.h: C headers for programs: clients and servers of each interface, the slots of each process
 * class, and (for the kernel's own interfaces) numbers and layouts that the kernel decodes with.
 */
#ifndef GATE_STUBS_H
#define GATE_STUBS_H

#include <stdbool.h>
#include <stdint.h>

#include "boards/board.h"
#include "buffer.h"
#include "l1.h"
#include "vector.h"

struct stubs_file {
	const char *name; /* valve.h */
	struct buffer text;
};

struct stubs {
	struct arena *arena;
	struct vector files;      /* of struct stubs_file */
	const char *sentence;     /* what is wrong, without a full stop; NULL: all is well */
	const char *help;         /* what to write instead, or NULL */
	struct l1_position where; /* of the interface or class that it is about */
};

/*
 * Makes the headers. Interfaces of the kernel are written only if l1 has no others (it is core.gate
 * itself), and then core_abi.h with them. machine says which devices have interrupts; it may be
 * NULL if l1 has no classes. Returns whether all went well, else stubs->sentence says why not.
 */
bool stubs_make(
	struct stubs *stubs, struct arena *arena, const struct l1 *l1, const struct board *machine);

/* Writes the files into `directory`, which is made if it is missing; each appears whole or not at
 * all. Returns NULL, or a sentence. */
const char *stubs_write(const struct stubs *stubs, const char *directory);

#endif
