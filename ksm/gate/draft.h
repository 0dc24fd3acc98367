/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* draft.h: the least rule that grants what an audit record says was denied, proved by replay. */
#ifndef GATE_DRAFT_H
#define GATE_DRAFT_H

#include <stdbool.h>

struct names;
struct policy;
struct sema_options;

struct draft_question {
	struct policy *policy; /* as it is */
	const struct sema_options *options;
	const char *path;
	const struct names *names; /* of its blob */
	const char *with;          /* `a = 1, b = 2`: fields that no record tells; "" if none */
};

/*
 * Prints the rule to stdout, marked `draft`, with what the record says and where it belongs. It
 * names the two instances, one method, and every field of the message with one value; it was put
 * into the policy, which compiled, granted the message, and granted nothing else that it had not
 * granted. Returns false after saying on stderr why there is no such rule: no record, no denial,
 * a field that nobody told, a claim that forbids it.
 */
bool draft_print(const struct draft_question *q, const char *record);

#endif
