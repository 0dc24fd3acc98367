/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* offer.c: the names that may stand where a probe was met. */
#include "offer.h"

#include <string.h>

#include "ksm/engine/ksm.h"
#include "ksm/gate/ast.h"
#include "ksm/gate/ast_decl.h"
#include "ksm/gate/ast_process.h"
#include "ksm/gate/ast_rule.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/lex.h"
#include "ksm/gate/scope.h"
#include "ksm/gate/sema.h"
#include "offering.h"
#include "refs_walk.h"

void
offer_add(struct sema *s, struct vector *offers, const char *word, const char *what)
{
	const struct offer *list = offers->elements;
	struct offer *slot;

	for (uint32_t i = 0; i < offers->count; i++) {
		if (sema_same(list[i].word, word)) {
			return;
		}
	}
	slot = vector_push(offers, &s->c->arena, sizeof *slot);
	*slot = (struct offer){word, what};
}

void
offering_add(const struct offering *o, const char *word, const char *what)
{
	offer_add(o->s, o->offers, word, what);
}

bool
offering_is_hard(const char *word)
{
	return token_is_hard_word(token_word_find(word, strlen(word)));
}

/* Whether what stands before the last word of a name is this unit. */
static bool
is_of_unit(const struct ast_qname *name, const struct unit *unit)
{
	size_t length = strlen(unit->name);

	return length + 1 + strlen(PROBE_WORD) == strlen(name->text) &&
	       strncmp(name->text, unit->name, length) == 0;
}

/* All declarations of a kind that the file can name: without a unit, or those of the unit. */
void
offering_kind(const struct offering *o, enum ast_item_kind kind)
{
	struct vector names = {0};
	const char **name;
	const struct import *import = o->s->root->imports;

	if (o->probe->name != NULL && o->probe->name->part_count > 1) {
		while (import != NULL && !is_of_unit(o->probe->name, import->unit)) {
			import = import->next;
		}
		for (const struct symbol *y = import == NULL ? NULL : import->unit->symbols;
			y != NULL; y = y->next) {
			if (y->item->kind == kind) {
				offering_add(o, y->name, ast_item_word(kind));
			}
		}
		return;
	}
	scope_candidates(o->s, o->s->root, kind, &names);
	name = names.elements;
	for (uint32_t i = 0; i < names.count; i++) {
		offering_add(o, name[i], ast_item_word(kind));
	}
}

/* What a rule can test alone: neither what is lent nor what has only a length. */
static bool
is_testable(const struct ast_param *p)
{
	return p->direction == AST_DIRECTION_NONE && p->type->kind != AST_TYPE_BYTES &&
	       p->type->kind != AST_TYPE_LIST && p->type->array == NULL;
}

static void
params_add(const struct offering *o, const struct ast_param *params)
{
	for (const struct ast_param *p = params; p != NULL; p = p->next) {
		bool is_word =
			token_is_hard_word(token_word_find(p->name.text, strlen(p->name.text)));

		if (is_word && o->probe->kind == PROBE_OPERAND) {
			continue;
		}
		if (!is_testable(p)) {
			offering_add(
				o, arena_format(&o->s->c->arena, "%s.len", p->name.text), "field");
		}
		if (is_testable(p) || o->is_whole) {
			offering_add(o, p->name.text, "field");
		}
	}
}

static void
fields_add(const struct offering *o)
{
	const struct walk_message *m = &o->probe->message;
	const struct ast_method *method = m->interface == NULL ? NULL : m->interface->methods;

	for (; method != NULL; method = method->next) {
		const struct ast_ident *wanted = m->methods;

		while (wanted != NULL && !sema_same(wanted->text, method->name.text)) {
			wanted = wanted->next;
		}
		if (wanted == NULL && m->methods != NULL) {
			continue;
		}
		if (m->moment == AST_MOMENT_ERROR) {
			for (const struct ast_error_case *e = method->errors; e != NULL;
				e = e->next) {
				offering_add(o, e->name.text, "error");
				params_add(o, e->params);
			}
		} else {
			params_add(o,
				m->moment == AST_MOMENT_REPLY ? method->results : method->params);
		}
	}
}

/* The enum that a type names, or NULL. */
static const struct ast_enumeration *
enumeration_of(struct walk_type like)
{
	const struct symbol *symbol =
		like.type == NULL || like.type->kind != AST_TYPE_NAMED
			? NULL
			: scope_find(like.unit, &like.type->name, SCOPE_OTHER);

	return symbol != NULL && (symbol->item->kind == AST_ITEM_ENUM ||
					 symbol->item->kind == AST_ITEM_FLAGS)
		       ? symbol->item->enumeration
		       : NULL;
}

/* Constants of one kind of value. */
static void
constants_add(const struct offering *o, enum ast_value_kind first, enum ast_value_kind second)
{
	struct vector names = {0};
	const char **name;

	scope_candidates(o->s, o->s->root, AST_ITEM_CONST, &names);
	name = names.elements;
	for (uint32_t i = 0; i < names.count; i++) {
		const struct symbol *symbol = scope_find_word(o->s->root, name[i], SCOPE_OTHER);

		if (symbol != NULL && symbol->item->kind == AST_ITEM_CONST &&
			(symbol->item->constant->value->kind == first ||
				symbol->item->constant->value->kind == second)) {
			offering_add(o, name[i], "constant");
		}
	}
}

/* Values of a type that have names. */
static void
values_add(const struct offering *o)
{
	const struct ast_enumeration *e = enumeration_of(o->probe->like);
	const struct ast_type *type = o->probe->like.type;
	uint32_t first = o->offers->count;

	for (const struct ast_enum_case *c = e == NULL ? NULL : e->cases; c != NULL; c = c->next) {
		offering_add(o, c->name.text, "value");
	}
	if (type != NULL && type->kind == AST_TYPE_NAMED && sema_same(type->name.text, "bool")) {
		offering_add(o, "true", "value");
		offering_add(o, "false", "value");
	}
	if (type == NULL || e != NULL) {
		return;
	}
	if (type->kind == AST_TYPE_TEXT || type->kind == AST_TYPE_PATH) {
		constants_add(o, AST_VALUE_STRING, AST_VALUE_STRING);
	} else if (type->kind == AST_TYPE_NAMED && !sema_same(type->name.text, "bool")) {
		constants_add(o, AST_VALUE_NUMBER, AST_VALUE_NUMBER);
	} else if (type->kind == AST_TYPE_HANDLE) {
		offering_labels(o);
	} else if (type->kind == AST_TYPE_PROCESS) {
		offering_instances(o, false);
		if (o->item->kind != AST_ITEM_TEST) {
			offering_processes(o, false);
		}
		if (o->item->kind == AST_ITEM_APPLY) {
			offering_labels(o);
			offering_kind(o, AST_ITEM_GROUP);
		}
		offering_words_out(o, first);
	}
}

/* Whom the template under way is applied to: what they have may be of any type. */
static void
parties_add(const struct offering *o)
{
	const struct ast_param *p =
		o->item->kind == AST_ITEM_TEMPLATE ? o->item->template->params : NULL;

	for (; p != NULL; p = p->next) {
		if (p->type->kind == AST_TYPE_PROCESS) {
			offering_add(o, p->name.text, "parameter");
		}
	}
}

static void
operand_add(const struct offering *o)
{
	const struct ast_type *type = o->probe->like.type;

	if (o->probe->has_part) {
		fields_add(o);
		offering_who(o);
		return;
	}
	if (type != NULL) {
		values_add(o);
	}
	parties_add(o);
	if (!o->is_whole && type != NULL &&
		(type->kind != AST_TYPE_NAMED || sema_same(type->name.text, "bool") ||
			enumeration_of(o->probe->like) != NULL)) {
		return; /* a field here needs another side: one that stands is tried */
	}
	fields_add(o);
	if (o->item->kind == AST_ITEM_TEMPLATE) {
		params_add(o, o->item->template->params);
	}
	if (o->item->kind != AST_ITEM_TEST) {
		offering_kind(o, AST_ITEM_COUNTER);
		offering_kind(o, AST_ITEM_LATCH);
		offering_kind(o, AST_ITEM_MACHINE);
	}
}

static void
states_add(const struct offering *o)
{
	for (const struct ast_move *m = o->probe->machine->object->moves; m != NULL; m = m->next) {
		offering_add(o, m->from.text, "state");
		for (const struct ast_ident *to = m->to; to != NULL; to = to->next) {
			offering_add(o, to->text, "state");
		}
	}
}

static void
objects_add(const struct offering *o)
{
	for (int kind = AST_ITEM_MACHINE; kind <= AST_ITEM_SET; kind++) {
		if ((o->probe->objects >> kind & 1) != 0) {
			offering_kind(o, (enum ast_item_kind)kind);
		}
	}
}

static void
types_add(const struct offering *o)
{
	static const char *const words[] = {
		"bool", "u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64"};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		offering_add(o, words[i], "type");
	}
	offering_kind(o, AST_ITEM_ENUM);
	offering_kind(o, AST_ITEM_FLAGS);
	offering_kind(o, AST_ITEM_STRUCT);
	offering_kind(o, AST_ITEM_UNION);
}

/* Behind the dot of a struct or union: its fields; one that has only a length, with it. */
static void
members_add(const struct offering *o)
{
	params_add(o, walk_type_fields(walk_type_symbol(o->probe->like)));
}

/* What may be there or not: optional fields, cases of a union, flags. */
static void
has_add(const struct offering *o)
{
	const struct symbol *symbol = walk_type_symbol(o->probe->like);
	const struct ast_param *p = walk_type_fields(symbol);

	for (; p != NULL; p = p->next) {
		if (symbol->item->kind == AST_ITEM_UNION || p->type->kind == AST_TYPE_OPTIONAL) {
			offering_add(o, p->name.text, "field");
		}
	}
	if (symbol != NULL && symbol->item->kind == AST_ITEM_FLAGS) {
		values_add(o);
	}
}

static void
handles_add(const struct offering *o)
{
	offering_kind(o, AST_ITEM_INTERFACE);
	offering_labels(o);
}

static void
settings_add(const struct offering *o)
{
	const struct walk_class *class = o->probe->classes.elements;

	if (o->probe->classes.count == 0) {
		return;
	}
	if (!o->is_whole || o->probe->is_receiver) {
		offering_pitems(o, class[0].process, AST_PITEM_USES, "use");
	}
	if (!o->is_whole || !o->probe->is_receiver) {
		offering_pitems(o, class[0].process, AST_PITEM_ATTR, "attribute");
	}
}

static void
attributes_add(const struct offering *o)
{
	const struct walk_class *class = o->probe->classes.elements;

	for (uint32_t i = 0; i < o->probe->classes.count; i++) {
		for (const struct ast_pitem *p = class[i].process->pitems; p != NULL; p = p->next) {
			if (p->kind == AST_PITEM_ATTR &&
				(!o->probe->is_has || p->type->kind == AST_TYPE_OPTIONAL)) {
				offering_add(o, p->name.text, "attribute");
			}
		}
	}
}

static void
methods_add(const struct offering *o)
{
	const struct ast_method *m = o->probe->message.interface->methods;

	for (; m != NULL; m = m->next) {
		if (m->kind != AST_METHOD_RESERVED) {
			offering_add(o, m->name.text, "method");
		}
	}
}

/* What an object is kept for. */
static void
keys_add(const struct offering *o)
{
	offering_add(o, "client", "key");
	offering_add(o, "server", "key");
	offering_add(o, "edge", "key");
	offering_labels(o);
}

/* Those that a test can tell apart [S5]. */
static void
reasons_add(const struct offering *o)
{
	for (uint32_t reason = KSM_GRANTED + 1; reason < KSM_REASONS; reason++) {
		offering_add(o, ksm_reason_text((enum ksm_reason)reason), "reason");
	}
}

/* Sets of values, and objects that are sets. */
static void
sets_add(const struct offering *o)
{
	const struct ast_type *type = o->probe->like.type;

	constants_add(o, AST_VALUE_SET, AST_VALUE_RANGE);
	offering_kind(o, AST_ITEM_SET);
	if (type != NULL && type->kind == AST_TYPE_PROCESS) {
		offering_instances(o, false);
		offering_processes(o, false);
		offering_kind(o, AST_ITEM_GROUP);
	}
}

/* What the kind alone says. Returns whether it was one of these. */
static bool
declared_add(const struct offering *o)
{
	static const enum ast_item_kind kinds[] = {
		[PROBE_INTERFACE] = AST_ITEM_INTERFACE,
		[PROBE_LEVEL] = AST_ITEM_LEVEL,
		[PROBE_GROUP] = AST_ITEM_GROUP,
		[PROBE_TEMPLATE] = AST_ITEM_TEMPLATE,
		[PROBE_PROCESS] = AST_ITEM_PROCESS,
	};

	if (o->probe->kind >= sizeof kinds / sizeof kinds[0] || kinds[o->probe->kind] == 0) {
		return false;
	}
	offering_kind(o, kinds[o->probe->kind]);
	return true;
}

void
offer_names(struct sema *s, const struct ast_item *item, const struct probe *probe, bool is_whole,
	struct vector *offers)
{
	static void (*const adders[])(const struct offering *o) = {
		[PROBE_WHO] = offering_who,
		[PROBE_SIDE] = offering_side,
		[PROBE_INSTANCE] = offering_instance,
		[PROBE_LABEL] = offering_labels,
		[PROBE_GIVES] = offering_gives,
		[PROBE_METHOD] = methods_add,
		[PROBE_FIELD] = fields_add,
		[PROBE_OPERAND] = operand_add,
		[PROBE_SET] = sets_add,
		[PROBE_VALUE] = values_add,
		[PROBE_ATTRIBUTE] = attributes_add,
		[PROBE_STATE] = states_add,
		[PROBE_OBJECT] = objects_add,
		[PROBE_TYPE] = types_add,
		[PROBE_RANK] = offering_ranks,
		[PROBE_SETTING] = settings_add,
		[PROBE_KEY] = keys_add,
		[PROBE_ACCEPT] = offering_accepts,
		[PROBE_REASON] = reasons_add,
		[PROBE_IMPORT] = offering_imports,
		[PROBE_UNIT] = offering_units,
		[PROBE_DEVICE] = offering_devices,
		[PROBE_HANDLE] = handles_add,
		[PROBE_MEMBER] = members_add,
		[PROBE_HAS] = has_add,
	};
	struct offering o = {s, item, probe, offers, is_whole};

	if (!declared_add(&o) && probe->kind < sizeof adders / sizeof adders[0] &&
		adders[probe->kind] != NULL) {
		adders[probe->kind](&o);
	}
}
