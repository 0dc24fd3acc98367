/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* cover.h: what of the rules in force the tests of a file reach [R18]. */
#ifndef GATE_COVER_H
#define GATE_COVER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "ksm/engine/ksm.h"
#include "l1_interface.h"

struct arena;
struct l1;
struct l1_condition;
struct l1_effect;
struct l1_memory;
struct l1_query;
struct vector;

enum cover_kind {
	COVER_DECIDES, /* an allow grants, a forbid denies */
	COVER_TRUE,    /* a test of the rule */
	COVER_FALSE,
	COVER_REFUSED /* an effect that could not be done */
};

struct cover_point {
	enum cover_kind kind;
	enum l1_event event;
	uint32_t nth;                         /* of several tails of one moment, from 0 */
	const struct l1_condition *condition; /* DECIDES: of the cell; TRUE, FALSE: the test */
	const struct l1_effect *effect;       /* REFUSED */
	bool is_reached;
};

struct cover {
	const struct l1 *l1;
	struct arena *a;
	struct vector *rules;   /* by number - 1: struct cover_point, in the order of the text */
	uint64_t *words;        /* what is remembered after an event that is looked at */
	bool due[KSM_REASONS];  /* some message is denied for this */
	bool seen[KSM_REASONS]; /* ... in a test */
};

struct cover_count {
	uint32_t reached;
	uint32_t all;
};

/* Finds all that tests can reach of l1, which stays as it is; nothing is reached yet. */
void cover_begin(struct cover *cover, const struct l1 *l1, struct arena *a);

/* A test_run.watch: data is a struct cover. Marks what the event reaches, before it changes what is
 * remembered. */
void cover_watch(void *data, const struct l1_query *query, const struct l1_memory *memory);

/* Prints what was not reached, rule by rule, then the reasons. Returns the counts. */
struct cover_count cover_print(const struct cover *cover, FILE *out);

#endif
