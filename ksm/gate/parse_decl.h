/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_decl.h: the smaller declarations. */
#ifndef GATE_PARSE_DECL_H
#define GATE_PARSE_DECL_H

struct ast_accept;
struct ast_apply;
struct ast_constant;
struct ast_enumeration;
struct ast_group;
struct ast_labels;
struct ast_level;
struct ast_record;
struct ast_template;
struct ast_use;
struct parser;

/* Each reads one declaration. Requires: its first word is seen. */
struct ast_use *parse_use(struct parser *p);
struct ast_constant *parse_constant(struct parser *p);
struct ast_enumeration *parse_enumeration(struct parser *p);
struct ast_record *parse_record(struct parser *p);
struct ast_group *parse_group(struct parser *p);
struct ast_level *parse_level(struct parser *p);
struct ast_labels *parse_labels(struct parser *p);
struct ast_template *parse_template(struct parser *p);
struct ast_apply *parse_apply(struct parser *p);
struct ast_accept *parse_accept(struct parser *p);

#endif
