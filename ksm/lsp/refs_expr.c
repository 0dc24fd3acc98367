/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* refs_expr.c: names in types, values, expressions and rules. */
#include "ksm/gate/ast.h"
#include "ksm/gate/ast_decl.h"
#include "ksm/gate/ast_process.h"
#include "ksm/gate/ast_rule.h"
#include "ksm/gate/scope.h"
#include "ksm/gate/sema.h"
#include "refs_walk.h"

static const struct walk_type untyped;

/* A value of the enum that the type names. Returns whether it is one. */
bool
walk_case(const struct walk *w, const struct ast_ident *word, struct walk_type like)
{
	const struct symbol *symbol;
	const struct ast_enum_case *c = NULL;

	while (like.type != NULL &&
		(like.type->kind == AST_TYPE_LIST || like.type->kind == AST_TYPE_OPTIONAL)) {
		like.type = like.type->element;
	}
	symbol = like.type == NULL || like.type->kind != AST_TYPE_NAMED
			 ? NULL
			 : scope_find(like.unit, &like.type->name, SCOPE_OTHER);
	if (symbol != NULL &&
		(symbol->item->kind == AST_ITEM_ENUM || symbol->item->kind == AST_ITEM_FLAGS)) {
		c = symbol->item->enumeration->cases;
	}
	while (c != NULL && !sema_same(c->name.text, word->text)) {
		c = c->next;
	}
	if (c == NULL) {
		return false;
	}
	walk_add(w, word->span,
		(struct ref_target){.kind = REF_CASE,
			.name = &c->name,
			.whole = symbol->item->span,
			.docs = symbol->item->docs,
			.item = symbol->item});
	return true;
}

/* A constant, an object; or whom or what a handle or an owner is. */
static void
somebody_walk(const struct walk *w, const struct ast_qname *name)
{
	struct vector classes = {0};

	if (!walk_symbol(w, name, scope_find(w->unit, name, SCOPE_OTHER))) {
		walk_name(w, name, true, &classes);
	}
}

void
walk_value(const struct walk *w, const struct ast_value *value, struct walk_type like)
{
	for (; value != NULL; value = value->next) {
		if (value->kind == AST_VALUE_SET || value->kind == AST_VALUE_TUPLE) {
			walk_value(w, value->members, like);
		} else if (value->kind == AST_VALUE_NAME && value->name.part_count == 1 &&
			   probe_meets(w, &value->name.parts[0], PROBE_VALUE)) {
			w->probe->like = like;
		} else if (value->kind == AST_VALUE_NAME &&
			   walk_parameter(w, &value->name) == NULL &&
			   !walk_case(w, &value->name.parts[value->name.part_count - 1], like)) {
			somebody_walk(w, &value->name);
		}
	}
}

/* Recursion is bounded: the parser bounds how deep types nest. */
void
walk_type(const struct walk *w, const struct ast_type *type)
{
	if (type == NULL) {
		return;
	}
	if (type->kind == AST_TYPE_NAMED) {
		(void)probe_meets(w, &type->name.parts[type->name.part_count - 1], PROBE_TYPE);
		(void)walk_symbol(w, &type->name, scope_find(w->unit, &type->name, SCOPE_OTHER));
	} else if (type->kind == AST_TYPE_HANDLE && type->name.part_count == 1 &&
		   probe_meets(w, &type->name.parts[0], PROBE_HANDLE)) {
		return;
	} else if (type->kind == AST_TYPE_HANDLE &&
		   !walk_symbol(
			   w, &type->name, scope_find(w->unit, &type->name, SCOPE_INTERFACE))) {
		struct vector classes = {0};

		walk_name(w, &type->name, true, &classes);
	}
	walk_type(w, type->element);
	walk_value(w, type->range, (struct walk_type){type, w->unit});
}

static const struct ast_param *
param_find(const struct ast_param *param, const char *name)
{
	while (param != NULL && !sema_same(param->name.text, name)) {
		param = param->next;
	}
	return param;
}

static const struct ast_param *
method_field(const struct ast_method *method, int moment, const char *name)
{
	const struct ast_param *found = NULL;

	if (moment == AST_MOMENT_REPLY) {
		return param_find(method->results, name);
	}
	if (moment != AST_MOMENT_ERROR) {
		return param_find(method->params, name);
	}
	for (const struct ast_error_case *e = method->errors; e != NULL && found == NULL;
		e = e->next) {
		found = param_find(e->params, name);
	}
	return found;
}

const struct ast_param *
walk_field(const struct walk_message *m, const char *name)
{
	const struct ast_method *method = m->interface == NULL ? NULL : m->interface->methods;

	for (; method != NULL; method = method->next) {
		const struct ast_ident *wanted = m->methods;
		const struct ast_param *found = NULL;

		while (wanted != NULL && !sema_same(wanted->text, method->name.text)) {
			wanted = wanted->next;
		}
		if (wanted != NULL || m->methods == NULL) {
			found = method_field(method, m->moment, name);
		}
		if (found != NULL) {
			return found;
		}
	}
	return NULL;
}

struct ref_target
walk_field_target(const struct walk *w, const struct ast_param *param)
{
	(void)w;
	return (struct ref_target){.kind = REF_FIELD, .name = &param->name, .whole = param->span};
}

static bool
attribute_walk(const struct walk *w, const struct ast_ident *word, const struct vector *classes)
{
	const struct walk_class *class = classes->elements;

	for (uint32_t i = 0; i < classes->count; i++) {
		const struct ast_pitem *attr =
			walk_pitem(class[i].process, AST_PITEM_ATTR, word->text);

		if (attr != NULL) {
			walk_add(w, word->span,
				(struct ref_target){.kind = REF_ATTRIBUTE,
					.name = &attr->name,
					.whole = attr->span});
			return true;
		}
	}
	return false;
}

bool
walk_owner(const struct walk *w, const struct walk_message *m, const struct ast_ident *owner,
	const struct ast_ident *word)
{
	struct ast_ident part = *owner;
	struct ast_qname first = {
		.text = owner->text, .parts = &part, .part_count = 1, .span = owner->span};
	bool is_side = sema_same(first.text, "client") || sema_same(first.text, "server");
	struct vector classes = sema_same(first.text, "client")   ? m->clients
				: sema_same(first.text, "server") ? m->servers
								  : (struct vector){0};

	if (!is_side) {
		walk_name(w, &first, false, &classes);
	}
	if ((is_side || classes.count > 0) && probe_meets(w, word, PROBE_ATTRIBUTE)) {
		w->probe->classes = classes;
	}
	return attribute_walk(w, word, &classes);
}

/* `error a -> b : e.m(name)`. Returns whether it is one. */
static bool
error_walk(const struct walk *w, const struct walk_message *m, const struct ast_ident *word)
{
	const struct ast_method *method = m->interface == NULL ? NULL : m->interface->methods;

	for (; method != NULL && m->moment == AST_MOMENT_ERROR; method = method->next) {
		const struct ast_ident *wanted = m->methods;
		const struct ast_error_case *e = method->errors;

		while (wanted != NULL && !sema_same(wanted->text, method->name.text)) {
			wanted = wanted->next;
		}
		while (e != NULL && !sema_same(e->name.text, word->text)) {
			e = e->next;
		}
		if (e != NULL && (wanted != NULL || m->methods == NULL)) {
			walk_add(w, word->span,
				(struct ref_target){
					.kind = REF_ERROR, .name = &e->name, .whole = e->span});
			return true;
		}
	}
	return false;
}

static void
name_walk(const struct walk *w, const struct walk_message *m, const struct ast_qname *name,
	struct walk_type like)
{
	bool is_arg = name->part_count > 1 && sema_same(name->parts[0].text, "arg");
	const struct ast_ident *word = &name->parts[is_arg];
	const struct ast_param *field = walk_field(m, word->text);
	uint32_t behind = name->part_count - 1 - is_arg;

	if ((is_arg && probe_meets(w, word, PROBE_FIELD)) || probe_meets(w, word, PROBE_OPERAND)) {
		w->probe->has_part = behind > 0 && !sema_same(word[1].text, "len");
		w->probe->message = *m;
		w->probe->like = like;
		return;
	}
	if (field != NULL) {
		walk_add(w, word->span, walk_field_target(w, field));
		(void)walk_members(w, word + 1, behind, (struct walk_type){field->type, m->unit});
	} else if (walk_parameter(w, name) == NULL &&
		   !(name->part_count == 1 && walk_case(w, word, like)) &&
		   !(name->part_count == 2 && walk_owner(w, m, &name->parts[0], &name->parts[1])) &&
		   !error_walk(w, m, word)) {
		somebody_walk(w, name);
	}
}

/* The type of one of a list or an array. */
static struct walk_type
element_of(struct walk_type type)
{
	if (type.type != NULL && type.type->kind == AST_TYPE_LIST) {
		type.type = type.type->element;
	}
	return type;
}

/* `rows[2].level`: what stands behind the index. Returns the type of the last one. */
static struct walk_type
behind_walk(const struct walk *w, const struct walk_message *m, const struct ast_expr *ref)
{
	struct walk quiet = {.s = w->s, .unit = w->unit};
	const struct ast_qname *name = &ref->ref.name;
	bool is_arg = name->part_count > 1 && sema_same(name->parts[0].text, "arg");
	const struct ast_param *field = walk_field(m, name->parts[is_arg].text);
	struct walk_type type;

	if (field == NULL || ref->ref.index == NULL) {
		return untyped;
	}
	type = walk_members(&quiet, &name->parts[is_arg + 1], name->part_count - 1 - is_arg,
		(struct walk_type){field->type, m->unit});
	type = element_of(type);
	for (const struct ast_part *part = ref->ref.behind; part != NULL; part = part->next) {
		type = walk_members(w, &part->name, 1, type);
		walk_expr(w, m, part->index, untyped);
	}
	return type;
}

struct walk_type
walk_type_of(const struct walk *w, const struct walk_message *m, const struct ast_expr *expr)
{
	struct walk quiet = {.s = w->s, .unit = w->unit};
	const struct ast_qname *name = &expr->ref.name;
	bool is_arg = expr->kind == AST_EXPR_REF && name->part_count > 1 &&
		      sema_same(name->parts[0].text, "arg");
	const struct ast_param *field =
		expr->kind == AST_EXPR_REF ? walk_field(m, name->parts[is_arg].text) : NULL;

	if (field != NULL && expr->ref.index != NULL) {
		return behind_walk(&quiet, m, expr);
	}
	return field == NULL ? untyped
			     : walk_members(&quiet, &name->parts[is_arg + 1],
				       name->part_count - 1 - is_arg,
				       (struct walk_type){field->type, m->unit});
}

const struct ast_ident *
walk_state(const struct ast_item *machine, const char *name)
{
	for (const struct ast_move *move = machine->object->moves; move != NULL;
		move = move->next) {
		const struct ast_ident *to = move->to;

		if (sema_same(move->from.text, name)) {
			return &move->from;
		}
		while (to != NULL && !sema_same(to->text, name)) {
			to = to->next;
		}
		if (to != NULL) {
			return to;
		}
	}
	return NULL;
}

static void
state_walk(const struct walk *w, const struct ast_expr *object, const struct ast_ident *word)
{
	const struct symbol *symbol = object->kind == AST_EXPR_REF
					      ? scope_find(w->unit, &object->ref.name, SCOPE_OTHER)
					      : NULL;
	const struct ast_ident *state = symbol == NULL || symbol->item->kind != AST_ITEM_MACHINE
						? NULL
						: walk_state(symbol->item, word->text);

	if (symbol != NULL && symbol->item->kind == AST_ITEM_MACHINE &&
		probe_meets(w, word, PROBE_STATE)) {
		w->probe->machine = symbol->item;
	}
	if (state != NULL) {
		walk_add(w, word->span,
			(struct ref_target){.kind = REF_STATE,
				.name = state,
				.whole = symbol->item->span,
				.docs = symbol->item->docs,
				.item = symbol->item});
	}
}

static void
is_walk(const struct walk *w, const struct walk_message *m, const struct ast_expr *expr)
{
	const struct ast_expr *left = expr->is.left;
	const struct symbol *symbol = left->kind == AST_EXPR_REF
					      ? scope_find(w->unit, &left->ref.name, SCOPE_OTHER)
					      : NULL;

	walk_expr(w, m, left, untyped);
	for (const struct ast_qname *name = expr->is.names; name != NULL; name = name->next) {
		struct vector classes = {0};

		if (symbol != NULL && symbol->item->kind == AST_ITEM_MACHINE) {
			state_walk(w, left, &name->parts[0]);
		} else {
			(void)probe_meets(w, &name->parts[name->part_count - 1], PROBE_LABEL);
			walk_name(w, name, true, &classes);
		}
	}
}

/* Recursion is bounded: the parser bounds how deep expressions nest. */
void
walk_expr(const struct walk *w, const struct walk_message *m, const struct ast_expr *expr,
	struct walk_type like)
{
	if (expr == NULL) {
		return;
	}
	switch (expr->kind) {
	case AST_EXPR_OR:
	case AST_EXPR_AND:
	case AST_EXPR_SUM:
	case AST_EXPR_TUPLE:
		for (const struct ast_expr *e = expr->members; e != NULL; e = e->next) {
			walk_expr(w, m, e, like);
		}
		break;
	case AST_EXPR_NOT:
	case AST_EXPR_HELD:
		walk_expr(w, m, expr->operand, untyped);
		break;
	case AST_EXPR_COMPARE:
	case AST_EXPR_UNDER:
		walk_expr(w, m, expr->compare.left, walk_type_of(w, m, expr->compare.right));
		walk_expr(w, m, expr->compare.right, walk_type_of(w, m, expr->compare.left));
		break;
	case AST_EXPR_IN:
		walk_expr(w, m, expr->in.left, untyped);
		walk_value(w, expr->in.set, walk_type_of(w, m, expr->in.left));
		if (expr->in.ref != NULL && expr->in.ref->kind == AST_EXPR_REF &&
			probe_meets(w, &expr->in.ref->ref.name.parts[0], PROBE_SET)) {
			w->probe->like = walk_type_of(w, m, expr->in.left);
		}
		walk_expr(w, m, expr->in.ref, untyped);
		break;
	case AST_EXPR_IS:
		is_walk(w, m, expr);
		break;
	case AST_EXPR_HAS:
		walk_has(w, m, expr);
		break;
	case AST_EXPR_CALL:
		walk_expr(w, m, expr->call.argument, untyped);
		break;
	case AST_EXPR_REF:
		name_walk(w, m, &expr->ref.name, like);
		walk_expr(w, m, expr->ref.index, untyped);
		(void)behind_walk(w, m, expr);
		break;
	case AST_EXPR_NUMBER:
	case AST_EXPR_STRING:
	case AST_EXPR_BOOL:
		break;
	}
}

static void
effects_walk(const struct walk *w, const struct walk_message *m, const struct ast_effect *effects)
{
	static const uint32_t objects[] = {
		[AST_EFFECT_TAKE] = 1u << AST_ITEM_BUCKET | 1u << AST_ITEM_WINDOW,
		[AST_EFFECT_ADD] = 1u << AST_ITEM_COUNTER,
		[AST_EFFECT_SUB] = 1u << AST_ITEM_COUNTER,
		[AST_EFFECT_INSERT] = 1u << AST_ITEM_SET,
		[AST_EFFECT_REMOVE] = 1u << AST_ITEM_SET,
		[AST_EFFECT_ENTER] = 1u << AST_ITEM_MACHINE,
		[AST_EFFECT_HOLD] = 1u << AST_ITEM_LATCH,
		[AST_EFFECT_DROP] = 1u << AST_ITEM_LATCH,
	};

	for (const struct ast_effect *e = effects; e != NULL; e = e->next) {
		if (e->target->kind == AST_EXPR_REF && e->target->ref.name.part_count == 1 &&
			probe_meets(w, &e->target->ref.name.parts[0], PROBE_OBJECT)) {
			w->probe->objects = objects[e->kind];
		}
		walk_expr(w, m, e->target, untyped);
		walk_expr(w, m, e->operand, untyped);
		if (e->kind == AST_EFFECT_ENTER) {
			state_walk(w, e->target, &e->state);
		}
	}
}

void
walk_rule(const struct walk *w, const struct ast_rule *rule)
{
	struct walk_message m = walk_event(w, &rule->event, rule->moment);

	for (const struct ast_expr *test = rule->event.tests; test != NULL; test = test->next) {
		walk_expr(w, &m, test, untyped);
	}
	walk_expr(w, &m, rule->guard.condition, untyped);
	effects_walk(w, &m, rule->effects);
	for (const struct ast_tail *tail = rule->tails; tail != NULL; tail = tail->next) {
		m.moment = tail->moment;
		walk_expr(w, &m, tail->guard.condition, untyped);
		effects_walk(w, &m, tail->effects);
	}
}
