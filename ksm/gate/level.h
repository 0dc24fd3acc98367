/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* level.h: lattices of levels, and at which level an instance stands [S30, F1]. */
#ifndef GATE_LEVEL_H
#define GATE_LEVEL_H

#include <stdbool.h>
#include <stdint.h>

struct ast_ident;
struct ast_level;
struct ast_qname;
struct instance_info;
struct sema;

#define LEVELS_MAX 64u

struct level_info {
	const struct ast_level *lattice;
	const struct ast_ident *word; /* where it is named first */
	uint64_t lower;               /* bits of the levels at or below it, by index in s->levels */
};

/* Collects the levels of all units, and checks those that processes and instances name. */
void levels_declare(struct sema *s);

/* Returns the level of that index. Requires: it exists. */
const struct level_info *level_at(const struct sema *s, uint32_t index);

/* Returns the index of the level that `word` or `lattice.word` names, LEVELS_MAX if there is none,
 * LEVELS_MAX + 1 if it could be one of several. */
uint32_t level_find(const struct sema *s, const struct ast_qname *name);

/* Returns the index of the instance's level in that lattice, or LEVELS_MAX. */
uint32_t level_of(const struct sema *s, const struct instance_info *instance,
	const struct ast_level *lattice);

#endif
