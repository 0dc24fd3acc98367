/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sema_interface.c: interfaces of all units, typed, laid out and numbered. */
#include "sema_interface.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "abi/abi.h"
#include "ast.h"
#include "ast_decl.h"
#include "compile.h"
#include "digest.h"
#include "sema.h"
#include "sema_message.h"

static const char *
docs_join(struct sema *s, const struct ast_doc *docs)
{
	const char *text = NULL;

	for (const struct ast_doc *doc = docs; doc != NULL; doc = doc->next) {
		text = text == NULL ? doc->text
				    : arena_format(&s->c->arena, "%s\n%s", text, doc->text);
	}
	return text;
}

static bool
errors_fill(struct sema *s, const struct unit *unit, const struct ast_method *ast,
	struct l1_method *method)
{
	bool has_params = false;
	uint32_t count = 0;

	for (const struct ast_error_case *e = ast->errors; e != NULL; e = e->next) {
		count++;
	}
	if (count > SEMA_ERRORS_MAX) {
		diag_help(diag_error(s->c, ast->name.span, "T8", "more than %u errors",
				  SEMA_ERRORS_MAX),
			"give one error parameters of its reply instead");
		return false;
	}
	method->errors = arena_array(&s->c->arena, count, sizeof *method->errors);
	for (const struct ast_error_case *e = ast->errors; e != NULL; e = e->next) {
		has_params = has_params || e->params != NULL;
		for (uint32_t i = 0; i < method->error_count; i++) {
			if (sema_same(method->errors[i], e->name.text)) {
				diag_help(diag_error(s->c, e->name.span, "T8",
						  "error `%s` stands twice", e->name.text),
					"leave one of them out");
				return false;
			}
		}
		method->errors[method->error_count++] = e->name.text;
	}
	return !has_params || sema_errors(s, unit, ast, method);
}

static bool
results_lend_nothing(struct sema *s, const struct ast_method *ast)
{
	for (const struct ast_param *param = ast->results; param != NULL; param = param->next) {
		if (param->direction != AST_DIRECTION_NONE) {
			diag_help(diag_error(s->c, param->span, "T11",
					  "a lease ends with the reply, so a reply has none"),
				"move `%s` before the `->`", param->name.text);
			return false;
		}
	}
	return true;
}

/* Nobody sends it, so nothing is lent, handed on or answered. */
static bool
ask_check(struct sema *s, const struct ast_method *ast)
{
	bool is_bare = ast->results == NULL && ast->errors == NULL;

	for (const struct ast_param *param = ast->params; param != NULL; param = param->next) {
		is_bare = is_bare && param->direction == AST_DIRECTION_NONE &&
			  param->type->kind != AST_TYPE_HANDLE;
	}
	if (ast->kind != AST_METHOD_ASK || is_bare) {
		return true;
	}
	diag_help(diag_error(s->c, ast->span, "T14",
			  "`%s` is asked, not sent: it lends and hands on nothing, and nothing "
			  "comes back",
			  ast->name.text),
		"leave the results, leases, handles and errors out");
	return false;
}

/* Its arguments travel inside of a call to the kernel. */
static bool
ask_fits(struct sema *s, const struct ast_method *ast, const struct l1_method *method)
{
	if (!method->is_ask || method->call.high_bytes <= SEMA_ASK_BYTES_MAX) {
		return true;
	}
	diag_help(diag_error(s->c, ast->span, "T14", "what is asked has at most %u bytes",
			  SEMA_ASK_BYTES_MAX),
		"shorten a field");
	return false;
}

static bool
method_fill(struct sema *s, const struct unit *unit, const struct ast_method *ast,
	struct l1_method *method)
{
	method->name = ast->name.text;
	method->doc = docs_join(s, ast->docs);
	method->is_oneway = ast->kind == AST_METHOD_ONEWAY;
	method->is_idempotent = ast->kind == AST_METHOD_IDEMPOTENT;
	method->is_ask = ast->kind == AST_METHOD_ASK;
	if (method->is_oneway && (ast->results != NULL || ast->errors != NULL)) {
		diag_help(diag_error(s->c, ast->span, "T8", "`%s` is oneway: nothing comes back",
				  method->name),
			"leave `oneway` out, or the results and errors");
		return false;
	}
	return ask_check(s, ast) && results_lend_nothing(s, ast) &&
	       sema_message(s, unit, ast->params, &method->call) && ask_fits(s, ast, method) &&
	       sema_message(s, unit, ast->results, &method->reply) &&
	       errors_fill(s, unit, ast, method);
}

/* Marks the numbers that `reserved` keeps free. Returns false after an error. */
static bool
numbers_reserve(struct sema *s, const struct ast_interface *ast, bool *is_reserved)
{
	for (const struct ast_method *m = ast->methods; m != NULL; m = m->next) {
		uint64_t number = m->number.magnitude;

		if (m->kind != AST_METHOD_RESERVED) {
			continue;
		}
		if (m->number.negative || number < 1 || number > SEMA_METHODS_MAX) {
			diag_help(diag_error(s->c, m->number.span, "T9",
					  "methods have the numbers 1..%u", SEMA_METHODS_MAX),
				"write one of these");
			return false;
		}
		if (is_reserved[number]) {
			diag_help(diag_error(s->c, m->number.span, "T9",
					  "number %llu is reserved already",
					  (unsigned long long)number),
				"leave one of the lines out");
			return false;
		}
		is_reserved[number] = true;
	}
	return true;
}

static bool
method_is_new(struct sema *s, const struct l1_interface *interface, const struct ast_method *ast)
{
	for (uint32_t i = 0; i < interface->method_count; i++) {
		if (sema_same(interface->methods[i].name, ast->name.text)) {
			diag_help(diag_error(s->c, ast->name.span, "T8",
					  "method `%s` is declared twice", ast->name.text),
				"give one of them another name");
			return false;
		}
	}
	return true;
}

static void
interface_fill(struct sema *s, const struct symbol *symbol)
{
	const struct ast_interface *ast = symbol->item->interface;
	struct l1_interface *interface = symbol->interface;
	bool is_reserved[SEMA_METHODS_MAX + 1] = {false};
	uint32_t number = 1;
	uint32_t most = 0;

	if (!numbers_reserve(s, ast, is_reserved)) {
		return;
	}
	for (uint32_t i = 1; i <= SEMA_METHODS_MAX; i++) {
		most += is_reserved[i];
	}
	for (const struct ast_method *m = ast->methods; m != NULL; m = m->next) {
		most += m->kind != AST_METHOD_RESERVED;
	}
	most = most < SEMA_METHODS_MAX ? most : SEMA_METHODS_MAX;
	interface->methods = arena_array(&s->c->arena, most, sizeof *interface->methods);
	for (const struct ast_method *m = ast->methods; m != NULL; m = m->next) {
		if (m->kind == AST_METHOD_RESERVED) {
			continue;
		}
		while (number <= SEMA_METHODS_MAX && is_reserved[number]) {
			interface->methods[number - 1].number = (uint16_t)number;
			interface->methods[number - 1].is_reserved = true;
			number++;
		}
		if (number > SEMA_METHODS_MAX) {
			diag_help(diag_error(s->c, m->span, "T9", "more than %u methods",
					  SEMA_METHODS_MAX),
				"make two interfaces of it");
			return;
		}
		if (!method_is_new(s, interface, m)) {
			return;
		}
		interface->method_count = number;
		interface->methods[number - 1].number = (uint16_t)number;
		if (!method_fill(s, symbol->unit, m, &interface->methods[number - 1])) {
			return;
		}
		number++;
	}
}

struct named_symbol {
	const char *name; /* qualified */
	struct symbol *symbol;
	bool is_core;
};

/* Interfaces of the kernel first, in declared order; then all others by qualified name. */
static int
symbol_order(const void *a, const void *b)
{
	const struct named_symbol *left = a;
	const struct named_symbol *right = b;

	if (left->is_core != right->is_core) {
		return left->is_core ? -1 : 1;
	}
	if (left->is_core) {
		uint32_t x = left->symbol->item->span.offset;
		uint32_t y = right->symbol->item->span.offset;

		return x < y ? -1 : x > y;
	}
	return strcmp(left->name, right->name);
}

static void
symbols_collect(struct sema *s, struct vector *found)
{
	for (struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		for (struct symbol *symbol = unit->symbols; symbol != NULL; symbol = symbol->next) {
			struct named_symbol *named;

			if (symbol->item->kind != AST_ITEM_INTERFACE) {
				continue;
			}
			named = vector_push(found, &s->c->arena, sizeof *named);
			named->symbol = symbol;
			named->is_core = unit == s->core;
			named->name = unit->name[0] == '\0' ? symbol->name
							    : arena_format(&s->c->arena, "%s.%s",
								      unit->name, symbol->name);
		}
	}
}

/* The kernel's object kinds are the order of kernel/core.gate; abi.h says them in C. */
static bool
core_is_known(struct sema *s, uint32_t core_count)
{
	if (s->core == NULL || core_count == INTERFACE_SIGNAL) {
		return true;
	}
	diag_help(diag_error(s->c, span_of_file(s->core->source), "T9",
			  "kernel.core declares %u interfaces, the kernel has %u", core_count,
			  INTERFACE_SIGNAL),
		"say -I with the folder of the sources that this gate was built from");
	return false;
}

void
sema_interfaces(struct sema *s)
{
	struct vector found = {0};
	struct named_symbol *named;
	uint32_t core_count = 0;

	symbols_collect(s, &found);
	if (found.count == 0) {
		return;
	}
	named = found.elements;
	qsort(named, found.count, sizeof *named, symbol_order);
	while (core_count < found.count && named[core_count].is_core) {
		core_count++;
	}
	if (!core_is_known(s, core_count)) {
		return;
	}
	s->l1->interfaces = arena_array(&s->c->arena, found.count, sizeof *s->l1->interfaces);
	s->l1->interface_count = found.count;
	for (uint32_t i = 0; i < found.count; i++) {
		struct l1_interface *interface = &s->l1->interfaces[i];

		interface->name = named[i].name;
		interface->short_name = named[i].symbol->name;
		interface->doc = docs_join(s, named[i].symbol->item->docs);
		interface->id =
			(uint16_t)(i < core_count ? i + 1 : INTERFACE_USER + i - core_count);
		interface->position = sema_position(s, named[i].symbol->item->interface->name.span);
		named[i].symbol->interface = interface;
	}
	/* Handles speak of interfaces by their ids: all have one now. */
	for (uint32_t i = 0; i < found.count; i++) {
		interface_fill(s, named[i].symbol);
		digest_interface(&s->l1->interfaces[i]);
	}
	digest_all(s->l1);
}
