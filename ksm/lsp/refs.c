/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* refs.c: every name in the units of an analysis: declarations, and where they are used. */
#include "refs.h"

#include "ksm/gate/ast.h"
#include "ksm/gate/ast_decl.h"
#include "ksm/gate/ast_process.h"
#include "ksm/gate/ast_rule.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/scope.h"
#include "ksm/gate/sema.h"
#include "ksm/gate/unit.h"
#include "refs_walk.h"

static const struct walk_type untyped;

const char *
refs_word(enum ref_kind kind)
{
	static const char *const words[] = {
#define REF(kind, word) word,
#include "refs.def"
	};

	return words[kind];
}

void
walk_add(const struct walk *w, struct span at, struct ref_target target)
{
	struct ref *slot;

	if (w->refs != NULL) {
		slot = vector_push(w->refs, &w->s->c->arena, sizeof *slot);
		*slot = (struct ref){at, target};
	}
}

bool
probe_meets(const struct walk *w, const struct ast_ident *word, enum probe_kind kind)
{
	if (w->probe == NULL || !sema_same(word->text, PROBE_WORD)) {
		return false;
	}
	if (w->probe->kind == PROBE_NONE) {
		w->probe->kind = kind;
		w->probe->unit = w->unit;
		w->probe->self = w->self;
	}
	return true;
}

void
walk_declare(const struct walk *w, enum ref_kind kind, const struct ast_ident *name,
	struct span whole, const struct ast_doc *docs)
{
	walk_add(w, name->span,
		(struct ref_target){
			.kind = kind, .name = name, .whole = whole, .docs = docs, .item = w->item});
}

static void
params_walk(const struct walk *w, enum ref_kind kind, const struct ast_param *params)
{
	for (const struct ast_param *p = params; p != NULL; p = p->next) {
		walk_declare(w, kind, &p->name, p->span, NULL);
		walk_type(w, p->type);
		walk_value(w, p->initial, (struct walk_type){p->type, w->unit});
	}
}

static void
interface_walk(const struct walk *w, const struct ast_interface *interface)
{
	for (const struct ast_method *m = interface->methods; m != NULL; m = m->next) {
		if (m->kind == AST_METHOD_RESERVED) {
			continue;
		}
		walk_declare(w, REF_METHOD, &m->name, m->span, m->docs);
		params_walk(w, REF_FIELD, m->params);
		params_walk(w, REF_FIELD, m->results);
		for (const struct ast_error_case *e = m->errors; e != NULL; e = e->next) {
			walk_declare(w, REF_ERROR, &e->name, e->span, NULL);
			params_walk(w, REF_FIELD, e->params);
		}
	}
}

static void
object_walk(const struct walk *w, const struct ast_item *item)
{
	const struct ast_qname *key = item->object->key;
	struct vector classes = {0};

	for (const struct ast_move *m = item->object->moves; m != NULL; m = m->next) {
		walk_declare(w, REF_STATE, &m->from, item->span, item->docs);
		((struct ref *)w->refs->elements)[w->refs->count - 1].target.name =
			walk_state(item, m->from.text);
		for (const struct ast_ident *to = m->to; to != NULL; to = to->next) {
			walk_declare(w, REF_STATE, to, item->span, item->docs);
			((struct ref *)w->refs->elements)[w->refs->count - 1].target.name =
				walk_state(item, to->text);
		}
	}
	if (key != NULL && key->part_count == 1) {
		(void)probe_meets(w, &key->parts[0], PROBE_KEY);
	}
	if (key != NULL && !sema_same(key->text, "client") && !sema_same(key->text, "server") &&
		!sema_same(key->text, "edge")) {
		walk_name(w, key, true, &classes);
	}
	walk_type(w, item->object->element);
}

/* A side of a claim of flow: somebody, or a level. */
static void
side_walk(const struct walk *w, const struct ast_set *set)
{
	for (const struct ast_qname *n = set == NULL ? NULL : set->names; n != NULL; n = n->next) {
		struct vector classes = {0};
		uint32_t before = w->refs->count;

		(void)probe_meets(w, &n->parts[n->part_count - 1], PROBE_SIDE);
		walk_name(w, n, true, &classes);
		if (w->refs->count == before) {
			walk_rank(w, n);
		}
	}
}

static void
claim_walk(const struct walk *w, const struct ast_claim *claim)
{
	struct walk_message m;

	switch (claim->kind) {
	case AST_CLAIM_NEVER:
		m = walk_event(w, &claim->event, AST_MOMENT_CALL);
		for (const struct ast_expr *t = claim->event.tests; t != NULL; t = t->next) {
			walk_expr(w, &m, t, untyped);
		}
		walk_expr(w, &m, claim->guard.condition, untyped);
		break;
	case AST_CLAIM_ENFORCE:
		(void)probe_meets(w, &claim->level.parts[claim->level.part_count - 1], PROBE_LEVEL);
		(void)walk_symbol(
			w, &claim->level, scope_find(w->unit, &claim->level, SCOPE_OTHER));
		side_walk(w, claim->through);
		break;
	case AST_CLAIM_PROVE_NO:
	case AST_CLAIM_PROVE_ONLY:
		side_walk(w, &claim->from.base);
		side_walk(w, claim->from.except);
		side_walk(w, &claim->to.base);
		side_walk(w, claim->to.except);
		side_walk(w, claim->through);
		break;
	}
}

/* Recursion is bounded: the parser bounds how deep `times` nests. */
static void
steps_walk(const struct walk *w, const struct ast_step *steps)
{
	for (const struct ast_step *step = steps; step != NULL; step = step->next) {
		struct vector classes = {0};
		struct walk_message m;

		if (step->reason.text != NULL) {
			(void)probe_meets(w, &step->reason, PROBE_REASON);
		}
		if (step->kind == AST_STEP_GRANT || step->kind == AST_STEP_DENY) {
			m = walk_event(w, &step->event, step->moment);
			for (const struct ast_expr *t = step->event.tests; t != NULL; t = t->next) {
				walk_expr(w, &m, t, untyped);
			}
		} else if (step->kind == AST_STEP_RESTART) {
			(void)probe_meets(w, &step->instance.parts[0], PROBE_INSTANCE);
			walk_name(w, &step->instance, false, &classes);
		}
		steps_walk(w, step->steps);
	}
}

static void
template_walk(struct walk *w, const struct ast_template *template)
{
	params_walk(w, REF_PARAMETER, template->params);
	w->params = template->params;
	for (const struct ast_rule *r = template->rules; r != NULL; r = r->next) {
		walk_rule(w, r);
	}
	w->params = NULL;
}

static void
apply_walk(const struct walk *w, const struct ast_apply *apply)
{
	struct symbol *symbol = scope_find(w->unit, &apply->name, SCOPE_OTHER);
	const struct ast_param *param = NULL;

	(void)probe_meets(w, &apply->name.parts[apply->name.part_count - 1], PROBE_TEMPLATE);
	if (walk_symbol(w, &apply->name, symbol) && symbol->item->kind == AST_ITEM_TEMPLATE) {
		param = symbol->item->template->params;
	}
	for (const struct ast_value *v = apply->arguments; v != NULL; v = v->next) {
		struct ast_value alone = *v;
		struct vector classes = {0};

		alone.next = NULL;
		if (param != NULL && param->type->kind == AST_TYPE_PROCESS &&
			v->kind == AST_VALUE_NAME) {
			if (v->name.part_count == 1 &&
				probe_meets(w, &v->name.parts[0], PROBE_VALUE)) {
				w->probe->like = (struct walk_type){param->type, symbol->unit};
			}
			walk_name(w, &v->name, true, &classes);
		} else {
			walk_value(w, &alone,
				param == NULL ? untyped
					      : (struct walk_type){param->type, symbol->unit});
		}
		param = param == NULL ? NULL : param->next;
	}
}

static void
unit_ref(const struct walk *w, const struct ast_qname *name, enum probe_kind kind)
{
	const struct unit *unit = unit_find(w->s, name->text);
	const struct ast_qname *own = unit == NULL ? NULL : unit->file->unit;

	for (uint32_t i = 0; i < name->part_count; i++) {
		if (probe_meets(w, &name->parts[i], kind)) {
			w->probe->name = name;
		}
	}
	if (own != NULL) {
		walk_add(w, name->span,
			(struct ref_target){.kind = REF_UNIT,
				.name = &own->parts[own->part_count - 1],
				.whole = own->span});
	}
}

static void
use_walk(const struct walk *w, const struct ast_use *use)
{
	const struct unit *unit = unit_find(w->s, use->name.text);

	unit_ref(w, &use->name, PROBE_UNIT);
	for (const struct ast_ident *n = use->imports; n != NULL; n = n->next) {
		(void)probe_meets(w, n, PROBE_IMPORT);
	}
	for (const struct ast_ident *n = use->imports; n != NULL && unit != NULL; n = n->next) {
		struct ast_ident word = *n;
		struct ast_qname name = {
			.text = n->text, .parts = &word, .part_count = 1, .span = n->span};

		/* An interface, a process and a type may share the name: all come in. */
		for (int sort = SCOPE_INTERFACE; sort <= SCOPE_OTHER; sort++) {
			struct symbol *symbol =
				scope_find_word(unit, n->text, (enum scope_sort)sort);
			const struct symbol *before =
				sort == SCOPE_INTERFACE ? NULL
							: scope_find_word(unit, n->text,
								  (enum scope_sort)(sort - 1));

			if (symbol != before) {
				(void)walk_symbol(w, &name, symbol);
			}
		}
	}
}

static void
item_declare(const struct walk *w, const struct ast_item *item)
{
	const struct ast_ident *ident = ast_item_name(item);
	struct ast_ident word;
	struct ast_qname name;
	struct symbol *symbol = w->unit->symbols;

	while (ident != NULL && symbol != NULL && symbol->item != item) {
		symbol = symbol->next;
	}
	if (ident != NULL && symbol != NULL) {
		word = *ident;
		name = (struct ast_qname){.parts = &word, .part_count = 1};
		(void)walk_symbol(w, &name, symbol);
	}
}

static void
level_walk(const struct walk *w, const struct ast_level *level)
{
	struct walk declared = *w;

	declared.probe = NULL; /* each is a name of its own */
	for (const struct ast_chain *c = level->chains; c != NULL; c = c->next) {
		for (struct ast_ident *n = c->words; n != NULL; n = n->next) {
			walk_rank(&declared, &(struct ast_qname){.parts = n, .part_count = 1});
		}
	}
}

void
walk_item(struct walk *w, const struct ast_item *item)
{
	struct vector classes = {0};

	w->item = item;
	item_declare(w, item);
	switch (item->kind) {
	case AST_ITEM_USE:
		use_walk(w, item->use);
		break;
	case AST_ITEM_CONST:
		walk_value(w, item->constant->value, untyped);
		break;
	case AST_ITEM_ENUM:
	case AST_ITEM_FLAGS:
		for (const struct ast_enum_case *c = item->enumeration->cases; c != NULL;
			c = c->next) {
			walk_declare(w, REF_CASE, &c->name, item->span, item->docs);
		}
		break;
	case AST_ITEM_STRUCT:
	case AST_ITEM_UNION:
		params_walk(w, REF_FIELD, item->record->fields);
		break;
	case AST_ITEM_INTERFACE:
		interface_walk(w, item->interface);
		break;
	case AST_ITEM_PROCESS:
		walk_process(w, item->process);
		break;
	case AST_ITEM_SYSTEM:
		walk_system(w, item->system);
		break;
	case AST_ITEM_GROUP:
		walk_who(w, item->group->who, true, &classes);
		walk_restart(w, item->group->restart);
		break;
	case AST_ITEM_LEVEL:
		level_walk(w, item->level);
		break;
	case AST_ITEM_LABELS:
		break;
	case AST_ITEM_MACHINE:
	case AST_ITEM_BUCKET:
	case AST_ITEM_WINDOW:
	case AST_ITEM_LATCH:
	case AST_ITEM_COUNTER:
	case AST_ITEM_SET:
	case AST_ITEM_LIMIT:
		object_walk(w, item);
		break;
	case AST_ITEM_TEMPLATE:
		template_walk(w, item->template);
		break;
	case AST_ITEM_APPLY:
		apply_walk(w, item->apply);
		break;
	case AST_ITEM_ACCEPT:
		unit_ref(w, &item->accept->component, PROBE_ACCEPT);
		break;
	case AST_ITEM_RULE:
		walk_rule(w, item->rule);
		break;
	case AST_ITEM_CLAIM:
		claim_walk(w, item->claim);
		break;
	case AST_ITEM_TEST:
		steps_walk(w, item->test->steps);
		break;
	}
}

void
refs_collect(struct sema *s, struct vector *refs)
{
	struct walk w = {.s = s, .refs = refs};

	for (w.unit = s->units; w.unit != NULL; w.unit = w.unit->next) {
		const struct ast_qname *own = w.unit->file->unit;

		if (own != NULL) {
			walk_add(&w, own->span,
				(struct ref_target){.kind = REF_UNIT,
					.name = &own->parts[own->part_count - 1],
					.whole = own->span});
		}
		for (const struct ast_item *item = w.unit->file->items; item != NULL;
			item = item->next) {
			walk_item(&w, item);
		}
	}
}

const struct ref *
refs_find(const struct vector *refs, uint32_t file, size_t offset)
{
	const struct ref *list = refs->elements;
	const struct ref *touched = NULL;

	for (uint32_t i = 0; i < refs->count; i++) {
		const struct span *at = &list[i].at;

		if (at->file == file && offset >= at->offset && offset - at->offset <= at->length) {
			if (offset - at->offset < at->length) {
				return &list[i];
			}
			touched = &list[i];
		}
	}
	return touched;
}
