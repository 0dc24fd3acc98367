/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sema_system.c: the instances of a system and their wires. */
#include "sema_system.h"

#include <string.h>

#include "abi/abi.h"
#include "ast.h"
#include "ast_process.h"
#include "attribute.h"
#include "boards.h"
#include "budget.h"
#include "compile.h"
#include "device.h"
#include "restart.h"
#include "scope.h"
#include "sema.h"
#include "sema_options.h"
#include "sema_wire.h"

static void
board_unknown(struct sema *s, struct span at, const char *name)
{
	struct vector names = {0};
	struct diag *d = diag_error(s->c, at, "P6", "there is no board `%s`", name);

	for (uint32_t i = 0; gate_boards[i] != NULL; i++) {
		const char **slot = vector_push(&names, &s->c->arena, sizeof *slot);

		*slot = gate_boards[i]->name;
	}
	if (!diag_suggest(d, name, names.elements, names.count)) {
		diag_help(d, "`make boards` lists them");
	}
}

static bool
system_choose(struct sema *s)
{
	for (const struct ast_item *item = s->root->file->items; item != NULL; item = item->next) {
		if (item->kind != AST_ITEM_SYSTEM) {
			continue;
		}
		if (s->system != NULL) {
			struct diag *d = diag_error(
				s->c, item->system->name.span, "P6", "a file holds one system");

			diag_note(d, s->system->system->name.span, "the first is here");
			diag_help(d, "give it a file of its own");
			return false;
		}
		s->system = item;
		s->system_at = ast_item_name(item)->span;
	}
	return true;
}

bool
sema_board(struct sema *s)
{
	const struct board *wanted;

	if (!system_choose(s)) {
		return false;
	}
	s->board = gate_boards[0];
	if (s->options->board_name != NULL) {
		s->board = boards_find(s->options->board_name);
		if (s->board == NULL) {
			board_unknown(s, span_of_file(s->root->source), s->options->board_name);
			return false;
		}
	}
	if (s->system == NULL || s->system->system->board.text == NULL) {
		return true;
	}
	wanted = boards_find(s->system->system->board.text);
	if (wanted == NULL) {
		board_unknown(s, s->system->system->board.span, s->system->system->board.text);
		return false;
	}
	if (s->options->board_name != NULL && wanted != s->board) {
		diag_help(
			diag_error(s->c, s->system->system->board.span, "P6",
				"this system is for %s, not for %s", wanted->name, s->board->name),
			"say `--board` with that name, or leave `on` out");
		return false;
	}
	s->board = wanted;
	return true;
}

static bool
instance_name_fits(struct sema *s, const struct ast_ident *name)
{
	uint32_t other = sema_instance_index(s, name->text);

	if (other < s->instances.count) {
		struct diag *d;

		if (other == 0 || sema_same(name->text, "kernel") ||
			sema_same(name->text, "self")) {
			diag_help(diag_error(s->c, name->span, "P6",
					  "`%s` has a meaning of its own in rules", name->text),
				"give the instance another name");
			return false;
		}
		d = diag_error(s->c, name->span, "P6", "`%s` is an instance already", name->text);
		diag_note(d, sema_instance(s, other)->at, "the first is here");
		diag_help(d, "give it another name");
		return false;
	}
	if (strlen(name->text) > SEMA_NAME_BYTES_MAX) {
		diag_help(diag_error(s->c, name->span, "P6",
				  "the name of an instance has at most %u bytes",
				  SEMA_NAME_BYTES_MAX),
			"write a shorter name");
		return false;
	}
	if (s->instances.count > SEMA_INSTANCES_MAX) {
		diag_help(diag_error(s->c, name->span, "P6", "more than %u instances",
				  SEMA_INSTANCES_MAX),
			"let some begin later: `template NAME[N]: PROCESS`");
		return false;
	}
	return true;
}

static struct instance_info *
instance_add(struct sema *s, const char *name, struct span at, struct class_info *class)
{
	struct instance_info *instance = vector_push(&s->instances, &s->c->arena, sizeof *instance);

	index_add(&s->instance_index, &s->c->arena, index_hash(0, name, strlen(name)));
	*(uint32_t *)vector_push(&class->instances, &s->c->arena, sizeof(uint32_t)) =
		s->instances.count - 1;
	instance->name = name;
	instance->at = at;
	instance->class = class;
	instance->memory_bytes = s->l1->classes[class->index].memory_bytes;
	instance->priority = s->l1->classes[class->index].priority;
	instance->budget = class->budget;
	instance->restart = class->restart;
	instance->restart_unit = class->symbol == NULL ? NULL : class->symbol->unit;
	attribute_defaults(s, instance);
	return instance;
}

static void
settings_apply(struct sema *s, struct instance_info *instance)
{
	for (const struct ast_setting *set = instance->ast->settings; set != NULL;
		set = set->next) {
		switch (set->kind) {
		case AST_SETTING_WIRE:
			break; /* when all instances are known */
		case AST_SETTING_VALUE:
			attribute_set(s, instance, set);
			break;
		case AST_SETTING_MEMORY:
			if (set->number.magnitude < PAGE_BYTES ||
				set->number.magnitude > INT32_MAX) {
				diag_help(diag_error(s->c, set->number.span, "P3",
						  "memory is %u bytes to 2G", PAGE_BYTES),
					"write a size: `memory 64K`");
				break;
			}
			instance->memory_bytes = set->number.magnitude;
			break;
		case AST_SETTING_PRIORITY:
			if (set->number.negative || set->number.magnitude < 1 ||
				set->number.magnitude > SEMA_PRIORITY_MAX) {
				diag_help(diag_error(s->c, set->number.span, "P3",
						  "a priority is 1..%u", SEMA_PRIORITY_MAX),
					"write one of them; 16 is meant if nothing is said");
				break;
			}
			instance->priority = (uint8_t)set->number.magnitude;
			break;
		case AST_SETTING_BUDGET:
			budget_read(s, &set->number, &set->period, &instance->budget);
			break;
		case AST_SETTING_RESTART:
			restart_check(s, set->restart);
			instance->restart = set->restart;
			instance->restart_unit = s->root;
			break;
		}
	}
	attribute_complete(s, instance);
}

static struct instance_info *
instance_declare(struct sema *s, const struct ast_instance *ast, struct class_info *class,
	const struct ast_ident *name, bool is_first)
{
	struct instance_info *instance;

	if (!instance_name_fits(s, name)) {
		return NULL;
	}
	instance = instance_add(s, name->text, name->span, class);
	instance->ast = ast;
	/* What is wrong with the settings of several names is said once. */
	if (is_first || s->c->diags.error_count == 0) {
		settings_apply(s, instance);
	}
	return instance;
}

/* Instances NAME1 to NAMEn, which run when somebody asks for one. */
static void
template_declare(struct sema *s, const struct ast_instance *ast, struct class_info *class)
{
	uint32_t first = s->instances.count;

	if (ast->count->negative || ast->count->magnitude < 1 ||
		ast->count->magnitude > SEMA_INSTANCES_MAX) {
		diag_help(diag_error(s->c, ast->count->span, "P6", "a template has 1..%u instances",
				  SEMA_INSTANCES_MAX),
			"write how many may run at a time: `template job[4]: Worker`");
		return;
	}
	for (uint32_t n = 1; n <= ast->count->magnitude; n++) {
		struct ast_ident name = *ast->names;
		struct instance_info *instance;

		name.text = arena_format(&s->c->arena, "%s%u", ast->names->text, n);
		instance = instance_declare(s, ast, class, &name, n == 1);
		if (instance == NULL) {
			return;
		}
		instance->template = first;
		instance->template_name = ast->names->text;
	}
}

static void
instances_declare(struct sema *s, const struct ast_system *system)
{
	for (const struct ast_instance *ast = system->instances; ast != NULL; ast = ast->next) {
		const struct symbol *symbol =
			scope_get(s, s->root, &ast->process, AST_ITEM_PROCESS, "P6");

		if (symbol == NULL) {
			continue;
		}
		if (ast->count != NULL) {
			template_declare(s, ast, symbol->class);
			continue;
		}
		for (const struct ast_ident *name = ast->names; name != NULL; name = name->next) {
			(void)instance_declare(s, ast, symbol->class, name, name == ast->names);
		}
	}
}

/* C1: a server's priority is at least that of all its callers. */
static void
priorities_check(struct sema *s)
{
	for (uint32_t i = 1; i < s->instances.count; i++) {
		const struct instance_info *client = sema_instance(s, i);
		const struct wire_info *wires = client->wires.elements;

		for (uint32_t w = 0; w < client->wires.count; w++) {
			const struct instance_info *server = sema_instance(s, wires[w].target);
			struct diag *d;

			if (server->priority >= client->priority) {
				continue;
			}
			d = diag_error(s->c, wires[w].at, "P8",
				"`%s` has priority %u, its caller `%s` has %u", server->name,
				server->priority, client->name, client->priority);
			diag_help(d,
				"a server runs at least as urgently as its callers: "
				"`priority %u` for `%s`",
				client->priority, server->name);
			return;
		}
	}
}

static void
instances_limit(struct sema *s)
{
	for (uint32_t i = 1; i < s->instances.count; i++) {
		const struct instance_info *instance = sema_instance(s, i);
		uint32_t count = 0;

		for (uint32_t j = 1; j <= i; j++) {
			count += sema_instance(s, j)->class == instance->class;
		}
		if (instance->class->instances_max != 0 && count > instance->class->instances_max) {
			diag_help(diag_error(s->c, instance->at, "P6",
					  "process `%s` says `instances %u`, this is number %u",
					  instance->class->symbol->name,
					  instance->class->instances_max, count),
				"raise the number there, or leave this instance out");
			return;
		}
	}
}

/* A board device has one driver: two would undo each other's settings. */
static void
devices_check(struct sema *s)
{
	const struct instance_info **owners =
		arena_array(&s->c->arena, s->board->device_count, sizeof *owners);

	for (uint32_t i = 1; i < s->instances.count; i++) {
		const struct instance_info *instance = sema_instance(s, i);
		const struct l1_device *devices = instance->class->devices.elements;

		for (uint32_t n = 0; n < instance->class->devices.count; n++) {
			struct diag *d;

			if (!devices[n].is_board) {
				continue;
			}
			if (owners[devices[n].index] == NULL) {
				owners[devices[n].index] = instance;
				continue;
			}
			d = diag_error(s->c, instance->at, "P2",
				"`%s` and `%s` both drive device `%s`",
				owners[devices[n].index]->name, instance->name, devices[n].name);
			diag_note(d, owners[devices[n].index]->at, "the first is here");
			diag_help(d, "let one of them drive it and serve the other");
			return;
		}
	}
}

static void
instances_make_up(struct sema *s)
{
	for (struct symbol *symbol = s->root->symbols; symbol != NULL; symbol = symbol->next) {
		if (symbol->item->kind == AST_ITEM_PROCESS && symbol->class != NULL &&
			s->instances.count <= SEMA_INSTANCES_MAX) {
			instance_add(
				s, symbol->name, ast_item_name(symbol->item)->span, symbol->class);
		}
	}
}

void
sema_instances(struct sema *s)
{
	instance_add(s, "init", span_of_file(s->root->source), s->classes)->priority =
		SEMA_PRIORITY_MAX + 1;
	if (s->system == NULL) {
		instances_make_up(s);
		return;
	}
	instances_declare(s, s->system->system);
	if (s->c->diags.error_count != 0) {
		return;
	}
	sema_wires(s);
	if (s->c->diags.error_count == 0) {
		instances_limit(s);
		priorities_check(s);
		devices_check(s);
		budget_check(s);
	}
}
