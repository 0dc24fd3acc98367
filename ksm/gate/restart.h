/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* restart.h: when instances and groups are started again, and what if that is no help [P14, P15].
 */
#ifndef GATE_RESTART_H
#define GATE_RESTART_H

#include "l1.h"

struct ast_restart;
struct sema;
struct unit;

/* Checks numbers and times of a policy; the names in it are restart_lower's business. */
void restart_check(struct sema *s, const struct ast_restart *ast);

/* Returns the policy of an instance; its names are looked up in unit. ast NULL: none was said. */
struct l1_restart restart_lower(
	struct sema *s, const struct unit *unit, const struct ast_restart *ast);

/* Fills l1->groups with those that policies name. Requires: all instances are lowered. */
void restart_groups(struct sema *s);

#endif
