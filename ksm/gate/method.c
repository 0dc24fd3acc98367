/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* method.c: methods of an interface by name. */
#include "method.h"

#include "ast.h"
#include "compile.h"
#include "sema.h"

const struct l1_method *
method_get(struct sema *s, const struct l1_interface *interface, const struct ast_ident *name)
{
	struct vector names = {0};
	struct diag *d;

	for (uint32_t i = 0; i < interface->method_count; i++) {
		if (!interface->methods[i].is_reserved &&
			sema_same(interface->methods[i].name, name->text)) {
			return &interface->methods[i];
		}
	}
	for (uint32_t i = 0; i < interface->method_count; i++) {
		if (!interface->methods[i].is_reserved) {
			*(const char **)vector_push(&names, &s->c->arena, sizeof(char *)) =
				interface->methods[i].name;
		}
	}
	d = diag_error(s->c, name->span, "R3", "interface `%s` has no method `%s`",
		interface->short_name, name->text);
	diag_choose(d, name->text, "its methods are", names.elements, names.count);
	return NULL;
}
