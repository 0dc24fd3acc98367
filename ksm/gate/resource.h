/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* resource.h: labels of resources, `gives file: File labels Log[16], Config` [P18]. */
#ifndef GATE_RESOURCE_H
#define GATE_RESOURCE_H

#include <stdbool.h>
#include <stdint.h>

struct ast_qname;
struct class_info;
struct diag;
struct sema;
struct ast_pitem;
struct unit;
struct vector;

/* The labels of the endpoint that the class gives as its n-th. */
void resources_declare(
	struct sema *s, struct class_info *class, const struct ast_pitem *pitem, uint32_t gives);

/*
 * Appends what LABEL, PROCESS.LABEL or instance.LABEL names as a receiver: struct party, one for
 * each instance. A label can be named where its process can. Returns whether there is one of that
 * name.
 */
bool resources_find(struct sema *s, const struct unit *unit, const struct ast_qname *name,
	struct vector *parties);

/* Appends the labels of the parties that are instances, as parties that need not have the endpoint:
 * what is said against a process is said against what it gives [R1]. */
void resources_follow(struct sema *s, struct vector *parties);

/* Proposes a label that is spelled like `word`. */
void resources_suggest(struct sema *s, struct diag *d, const char *word);

/* Returns the index of the class's label of that name (its last word), or how many labels it has.
 */
uint32_t resource_index(const struct class_info *class, const char *name);

#endif
