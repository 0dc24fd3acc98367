/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* model.h: the policy objects: what each remembers of each class once everything has started. */
#ifndef IMPORT_MODEL_H
#define IMPORT_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "cond.h"
#include "map.h"
#include "mic.h"
#include "ksm/gate/source.h"
#include "ksm/gate/vector.h"

struct judge;
struct psl_object;
struct world;
struct world_class;
struct world_field;

/* States of a Flow object, `absent` (before init, after fini) included. */
#define MODEL_STATES_MAX 63u

/* Values that a set of Gate keeps [O2]. */
#define MODEL_PLACES_MAX 64u

enum model_kind {
	MODEL_FLOW,
	MODEL_SET,
	MODEL_MAP,
	MODEL_MIC,
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
	/* StaticMap: the working table, and one struct map_value * for each key if messages
	 * change it */
	struct vector working; /* of int64_t */
	struct vector values;
	bool is_dirty;           /* both tables are not always the same after an event */
	struct map_value *value; /* of a machine that stands for a key */
	bool is_read;            /* of such a machine: something tests it */
	/* HashSet: entries of width numbers. StaticMap: keys and numbers. */
	struct vector entries; /* of int64_t */
	uint32_t width;
	bool is_hex;         /* its entries are written with 0x */
	bool adds;           /* some message adds to the set */
	bool removes;        /* some message removes from it */
	bool settled;        /* that is known since the last pass */
	uint32_t bits;       /* of the widest value that is added, tested or removed */
	bool is_signed;      /* of that value */
	struct vector tests; /* of struct mark: what the event at hand tests and changes */
	struct vector changes;
	/* Mic */
	struct mic_level level;
	struct mic_level least; /* of what it may receive data from */
	struct vector keys;     /* of const char * */
};

struct models {
	struct world *world;
	struct vector all; /* of struct model * */
	bool is_stale;     /* more is told apart or remembered than in the last pass */
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

/*
 * Returns whether a call "x.function" is one of that function of an object of the model, of which
 * there is one without a declaration: `base`, `re`.
 */
bool model_is_call(
	const struct models *all, const char *call, const char *model, const char *function);

/*
 * Gives the class an object of the model. Returns whether it had none, and there is one: a pool has
 * only so many.
 */
bool model_begin(struct judge *l, struct model *m);

/* Makes a machine that stands for a part of what m remembers. */
struct model *model_machine(struct models *all, struct model *m);

/* Begins an event: nothing was tested or changed by it so far. */
void models_quiet(struct models *m);

/* Begins: every state counts as reached. */
void models_begin(struct models *m, struct world *w);

/*
 * The set has values of the type of this field. False after a record: it would have values of a
 * kind that no set of Gate has.
 */
bool model_values(
	struct judge *l, struct model *m, struct span at, const struct world_field *field);

/* Returns whether it is an object of Gate: a machine with several states, a set that changes. */
bool model_changes(const struct model *m);

/* Returns how many values the set keeps besides those that it has from the start. */
uint32_t model_places(const struct model *m);

/* The config of the object is faulty: returns what and where, or NULL. */
const char *model_fault(const struct psl_object *o, struct span *at);

#endif
