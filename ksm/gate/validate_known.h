/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * validate_known.h: which methods of a blob decide as one that was compared before: the same code,
 * the same rules of L1, the same message; only the rules have other numbers, in the same order.
 */
#ifndef GATE_VALIDATE_KNOWN_H
#define GATE_VALIDATE_KNOWN_H

#include <stdbool.h>

#include "index.h"
#include "ksm/engine/ksm.h"
#include "l1.h"
#include "vector.h"

struct validate_known {
	const struct ksm *ksm;
	struct arena *a;
	struct index index; /* of keys */
	struct vector keys; /* struct known_key */
	struct vector words;
	struct index message_index; /* of messages by their places ... */
	struct vector messages;     /* ... struct known_message: which key says what they are */
};

/* One method at one edge. */
struct known_place {
	const struct ksm_edge *edge;
	const struct l1_method *method;
	const struct l1_cell *cells; /* of L1 at the edge, or more: those of other methods are
				      * not looked at */
	uint32_t cell_count;
};

enum known_part {
	KNOWN_CALL,    /* how calls are decided */
	KNOWN_ANSWERS, /* replies, errors and ends of calls */
	KNOWN_PARTS
};

/* Returns whether an equal place was asked about before; if not it is remembered. *is_shape_known:
 * whether one was that is equal but for the constants of its tests. */
bool validate_known(struct validate_known *known, const struct known_place *place,
	enum known_part part, bool *is_shape_known);

#endif
