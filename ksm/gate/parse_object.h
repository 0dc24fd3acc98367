/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_object.h: the objects of the monitor. */
#ifndef GATE_PARSE_OBJECT_H
#define GATE_PARSE_OBJECT_H

struct ast_object;
struct parser;

/* Each reads one object. Requires: its first word is seen. */
struct ast_object *parse_machine(struct parser *p);
struct ast_object *parse_bucket(struct parser *p);
struct ast_object *parse_window(struct parser *p);
struct ast_object *parse_latch(struct parser *p);
struct ast_object *parse_counter(struct parser *p);
struct ast_object *parse_object_set(struct parser *p);
struct ast_object *parse_limit(struct parser *p);

#endif
