/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * mutate.h: mistakes that somebody could make in the rules of a policy, one at a time: a rule
 * dropped, a range wider by 1, another class, a guard dropped, allow for forbid, an effect
 * forgotten or at another moment.
 */
#ifndef GATE_MUTATE_H
#define GATE_MUTATE_H

#include <stdbool.h>
#include <stdint.h>

#include "source.h"

struct sema;

struct mutation {
	uint32_t wanted;  /* its number, from 0 */
	uint32_t count;   /* in: 0; out: how many were passed on the way to it */
	bool is_made;     /* out: there is one of that number */
	const char *what; /* out */
	struct span at;   /* out */
};

/* A sema_options.change: data is a struct mutation. Changes the rules that are in force. */
void mutate(struct sema *s, void *data);

#endif
