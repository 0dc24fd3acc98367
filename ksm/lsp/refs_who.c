/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* refs_who.c: whom names mean, what they give, and which message an event is. */
#include <ctype.h>
#include <string.h>

#include "ksm/gate/ast.h"
#include "ksm/gate/ast_decl.h"
#include "ksm/gate/ast_process.h"
#include "ksm/gate/ast_rule.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/scope.h"
#include "ksm/gate/sema.h"
#include "refs_walk.h"

#define GROUP_DEPTH_MAX 8u

/* Adds a ref to a declared name; to the last word of it. Returns whether there is one. */
bool
walk_symbol(const struct walk *w, const struct ast_qname *name, struct symbol *symbol)
{
	static const enum ref_kind kinds[] = {
		[AST_ITEM_CONST] = REF_CONSTANT,
		[AST_ITEM_ENUM] = REF_TYPE,
		[AST_ITEM_FLAGS] = REF_TYPE,
		[AST_ITEM_STRUCT] = REF_TYPE,
		[AST_ITEM_UNION] = REF_TYPE,
		[AST_ITEM_INTERFACE] = REF_INTERFACE,
		[AST_ITEM_PROCESS] = REF_PROCESS,
		[AST_ITEM_SYSTEM] = REF_SYSTEM,
		[AST_ITEM_GROUP] = REF_GROUP,
		[AST_ITEM_LEVEL] = REF_LEVEL,
		[AST_ITEM_LABELS] = REF_OBJECT,
		[AST_ITEM_MACHINE] = REF_OBJECT,
		[AST_ITEM_BUCKET] = REF_OBJECT,
		[AST_ITEM_WINDOW] = REF_OBJECT,
		[AST_ITEM_LATCH] = REF_OBJECT,
		[AST_ITEM_COUNTER] = REF_OBJECT,
		[AST_ITEM_SET] = REF_OBJECT,
		[AST_ITEM_LIMIT] = REF_OBJECT,
		[AST_ITEM_TEMPLATE] = REF_TEMPLATE,
	};

	if (symbol == NULL) {
		return false;
	}
	walk_add(w, name->parts[name->part_count - 1].span,
		(struct ref_target){.kind = kinds[symbol->item->kind],
			.name = ast_item_name(symbol->item),
			.whole = symbol->item->span,
			.docs = symbol->item->docs,
			.item = symbol->item});
	return true;
}

static void
class_push(const struct walk *w, struct vector *classes, const struct ast_process *process,
	const struct unit *unit)
{
	struct walk_class *slot = vector_push(classes, &w->s->c->arena, sizeof *slot);

	*slot = (struct walk_class){process, unit};
}

const struct ast_param *
walk_parameter(const struct walk *w, const struct ast_qname *name)
{
	const struct ast_param *param = name->part_count == 1 ? w->params : NULL;

	while (param != NULL && !sema_same(param->name.text, name->text)) {
		param = param->next;
	}
	if (param != NULL) {
		walk_add(w, name->span,
			(struct ref_target){.kind = REF_PARAMETER,
				.name = &param->name,
				.whole = param->span,
				.item = w->item});
	}
	return param;
}

const struct ast_pitem *
walk_pitem(const struct ast_process *process, int kind, const char *name)
{
	for (const struct ast_pitem *p = process->pitems; p != NULL; p = p->next) {
		if ((int)p->kind == kind && sema_same(p->name.text, name)) {
			return p;
		}
	}
	return NULL;
}

/* An instance of one system. Returns whether there is one of that name. */
static bool
instance_in(const struct walk *w, const struct unit *unit, const struct ast_item *item,
	const struct ast_ident *word, struct vector *classes)
{
	const struct ast_instance *i =
		item->kind == AST_ITEM_SYSTEM ? item->system->instances : NULL;

	for (; i != NULL; i = i->next) {
		const struct ast_ident *name = i->names;
		struct symbol *class;

		while (name != NULL && !sema_same(name->text, word->text)) {
			name = name->next;
		}
		if (name == NULL) {
			continue;
		}
		walk_add(w, word->span,
			(struct ref_target){.kind = REF_INSTANCE,
				.name = name,
				.whole = i->span,
				.item = item});
		class = scope_find(unit, &i->process, SCOPE_WHO);
		if (class != NULL && class->item->kind == AST_ITEM_PROCESS) {
			class_push(w, classes, class->item->process, class->unit);
		}
		return true;
	}
	return false;
}

/* An instance of the system under way, or else of any. */
static bool
instance_find(const struct walk *w, const struct ast_ident *word, struct vector *classes)
{
	bool is_found = w->item != NULL && instance_in(w, w->unit, w->item, word, classes);

	for (const struct unit *unit = w->s->units; unit != NULL && !is_found; unit = unit->next) {
		for (const struct ast_item *item = unit->file->items; item != NULL && !is_found;
			item = item->next) {
			is_found = instance_in(w, unit, item, word, classes);
		}
	}
	return is_found;
}

static bool
label_find(const struct walk *w, const struct ast_ident *word, struct vector *classes)
{
	for (const struct unit *unit = w->s->units; unit != NULL; unit = unit->next) {
		for (const struct symbol *p = unit->symbols; p != NULL; p = p->next) {
			const struct ast_pitem *pitem =
				p->item->kind == AST_ITEM_PROCESS ? p->item->process->pitems : NULL;

			for (; pitem != NULL; pitem = pitem->next) {
				const struct ast_label *label = pitem->labels;

				while (label != NULL && !sema_same(label->name.text, word->text)) {
					label = label->next;
				}
				if (label == NULL) {
					continue;
				}
				walk_add(w, word->span,
					(struct ref_target){.kind = REF_LABEL,
						.name = &label->name,
						.whole = pitem->span,
						.item = p->item});
				class_push(w, classes, p->item->process, unit);
				return true;
			}
		}
	}
	return false;
}

static void name_walk(const struct walk *w, const struct ast_qname *name, bool is_receiver,
	struct vector *classes, uint32_t depth);

/* Whether it applies the template under way, of which there may be no whole item yet. */
static bool
applies(const struct walk *w, const struct ast_item *item)
{
	const struct ast_qname *name = item->kind == AST_ITEM_APPLY ? &item->apply->name : NULL;

	return name != NULL && w->item->kind == AST_ITEM_TEMPLATE &&
	       sema_same(name->parts[name->part_count - 1].text, w->item->template->name.text);
}

/* Whom a parameter of the template under way stands for: the arguments wherever it is applied. */
static void
arguments_find(const struct walk *w, const struct ast_param *param, bool is_receiver,
	struct vector *classes, uint32_t depth)
{
	for (const struct unit *unit = w->s->units; unit != NULL; unit = unit->next) {
		struct walk inner = {.s = w->s, .unit = unit};

		for (const struct ast_item *item = unit->file->items; item != NULL;
			item = item->next) {
			const struct ast_value *value =
				applies(w, item) ? item->apply->arguments : NULL;

			for (const struct ast_param *p = w->params; value != NULL && p != param;
				p = p->next) {
				value = value->next;
			}
			if (value != NULL && value->kind == AST_VALUE_NAME &&
				depth < GROUP_DEPTH_MAX) {
				name_walk(&inner, &value->name, is_receiver, classes, depth + 1);
			}
		}
	}
}

/* All processes that the file can name. */
static void
everybody_push(const struct walk *w, struct vector *classes)
{
	struct vector names = {0};
	const char **name;

	scope_candidates(w->s, w->unit, AST_ITEM_PROCESS, &names);
	name = names.elements;
	for (uint32_t i = 0; i < names.count; i++) {
		const struct symbol *symbol = scope_find_word(w->unit, name[i], SCOPE_WHO);

		if (symbol != NULL && symbol->item->kind == AST_ITEM_PROCESS) {
			class_push(w, classes, symbol->item->process, symbol->unit);
		}
	}
}

/* Recursion is bounded by depth. */
static void
name_walk(const struct walk *w, const struct ast_qname *name, bool is_receiver,
	struct vector *classes, uint32_t depth)
{
	struct symbol *symbol = scope_find(w->unit, name, SCOPE_WHO);
	const struct ast_ident *last = &name->parts[name->part_count - 1];
	const struct ast_pitem *use = NULL;
	const struct ast_param *param = walk_parameter(w, name);
	struct vector excepted = {0};

	if (name->part_count == 2 && symbol == NULL &&
		scope_find_word(w->unit, name->parts[0].text, SCOPE_WHO) != NULL) {
		(void)probe_meets(w, last, PROBE_INSTANCE);
	} else if (name->part_count == 2 && (probe_meets(w, &name->parts[0], PROBE_INSTANCE) ||
						    probe_meets(w, last, PROBE_LABEL))) {
		return;
	} else if (name->part_count == 1 && probe_meets(w, last, PROBE_WHO)) {
		w->probe->is_receiver = is_receiver;
	}
	if (param != NULL) {
		arguments_find(w, param, is_receiver, classes, depth);
		if (classes->count == 0 && w->probe != NULL) {
			everybody_push(w, classes); /* nobody applies it yet */
		}
		return;
	}
	if (symbol != NULL && symbol->item->kind == AST_ITEM_PROCESS) {
		(void)walk_symbol(w, name, symbol);
		class_push(w, classes, symbol->item->process, symbol->unit);
		return;
	}
	if (symbol != NULL && symbol->item->kind == AST_ITEM_GROUP) {
		struct walk inner = {.s = w->s, .unit = symbol->unit};
		const struct ast_who *who = symbol->item->group->who;

		(void)walk_symbol(w, name, symbol);
		for (const struct ast_qname *n = who->base.names;
			n != NULL && depth < GROUP_DEPTH_MAX; n = n->next) {
			name_walk(&inner, n, is_receiver, classes, depth + 1);
		}
		return;
	}
	if (w->self != NULL && name->part_count == 1) {
		use = is_receiver ? walk_pitem(w->self, AST_PITEM_USES, last->text) : NULL;
		if (use != NULL) {
			walk_add(w, last->span,
				(struct ref_target){.kind = REF_USES,
					.name = &use->name,
					.whole = use->span,
					.item = w->item});
		} else if (sema_same(last->text, "self")) {
			class_push(w, classes, w->self, w->unit);
		}
		return;
	}
	if (name->part_count == 2) {
		struct ast_qname first = {
			.text = name->parts[0].text, .parts = name->parts, .part_count = 1};

		if (!walk_symbol(w, &first, scope_find(w->unit, &first, SCOPE_WHO))) {
			(void)instance_find(w, &name->parts[0], &excepted);
		}
	}
	if (!instance_find(w, last, classes)) {
		(void)label_find(w, last, classes);
	}
}

void
walk_name(const struct walk *w, const struct ast_qname *name, bool is_receiver,
	struct vector *classes)
{
	name_walk(w, name, is_receiver, classes, 0);
}

void
walk_who(const struct walk *w, const struct ast_who *who, bool is_receiver, struct vector *classes)
{
	struct vector excepted = {0};

	for (const struct ast_qname *n = who->base.names; n != NULL; n = n->next) {
		walk_name(w, n, is_receiver, classes);
	}
	for (const struct ast_qname *n = who->except == NULL ? NULL : who->except->names; n != NULL;
		n = n->next) {
		walk_name(w, n, is_receiver, &excepted);
	}
}

/* A word of a level, wherever that is declared: `net`, `zone.net`. */
void
walk_rank(const struct walk *w, const struct ast_qname *name)
{
	const struct ast_ident *last = &name->parts[name->part_count - 1];

	(void)probe_meets(w, last, PROBE_RANK);
	for (const struct unit *unit = w->s->units; unit != NULL; unit = unit->next) {
		for (const struct symbol *l = unit->symbols; l != NULL; l = l->next) {
			const struct ast_chain *chain =
				l->item->kind == AST_ITEM_LEVEL ? l->item->level->chains : NULL;

			for (; chain != NULL; chain = chain->next) {
				const struct ast_ident *word = chain->words;

				while (word != NULL && !sema_same(word->text, last->text)) {
					word = word->next;
				}
				if (word != NULL) {
					walk_add(w, last->span,
						(struct ref_target){.kind = REF_RANK,
							.name = word,
							.whole = l->item->span,
							.docs = l->item->docs,
							.item = l->item});
					return;
				}
			}
		}
	}
}

/* The interfaces of the kernel are named by their words in small letters. */
static struct symbol *
kernel_interface(const struct walk *w, const char *word)
{
	struct symbol *symbol = w->s->core == NULL ? NULL : w->s->core->symbols;

	for (; symbol != NULL; symbol = symbol->next) {
		size_t i = 0;

		while (word[i] != '\0' &&
			word[i] == (char)tolower((unsigned char)symbol->name[i])) {
			i++;
		}
		if (symbol->item->kind == AST_ITEM_INTERFACE && word[i] == '\0' &&
			symbol->name[i] == '\0') {
			return symbol;
		}
	}
	return NULL;
}

struct symbol *
walk_supervisor(const struct sema *s)
{
	for (const struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		if (sema_same(unit->name, "servers.init")) {
			return scope_find_word(unit, "Supervisor", SCOPE_INTERFACE);
		}
	}
	return NULL;
}

/* The interface behind `:`; adds a ref to the endpoint. */
static struct symbol *
endpoint_walk(const struct walk *w, const struct ast_ident *endpoint, const struct vector *servers)
{
	const struct walk_class *class = servers->elements;
	const struct ast_pitem *pitem =
		w->self == NULL ? NULL : walk_pitem(w->self, AST_PITEM_USES, endpoint->text);
	const struct unit *unit = w->unit;

	if (probe_meets(w, endpoint, PROBE_GIVES)) {
		w->probe->classes = *servers;
	}
	for (uint32_t i = 0; i < servers->count && pitem == NULL; i++) {
		pitem = walk_pitem(class[i].process, AST_PITEM_GIVES, endpoint->text);
		unit = class[i].unit;
	}
	if (pitem == NULL) {
		return sema_same(endpoint->text, "supervisor")
			       ? walk_supervisor(w->s)
			       : kernel_interface(w, endpoint->text);
	}
	walk_add(w, endpoint->span,
		(struct ref_target){.kind = pitem->kind == AST_PITEM_USES ? REF_USES : REF_GIVES,
			.name = &pitem->name,
			.whole = pitem->span});
	return scope_find(unit, &pitem->interface, SCOPE_INTERFACE);
}

struct walk_message
walk_event(const struct walk *w, const struct ast_event *event, int moment)
{
	struct walk_message m = {.moment = moment};
	struct symbol *interface;

	walk_who(w, &event->sender, false, &m.clients);
	walk_who(w, &event->receiver, true, &m.servers);
	if (event->which == AST_METHODS_PLAIN) {
		if (probe_meets(w, event->methods, PROBE_GIVES)) {
			w->probe->classes = m.servers;
		}
		return m;
	}
	interface = endpoint_walk(w, &event->endpoint, &m.servers);
	if (interface == NULL || interface->item->kind != AST_ITEM_INTERFACE) {
		return m;
	}
	m.interface = interface->item->interface;
	m.unit = interface->unit;
	m.methods = event->methods;
	for (const struct ast_ident *name = event->methods; name != NULL; name = name->next) {
		const struct ast_method *method = m.interface->methods;

		if (probe_meets(w, name, PROBE_METHOD)) {
			w->probe->message = m;
		}
		while (method != NULL && !sema_same(method->name.text, name->text)) {
			method = method->next;
		}
		if (method != NULL) {
			walk_add(w, name->span,
				(struct ref_target){.kind = REF_METHOD,
					.name = &method->name,
					.whole = method->span,
					.docs = method->docs,
					.item = interface->item});
		}
	}
	return m;
}
