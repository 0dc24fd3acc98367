/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* offering.h: names that are being gathered; shared by offer*.c only. */
#ifndef LSP_OFFERING_H
#define LSP_OFFERING_H

#include <stdbool.h>
#include <stdint.h>

#include "ksm/gate/ast_kind.h"

struct ast_item;
struct ast_process;
struct probe;
struct sema;
struct vector;

struct offering {
	struct sema *s;
	const struct ast_item *item;
	const struct probe *probe;
	struct vector *offers;
	bool is_whole;
};

/* offer.c: one name; all declarations of a kind that the file can name. */
void offering_add(const struct offering *o, const char *word, const char *what);
void offering_kind(const struct offering *o, enum ast_item_kind kind);
bool offering_is_hard(const char *word);
/* Takes away those from `first` on that are words of the language. */
void offering_words_out(const struct offering *o, uint32_t first);

/* offer_unit.c: units behind `use` and `accept`; devices of the board. */
void offering_units(const struct offering *o);
void offering_imports(const struct offering *o);
void offering_accepts(const struct offering *o);
void offering_devices(const struct offering *o);

/* offer_who.c */
void offering_who(const struct offering *o);
void offering_instances(const struct offering *o, bool must_give);
void offering_processes(const struct offering *o, bool must_give);
void offering_labels(const struct offering *o);
void offering_side(const struct offering *o);
void offering_instance(const struct offering *o);
void offering_ranks(const struct offering *o);
void offering_gives(const struct offering *o);
void offering_pitems(
	const struct offering *o, const struct ast_process *process, int kind, const char *what);

#endif
