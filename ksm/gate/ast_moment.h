/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ast_moment.h: the moments of a call, named by rules, tails and test steps. */
#ifndef GATE_AST_MOMENT_H
#define GATE_AST_MOMENT_H

/* Which message of a call is meant, and at which moment a tail's effects happen. */
enum ast_moment {
	AST_MOMENT_CALL,
	AST_MOMENT_REPLY,
	AST_MOMENT_ERROR,
	AST_MOMENT_ABORT, /* tails only */
};

#endif
