/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* resource.c: labels of resources, `gives file: File labels Log[16], Config` [P18]. */
#include "resource.h"

#include <string.h>

#include "ast.h"
#include "ast_process.h"
#include "compile.h"
#include "scope.h"
#include "sema.h"
#include "who.h"

static const struct l1_resource *
resource_at(const struct class_info *class, uint32_t index)
{
	return &((const struct l1_resource *)class->resources.elements)[index];
}

uint32_t
resource_index(const struct class_info *class, const char *name)
{
	const char *dot = strrchr(name, '.');
	uint32_t index = 0;

	while (index < class->resources.count &&
		strcmp(resource_at(class, index)->name, dot == NULL ? name : dot + 1) != 0) {
		index++;
	}
	return index;
}

static bool
name_is_free(struct sema *s, const struct class_info *class, const struct ast_ident *name)
{
	struct diag *d;

	if (resource_index(class, name->text) == class->resources.count &&
		scope_find_word(class->symbol->unit, name->text, SCOPE_WHO) == NULL) {
		return true;
	}
	d = diag_error(s->c, name->span, "P18", "`%s` has a meaning here already", name->text);
	diag_help(d, "choose another name for this label");
	return false;
}

static bool
capacity_read(struct sema *s, const struct ast_label *label, uint32_t *capacity)
{
	const struct ast_number *number = label->capacity;

	*capacity = 1;
	if (number == NULL) {
		return true;
	}
	*capacity = (uint32_t)number->magnitude;
	if (number->negative || number->magnitude < 1 || number->magnitude > SEMA_RESOURCES_MAX) {
		diag_help(diag_error(s->c, number->span, "P18", "there are 1..%u of a label",
				  SEMA_RESOURCES_MAX),
			"write how many there may be: `File[64]`");
		return false;
	}
	return true;
}

void
resources_declare(
	struct sema *s, struct class_info *class, const struct ast_pitem *pitem, uint32_t gives)
{
	for (const struct ast_label *label = pitem->labels; label != NULL; label = label->next) {
		struct l1_resource resource = {
			.name = label->name.text,
			.gives = (uint16_t)gives,
		};
		struct l1_resource *slot;

		if (name_is_free(s, class, &label->name) &&
			capacity_read(s, label, &resource.capacity)) {
			slot = vector_push(&class->resources, &s->c->arena, sizeof *slot);
			*slot = resource;
		}
	}
}

static void
party_push(struct sema *s, struct vector *parties, const struct instance_info *instance,
	uint32_t index, bool is_any)
{
	const struct party *others = parties->elements;
	struct party *party;

	for (uint32_t i = 0; i < parties->count; i++) {
		if (others[i].kind == PARTY_RESOURCE && others[i].instance == instance &&
			others[i].use == index) {
			return; /* named twice is named */
		}
	}
	party = vector_push(parties, &s->c->arena, sizeof *party);
	*party = (struct party){
		.kind = PARTY_RESOURCE, .instance = instance, .use = index, .is_any = is_any};
}

/* Whether the file can name the process, by one word. */
static bool
is_in_scope(const struct unit *unit, const struct class_info *class)
{
	const struct symbol *symbol =
		class->symbol == NULL ? NULL
				      : scope_find_word(unit, class->symbol->name, SCOPE_WHO);

	return symbol != NULL && symbol == class->symbol;
}

/* The owner as it was written, by its process or its instance; nothing written: any in scope. */
static bool
owner_fits(struct sema *s, const struct unit *unit, const struct ast_qname *name,
	const struct instance_info *instance)
{
	struct ast_qname owner = *name;
	const struct symbol *symbol;

	if (name->part_count == 1) {
		return is_in_scope(unit, instance->class);
	}
	owner.part_count--;
	owner.text = arena_copy(&s->c->arena, name->text,
		strlen(name->text) - strlen(name->parts[owner.part_count].text) - 1);
	symbol = scope_find(unit, &owner, SCOPE_WHO);
	return (symbol != NULL && symbol->class == instance->class) ||
	       (s->system != NULL && sema_same(instance->name, owner.text));
}

bool
resources_find(struct sema *s, const struct unit *unit, const struct ast_qname *name,
	struct vector *parties)
{
	const char *word = name->parts[name->part_count - 1].text;
	const struct class_info *owner = NULL;

	for (uint32_t i = 1; i < s->instances.count; i++) {
		const struct instance_info *instance = sema_instance(s, i);
		uint32_t index = resource_index(instance->class, word);

		if (index == instance->class->resources.count ||
			!owner_fits(s, unit, name, instance)) {
			continue;
		}
		if (owner != NULL && owner != instance->class) {
			diag_help(diag_error(s->c, name->span, "P18",
					  "more than one process has a label `%s`", word),
				"write `%s.%s`", owner->symbol->name, word);
			return true;
		}
		owner = instance->class;
		party_push(s, parties, instance, index, false);
	}
	return owner != NULL;
}

void
resources_follow(struct sema *s, struct vector *parties)
{
	uint32_t count = parties->count;

	for (uint32_t i = 0; i < count; i++) {
		const struct party party = ((const struct party *)parties->elements)[i];

		for (uint32_t n = 0;
			party.kind == PARTY_INSTANCE && n < party.instance->class->resources.count;
			n++) {
			party_push(s, parties, party.instance, n, true);
		}
	}
}

void
resources_suggest(struct sema *s, struct diag *d, const char *word)
{
	struct vector names = {0};

	for (uint32_t i = 1; i < s->instances.count; i++) {
		const struct class_info *class = sema_instance(s, i)->class;

		for (uint32_t n = 0; n < class->resources.count; n++) {
			*(const char **)vector_push(&names, &s->c->arena, sizeof(char *)) =
				resource_at(class, n)->name;
		}
	}
	if (!diag_suggest(d, word, names.elements, names.count)) {
		diag_help(d, "a process gives it: `gives file: File labels %s[16]`", word);
	}
}
