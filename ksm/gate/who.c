/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* who.c: whom the left and the right side of `->` name. */
#include "who.h"

#include <assert.h>
#include <string.h>

#include "abi/abi.h"
#include "ast.h"
#include "ast_rule.h"
#include "compile.h"
#include "resource.h"
#include "scope.h"
#include "sema.h"

struct who_context {
	struct sema *s;
	const struct unit *unit;
	const struct class_info *self;
	enum who_side side;
};

static void
party_push(const struct who_context *w, struct vector *to, struct party party)
{
	const struct party *others = to->elements;
	struct party *slot;

	for (uint32_t i = 0; i < to->count; i++) {
		if (others[i].kind == party.kind && others[i].instance == party.instance &&
			others[i].device == party.device && others[i].use == party.use) {
			return; /* named twice is named */
		}
	}
	slot = vector_push(to, &w->s->c->scratch, sizeof *slot);
	*slot = party;
}

static void
class_push(const struct who_context *w, struct vector *to, const struct class_info *class,
	struct span at)
{
	const uint32_t *instances = class->instances.elements;

	for (uint32_t i = 0; i < class->instances.count; i++) {
		party_push(w, to,
			(struct party){.kind = PARTY_INSTANCE,
				.instance = sema_instance(w->s, instances[i]),
				.at = at});
	}
}

/* Returns the device in use under that name, or NULL. */
static const struct l1_device *
device_in_use(const struct sema *s, const struct class_info *self, const char *name)
{
	for (uint32_t i = 1; i < s->instances.count; i++) {
		const struct class_info *class = sema_instance(s, i)->class;
		const struct l1_device *devices = class->devices.elements;

		for (uint32_t n = 0; n < class->devices.count; n++) {
			if (sema_same(devices[n].name, name) && (self == NULL || class == self)) {
				return &devices[n];
			}
		}
	}
	return NULL;
}

/* The instances of a template. Returns whether there is one of that name. */
static bool
template_push(const struct who_context *w, struct vector *to, const char *word, struct span at)
{
	bool is_found = false;

	for (uint32_t i = 1; w->self == NULL && i < w->s->instances.count; i++) {
		const struct instance_info *instance = sema_instance(w->s, i);

		if (sema_same(instance->template_name, word)) {
			party_push(w, to,
				(struct party){
					.kind = PARTY_INSTANCE, .instance = instance, .at = at});
			is_found = true;
		}
	}
	return is_found;
}

/* One word that is no declared name. Returns whether it means somebody. */
static bool
word_resolve(const struct who_context *w, struct vector *to, const char *word, struct span at)
{
	const struct sema *s = w->s;
	uint32_t index = sema_instance_index(s, word);
	const struct l1_device *device = device_in_use(s, w->self, word);
	const struct use_info *uses = w->self == NULL ? NULL : w->self->uses.elements;

	if (sema_same(word, "self") && w->self != NULL && w->side == WHO_SENDER) {
		class_push(w, to, w->self, at);
		return true;
	}
	if (sema_same(word, "self") && w->side == WHO_RECEIVER) {
		party_push(w, to, (struct party){.kind = PARTY_SELF, .at = at});
		return true;
	}
	if (sema_same(word, "kernel") && w->side == WHO_SENDER) {
		party_push(w, to, (struct party){.kind = PARTY_KERNEL, .at = at});
		return true;
	}
	for (uint32_t i = 0; w->self != NULL && i < w->self->uses.count; i++) {
		if (w->side == WHO_RECEIVER && sema_same(uses[i].endpoint.name, word)) {
			party_push(w, to, (struct party){.kind = PARTY_USE, .use = i, .at = at});
			return true;
		}
	}
	if (index < s->instances.count && s->system != NULL && w->self == NULL) {
		party_push(w, to,
			(struct party){.kind = PARTY_INSTANCE,
				.instance = sema_instance(s, index),
				.at = at});
		return true;
	}
	if (device != NULL && w->side == WHO_RECEIVER) {
		party_push(w, to, (struct party){.kind = PARTY_DEVICE, .device = device, .at = at});
		return true;
	}
	return template_push(w, to, word, at);
}

/* system.instance, or device.registers, device.interrupt. */
static bool
pair_resolve(const struct who_context *w, struct vector *to, const struct ast_qname *name)
{
	const char *first = name->parts[0].text;
	const char *second = name->parts[1].text;
	const struct symbol *symbol = scope_find_word(w->unit, first, SCOPE_WHO);
	const struct l1_device *device = device_in_use(w->s, w->self, first);
	uint32_t index = sema_instance_index(w->s, second);

	if (symbol != NULL && symbol->item == w->s->system && index < w->s->instances.count) {
		party_push(w, to,
			(struct party){.kind = PARTY_INSTANCE,
				.instance = sema_instance(w->s, index),
				.at = name->span});
		return true;
	}
	if (device != NULL && w->side == WHO_RECEIVER && device->is_board &&
		(sema_same(second, "registers") || sema_same(second, "interrupt"))) {
		party_push(w, to,
			(struct party){.kind = PARTY_DEVICE,
				.device = device,
				.part = second,
				.at = name->span});
		return true;
	}
	return false;
}

static void
name_push(const struct who_context *w, struct vector *names, const char *name)
{
	const char **slot = vector_push(names, &w->s->c->arena, sizeof *slot);

	*slot = name;
}

static void
who_unknown(const struct who_context *w, const struct ast_qname *name)
{
	struct vector names = {0};
	struct diag *d = diag_error(w->s->c, name->span, "R1", "`%s` is nobody here", name->text);

	scope_candidates(w->s, w->unit, AST_ITEM_PROCESS, &names);
	scope_candidates(w->s, w->unit, AST_ITEM_GROUP, &names);
	for (uint32_t i = 0; i < w->s->instances.count; i++) {
		const struct class_info *class = sema_instance(w->s, i)->class;
		const struct l1_device *devices = class->devices.elements;

		name_push(w, &names, sema_instance(w->s, i)->name);
		for (uint32_t n = 0; w->side == WHO_RECEIVER && n < class->devices.count; n++) {
			name_push(w, &names, devices[n].name);
		}
	}
	if (!diag_suggest(d, name->parts[name->part_count - 1].text, names.elements, names.count)) {
		diag_help(d, "name a process, a group, an instance of the system%s",
			w->side == WHO_RECEIVER ? ", a device or `self`" : " or init");
	}
}

static bool set_resolve(const struct who_context *w, const struct ast_who *who, struct vector *to);

/* Recursion ends: a group that is being looked into is an error. */
static bool
group_resolve(const struct who_context *w, struct symbol *symbol, const struct ast_qname *name,
	struct vector *to)
{
	struct who_context inner = *w;
	bool is_right;

	if (symbol->is_resolving) {
		diag_help(diag_error(w->s->c, name->span, "R1", "group `%s` is made of itself",
				  symbol->name),
			"take its own name out of it");
		return false;
	}
	symbol->is_resolving = true;
	inner.unit = symbol->unit;
	is_right = set_resolve(&inner, symbol->item->group->who, to);
	symbol->is_resolving = false;
	return is_right;
}

static bool
name_resolve(const struct who_context *w, const struct ast_qname *name, struct vector *to)
{
	struct symbol *symbol = scope_find(w->unit, name, SCOPE_WHO);

	if (symbol != NULL && symbol->item->kind == AST_ITEM_GROUP) {
		return group_resolve(w, symbol, name, to);
	}
	if (symbol != NULL && symbol->item->kind == AST_ITEM_PROCESS) {
		if (symbol->class != NULL) {
			class_push(w, to, symbol->class, name->span);
		}
		return true;
	}
	if ((name->part_count == 1 && word_resolve(w, to, name->text, name->span)) ||
		(name->part_count == 2 && pair_resolve(w, to, name)) ||
		(w->side == WHO_RECEIVER && w->self == NULL &&
			resources_find(w->s, w->unit, name, to))) {
		return true;
	}
	if (symbol != NULL) {
		struct diag *d = diag_error(w->s->c, name->span, "R1",
			"`%s` is declared with `%s`: it neither sends nor receives", name->text,
			ast_item_word(symbol->item->kind));

		diag_help(d, "name the process that gives it");
		return false;
	}
	who_unknown(w, name);
	return false;
}

/* Everybody: init, all instances, and as receivers all devices in use. */
static void
any_push(const struct who_context *w, struct span at, struct vector *to)
{
	for (uint32_t i = 0; i < w->s->instances.count; i++) {
		const struct instance_info *instance = sema_instance(w->s, i);
		const struct l1_device *devices = instance->class->devices.elements;

		party_push(w, to,
			(struct party){.kind = PARTY_INSTANCE,
				.instance = instance,
				.is_any = true,
				.at = at});
		for (uint32_t n = 0; w->side == WHO_RECEIVER && n < instance->class->devices.count;
			n++) {
			const struct l1_device *device = device_in_use(w->s, NULL, devices[n].name);

			party_push(w, to,
				(struct party){.kind = PARTY_DEVICE,
					.device = device,
					.is_any = true,
					.at = at});
		}
	}
}

static bool
names_resolve(const struct who_context *w, const struct ast_set *set, struct vector *to)
{
	if (set->kind != AST_SET_NAMES) {
		any_push(w, set->span, to);
		return true;
	}
	for (const struct ast_qname *name = set->names; name != NULL; name = name->next) {
		if (!name_resolve(w, name, to)) {
			return false;
		}
	}
	return true;
}

static bool
is_excepted(const struct vector *excepted, const struct party *party)
{
	const struct party *others = excepted->elements;

	for (uint32_t i = 0; i < excepted->count; i++) {
		if (others[i].kind == party->kind && others[i].instance == party->instance &&
			others[i].device == party->device && others[i].use == party->use) {
			return true;
		}
	}
	return false;
}

static bool
set_resolve(const struct who_context *w, const struct ast_who *who, struct vector *to)
{
	struct vector base = {0};
	struct vector excepted = {0};
	const struct party *parties;

	if (!names_resolve(w, &who->base, &base) ||
		(who->except != NULL && !names_resolve(w, who->except, &excepted))) {
		return false;
	}
	parties = base.elements;
	for (uint32_t i = 0; i < base.count; i++) {
		if (!is_excepted(&excepted, &parties[i])) {
			party_push(w, to, parties[i]);
		}
	}
	return true;
}

bool
who_resolve(struct sema *s, const struct unit *unit, const struct class_info *self,
	const struct ast_who *who, enum who_side side, struct vector *parties)
{
	struct who_context w = {.s = s, .unit = unit, .self = self, .side = side};

	return set_resolve(&w, who, parties);
}

uint16_t
who_label(const struct party *party)
{
	assert(party->kind <= PARTY_KERNEL || party->kind == PARTY_RESOURCE);
	if (party->kind == PARTY_KERNEL) {
		return LABEL_KERNEL;
	}
	if (party->kind == PARTY_RESOURCE) {
		return (uint16_t)(party->instance->resource_label + party->use);
	}
	return party->kind == PARTY_DEVICE ? party->device->label
					   : (uint16_t)(LABEL_INIT + party->instance->number);
}
