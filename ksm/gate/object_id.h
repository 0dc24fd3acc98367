/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* object_id.h: what a state is called, so that another policy finds what this one remembers [O8].
 */
#ifndef GATE_OBJECT_ID_H
#define GATE_OBJECT_ID_H

struct l1_state;
struct sema;

/* Gives the states of L1 their ids, sorts them by it and numbers them. Two with one id: an error.
 */
void object_ids(struct sema *s);

/* Gives one state its id. */
void object_id(const struct sema *s, struct l1_state *state);

#endif
