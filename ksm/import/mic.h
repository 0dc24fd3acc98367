/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* mic.h: integrity levels: who has which is known once everything has started. */
#ifndef IMPORT_MIC_H
#define IMPORT_MIC_H

#include <stdbool.h>
#include <stdint.h>

#include "ksm/gate/source.h"

struct event;
struct judge;
struct model;
struct psl_expr;
struct psl_object;

/* Categories that a Mic object may declare. */
#define MIC_CATEGORIES_MAX 64u

/* A degree, and a set of categories as bits. */
struct mic_level {
	uint32_t degree;
	uint64_t categories;
};

/* The config of a Mic object is faulty: returns what and where, or NULL. */
const char *mic_fault(const struct psl_object *o, struct span *at);

/* mic.execute {target: S, level: L, ..} while m's class starts. Returns whether it is granted. */
bool mic_start(
	struct judge *l, const struct event *event, const struct psl_expr *e, const char *rule);

/* mic.call and mic.invoke {source: S, target: T} of a message. Returns whether it is granted. */
bool mic_grants(
	struct judge *l, const struct event *event, const struct psl_expr *e, const char *rule);

/* Returns whether the class of mic.query_level {source: S} has a level; what asks without is
 * denied. */
bool mic_has(struct judge *l, const struct event *event, const struct psl_expr *query);

/* Returns whether the level of mic.query_level {source: S} is the one of this label. */
bool mic_is(struct judge *l, const struct event *event, const struct psl_expr *query,
	const struct psl_expr *label);

#endif
