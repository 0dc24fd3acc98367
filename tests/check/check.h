/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What must be true of the kernel whenever it is left, and what it has. Linked in test builds only.
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include <stdint.h>

#include "abi/abi.h"

#define CHECK_KINDS (KIND_POLICY + 1u) /* of objects: the last of enum object_kind */

struct thread;

/*
 * Panics with a sentence unless every queue is linked both ways and holds who says to be in it,
 * tables, derivation and counts of capabilities agree, callers and servers point at each other,
 * accounts contain what was made of them. current: who runs, NULL: nobody.
 */
void kernel_check(const struct thread *current);

/* The books: equal ones mean that nothing was lost between. */
struct check_books {
	uint32_t slots; /* in use, of all processes */
	uint32_t objects[CHECK_KINDS];
	uint64_t free_bytes; /* of all untyped memory */
};

void check_count(struct check_books *books);

#endif
