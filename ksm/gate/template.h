/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* template.h: rules with parameters [R14]. */
#ifndef GATE_TEMPLATE_H
#define GATE_TEMPLATE_H

#include <stdbool.h>

struct ast_apply;
struct ast_template;
struct sema;
struct unit;

/*
 * Returns the template's unit with a name for each argument, or NULL after an error; *out is the
 * template. Names of arguments mean what they mean in the file of `apply`.
 */
struct unit *template_bind(
	struct sema *s, const struct ast_apply *apply, const struct ast_template **out);

/* Reports templates of the root file that nothing applies. */
void templates_check(struct sema *s);

#endif
