/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* model.h: the policy objects: what each remembers of each class once everything has started. */
#ifndef IMPORT_MODEL_H
#define IMPORT_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "cond.h"
#include "ksm/gate/source.h"
#include "ksm/gate/vector.h"

struct psl_object;
struct world;
struct world_class;

/* States of a Flow object, `absent` (before init, after fini) included. */
#define MODEL_STATES_MAX 63u

enum model_kind {
	MODEL_FLOW,
	MODEL_SET,
	MODEL_MAP,
	MODEL_OTHER,
};

/* One object, for one class: a class has one task here. */
struct model {
	const struct psl_object *object;
	const struct world_class *class;
	enum model_kind kind;
	bool is_present; /* init was done */
	/* Flow */
	struct subject subject;
	const char *states[MODEL_STATES_MAX + 1]; /* the last one is `absent` */
	uint64_t moves[MODEL_STATES_MAX + 1];     /* bit n: to state n */
	uint32_t state_count;
	uint32_t initial; /* of the object */
	uint32_t state;   /* when everything has started */
	uint64_t entered; /* bit n: some rule enters it */
	uint64_t reached;
	const char *words[MODEL_STATES_MAX + 1]; /* of the reached states, by their number */
	uint32_t word_count;
	uint32_t numbers[MODEL_STATES_MAX + 1]; /* of each state, if it is reached */
	/* HashSet: entries of width numbers. StaticMap: keys and numbers. */
	struct vector entries; /* of int64_t */
	uint32_t width;
	struct vector keys; /* of const char * */
};

struct models {
	struct world *world;
	struct vector all; /* of struct model * */
};

/* Returns the object of that name for a class; makes it at first. NULL: no object has that name. */
struct model *model_find(struct models *m, const char *object, const struct world_class *class);

/* Returns the number of a state's name, or MODEL_STATES_MAX + 1. */
uint32_t model_state(const struct model *m, const char *name);

/*
 * Says anew which states are reached from the first one by what is entered, and forgets what was
 * entered. Returns whether fewer are reached than before.
 */
bool models_prune(struct models *m);

/* Begins: every state counts as reached. */
void models_begin(struct models *m, struct world *w);

/* The config of the object is faulty: returns what and where, or NULL. */
const char *model_fault(const struct psl_object *o, struct span *at);

#endif
