/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Two random policies for one random system, with the same states. */
#ifndef SUPPORT_RANDOM_WORLD_H
#define SUPPORT_RANDOM_WORLD_H

#include "ksm/gate/arena.h"
#include "ksm/gate/l1.h"

#define RANDOM_STATES  7 /* one of each kind */
#define RANDOM_RULED   6 /* of them those that rules name: all but the limit, the last */
#define RANDOM_EFFECTS 3
#define RANDOM_MEMBERS 32

struct random_states {
	struct l1_object objects[RANDOM_STATES];
	struct l1_state states[RANDOM_STATES];
	struct l1_field fields[RANDOM_STATES];
	struct l1_state *numbered[RANDOM_STATES];
	struct l1_field members[RANDOM_MEMBERS];
	uint32_t member_count;
	uint32_t sources[4];
};

/* Makes a state of each kind, with a random key, and gives them to l1. */
void random_states(struct random_states *states, uint16_t holder, uint16_t target, struct l1 *l1);

/* Returns the field of a test: this one of the message, or one of what is remembered. */
const struct l1_field *random_tested(struct random_states *states, const struct l1_field *field);

/* Gives the cell of an allow up to RANDOM_EFFECTS effects. */
void random_effects(struct random_states *states, struct arena *arena, struct l1_cell *cell,
	const struct l1_message *message);

/* Makes condition and effects of a passage. */
void random_passage(
	struct random_states *states, struct arena *arena, struct l1_cell *cell, bool is_last);

/* Whether some fields are there only if others say so, and whether there are sums. What tests them
 * need not say what gate wants: who asks what could be sent may not look at them. */
extern bool random_guards;

#define FIELDS    5
#define ELEMENTS  3 /* of a list, behind the other fields */
#define METHODS   3
#define CELLS     4
#define HOLDER    3
#define TARGET    4
#define INTERFACE 16

/* One policy; everything that it points to is in the arena. */
struct world {
	struct arena arena;
	struct l1_field fields[METHODS][3][FIELDS + ELEMENTS];
	struct l1_method methods[METHODS];
	struct l1_interface interface;
	struct l1_rule rules[2][METHODS * 4 * CELLS + 1];
	struct l1_cell cells[2][METHODS * 4 * CELLS];
	struct l1_cell passages[2][3];
	struct l1_label labels[5];
	struct random_states states;
	uint64_t *words; /* of L1 */
	uint64_t now_ns;
	struct l1 l1;       /* the policy that is made, or in force */
	uint32_t side;      /* which of the two that is */
	struct l1 sides[2]; /* of one system, with the same states */
};

/* Gives the field, which is zero, a width and a type. */
void random_type(struct l1_field *field);
/* Returns a sum of what the message has and of what is remembered, or NULL. */
const struct l1_field *random_sum(
	struct random_states *states, struct arena *arena, const struct l1_message *message);
/* A list of numbers ends the message. Rules test them, and how many there are, as they like. */
void random_list(struct arena *arena, struct l1_message *message);
/* Parameters of errors: which error it is says which of them are there. */
void random_error(struct arena *arena, struct l1_method *method, struct l1_field *fields);
/* Makes both; the first is in force. */
void world_make(struct world *world);
/* The policy of that side is in force on L1's. */
void side_take(struct world *world, uint32_t side);
/* Near to legal: every field from what matters, sometimes a wrong byte or length. bytes: 128. */
uint32_t make_bytes(const struct l1_message *message, uint8_t *bytes);

#endif
