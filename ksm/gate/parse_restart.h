/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_restart.h: reads when a process or a group is started again, and what if that is no help.
 */
#ifndef GATE_PARSE_RESTART_H
#define GATE_PARSE_RESTART_H

struct ast_restart;
struct parser;

/* What follows the word `restart` of a process or an instance. */
struct ast_restart *parse_restart(struct parser *p);

/* What follows the word `restart` of a group. */
struct ast_restart *parse_restart_group(struct parser *p);

#endif
