/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lex_number.h: the value of a word that begins with a digit. */
#ifndef GATE_LEX_NUMBER_H
#define GATE_LEX_NUMBER_H

#include "lex.h"

struct ast_number;
struct compile;

/*
 * Reads length bytes that begin with a digit and hold only letters, digits, `_`, `'` and at most a
 * fraction. Returns TOKEN_INT, TOKEN_SIZE or TOKEN_TIME and fills number, but for its span; or
 * TOKEN_BAD and fills fault.
 */
enum token_kind lex_number(struct compile *c, const char *bytes, size_t length,
	struct ast_number *number, struct lex_fault *fault);

#endif
