/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sema_wire.c: which instance's endpoint each use of an instance means. */
#include "sema_wire.h"

#include "abi/abi.h"
#include "ast.h"
#include "ast_process.h"
#include "compile.h"
#include "sema.h"

static void
gives_unknown(struct sema *s, const struct ast_setting *set, const struct instance_info *target)
{
	const struct l1_endpoint *gives = target->class->gives.elements;
	struct vector names = {0};
	struct diag *d = diag_error(s->c, set->endpoint.span, "P7", "`%s` gives no `%s`",
		target->name, set->endpoint.text);

	for (uint32_t i = 0; i < target->class->gives.count; i++) {
		const char **slot = vector_push(&names, &s->c->arena, sizeof *slot);

		*slot = gives[i].name;
	}
	diag_suggest(d, set->endpoint.text, names.elements, names.count);
}

/* Returns the index of what the target gives under that name, or -1 after an error. */
static int64_t
gives_find(struct sema *s, const struct ast_setting *set, const struct instance_info *target,
	const struct use_info *use)
{
	const struct l1_endpoint *gives = target->class->gives.elements;

	if (use->endpoint.interface == INTERFACE_SIGNAL) {
		if (sema_same(set->endpoint.text, "signal")) {
			return 0;
		}
		diag_help(diag_error(s->c, set->endpoint.span, "P7",
				  "`%s` sends signals: it goes to an instance's `signal`",
				  set->name.text),
			"write `%s -> %s.signal`", set->name.text, target->name);
		return -1;
	}
	for (uint32_t i = 0; i < target->class->gives.count; i++) {
		if (!sema_same(gives[i].name, set->endpoint.text)) {
			continue;
		}
		if (gives[i].interface != use->endpoint.interface) {
			struct diag *d = diag_error(s->c, set->endpoint.span, "P7",
				"`%s` and `%s.%s` speak different interfaces", set->name.text,
				target->name, gives[i].name);

			diag_note(d, use->at, "what is used is declared here");
			diag_help(d, "wire it to an endpoint of its own interface");
			return -1;
		}
		return i;
	}
	gives_unknown(s, set, target);
	return -1;
}

static int64_t
use_find(struct sema *s, const struct instance_info *instance, const struct ast_setting *set)
{
	const struct use_info *uses = instance->class->uses.elements;
	struct vector names = {0};
	struct diag *d;

	for (uint32_t i = 0; i < instance->class->uses.count; i++) {
		if (sema_same(uses[i].endpoint.name, set->name.text)) {
			return i;
		}
	}
	for (uint32_t i = 0; i < instance->class->uses.count; i++) {
		*(const char **)vector_push(&names, &s->c->arena, sizeof(char *)) =
			uses[i].endpoint.name;
	}
	d = diag_error(s->c, set->name.span, "P7", "process `%s` uses no `%s`",
		instance->class->symbol->name, set->name.text);
	diag_suggest(d, set->name.text, names.elements, names.count);
	return -1;
}

/* Returns the target's index, or -1 after an error. */
static int64_t
target_find(struct sema *s, const struct instance_info *instance, const struct ast_setting *set)
{
	uint32_t target = sema_instance_index(s, set->instance.text);
	struct vector names = {0};
	struct diag *d;

	if (target == s->instances.count || (target == 0 && s->classes->gives.count == 0)) {
		for (uint32_t i = 1; i < s->instances.count; i++) {
			const char **slot = vector_push(&names, &s->c->arena, sizeof *slot);

			*slot = sema_instance(s, i)->name;
		}
		d = diag_error(s->c, set->instance.span, "P7", "there is no instance `%s`",
			set->instance.text);
		diag_suggest(d, set->instance.text, names.elements, names.count);
		return -1;
	}
	if (sema_instance(s, target) == instance) {
		diag_help(diag_error(s->c, set->instance.span, "P7",
				  "`%s` is wired to itself: it would wait for itself for ever",
				  instance->name),
			"wire it to another instance");
		return -1;
	}
	return target;
}

static const struct wire_info *
wire_of(const struct vector *wires, uint32_t use)
{
	const struct wire_info *all = wires->elements;

	for (uint32_t i = 0; i < wires->count; i++) {
		if (all[i].use == use) {
			return &all[i];
		}
	}
	return NULL;
}

/* The wire of a use, or NULL. */
static const struct wire_info *
wire_find(const struct instance_info *instance, uint32_t use)
{
	const struct wire_info *wire = wire_of(&instance->wires, use);

	return wire != NULL ? wire : wire_of(&instance->signals, use);
}

/* init parses messages of one process only, which nobody trusts with more than asking. */
static bool
init_is_free(struct sema *s, const struct instance_info *instance, const struct ast_setting *set)
{
	for (uint32_t i = 1; i < s->instances.count; i++) {
		const struct instance_info *other = sema_instance(s, i);
		const struct wire_info *wires = other->wires.elements;
		struct diag *d;

		for (uint32_t w = 0; other != instance && w < other->wires.count; w++) {
			if (wires[w].target != 0) {
				continue;
			}
			d = diag_error(s->c, set->span, "P16",
				"init serves one process, and `%s` is wired to it already",
				other->name);
			diag_note(d, wires[w].at, "that wire is here");
			diag_help(d, "wire it to that process, and ask that one");
			return false;
		}
	}
	return true;
}

static void
wire_add(struct sema *s, struct instance_info *instance, const struct ast_setting *set)
{
	const struct use_info *uses = instance->class->uses.elements;
	int64_t use = use_find(s, instance, set);
	int64_t target = use < 0 ? -1 : target_find(s, instance, set);
	int64_t gives =
		target < 0 ? -1
			   : gives_find(s, set, sema_instance(s, (uint32_t)target), &uses[use]);
	const struct wire_info *other;
	struct wire_info *wire;
	bool signals;

	if (gives < 0) {
		return;
	}
	other = wire_find(instance, (uint32_t)use);
	if (other != NULL) {
		struct diag *d =
			diag_error(s->c, set->span, "P7", "`%s` is wired twice", set->name.text);

		diag_note(d, other->at, "the first wire is here");
		diag_help(d, "keep one wire; a second server needs a second `uses`");
		return;
	}
	signals = uses[use].endpoint.interface == INTERFACE_SIGNAL;
	if (target == 0 && !init_is_free(s, instance, set)) {
		return;
	}
	wire = vector_push(
		signals ? &instance->signals : &instance->wires, &s->c->arena, sizeof *wire);
	wire->use = (uint32_t)use;
	wire->target = (uint32_t)target;
	wire->gives = (uint32_t)gives;
	wire->at = set->span;
}

static void
wires_complete(struct sema *s, const struct instance_info *instance)
{
	const struct use_info *uses = instance->class->uses.elements;

	for (uint32_t i = 0; i < instance->class->uses.count; i++) {
		struct diag *d;

		if (uses[i].is_optional || wire_find(instance, i) != NULL) {
			continue;
		}
		d = diag_error(s->c, instance->at, "P7", "`%s` uses `%s` but has no wire for it",
			instance->name, uses[i].endpoint.name);
		diag_help(d,
			"write `%s -> INSTANCE.ENDPOINT` in its braces, or `optional` behind "
			"the use",
			uses[i].endpoint.name);
		diag_note(d, uses[i].at, "the use is declared here");
		return;
	}
}

void
sema_wires(struct sema *s)
{
	for (uint32_t i = 1; i < s->instances.count; i++) {
		struct instance_info *instance = sema_instance(s, i);
		uint32_t errors = s->c->diags.error_count;

		for (const struct ast_setting *set = instance->ast->settings; set != NULL;
			set = set->next) {
			if (set->kind == AST_SETTING_WIRE) {
				wire_add(s, instance, set);
			}
		}
		if (s->c->diags.error_count == errors) {
			wires_complete(s, instance);
		}
	}
}
