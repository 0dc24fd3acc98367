/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* nearest.h: of several rules that name a message and do not grant it, the one that lacks least. */
#ifndef GATE_NEAREST_H
#define GATE_NEAREST_H

#include <stdint.h>

struct l1;
struct l1_memory;
struct l1_query;
struct l1_verdict;

/*
 * The same denial as the rule shows it of which the least would have to come out otherwise: a test
 * of what has no order, such as an enum or a label, weighs two of a number or of what is
 * remembered. Of equal ones it is the first, which is the verdict's own [D6]. Requires: `verdict`
 * is what l1_eval says of the query with this memory. Anything but a denial by a guard is left as
 * it is. Returns how many rules name the message.
 */
uint32_t nearest_find(const struct l1 *l1, const struct l1_query *query,
	const struct l1_memory *memory, struct l1_verdict *verdict);

#endif
