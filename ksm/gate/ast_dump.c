/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ast_dump.c: prints a file and its declarations. */
#include "ast_dump.h"

#include "ast.h"
#include "ast_decl.h"
#include "ast_dump_expr.h"
#include "ast_dump_rule.h"
#include "ast_process.h"

static const char *const pitem_words[] = {
#define AST_PITEM(name, text) text,
#include "ast.def"
};
static const char *const life_words[] = {"", "keep", "reset"};
static const char *const method_words[] = {"call", "oneway", "idempotent", "ask", "reserved"};

static void
dump_docs(const struct dump *d, const struct ast_doc *doc)
{
	for (; doc != NULL; doc = doc->next) {
		dump_line(d, "doc \"%s\"", doc->text);
	}
}

static void
dump_ident(const struct dump *d, const char *what, const struct ast_ident *id)
{
	if (id->text != NULL) {
		dump_line(d, "%s %s", what, id->text);
	}
}

static void
dump_methods(const struct dump *d, const struct ast_method *m)
{
	struct dump inner = dump_inner(d);

	for (; m != NULL; m = m->next) {
		dump_line(
			d, "method %s%s", method_words[m->kind], m->has_results ? " results" : "");
		dump_docs(&inner, m->docs);
		dump_ident(&inner, "name", &m->name);
		if (m->kind == AST_METHOD_RESERVED) {
			dump_number(&inner, "number", &m->number);
		}
		dump_params(&inner, "param", m->params);
		dump_params(&inner, "result", m->results);
		for (const struct ast_error_case *e = m->errors; e != NULL; e = e->next) {
			dump_line(&inner, "error %s", e->name.text);
			dump_params(&inner, "param", e->params);
		}
	}
}

static void
dump_restart(const struct dump *d, const struct ast_restart *restart)
{
	static const char *const modes[] = {"never", "always", "on failure"};
	static const char *const steps[] = {"stop", "group", "safe", "reset"};

	if (restart == NULL) {
		return;
	}
	dump_line(d, "restart %s", modes[restart->mode]);
	dump_number(d, "after", restart->after_low);
	dump_number(d, "until", restart->after_high);
	dump_number(d, "most", restart->number);
	if (restart->number != NULL) {
		dump_number(d, "period", &restart->period);
		dump_line(d, "else %s", steps[restart->step]);
	}
	if (restart->group.text != NULL) {
		dump_line(d, "group %s", restart->group.text);
	}
}

/* Only the parts that the kind of line has are set, and only they are printed. */
static void
dump_pitem(const struct dump *d, const struct ast_pitem *i)
{
	dump_ident(d, "name", &i->name);
	if (i->interface.text != NULL) {
		dump_line(d, "interface %s%s", i->interface.text, i->optional ? " optional" : "");
	}
	for (const struct ast_label *l = i->labels; l != NULL; l = l->next) {
		dump_ident(d, "label", &l->name);
		dump_number(d, "capacity", l->capacity);
	}
	dump_idents(d, "device", i->devices);
	dump_type(d, "type", i->type);
	dump_values(d, "initial", i->initial);
	if (i->number.span.line > 0) {
		dump_number(d, "number", &i->number);
	}
	if (i->period.span.line > 0) {
		dump_number(d, "period", &i->period);
	}
	dump_restart(d, i->restart);
	if (i->kind == AST_PITEM_PROGRAM) {
		dump_string(d, "program", &i->program);
	}
	dump_rules(d, "rule", i->rules);
}

static void
dump_process(const struct dump *d, const struct ast_process *process)
{
	struct dump inner = dump_inner(d);

	dump_qnames(d, "at", process->levels);
	for (const struct ast_pitem *i = process->pitems; i != NULL; i = i->next) {
		dump_line(d, "line %s", pitem_words[i->kind]);
		dump_pitem(&inner, i);
	}
}

static void
dump_setting(const struct dump *d, const struct ast_setting *s)
{
	static const char *const words[] = {
		"wire", "value", "memory", "priority", "budget", "restart"};
	struct dump inner = dump_inner(d);

	dump_line(d, "setting %s", words[s->kind]);
	dump_ident(&inner, "name", &s->name);
	dump_ident(&inner, "instance", &s->instance);
	dump_ident(&inner, "endpoint", &s->endpoint);
	dump_values(&inner, "value", s->value);
	dump_restart(&inner, s->restart);
	if (s->kind >= AST_SETTING_MEMORY && s->kind <= AST_SETTING_BUDGET) {
		dump_number(&inner, "number", &s->number);
	}
	if (s->kind == AST_SETTING_BUDGET) {
		dump_number(&inner, "period", &s->period);
	}
}

static void
dump_system(const struct dump *d, const struct ast_system *system)
{
	struct dump inner = dump_inner(d);

	dump_ident(d, "board", &system->board);
	for (const struct ast_instance *i = system->instances; i != NULL; i = i->next) {
		dump_line(d, "instance of %s", i->process.text);
		dump_idents(&inner, "name", i->names);
		dump_number(&inner, "template of", i->count);
		dump_qnames(&inner, "at", i->levels);
		for (const struct ast_setting *s = i->settings; s != NULL; s = s->next) {
			dump_setting(&inner, s);
		}
	}
}

static void
dump_object(const struct dump *d, const struct ast_object *o)
{
	struct dump inner = dump_inner(d);

	dump_qnames(d, "name", &o->name);
	dump_qnames(d, "per", o->key);
	for (const struct ast_move *m = o->moves; m != NULL; m = m->next) {
		dump_line(d, "move from %s", m->from.text);
		dump_idents(&inner, "to", m->to);
	}
	dump_number(d, "amount", &o->amount);
	dump_number(d, "period", &o->period);
	dump_number(d, "burst", o->burst);
	dump_type(d, "element", o->element);
	dump_line(d, "life %s", life_words[o->life]);
}

static void
dump_level(const struct dump *d, const struct ast_level *level)
{
	struct dump inner = dump_inner(d);

	for (const struct ast_chain *c = level->chains; c != NULL; c = c->next) {
		dump_line(d, "chain");
		dump_idents(&inner, "below", c->words);
	}
}

static void
dump_enumeration(const struct dump *d, const struct ast_enumeration *e)
{
	for (const struct ast_enum_case *c = e->cases; c != NULL; c = c->next) {
		dump_ident(d, "case", &c->name);
		dump_number(d, "number", c->value);
	}
}

static void
dump_labels(const struct dump *d, const struct ast_labels *labels)
{
	dump_line(d, "process %s", labels->process.text);
	for (const struct ast_path_label *e = labels->entries; e != NULL; e = e->next) {
		dump_string(d, "path", &e->path);
		dump_ident(d, "label", &e->label);
	}
}

static void
dump_item(const struct dump *d, const struct ast_item *item)
{
	switch (item->kind) {
	case AST_ITEM_USE:
		dump_line(d, "unit %s", item->use->name.text);
		dump_idents(d, "import", item->use->imports);
		break;
	case AST_ITEM_CONST:
		dump_values(d, "value", item->constant->value);
		break;
	case AST_ITEM_ENUM:
	case AST_ITEM_FLAGS:
		dump_enumeration(d, item->enumeration);
		break;
	case AST_ITEM_STRUCT:
	case AST_ITEM_UNION:
		dump_params(d, "field", item->record->fields);
		break;
	case AST_ITEM_INTERFACE:
		dump_number(d, "version", item->interface->version);
		dump_methods(d, item->interface->methods);
		break;
	case AST_ITEM_PROCESS:
		dump_process(d, item->process);
		break;
	case AST_ITEM_SYSTEM:
		dump_system(d, item->system);
		break;
	case AST_ITEM_GROUP:
		dump_who(d, "members", item->group->who);
		dump_restart(d, item->group->restart);
		break;
	case AST_ITEM_LEVEL:
		dump_level(d, item->level);
		break;
	case AST_ITEM_LABELS:
		dump_labels(d, item->labels);
		break;
	case AST_ITEM_MACHINE:
	case AST_ITEM_BUCKET:
	case AST_ITEM_WINDOW:
	case AST_ITEM_LATCH:
	case AST_ITEM_COUNTER:
	case AST_ITEM_SET:
	case AST_ITEM_LIMIT:
		dump_object(d, item->object);
		break;
	case AST_ITEM_TEMPLATE:
		dump_params(d, "param", item->template->params);
		dump_rules(d, "rule", item->template->rules);
		break;
	case AST_ITEM_APPLY:
		dump_line(d, "template %s", item->apply->name.text);
		dump_values(d, "argument", item->apply->arguments);
		break;
	case AST_ITEM_ACCEPT:
		dump_line(d, "needs of %s", item->accept->component.text);
		break;
	case AST_ITEM_RULE:
		dump_rules(d, "rule", item->rule);
		break;
	case AST_ITEM_CLAIM:
		dump_claim(d, item->claim);
		break;
	case AST_ITEM_TEST:
		dump_test(d, item->test);
		break;
	}
}

void
ast_dump(FILE *out, const struct ast_file *file)
{
	struct dump top = {out, 0};
	struct dump inner = dump_inner(&top);

	dump_number(&top, "edition", &file->edition);
	if (file->unit != NULL) {
		dump_line(&top, "unit %s", file->unit->text);
	}
	for (const struct ast_item *item = file->items; item != NULL; item = item->next) {
		const struct ast_ident *name = ast_item_name(item);

		dump_line(&top, "%s%s%s", ast_item_word(item->kind), name == NULL ? "" : " ",
			name == NULL ? "" : name->text);
		dump_docs(&inner, item->docs);
		dump_item(&inner, item);
	}
}
