/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* fmt.h: the one canonical form of a source. */
#ifndef GATE_FMT_H
#define GATE_FMT_H

#include <stddef.h>

struct compile;
struct source;

/* Lines are broken to be at most this long, where they can be. */
#define FMT_WIDTH 100u

/*
 * Returns the text of s in canonical form and sets *size, or NULL after diagnostics if s breaks
 * the grammar. Nothing is lost: the result has the same tokens (but for `;` and a last `,`) and
 * the same comments, and is its own canonical form.
 */
const char *fmt_source(struct compile *c, const struct source *s, size_t *size);

#endif
