/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* proof.h: what was printed compiles, and decides what it says. */
#ifndef IMPORT_PROOF_H
#define IMPORT_PROOF_H

#include <stdbool.h>
#include <stddef.h>

struct cells;
struct compile;
struct project;
struct sema_options;

/*
 * Compiles the printed policy as `gate build` does. False after a report, which names the rule of
 * PSL that the faulty one is from. Without unit kernel.core it notes in p that nothing was
 * compiled.
 */
bool proof_compile(struct compile *c, struct project *p, const struct cells *cells,
	struct sema_options options, const char *text, size_t size);

#endif
