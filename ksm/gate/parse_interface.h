/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_interface.h: interfaces and their methods. */
#ifndef GATE_PARSE_INTERFACE_H
#define GATE_PARSE_INTERFACE_H

struct ast_doc;
struct ast_interface;
struct parser;

/* Reads interface. Requires: interface is seen. */
struct ast_interface *parse_interface(struct parser *p);

/* Reads {DOC}. */
struct ast_doc *parse_docs(struct parser *p);

#endif
