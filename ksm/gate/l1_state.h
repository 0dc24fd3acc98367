/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* l1_state.h: what a policy remembers, and what rules do to it [S13 to S28]. */
#ifndef GATE_L1_STATE_H
#define GATE_L1_STATE_H

#include <stdbool.h>
#include <stdint.h>

struct l1_field;
struct l1_name;

enum l1_object_kind { L1_BUCKET, L1_WINDOW, L1_LATCH, L1_COUNTER, L1_SET, L1_MACHINE, L1_LIMIT };

enum l1_key { L1_KEY_NONE, L1_KEY_CLIENT, L1_KEY_SERVER, L1_KEY_EDGE, L1_KEY_LABEL };

/* As it was declared. */
struct l1_object {
	const char *name;
	const char *unit_name; /* where it was declared */
	enum l1_object_kind kind;
	enum l1_key key;
	const char *label; /* of L1_KEY_LABEL, as it was written */
	bool resets;       /* when an instance of its key restarts */
	uint32_t count;    /* bucket: burst; window: grants; set: values; machine: states; else 1 */
	uint64_t amount; /* bucket: ns of a token; window, latch: ns; counter, limit: its max; set:
			    how many values its type has; machine: 0 */
	int64_t low;     /* of a set: the smallest value of its type */
	const struct l1_name *names; /* of a machine's states, by number */
	uint32_t *sources;           /* of a machine: from which states (bits) each is entered */
	bool is_tested, is_changed;  /* by a rule */
	uint32_t entered;            /* of a machine: states (bits) that rules enter */
};

/*
 * What an object keeps under one key: 64-bit words that begin with 0. Tests see it as a field:
 * latch: whether it is held; counter, limit: its number; machine: its state.
 */
struct l1_state {
	struct l1_object *object;
	uint16_t number; /* what verdicts call it: KSM_FIELD_STATE + number, offset of the field */
	uint16_t holder, target, interface; /* its key; 0: all. Of a label: the server, the label */
	uint64_t id;       /* by which another policy finds it; they are sorted by it */
	uint16_t resource; /* of its key, too: the receiver's label if it is not the target's own */
	uint32_t first;    /* its first word of l1->word_count */
	uint32_t word_count; /* of one cell */
	uint32_t cell_count; /* of a label: one for each of its numbers; else 1 */
	struct l1_field *field;
	bool is_used; /* by a cell; else it has no number */
};

enum l1_effect_kind {
	L1_TAKE,   /* amount tokens, or a grant of a window */
	L1_ADD,    /* amount and the value of field */
	L1_SUB,    /* the same */
	L1_INSERT, /* that value, from the smallest of the type or not */
	L1_REMOVE, /* the same */
	L1_ENTER,  /* state number amount */
	L1_HOLD,
	L1_DROP,
	L1_ANEW
};

struct l1_effect {
	enum l1_effect_kind kind;
	const struct l1_state *state;
	const struct l1_field *index; /* which cell; NULL: that of the capability's number */
	int64_t amount;               /* added to the value of field, if there is one */
	const struct l1_field *field; /* of the message, or NULL */
};

/* What a grant changes. Few cells have any, and there are many cells. */
struct l1_then {
	const struct l1_effect *effects;
	uint32_t effect_count;
	const struct l1_state *first; /* NULL, or a latch: a grant while it is not held is recorded
				       * and holds it */
};

#endif
