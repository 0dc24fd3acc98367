/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* record.h: structs and unions, and the types of parameters and of their fields [T17, T18]. */
#ifndef GATE_RECORD_H
#define GATE_RECORD_H

#include <stdbool.h>

#include "l1_interface.h"

struct ast_error_case;
struct ast_param;
struct sema;
struct unit;

/* Types every struct and union of every unit. */
void records_declare(struct sema *s);

/* Fills out from a parameter of a message. Returns false after an error. */
bool record_param(struct sema *s, const struct unit *unit, const struct ast_param *param,
	struct l1_member *out);

/* Returns the parameters of an error as a struct, METHOD_ERROR; NULL after an error. */
const struct l1_record *record_error(struct sema *s, const struct unit *unit, const char *method,
	const struct ast_error_case *error);

#endif
