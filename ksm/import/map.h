/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* map.h: StaticMap: two tables of numbers for each class, the base and the working one. */
#ifndef IMPORT_MAP_H
#define IMPORT_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "cond.h"
#include "ksm/gate/source.h"
#include "ksm/gate/vector.h"

struct event;
struct judge;
struct model;
struct models;
struct psl_expr;
struct psl_object;
struct value;
struct way;

/* States that a machine of Gate has [O2]. */
#define MAP_STATES_MAX 32u

/*
 * One key of one class. Its values fall into ranges that no rule tells apart; both machines, of the
 * base and of the working table, have a state for each range.
 */
struct map_value {
	struct model *map;
	const char *key;
	struct model *machines[2]; /* base, working */
	int64_t first[2];          /* when everything has started */
	struct vector cuts;        /* of int64_t: a range begins there */
	struct vector entered;     /* of struct range: what it has at first, and what is set */
	bool is_exact;             /* it is compared with a field: each value is a range */
	bool is_built;
	bool is_crowded; /* there are more than MAP_STATES_MAX */
	struct range ranges[MAP_STATES_MAX];
};

/* The config of the map is faulty: returns what and where, or NULL. */
const char *map_fault(const struct psl_object *o, struct span *at);

/* The range of the type of its values. False: there is no such type, or it is not said. */
bool map_type(const struct psl_object *o, struct range *r);

/* Records that the range is not known. Returns whether it is. */
bool map_typed(struct judge *l, const struct psl_object *o);

/* map.init, map.set, map.commit, map.rollback while something starts. Returns whether it grants. */
bool map_start(struct judge *l, const struct event *event, struct model *m,
	const struct psl_expr *e, const char *rule);

/* map.get {sid: S, key: "k"}, map.get_uncommitted. */
struct value map_get(struct judge *l, const struct event *event, struct model *m,
	const struct psl_expr *e, const char *function);

/* a OPERATOR b, at least one of which is a value of a map. */
const struct cond *map_compare(struct judge *l, const struct psl_expr *e, const struct value *a,
	const char *operator, const struct value * b);

/* The value of the key that `key` of a rule names; NULL after a report. */
struct map_value *map_value(struct judge *l, const struct model *m, const struct psl_expr *e);

/* map_range.c: a range begins where OPERATOR number begins or ends to hold. */
void map_cut(struct models *all, struct map_value *v, const char *operator, int64_t number);

/* map_range.c: makes ranges and machines of all that was said so far. */
void map_build(struct models *all, struct model *map);

/* Makes what stands for the keys of a map, if some message changes it. */
bool map_changes(struct judge *l, struct model *m);

/* map_rule.c: a rule of a map in the body of a message. */
struct way *map_way(struct judge *l, const struct event *event, struct model *m,
	const struct psl_expr *e, const char *rule);

/* Says for each way what the rules of maps in it do as a whole, in the order of their places. */
struct way *map_resolve(struct judge *l, struct way *ways);

#endif
