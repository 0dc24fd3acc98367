/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* validate_state.h: what is remembered, set to every value that can matter at a place [S39]. */
#ifndef GATE_VALIDATE_STATE_H
#define GATE_VALIDATE_STATE_H

#include <stdbool.h>

#include "ksm/engine/ksm.h"
#include "l1_eval.h"
#include "vector.h"

struct blob_tests;
struct grid;
struct l1;
struct l1_cell;
struct payload;

/* The time of every point: late enough that everything remembered can lie before it. */
#define VALIDATE_NOW_NS (UINT64_C(1) << 61)

/* What both sides test and change at one place. */
struct state_scene {
	const struct l1 *l1;
	struct arena *arena;
	struct vector touched; /* const struct l1_state *, none twice */
	struct vector effects; /* struct blob_effect: of both sides */
	uint32_t number;       /* of the capability */
	struct l1_memory l1_memory;
	struct ksm *ksm;
};

/* Returns NULL if the blob remembers the same objects in the same way, else what is wrong. */
const char *state_objects_compare(const struct l1 *l1, const struct ksm *ksm);

/* Appends to conditions those that cut the states that effects change where it matters. effects:
 * of the blob's program. */
void state_scene_begin(struct state_scene *scene, const struct l1_cell *const *cells,
	uint32_t cell_count, const struct vector *blob_effects, struct vector *conditions);

/* Puts the states of a point into both memories, for a message that is complete. */
void state_scene_put(struct state_scene *scene, const struct grid *grid, const int64_t *values,
	const struct payload *payload);

/* Returns whether both memories are the same where something was put. */
bool state_scene_equal(const struct state_scene *scene);

#endif
