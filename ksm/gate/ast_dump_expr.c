/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ast_dump_expr.c: prints expressions, values and types; depth is bounded by the parser. */
#include "ast_dump_expr.h"

#include <inttypes.h>
#include <stdarg.h>

#include "ast.h"
#include "ast_expr.h"

static const char *const type_words[] = {
	"named", "process", "bytes", "text", "path", "list", "optional", "handle"};
static const char *const value_words[] = {
	"number", "range", "string", "bool", "name", "set", "tuple"};
static const char *const unit_words[] = {"", " bytes", " ns"};
static const char *const direction_words[] = {"", " reads", " writes"};
static const char *const compare_words[] = {"=", "!=", "<", "<=", ">", ">="};

void
dump_line(const struct dump *d, const char *format, ...)
{
	va_list arguments;

	(void)fprintf(d->out, "%*s", 2 * d->depth, "");
	va_start(arguments, format);
	(void)vfprintf(d->out, format, arguments);
	va_end(arguments);
	(void)fputc('\n', d->out);
}

struct dump
dump_inner(const struct dump *d)
{
	return (struct dump){d->out, d->depth + 1};
}

void
dump_number(const struct dump *d, const char *what, const struct ast_number *number)
{
	if (number != NULL) {
		dump_line(d, "%s %s%" PRIu64 "%s", what, number->negative ? "-" : "",
			number->magnitude, unit_words[number->unit]);
	}
}

void
dump_string(const struct dump *d, const char *what, const struct ast_string *string)
{
	if (string != NULL) {
		dump_line(d, "%s \"%s\"", what, string->bytes);
	}
}

void
dump_idents(const struct dump *d, const char *what, const struct ast_ident *first)
{
	for (; first != NULL; first = first->next) {
		dump_line(d, "%s %s", what, first->text);
	}
}

void
dump_qnames(const struct dump *d, const char *what, const struct ast_qname *first)
{
	for (; first != NULL; first = first->next) {
		dump_line(d, "%s %s", what, first->text);
	}
}

static void
dump_value(const struct dump *d, const struct ast_value *v)
{
	switch (v->kind) {
	case AST_VALUE_NUMBER:
		dump_number(d, "is", &v->number);
		break;
	case AST_VALUE_RANGE:
		dump_number(d, "from", &v->range.low);
		dump_number(d, "to", &v->range.high);
		break;
	case AST_VALUE_STRING:
		dump_string(d, "is", &v->string);
		break;
	case AST_VALUE_BOOL:
		dump_line(d, "is %s", v->truth ? "true" : "false");
		break;
	case AST_VALUE_NAME:
		dump_line(d, "is %s", v->name.text);
		break;
	case AST_VALUE_SET:
	case AST_VALUE_TUPLE:
		dump_values(d, "member", v->members);
		break;
	}
}

void
dump_values(const struct dump *d, const char *what, const struct ast_value *first)
{
	struct dump inner = dump_inner(d);

	for (; first != NULL; first = first->next) {
		dump_line(d, "%s %s", what, value_words[first->kind]);
		dump_value(&inner, first);
	}
}

void
dump_type(const struct dump *d, const char *what, const struct ast_type *type)
{
	struct dump inner = dump_inner(d);

	if (type == NULL) {
		return;
	}
	dump_line(d, "%s %s%s%s", what, type_words[type->kind], type->name.text == NULL ? "" : " ",
		type->name.text == NULL ? "" : type->name.text);
	if (type->kind >= AST_TYPE_BYTES && type->kind <= AST_TYPE_LIST) {
		dump_number(&inner, "size", &type->size);
	}
	dump_type(&inner, "element", type->element);
	dump_values(&inner, "in", type->range);
	dump_number(&inner, "array", type->array);
}

void
dump_params(const struct dump *d, const char *what, const struct ast_param *first)
{
	struct dump inner = dump_inner(d);

	for (; first != NULL; first = first->next) {
		dump_line(d, "%s %s%s%s", what, first->name.text, direction_words[first->direction],
			first->secret ? " secret" : "");
		dump_type(&inner, "type", first->type);
		dump_values(&inner, "initial", first->initial);
	}
}

/* The kinds that are more than a list of operands. */
static void
dump_leaf(const struct dump *d, const struct ast_expr *e)
{
	switch (e->kind) {
	case AST_EXPR_CALL:
		dump_line(d, "function %s", e->call.name.text);
		dump_exprs(d, "argument", e->call.argument);
		break;
	case AST_EXPR_REF:
		dump_line(d, "name %s", e->ref.name.text);
		dump_exprs(d, "index", e->ref.index);
		for (const struct ast_part *part = e->ref.behind; part != NULL; part = part->next) {
			dump_line(d, "part %s", part->name.text);
			dump_exprs(d, "index", part->index);
		}
		break;
	case AST_EXPR_NUMBER:
		dump_number(d, "is", &e->number);
		break;
	case AST_EXPR_STRING:
		dump_string(d, "is", &e->string);
		break;
	default:
		dump_line(d, "is %s", e->truth ? "true" : "false");
		break;
	}
}

static void
dump_expr(const struct dump *d, const struct ast_expr *e)
{
	switch (e->kind) {
	case AST_EXPR_OR:
	case AST_EXPR_AND:
	case AST_EXPR_SUM:
	case AST_EXPR_TUPLE:
		dump_exprs(d, "member", e->members);
		break;
	case AST_EXPR_NOT:
	case AST_EXPR_HELD:
		dump_exprs(d, "of", e->operand);
		break;
	case AST_EXPR_COMPARE:
	case AST_EXPR_UNDER:
		dump_line(d, "how %s",
			e->kind == AST_EXPR_UNDER ? "under" : compare_words[e->compare.how]);
		dump_exprs(d, "left", e->compare.left);
		dump_exprs(d, "right", e->compare.right);
		break;
	case AST_EXPR_IN:
		dump_exprs(d, "left", e->in.left);
		dump_values(d, "set", e->in.set);
		dump_exprs(d, "set", e->in.ref);
		break;
	case AST_EXPR_IS:
		dump_exprs(d, "left", e->is.left);
		dump_qnames(d, "state", e->is.names);
		break;
	case AST_EXPR_HAS:
		dump_exprs(d, "left", e->has.left);
		dump_line(d, "part %s", e->has.name.text);
		break;
	default:
		dump_leaf(d, e);
		break;
	}
}

void
dump_exprs(const struct dump *d, const char *what, const struct ast_expr *first)
{
	struct dump inner = dump_inner(d);

	for (; first != NULL; first = first->next) {
		dump_line(d, "%s%s %s", what, first->subtracted ? " minus" : "",
			ast_expr_word(first->kind));
		dump_expr(&inner, first);
	}
}
