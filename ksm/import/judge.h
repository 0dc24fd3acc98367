/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* judge.h: what a policy says of one event: when it is granted, and what changes then. */
#ifndef IMPORT_JUDGE_H
#define IMPORT_JUDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "psl.h"
#include "ksm/gate/vector.h"

struct cond;
struct map_value;
struct model;
struct models;
struct world;
struct world_class;
struct world_endpoint;
struct world_method;

#define JUDGE_EFFECTS_MAX 8u

/* A rule of a map, as long as it is not yet resolved. */
enum map_rule {
	MAP_NONE,
	MAP_SET,
	MAP_COMMIT,
	MAP_ROLLBACK,
};

struct effect {
	struct model *machine; /* or a set */
	uint32_t state;
	bool is_new;                 /* no range of the key has its number yet */
	int64_t number;              /* of a new one */
	const struct subject *field; /* of a set: what is inserted or removed */
	bool adds;
	enum map_rule rule; /* of a map, which is `machine` */
	struct map_value *value;
	struct span at;
};

/* One way in which an event is granted. */
struct way {
	const struct cond *when;
	struct effect effects[JUDGE_EFFECTS_MAX];
	uint32_t effect_count;
	struct way *next;
};

/* The case of a choice that something stands in, and the one that this stands in. */
struct case_path {
	const struct psl_item *choice;
	const struct psl_item *one;
	const struct case_path *outer;
};

/* A place in the body of an event that tests or changes something. */
struct mark {
	struct span at;
	const struct case_path *path;
};

/* What of a policy could not be said in Gate; the event is denied there. */
struct lost {
	struct span at;
	const char *why;
};

struct judge {
	struct world *world;
	struct models *models;
	struct vector lost;    /* of struct lost */
	struct vector unsaid;  /* of struct lost: steps of tests */
	bool is_part;          /* other files say who may start: what none forbids, runs */
	uint32_t loss_count;   /* also of what was lost before at the same place */
	struct vector bound;   /* of const struct psl_binding *: those that some event met */
	struct vector sources; /* of struct span: the rules that the latest event met */
	const struct case_path *path;
	bool failed;             /* an expression of the item at hand has no value: it denies */
	const struct cond *fits; /* when its sums have values, without which it denies */
	struct vector sums;      /* of struct form_sum *: each once */
};

/* One kind of message. */
struct event {
	enum psl_event kind;
	const struct world_class *src;
	const struct world_class *dst;
	const struct world_endpoint *endpoint; /* NULL of an execute */
	struct world_method *method;           /* NULL of an execute */
};

/*
 * Starts every class that the policy lets start: the kernel, then init, then what init starts, then
 * what those start. What they do to objects is done. Sets `runs` of each class.
 */
void judge_start(struct judge *l, struct world *w);

/* Returns the ways in which e is granted; NULL: it is denied. Ways with effects exclude each other.
 */
struct way *judge_event(struct judge *l, const struct event *e);

/*
 * Calls visit with each body that e meets: the binding, or a `match` of it, holds rules of its own.
 * Returns how many there are.
 */
uint32_t judge_visit(struct judge *l, const struct event *e,
	void (*visit)(
		struct judge *l, const struct event *e, const struct psl_item *body, void *data),
	void *data);

/* Returns a way without effects. */
struct way *judge_way(struct judge *l, const struct cond *when);

/*
 * Records that tasks of one class would have one state here, where each has its own in PSL. Returns
 * whether there is only one.
 */
bool judge_alone(struct judge *l, const struct model *m, struct span at);

/* set.c: set.add, set.remove: what the set had from the start is not among what it keeps. */
struct way *set_way(struct judge *l, const struct event *event, struct model *m,
	const struct psl_expr *e, bool adds);

/* set.c: records a test or a change of what is remembered. */
void judge_mark(struct judge *l, struct vector *marks, struct span at);

/*
 * set.c: what one event both tests and changes: before all changes, as Gate tests, is as PSL tests
 * only if the test stands before them.
 */
void sets_check(struct judge *l);

/* Records that something cannot be said.
 Returns cond_false. */
const struct cond *judge_lose(struct judge *l, struct span at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
