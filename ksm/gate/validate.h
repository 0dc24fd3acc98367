/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * validate.h: translation validation [S39]: the finished blob is asked through the engine, L1
 * through its reference interpreter, and every answer must be the same.
 */
#ifndef GATE_VALIDATE_H
#define GATE_VALIDATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct l1;
struct l1_cell;

struct validate_result {
	const char *sentence;       /* NULL: they agree; else what is wrong, without a full stop */
	const char *help;           /* or NULL */
	const struct l1_cell *cell; /* a cell of the place, or NULL */
	uint64_t point_count;       /* messages that were compared */
	uint32_t edge_count;
};

/* Compares every edge, method and event both ways, and all boundary values of each program. digest:
 * of the blob, as blob_open_known wants it. */
struct validate_result validate_policy(const struct l1 *l1, const void *blob, size_t size,
	const uint8_t digest[32], struct arena *a);

#endif
