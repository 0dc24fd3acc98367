/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit.h: L1 becomes the policy blob (ksm/format.h). Decides nothing; equal L1 gives equal bytes.
 */
#ifndef GATE_EMIT_H
#define GATE_EMIT_H

#include <stdint.h>
#include <stdio.h>

#include "l1.h"

struct buffer;

enum emit_error {
	EMIT_OK,
	EMIT_COST, /* a program needs more steps than FORMAT_PROGRAM_COST_MAX: split the rule */
	EMIT_LIMIT /* the format has no room for it */
};

struct emit_result {
	enum emit_error error;
	const char *sentence;       /* what is too much; without a full stop; NULL if EMIT_OK */
	const char *help;           /* what to write instead, or NULL */
	const struct l1_cell *cell; /* where, or NULL */
	const struct l1_rule *rule; /* the dearest of the cell, or NULL */
	size_t bytes;               /* of the blob ... */
	uint8_t digest[32];         /* ... and what its header says of them */
	size_t names_bytes;         /* of them for people only */
	size_t memory_bytes;        /* RAM that the engine needs for it */
	uint32_t edge_count;
	uint32_t row_count;
	uint32_t program_count;
};

/* Appends the blob to `out`, which must be empty. On an error out holds nothing of use. Requires:
 * conditions as lower.c makes them, L1_ALWAYS only as a whole and no test that nothing passes. */
struct emit_result emit_policy(const struct l1 *l1, struct buffer *out);

/* Prints what each rule costs in steps of a program, and what each program costs. */
void emit_costs(const struct l1 *l1, FILE *out);

#endif
