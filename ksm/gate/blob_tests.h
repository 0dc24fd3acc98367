/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* blob_tests.h: which fields and values the program of a blob tests, read from its code alone. */
#ifndef GATE_BLOB_TESTS_H
#define GATE_BLOB_TESTS_H

#include <stdbool.h>
#include <stdint.h>

#include "l1.h"

struct arena;
struct ksm;
struct ksm_edge;
struct vector;

/* An effect in the code of a program, or of L1. */
struct blob_effect {
	const struct l1_state *state;
	uint8_t op;                   /* FORMAT_OP_*; 0: it is one of L1 */
	uint64_t amount;              /* c of the op */
	const struct l1_field *field; /* of L1's: whose value it takes, or NULL: value */
	int64_t value;                /* and is added to it */
};

/* What a program looks at and changes. */
struct blob_tests {
	struct vector *conditions; /* const struct l1_condition *; appended to */
	struct vector *effects;    /* struct blob_effect; appended to */
};

/*
 * Appends a condition for each test that the program of this method and event makes, and its
 * effects; nothing if it has none. Tests of one set and field share the field of a condition that
 * is there already. Returns false if the program loads bytes that are no field of the message, or
 * names a state that L1 does not have. Requires: the engine verified the blob; the method is one of
 * the edge.
 */
bool blob_tests(const struct ksm *ksm, const struct l1 *l1, const struct ksm_edge *edge,
	uint32_t method, enum l1_event event, const struct l1_message *message, struct arena *a,
	struct blob_tests *out);

#endif
