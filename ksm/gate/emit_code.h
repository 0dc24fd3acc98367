/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_code.h: one program under construction: ops, jumps to labels that are placed later. */
#ifndef GATE_EMIT_CODE_H
#define GATE_EMIT_CODE_H

#include <stdbool.h>
#include <stdint.h>

#include "vector.h"

struct buffer;
struct emit_pool;
struct l1_message;
struct l1_condition;
struct l1_effect;
struct l1_field;
struct l1_state;

struct emit_code {
	struct emit_pool *pool;
	struct vector ops;    /* of struct format_op; the b of a jump is its label until the end */
	struct vector costs;  /* of uint32_t: the steps of each op */
	struct vector labels; /* of uint32_t: the op that it stands before */
	uint32_t cost;        /* of all ops */
	bool is_tree;         /* allows are told apart by the values that they test */
	uint32_t need_bytes;
	const struct l1_field *loaded; /* what v holds here on every path, NULL if unknown */
	bool has_moved; /* states may be looked at in another cell than that of the capability */
};

/* Makes an empty program whose sets go to pool. */
void emit_code_init(struct emit_code *code, struct emit_pool *pool);

uint32_t emit_code_label(struct emit_code *code);
void emit_code_place(struct emit_code *code, uint32_t label);

/* v = field, unless v is it already; of a test of a set the field that is looked up. Requires: not
 * a tail. */
void emit_code_load(struct emit_code *code, const struct l1_field *field);
/* Falls through if the field's value is in the type, else jumps. Does nothing if the width says it.
 */
void emit_code_type(struct emit_code *code, const struct l1_field *field, uint32_t label);
/* Falls through if the length is one of those that are legal, else jumps. */
void emit_code_lengths(struct emit_code *code, const struct l1_message *message, uint32_t label);
/* Jumps to label. */
void emit_code_go(struct emit_code *code, uint32_t label);
/* Denies with reason shape unless `count` bytes at `offset` are zero; any count. */
void emit_code_zero(struct emit_code *code, uint32_t offset, uint32_t count);
/* Jumps to label if the condition's truth is `wanted`, else falls through. Requires: nothing in it
 * is L1_ALWAYS, and each L1_IN has a range. */
void emit_code_jump(
	struct emit_code *code, const struct l1_condition *condition, bool wanted, uint32_t label);
/* Jumps to label unless the rule granted the call. */
void emit_code_granted(struct emit_code *code, uint32_t rule, uint32_t label);
/* Those that can be `full` first; they happen at the allow that must follow. */
void emit_code_effects(struct emit_code *code, const struct l1_effect *effects, uint32_t count);
void emit_code_allow(struct emit_code *code, uint32_t rule, uint32_t audit);
void emit_code_deny(struct emit_code *code, uint32_t reason, uint32_t rule, uint32_t how);

/* Returns the finished program's bytes. Requires: every label that is jumped to is placed before an
 * op. */
struct buffer emit_code_finish(struct emit_code *code);

/* Returns the steps of an effect on the state, or of a look into it. */
uint32_t emit_state_cost(const struct l1_state *state);

/* Returns whether values of the field's width exist that are not in its type. */
bool emit_type_is_narrow(const struct l1_field *field);

#endif
