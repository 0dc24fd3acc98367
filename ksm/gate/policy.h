/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* policy.h: a file all the way to a blob that was checked against L1. */
#ifndef GATE_POLICY_H
#define GATE_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buffer.h"

struct compile;
struct l1;
struct sema;
struct sema_options;

struct policy {
	struct sema *sema;
	const struct l1 *l1;
	struct buffer blob; /* 8-aligned */
	size_t names_bytes; /* of the blob, for people only */
	uint32_t edge_count;
	uint32_t program_count;
	uint64_t point_count; /* messages that validation compared */
};

/* Returns false after an error; findings are in c. Requires of the file: a system. With
 * options->forgets_rules no tree is left afterwards: nothing of sema that points at one is alive.
 */
bool policy_make(
	struct policy *p, struct compile *c, const struct sema_options *options, const char *path);

#endif
