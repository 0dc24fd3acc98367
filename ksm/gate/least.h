/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * least.h: the least change of a policy that would grant a message which it denies: found by making
 * it, compiling the whole policy with it, and asking again.
 */
#ifndef GATE_LEAST_H
#define GATE_LEAST_H

#include <stdint.h>
#include <stdio.h>

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
};

/*
 * Prints the change and where it belongs, what else would be granted with it, and that it was
 * tried; or what forbids it: a claim, the type of a field, time. Requires: a call that is denied.
 * All lines are indented by four blanks.
 */
void least_print(const struct least_question *q, FILE *out);

#endif
