/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ast_dump.h: the tree as indented text, without places: equal trees give equal texts. */
#ifndef GATE_AST_DUMP_H
#define GATE_AST_DUMP_H

#include <stdio.h>

struct ast_file;

/* Prints the whole tree of a file. */
void ast_dump(FILE *out, const struct ast_file *file);

#endif
