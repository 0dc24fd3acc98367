/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* offer_who.c: whom a rule, a test or a claim can name here, and what they give. */
#include <string.h>

#include "ksm/gate/arena.h"
#include "ksm/gate/ast.h"
#include "ksm/gate/ast_decl.h"
#include "ksm/gate/ast_process.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/scope.h"
#include "ksm/gate/sema.h"
#include "offer.h"
#include "offering.h"
#include "refs_walk.h"

/* The system under way, or that of the file, or NULL. */
static const struct ast_system *
system_of(const struct offering *o)
{
	const struct ast_item *item = o->s->root->file->items;

	if (o->item->kind == AST_ITEM_SYSTEM) {
		return o->item->system;
	}

	while (item != NULL && item->kind != AST_ITEM_SYSTEM) {
		item = item->next;
	}
	return item == NULL ? NULL : item->system;
}

static const struct ast_process *
process_of(const struct unit *unit, const struct ast_qname *name)
{
	const struct symbol *symbol = scope_find(unit, name, SCOPE_WHO);

	return symbol == NULL || symbol->item->kind != AST_ITEM_PROCESS ? NULL
									: symbol->item->process;
}

/* The interface that is wanted, or NULL. */
static const struct symbol *
wanted_of(const struct offering *o)
{
	const struct ast_qname *wanted = o->probe->interface;

	return wanted == NULL ? NULL : scope_find(o->probe->like.unit, wanted, SCOPE_INTERFACE);
}

/* Whether it is the one of the kernel that all processes have. */
static bool
is_signal(const struct offering *o, const struct symbol *interface)
{
	return interface != NULL && interface->unit == o->s->core &&
	       strcmp(interface->name, "Signal") == 0;
}

/* Whether a class gives something; of one interface, if one is named. Everybody gets signals. */
static bool
gives_something(const struct offering *o, const struct walk_class *class)
{
	const struct ast_qname *wanted = o->probe->interface;
	const struct symbol *interface = wanted_of(o);

	if (o->probe->kind == PROBE_WHO || is_signal(o, interface)) {
		return true;
	}
	for (const struct ast_pitem *p = class->process->pitems; p != NULL; p = p->next) {
		if (p->kind == AST_PITEM_GIVES &&
			(wanted == NULL || scope_find(class->unit, &p->interface,
						   SCOPE_INTERFACE) == interface)) {
			return true;
		}
	}
	return false;
}

void
offering_instances(const struct offering *o, bool must_give)
{
	const struct ast_system *system = system_of(o);

	for (const struct ast_instance *i = system == NULL ? NULL : system->instances; i != NULL;
		i = i->next) {
		const struct symbol *symbol = scope_find(o->s->root, &i->process, SCOPE_WHO);
		struct walk_class class = {
			process_of(o->s->root, &i->process), symbol == NULL ? NULL : symbol->unit};

		for (const struct ast_ident *n = i->names;
			n != NULL && class.process != NULL && (!must_give || i->count == NULL);
			n = n->next) {
			if (!must_give || gives_something(o, &class)) {
				offering_add(o, n->text, "instance");
			}
		}
	}
}

/* Processes that the system has instances of; all if there is no system. */
void
offering_processes(const struct offering *o, bool must_give)
{
	const struct ast_system *system = system_of(o);
	struct vector names = {0};
	const char **name;

	scope_candidates(o->s, o->s->root, AST_ITEM_PROCESS, &names);
	name = names.elements;
	for (uint32_t n = 0; n < names.count; n++) {
		const struct symbol *symbol = scope_find_word(o->s->root, name[n], SCOPE_WHO);
		const struct ast_instance *i = system == NULL ? NULL : system->instances;
		struct walk_class class;

		if (symbol == NULL || symbol->item->kind != AST_ITEM_PROCESS) {
			continue;
		}
		class = (struct walk_class){symbol->item->process, symbol->unit};
		while (i != NULL && process_of(o->s->root, &i->process) != class.process) {
			i = i->next;
		}
		if ((system == NULL || i != NULL) && (!must_give || gives_something(o, &class))) {
			offering_add(o, name[n], "process");
		}
	}
}

/* Labels of the processes that the file can name. */
void
offering_labels(const struct offering *o)
{
	const struct ast_system *system = system_of(o);

	for (const struct ast_instance *i = system == NULL ? NULL : system->instances; i != NULL;
		i = i->next) {
		const struct ast_process *process = process_of(o->s->root, &i->process);
		const struct ast_pitem *p = process == NULL ? NULL : process->pitems;

		for (; p != NULL; p = p->next) {
			for (const struct ast_label *l = p->labels; l != NULL; l = l->next) {
				offering_add(o, l->name.text, "label");
			}
		}
	}
}

void
offering_pitems(
	const struct offering *o, const struct ast_process *process, int kind, const char *what)
{
	for (const struct ast_pitem *p = process->pitems; p != NULL; p = p->next) {
		if ((int)p->kind == kind) {
			offering_add(o, p->name.text, what);
		}
	}
}

/*
 * Whoever is called like a word of the language is named with the system before it, or stands
 * where the word cannot: the latter is seen if what follows is known.
 */
void
offering_words_out(const struct offering *o, uint32_t first)
{
	struct offer *list = o->offers->elements;
	const struct ast_system *system = system_of(o);
	uint32_t kept = first;

	if (o->is_whole) {
		if (system != NULL) {
			offering_add(o, system->name.text, "system");
		}
		return;
	}
	for (uint32_t i = first; i < o->offers->count; i++) {
		bool is_hard = offering_is_hard(list[i].word);

		if (is_hard && system != NULL && sema_same(list[i].what, "instance")) {
			list[i].word = arena_format(
				&o->s->c->arena, "%s.%s", system->name.text, list[i].word);
			is_hard = false;
		}
		if (!is_hard) {
			list[kept++] = list[i];
		}
	}
	o->offers->count = kept;
}

void
offering_who(const struct offering *o)
{
	bool is_test = o->item->kind == AST_ITEM_TEST;
	uint32_t first;

	if (o->probe->self != NULL) {
		if (o->probe->is_receiver) {
			offering_pitems(o, o->probe->self, AST_PITEM_USES, "use");
		}
		offering_add(o, "self", "word");
		return;
	}
	if (o->item->kind == AST_ITEM_TEMPLATE) {
		for (const struct ast_param *p = o->item->template->params; p != NULL;
			p = p->next) {
			if (p->type->kind == AST_TYPE_PROCESS) {
				offering_add(o, p->name.text, "parameter");
			}
		}
	}
	first = o->offers->count;
	offering_add(o, "init", "instance");
	if (!is_test) {
		offering_processes(o, o->probe->is_receiver);
		offering_kind(o, AST_ITEM_GROUP);
	}
	offering_instances(o, o->probe->is_receiver);
	if (o->probe->is_receiver) {
		offering_labels(o);
	}
	offering_words_out(o, first);
}

void
offering_ranks(const struct offering *o)
{
	for (const struct unit *unit = o->s->units; unit != NULL; unit = unit->next) {
		for (const struct symbol *l = unit->symbols; l != NULL; l = l->next) {
			const struct ast_chain *chain =
				l->item->kind == AST_ITEM_LEVEL ? l->item->level->chains : NULL;

			for (; chain != NULL; chain = chain->next) {
				for (const struct ast_ident *n = chain->words; n != NULL;
					n = n->next) {
					offering_add(o, n->text, "word of a level");
				}
			}
		}
	}
}

/*
 * What ends a rule behind its `:` is an endpoint with a method, so that it compiles as it is;
 * behind a dot that stands there, the endpoint alone does.
 */
static void
methods_add(const struct offering *o, const struct unit *unit, const struct ast_pitem *p)
{
	const struct symbol *interface = scope_find(unit, &p->interface, SCOPE_INTERFACE);
	const struct ast_method *m = interface == NULL ? NULL : interface->item->interface->methods;

	for (; m != NULL; m = m->next) {
		if (m->kind != AST_METHOD_RESERVED) {
			offering_add(o,
				arena_format(&o->s->c->arena, "%s.%s", p->name.text, m->name.text),
				"method");
		}
	}
}

/* What somebody gives who is not written yet: all that is of the interface. */
static void
anybody_gives(const struct offering *o, const struct symbol *interface)
{
	struct vector names = {0};
	const char **name;

	scope_candidates(o->s, o->s->root, AST_ITEM_PROCESS, &names);
	name = names.elements;
	for (uint32_t i = 0; i < names.count; i++) {
		const struct symbol *symbol = scope_find_word(o->s->root, name[i], SCOPE_WHO);
		const struct ast_pitem *p = symbol == NULL || symbol->item->kind != AST_ITEM_PROCESS
						    ? NULL
						    : symbol->item->process->pitems;

		for (; p != NULL; p = p->next) {
			if (p->kind == AST_PITEM_GIVES && scope_find(symbol->unit, &p->interface,
								  SCOPE_INTERFACE) == interface) {
				offering_add(o, p->name.text, "endpoint");
			}
		}
	}
}

void
offering_gives(const struct offering *o)
{
	const struct walk_class *class = o->probe->classes.elements;
	const struct ast_qname *wanted = o->probe->interface;
	const struct symbol *interface = wanted_of(o);

	if (is_signal(o, interface) || (wanted == NULL && o->probe->self == NULL)) {
		offering_add(o, "signal", "endpoint");
	}
	if (o->probe->classes.count == 0 && walk_supervisor(o->s) != NULL) {
		offering_add(o, "supervisor", "endpoint"); /* of init */
	}
	if (o->probe->self != NULL) {
		offering_pitems(o, o->probe->self, AST_PITEM_USES, "use");
	}
	if (o->probe->classes.count == 0 && interface != NULL) {
		anybody_gives(o, interface);
	}
	for (uint32_t i = 0; i < o->probe->classes.count; i++) {
		for (const struct ast_pitem *p = class[i].process->pitems; p != NULL; p = p->next) {
			if (p->kind == AST_PITEM_GIVES &&
				(wanted == NULL || scope_find(class[i].unit, &p->interface,
							   SCOPE_INTERFACE) == interface)) {
				offering_add(o, p->name.text, "endpoint");
				if (o->is_whole && wanted == NULL) {
					methods_add(o, class[i].unit, p);
				}
			}
		}
	}
}

/* Whoever a claim of flow may begin, pass or end with. */
void
offering_side(const struct offering *o)
{
	uint32_t first = o->offers->count;

	offering_processes(o, false);
	offering_kind(o, AST_ITEM_GROUP);
	offering_instances(o, false);
	offering_ranks(o);
	offering_words_out(o, first);
}

/* Behind a wire those that give what it wants; before its dot a word of the language is a name. */
void
offering_instance(const struct offering *o)
{
	const struct ast_system *system = system_of(o);
	const struct symbol *wanted = wanted_of(o);
	uint32_t first = o->offers->count;
	struct offer *list;

	offering_instances(o, o->probe->interface != NULL);
	list = o->offers->elements;
	for (uint32_t i = first; i < o->offers->count && !o->is_whole; i++) {
		if (offering_is_hard(list[i].word)) {
			list[i].word = arena_format(&o->s->c->arena, "%s.", list[i].word);
		}
	}
	if (wanted == NULL && o->is_whole && system != NULL) {
		offering_add(o, system->name.text, "system");
	}
	if (wanted != NULL && wanted == walk_supervisor(o->s)) {
		offering_add(o, "init", "instance");
	}
}
