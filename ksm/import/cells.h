/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* cells.h: every message of every pair of classes, and which of them one rule can say. */
#ifndef IMPORT_CELLS_H
#define IMPORT_CELLS_H

#include <stdbool.h>
#include <stdint.h>

#include "ksm/gate/vector.h"

struct cond;
struct event;
struct judge;
struct way;
struct world;
struct world_endpoint;
struct world_method;

/* Classes of a policy that is imported. */
#define CELLS_CLASSES_MAX 128u

/* Some of the classes, by index. */
struct class_set {
	uint64_t bits[CELLS_CLASSES_MAX / 64];
};

bool class_set_has(const struct class_set *s, uint32_t index);
void class_set_add(struct class_set *s, uint32_t index);
bool class_set_equal(const struct class_set *a, const struct class_set *b);

/* What a call is granted, and its answers. */
struct cell {
	const struct world_endpoint *endpoint;
	struct world_method *method;
	const struct way *call; /* not NULL */
	const struct way *reply;
	const struct way *error;
	bool is_asked; /* of the monitor: every answer is right */
};

/* A cell of several clients, or of several methods if its text has no fields. */
struct cell_rule {
	bool is_forbid;
	const char *text;      /* what stands behind the event, without `because` */
	const char *arguments; /* "(channel in 0..3)" or "" */
	const struct world_endpoint *endpoint;
	struct vector methods; /* of struct world_method * */
	struct class_set clients;
	struct vector sources; /* of struct span */
};

/* A policy language: what it says of a start, and of one event. */
struct cells_source {
	const char *title;   /* "a KasperskyOS policy" */
	const char *foreign; /* what is said of a class without declaration */
	void (*start)(struct judge *j, struct world *w);
	struct way *(*ask)(struct judge *j, const struct event *e);
};

struct cells {
	const struct cells_source *source;
	struct judge *judge;
	struct vector rules;  /* of struct cell_rule */
	struct vector consts; /* of struct cell_const */
};

/* A set of tuples that has a name. */
struct cell_const {
	const char *name;
	const struct cond *tuple;
};

/* Lowers everything. Ends when no state is left that nothing enters. */
void cells_make(struct cells *c, struct world *w, const struct cells_source *source);

/* Returns whether some rule lets this client call this endpoint. */
bool cells_wired(const struct cells *c, uint32_t client, const struct world_endpoint *e);

#endif
