/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * condition.h: conditions in normal form: no `not`, no constant inside, tests of one field beside
 * each other merged [E2]. Never-true is a condition of its own here; no cell is made of it.
 */
#ifndef GATE_CONDITION_H
#define GATE_CONDITION_H

#include <stdbool.h>

#include "l1.h"
#include "vector.h"

struct l1_condition *condition_always(struct arena *a);
struct l1_condition *condition_never(struct arena *a);
bool condition_is_always(const struct l1_condition *condition);
bool condition_is_never(const struct l1_condition *condition);

/* The field is in one of the ranges (struct l1_range, any order, may overlap). */
struct l1_condition *condition_in(struct arena *a, const struct l1_field *field,
	const struct vector *ranges, struct l1_position position);

/* Requires: the fields differ. */
struct l1_condition *condition_fields(struct arena *a, const struct l1_field *field,
	enum l1_relation relation, const struct l1_field *other, struct l1_position position);

/* Both may be any condition; neither changes. */
struct l1_condition *condition_and(
	struct arena *a, struct l1_condition *left, struct l1_condition *right);
struct l1_condition *condition_or(
	struct arena *a, struct l1_condition *left, struct l1_condition *right);
struct l1_condition *condition_not(struct arena *a, const struct l1_condition *condition);

/* Returns whether both are the same text in normal form. */
bool condition_equal(const struct l1_condition *a, const struct l1_condition *b);

/* Returns one in the arena that is the same, places of its parts included: the candidate if it is,
 * else a copy. candidate may be NULL. */
const struct l1_condition *condition_keep(struct arena *a, const struct l1_condition *condition,
	const struct l1_condition *candidate);

#endif
