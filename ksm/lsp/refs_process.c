/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* refs_process.c: names in processes and systems. */
#include "ksm/gate/ast.h"
#include "ksm/gate/ast_process.h"
#include "ksm/gate/ast_rule.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/scope.h"
#include "ksm/gate/sema.h"
#include "refs_walk.h"

void
walk_restart(const struct walk *w, const struct ast_restart *restart)
{
	if (restart != NULL && restart->group.part_count > 0 &&
		!probe_meets(w, &restart->group.parts[0], PROBE_GROUP)) {
		(void)walk_symbol(
			w, &restart->group, scope_find(w->unit, &restart->group, SCOPE_WHO));
	}
}

void
walk_process(struct walk *w, const struct ast_process *process)
{
	for (const struct ast_qname *n = process->levels; n != NULL; n = n->next) {
		walk_rank(w, n);
	}
	for (const struct ast_pitem *p = process->pitems; p != NULL; p = p->next) {
		if (p->kind == AST_PITEM_GIVES || p->kind == AST_PITEM_USES) {
			walk_declare(w, p->kind == AST_PITEM_GIVES ? REF_GIVES : REF_USES, &p->name,
				p->span, NULL);
			if (probe_meets(w, &p->interface.parts[p->interface.part_count - 1],
				    PROBE_INTERFACE)) {
				w->probe->name = &p->interface;
			}
			(void)walk_symbol(w, &p->interface,
				scope_find(w->unit, &p->interface, SCOPE_INTERFACE));
		} else if (p->kind == AST_PITEM_ATTR) {
			walk_declare(w, REF_ATTRIBUTE, &p->name, p->span, NULL);
			walk_type(w, p->type);
			walk_value(w, p->initial, (struct walk_type){p->type, w->unit});
		}
		for (const struct ast_ident *n = p->devices; n != NULL; n = n->next) {
			(void)probe_meets(w, n, PROBE_DEVICE);
		}
		for (const struct ast_label *l = p->labels; l != NULL; l = l->next) {
			walk_declare(w, REF_LABEL, &l->name, p->span, NULL);
		}
		walk_restart(w, p->restart);
		w->self = process;
		for (const struct ast_rule *r = p->rules; r != NULL; r = r->next) {
			walk_rule(w, r);
		}
		w->self = NULL;
	}
}

static void
setting_walk(const struct walk *w, const struct ast_process *process, const struct vector *self,
	const struct ast_setting *setting)
{
	bool is_wire = setting->kind == AST_SETTING_WIRE;
	const struct ast_pitem *pitem;

	walk_restart(w, setting->restart);
	if (process == NULL || (!is_wire && setting->kind != AST_SETTING_VALUE)) {
		return;
	}
	if (probe_meets(w, &setting->name, PROBE_SETTING)) {
		w->probe->classes = *self;
		w->probe->is_receiver = is_wire;
	}
	pitem = walk_pitem(process, is_wire ? AST_PITEM_USES : AST_PITEM_ATTR, setting->name.text);
	if (pitem != NULL) {
		walk_add(w, setting->name.span,
			(struct ref_target){.kind = is_wire ? REF_USES : REF_ATTRIBUTE,
				.name = &pitem->name,
				.whole = pitem->span});
	}
	if (is_wire) {
		struct ast_ident instance = setting->instance;
		struct ast_qname name = {.text = instance.text,
			.parts = &instance,
			.part_count = 1,
			.span = instance.span};
		struct vector classes = {0};
		const struct walk_class *class;

		if (probe_meets(w, &instance, PROBE_INSTANCE)) {
			w->probe->interface = pitem == NULL ? NULL : &pitem->interface;
			w->probe->like.unit = ((const struct walk_class *)self->elements)[0].unit;
		}
		walk_name(w, &name, true, &classes);
		class = classes.elements;
		if (probe_meets(w, &setting->endpoint, PROBE_GIVES)) {
			w->probe->classes = classes;
			w->probe->interface = pitem == NULL ? NULL : &pitem->interface;
			w->probe->like.unit = ((const struct walk_class *)self->elements)[0].unit;
		}
		pitem = classes.count == 0 ? NULL
					   : walk_pitem(class[0].process, AST_PITEM_GIVES,
						     setting->endpoint.text);
		if (pitem != NULL) {
			walk_add(w, setting->endpoint.span,
				(struct ref_target){.kind = REF_GIVES,
					.name = &pitem->name,
					.whole = pitem->span});
		}
	} else if (pitem != NULL) {
		walk_value(w, setting->value, (struct walk_type){pitem->type, w->unit});
	}
}

void
walk_system(const struct walk *w, const struct ast_system *system)
{
	for (const struct ast_instance *i = system->instances; i != NULL; i = i->next) {
		struct symbol *symbol = scope_find(w->unit, &i->process, SCOPE_WHO);
		const struct ast_process *process =
			symbol != NULL && symbol->item->kind == AST_ITEM_PROCESS
				? symbol->item->process
				: NULL;

		struct vector self = {0};

		if (process != NULL) {
			*(struct walk_class *)vector_push(
				&self, &w->s->c->arena, sizeof(struct walk_class)) =
				(struct walk_class){process, symbol->unit};
		}
		if (probe_meets(w, &i->process.parts[i->process.part_count - 1], PROBE_PROCESS)) {
			w->probe->name = &i->process;
		}
		for (const struct ast_ident *n = i->names; n != NULL; n = n->next) {
			walk_declare(w, REF_INSTANCE, n, i->span, NULL);
		}
		(void)walk_symbol(w, &i->process, symbol);
		for (const struct ast_qname *n = i->levels; n != NULL; n = n->next) {
			walk_rank(w, n);
		}
		for (const struct ast_setting *t = i->settings; t != NULL; t = t->next) {
			setting_walk(w, process, &self, t);
		}
	}
}
