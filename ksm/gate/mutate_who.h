/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* mutate_who.h: whom somebody could name by mistake. */
#ifndef GATE_MUTATE_WHO_H
#define GATE_MUTATE_WHO_H

struct ast_qname;
struct sema;

/* Returns the next process (of an instance: the next instance) of the system, or NULL. */
const char *mutate_sender(const struct sema *s, const struct ast_qname *name);

/* The same, which gives an endpoint of that name; NULL text: of any message. */
const char *mutate_receiver(
	const struct sema *s, const struct ast_qname *name, const char *endpoint);

/* Puts a name of one word in the place of another. */
void mutate_rename(struct sema *s, struct ast_qname **name, const char *word);

#endif
