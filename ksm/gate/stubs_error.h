/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs_error.h: the parameters of errors in C: a struct for each error that has some [T20]. */
#ifndef GATE_STUBS_ERROR_H
#define GATE_STUBS_ERROR_H

#include <stdbool.h>

#include "buffer.h"
#include "l1_interface.h"

/* Returns whether some error of the method has parameters. */
bool error_has_params(const struct l1_method *method);

/* Writes what a client does with them: fills `out_ERROR`, which may be NULL. */
void error_decode(
	struct buffer *b, const struct l1_interface *interface, const struct l1_method *method);

/* Writes NAME_METHOD_error, which makes the answer of a server that ends with an error. */
void error_write(
	struct buffer *b, const struct l1_interface *interface, const struct l1_method *method);

/* Writes the call of it. */
void error_call(
	struct buffer *b, const struct l1_interface *interface, const struct l1_method *method);

#endif
