/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * least.h: the least change of a policy that would grant a message which it denies: found by making
 * it, compiling the whole policy with it, and asking again.
 */
#ifndef GATE_LEAST_H
#define GATE_LEAST_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct l1_field;
struct l1_state;
struct l1_verdict;
struct policy;
struct sema_options;
struct step_message;

struct least_question {
	struct policy *policy; /* as it is */
	const struct sema_options *options;
	const char *path;
	const char *words; /* the message as it was typed */
	const struct step_message *message;
	const char *endpoint; /* of the receiver, as the words name it */
	/* No grant. A state that it names had the value `operand`, all others begin. */
	const struct l1_verdict *verdict;
	/* The message is one of those that a record can be of: of its fields only `known`, or none,
	 * is told. */
	bool is_record;
	const struct l1_field *known;
};

/*
 * Prints the change and where it belongs, what else would be granted with it, and that it was
 * tried; or what forbids it: a claim, the type of a field, time. Requires: a call that is denied.
 * All lines are indented by four blanks.
 */
void least_print(const struct least_question *q, FILE *out);

/* Makes the words of a policy's memory such that a test of the state sees the value. Of a bucket,
 * a window and a set it does nothing. */
void least_memory_set(const struct l1_state *state, int64_t value, uint64_t *words);

#endif
