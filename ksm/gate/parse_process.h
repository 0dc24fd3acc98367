/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_process.h: processes and systems. */
#ifndef GATE_PARSE_PROCESS_H
#define GATE_PARSE_PROCESS_H

struct ast_process;
struct ast_system;
struct parser;

/* Reads process. Requires: process is seen. */
struct ast_process *parse_process(struct parser *p);

/* Reads system. Requires: system is seen. */
struct ast_system *parse_system(struct parser *p);

#endif
