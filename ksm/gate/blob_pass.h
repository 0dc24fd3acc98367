/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* blob_pass.h: one pass over the program of a blob, and what its loads are. Inside of blob_tests.
 */
#ifndef GATE_BLOB_PASS_H
#define GATE_BLOB_PASS_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct blob_tests;
struct ksm;
struct l1;
struct l1_field;
struct l1_message;

/*
 * Jumps go forward only, so one pass knows for each op what may stand in the registers v and w:
 * sets[op] has two flags for each field of the message and each state of the program.
 */
struct pass {
	const struct ksm *ksm;
	const struct l1 *l1;
	const uint8_t *code; /* of the program */
	uint32_t op_count;
	const struct l1_message *message;
	const struct l1_field **fields; /* of the message, then of states */
	uint32_t message_fields;
	uint32_t field_count;
	uint32_t *sum_ops; /* by field: the load that completes the sum; else no op */
	bool *sets;        /* op_count rows of 2 * field_count */
	struct arena *arena;
	struct blob_tests *out;
};

/* b of a load, of the message or of a state; of another op a number that is none of a load. */
uint32_t blob_op_what(const struct pass *p, uint32_t number);

/* Whether it adds a value to v, which is no constant. */
bool blob_is_adding(const struct pass *p, uint32_t number);

/* The load of v before this one, perhaps with one of an index between; else UINT32_MAX. */
uint32_t blob_load_before(const struct pass *p, uint32_t number);

/* Returns the index of the field that a load reads (its c, a, b), or field_count: it is none. */
uint32_t blob_field_loaded(const struct pass *p, uint32_t c, uint32_t mode, uint32_t b);

/* The same for the state that a load names. */
uint32_t blob_state_loaded(const struct pass *p, uint32_t number);

/* The sum that the loads up to this one make, or NULL: the one before makes none. */
const struct l1_field *blob_sum_loaded(const struct pass *p, uint32_t number);

#endif
