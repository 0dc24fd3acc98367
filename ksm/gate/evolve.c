/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* evolve.c: interfaces of two trees: numbers of methods and errors stay, what is gone is reserved.
 */
#include "evolve.h"

#include <inttypes.h>
#include <stdbool.h>

#include "ast.h"
#include "ast_decl.h"
#include "compile.h"
#include "sema.h"
#include "unit.h"

struct evolve {
	const struct sema *old;
	struct sema *new;
	const struct ast_interface *ast_was;
	const struct ast_interface *ast;
	const struct l1_interface *was;
	const struct l1_interface *is;
};

/* Returns the method of that number, or NULL: nobody has it, or it is reserved. */
static const struct l1_method *
method_at(const struct l1_interface *interface, uint32_t number)
{
	const struct l1_method *method = &interface->methods[number - 1];

	return number <= interface->method_count && !method->is_reserved ? method : NULL;
}

static const struct l1_method *
method_find(const struct l1_interface *interface, const char *name)
{
	for (uint32_t i = 0; i < interface->method_count; i++) {
		if (sema_same(interface->methods[i].name, name)) {
			return &interface->methods[i];
		}
	}
	return NULL;
}

static const struct ast_method *
ast_method_find(const struct ast_interface *interface, const char *name)
{
	const struct ast_method *m = interface->methods;

	while (m != NULL && (m->kind == AST_METHOD_RESERVED || !sema_same(m->name.text, name))) {
		m = m->next;
	}
	return m;
}

/* Of the last ones L1 knows nothing. */
static bool
is_reserved(const struct ast_interface *interface, uint32_t number)
{
	const struct ast_method *m = interface->methods;

	while (m != NULL && (m->kind != AST_METHOD_RESERVED || m->number.magnitude != number)) {
		m = m->next;
	}
	return m != NULL;
}

/* OLD kept the number free, and so must NEW. */
static bool
reserved_check(const struct evolve *e, uint32_t number)
{
	const struct l1_method *is = method_at(e->is, number);
	struct span at = e->ast->name.span;
	struct diag *d;

	if (is_reserved(e->ast, number)) {
		return true;
	}
	if (is != NULL) {
		at = ast_method_find(e->ast, is->name)->name.span;
		d = diag_error(e->new->c, at, "T15", "`%s` has number %u, which OLD keeps free",
			is->name, number);
	} else {
		d = diag_error(e->new->c, at, "T15",
			"number %u, which OLD keeps free, goes to the next new method", number);
	}
	diag_help(d, "write `reserved %u` as OLD does", number);
	return false;
}

/* The method that had the number is gone, or has another. */
static void
number_tell(const struct evolve *e, const struct l1_method *was)
{
	const struct l1_method *moved = method_find(e->is, was->name);
	const struct l1_method *is = method_at(e->is, was->number);
	bool is_new = is != NULL && method_find(e->was, is->name) == NULL;
	struct diag *d;

	if (moved != NULL) {
		d = diag_error(e->new->c, ast_method_find(e->ast, was->name)->name.span, "T15",
			"`%s` had number %u and has %u", was->name, was->number, moved->number);
		if (is_new) {
			diag_note(d, ast_method_find(e->ast, is->name)->name.span,
				"its number went to `%s`", is->name);
		}
		diag_help(d, is_new ? "declare new methods behind all others"
				    : "declare methods in the order that they had");
		return;
	}
	if (is == NULL) {
		d = diag_error(e->new->c, e->ast->name.span, "T15",
			"`%s` is gone: its number %u goes to the next new method", was->name,
			was->number);
		diag_help(d, "write `reserved %u` where it stood", was->number);
		return;
	}
	d = diag_error(e->new->c, ast_method_find(e->ast, is->name)->name.span, "T15",
		"`%s` has number %u, which was that of `%s`", is->name, was->number, was->name);
	diag_help(d,
		is_new ? "write `reserved %u` in its place, and declare `%s` behind all others"
		       : "write `reserved %u` where `%s` stood",
		was->number, is_new ? is->name : was->name);
}

static bool
kind_check(const struct evolve *e, const struct l1_method *was, const struct l1_method *is,
	const struct ast_method *ast)
{
	const char *word = was->is_oneway != is->is_oneway            ? "oneway"
			   : was->is_ask != is->is_ask                ? "ask"
			   : was->is_idempotent && !is->is_idempotent ? "idempotent"
								      : NULL;
	bool had = was->is_oneway > is->is_oneway || was->is_ask > is->is_ask ||
		   was->is_idempotent > is->is_idempotent;
	struct diag *d;

	if (word == NULL) {
		return true;
	}
	d = diag_error(e->new->c, ast->name.span, "T15", "`%s` was %s`%s` in OLD", is->name,
		had ? "" : "not ", word);
	diag_help(d, "keep it so, or declare a new method");
	return false;
}

static bool
errors_check(const struct evolve *e, const struct l1_method *was, const struct l1_method *is,
	const struct ast_method *ast)
{
	const struct ast_error_case *at = ast->errors;

	for (uint32_t i = 0; i < was->error_count; i++) {
		struct diag *d;

		if (i < is->error_count && sema_same(was->errors[i], is->errors[i])) {
			at = at->next;
			continue;
		}
		d = diag_error(e->new->c, at != NULL ? at->name.span : ast->name.span, "T15",
			"number %u of the errors of `%s` was `%s`", i + 1, is->name,
			was->errors[i]);
		diag_help(d, "keep `%s` in its place; new errors stand behind all others",
			was->errors[i]);
		return false;
	}
	return true;
}

/* All errors of a method share one form, so none of it changes. */
static bool
error_params_check(const struct evolve *e, const struct l1_method *was, const struct l1_method *is,
	const struct ast_method *ast)
{
	bool is_same = was->error.field_count == is->error.field_count;
	struct diag *d;

	for (uint32_t i = 1; is_same && i < was->error.field_count; i++) {
		const struct l1_field *x = &was->error.fields[i];
		const struct l1_field *y = &is->error.fields[i];

		is_same = sema_same(x->name, y->name) && x->offset_bytes == y->offset_bytes &&
			  x->width_bytes == y->width_bytes && x->is_signed == y->is_signed &&
			  x->kind == y->kind && x->name_count == y->name_count &&
			  x->low >= y->low && y->high <= x->high;
	}
	if (is_same) {
		return true;
	}
	d = diag_error(e->new->c, ast->errors == NULL ? ast->name.span : ast->errors->span, "T15",
		"the errors of `%s` have other parameters than in OLD", is->name);
	diag_help(d, "keep them as they were, or declare a new method");
	return false;
}

static void
method_check(const struct evolve *e, const struct l1_method *was, const struct l1_method *is)
{
	struct evolve_message message = {
		.old = e->old,
		.new = e->new,
		.ast = ast_method_find(e->ast, is->name),
		.was = &was->call,
		.is = &is->call,
	};

	if (!kind_check(e, was, is, message.ast) || !evolve_message(&message)) {
		return;
	}
	message.was = &was->reply;
	message.is = &is->reply;
	message.is_reply = true;
	if (evolve_message(&message) && errors_check(e, was, is, message.ast)) {
		(void)error_params_check(e, was, is, message.ast);
	}
}

/* Absent is the first. */
static bool
version_check(const struct evolve *e)
{
	const struct ast_number *was = e->ast_was->version;
	const struct ast_number *is = e->ast->version;
	uint64_t old = was == NULL ? 1 : was->magnitude;

	if ((is == NULL ? 1 : is->magnitude) >= old) {
		return true;
	}
	diag_help(diag_error(e->new->c, is == NULL ? e->ast->name.span : is->span, "T15",
			  "the version of `%s` was %" PRIu64, e->is->short_name, old),
		"write `version %" PRIu64 "`, or a larger number", old);
	return false;
}

/* A wrong number makes all behind it wrong, so the first one is the last that is looked at. */
static void
interface_check(const struct evolve *e)
{
	if (!version_check(e)) {
		return;
	}
	for (uint32_t number = 1; number <= SEMA_METHODS_MAX; number++) {
		const struct l1_method *was = method_at(e->was, number);
		const struct l1_method *is = method_at(e->is, number);

		if (was == NULL) {
			if (is_reserved(e->ast_was, number) && !reserved_check(e, number)) {
				return;
			}
		} else if (is != NULL && sema_same(was->name, is->name)) {
			method_check(e, was, is);
		} else if (is != NULL || !is_reserved(e->ast, number)) {
			number_tell(e, was);
			return;
		}
	}
}

static const struct symbol *
interface_find(const struct unit *unit, const char *name)
{
	const struct symbol *symbol = unit->symbols;

	while (symbol != NULL &&
		(symbol->item->kind != AST_ITEM_INTERFACE || !sema_same(symbol->name, name))) {
		symbol = symbol->next;
	}
	return symbol;
}

static void
unit_check(const struct sema *old, struct sema *new, const struct unit *was, const struct unit *is)
{
	for (const struct symbol *symbol = was->symbols; symbol != NULL; symbol = symbol->next) {
		const struct symbol *found = interface_find(is, symbol->name);

		if (symbol->item->kind != AST_ITEM_INTERFACE) {
			continue;
		}
		if (found == NULL) {
			diag_help(diag_error(new->c, span_of_file(is->source), "T15",
					  "interface `%s` is gone", symbol->name),
				"keep it, or give it a unit of its own that old programs use");
			continue;
		}
		interface_check(&(struct evolve){old, new, symbol->item->interface,
			found->item->interface, symbol->interface, found->interface});
	}
}

void
evolve_check(const struct sema *old, struct sema *new)
{
	if (!sema_same(old->root->name, new->root->name)) {
		diag_help(diag_error(new->c, span_of_file(new->root->source), "T15",
				  "this is unit `%s`, OLD is unit `%s`", new->root->name,
				  old->root->name),
			"name the file of OLD that was this one");
		return;
	}
	for (const struct unit *was = old->units; was != NULL; was = was->next) {
		const struct unit *is = was == old->root ? new->root : unit_find(new, was->name);

		if (is != NULL) {
			unit_check(old, new, was, is);
		}
	}
}
