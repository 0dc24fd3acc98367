/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* intern.h: a table of texts in which equal texts are one pointer. */
#ifndef GATE_INTERN_H
#define GATE_INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "arena.h"

struct intern_entry;

struct intern {
	struct intern_entry **buckets; /* bucket_count chains; a power of two, or 0 */
	size_t bucket_count;
	size_t entry_count;
};

/*
 * Returns the one copy of these length bytes, with a NUL behind them: two calls with equal bytes
 * return the same pointer. Requires: the bytes hold no NUL; a outlives the table.
 */
const char *intern_bytes(struct intern *t, struct arena *a, const char *bytes, size_t length);

/* The same for a text that ends with NUL. */
const char *intern_text(struct intern *t, struct arena *a, const char *text);

#endif
