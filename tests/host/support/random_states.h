/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random states of a policy, tests of them and effects on them. */
#ifndef TESTS_HOST_SUPPORT_RANDOM_STATES_H
#define TESTS_HOST_SUPPORT_RANDOM_STATES_H

#include "ksm/gate/l1.h"

#define RANDOM_STATES  6 /* one of each kind */
#define RANDOM_EFFECTS 3
#define RANDOM_MEMBERS 32

struct arena;

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

#endif
