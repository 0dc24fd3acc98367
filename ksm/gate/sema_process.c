/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sema_process.c: process classes of all units. */
#include "sema_process.h"

#include <ctype.h>
#include <string.h>

#include "abi/abi.h"
#include "ast.h"
#include "ast_process.h"
#include "attribute.h"
#include "budget.h"
#include "compile.h"
#include "device.h"
#include "resource.h"
#include "restart.h"
#include "scope.h"
#include "sema.h"
#include "types.h"
#include "who.h"

#define PROGRAM_NAME_BYTES_MAX 23u

/* Words of lines that a process has at most once. */
static bool
pitem_may_repeat(enum ast_pitem_kind kind)
{
	return kind == AST_PITEM_GIVES || kind == AST_PITEM_USES || kind == AST_PITEM_DEVICE ||
	       kind == AST_PITEM_ATTR;
}

static bool
pitem_is_new(struct sema *s, const struct ast_process *ast, const struct ast_pitem *pitem)
{
	static const char *const words[] = {
#define AST_PITEM(name, text) text,
#include "ast.def"
	};

	for (const struct ast_pitem *p = ast->pitems; p != pitem; p = p->next) {
		struct diag *d;

		if (p->kind != pitem->kind || pitem_may_repeat(p->kind)) {
			continue;
		}
		d = diag_error(s->c, pitem->span, "P1", "`%s` is said twice", words[p->kind]);
		diag_note(d, p->span, "first said here");
		diag_help(d, "keep one of the lines");
		return false;
	}
	return true;
}

static bool
endpoint_fill(struct sema *s, const struct class_info *class, const struct ast_pitem *pitem,
	struct l1_endpoint *endpoint)
{
	const struct symbol *symbol =
		scope_get(s, class->symbol->unit, &pitem->interface, AST_ITEM_INTERFACE, "P1");

	if (symbol == NULL) {
		return false;
	}
	if (symbol->interface->id < INTERFACE_USER &&
		(pitem->kind != AST_PITEM_USES || symbol->interface->id != INTERFACE_SIGNAL)) {
		diag_help(diag_error(s->c, pitem->interface.span, "P1",
				  "`%s` is spoken by objects of the kernel only",
				  symbol->interface->short_name),
			"the one that a process may use is Signal, towards another's notification");
		return false;
	}
	endpoint->name = pitem->name.text;
	endpoint->interface = symbol->interface->id;
	return true;
}

static bool
name_is_new(struct sema *s, const struct class_info *class, const struct ast_ident *name)
{
	for (const struct ast_pitem *p = class->ast->pitems; p != NULL; p = p->next) {
		if (&p->name == name) {
			break;
		}
		if (sema_same(p->name.text, name->text)) {
			struct diag *d = diag_error(s->c, name->span, "P1",
				"`%s` has a meaning in this process already", name->text);

			diag_note(d, p->name.span, "first said here");
			diag_help(d, "give one of them another name");
			return false;
		}
	}
	return true;
}

/* The monitor tells messages apart by who receives them and the interface: a rule about one of two
 * endpoints that speak the same would open both. */
static bool
interface_is_new(struct sema *s, const struct class_info *class, const struct ast_pitem *pitem,
	const struct l1_endpoint *endpoint)
{
	const struct l1_endpoint *gives = class->gives.elements;

	for (uint32_t i = 0; i < class->gives.count; i++) {
		if (gives[i].interface == endpoint->interface) {
			struct diag *d = diag_error(s->c, pitem->interface.span, "P1",
				"`%s` speaks the same interface as `%s`, so no rule could tell "
				"them apart",
				endpoint->name, gives[i].name);

			diag_help(d, "give it an interface of its own, or labels of one endpoint");
			return false;
		}
	}
	return true;
}

static void
gives_add(struct sema *s, struct class_info *class, const struct ast_pitem *pitem)
{
	struct l1_endpoint endpoint;
	struct l1_endpoint *slot;

	if (who_kernel_interface(s, pitem->name.text) != NULL) {
		struct diag *d = diag_error(s->c, pitem->name.span, "P1",
			"`%s` is what rules call a kernel object", pitem->name.text);

		diag_help(d, "choose another name for this endpoint");
		return;
	}
	if (!name_is_new(s, class, &pitem->name) || !endpoint_fill(s, class, pitem, &endpoint) ||
		!interface_is_new(s, class, pitem, &endpoint)) {
		return;
	}
	slot = vector_push(&class->gives, &s->c->arena, sizeof *slot);
	*slot = endpoint;
	resources_declare(s, class, pitem, class->gives.count - 1);
}

static void
uses_add(struct sema *s, struct class_info *class, const struct ast_pitem *pitem)
{
	struct use_info use = {.is_optional = pitem->optional, .at = pitem->name.span};
	struct use_info *slot;

	if (name_is_new(s, class, &pitem->name) && endpoint_fill(s, class, pitem, &use.endpoint)) {
		slot = vector_push(&class->uses, &s->c->arena, sizeof *slot);
		*slot = use;
	}
}

static void
devices_add(struct sema *s, struct class_info *class, const struct ast_pitem *pitem)
{
	for (const struct ast_ident *name = pitem->devices; name != NULL; name = name->next) {
		struct l1_device device = {0};
		const struct l1_device *others = class->devices.elements;
		struct l1_device *slot;
		bool is_new = true;

		if (!device_find(s, name, &device)) {
			continue;
		}
		for (uint32_t i = 0; i < class->devices.count; i++) {
			if (sema_same(others[i].name, device.name)) {
				diag_help(diag_error(s->c, name->span, "P2",
						  "device `%s` is said twice", name->text),
					"keep one of the lines");
				is_new = false;
			}
		}
		if (is_new) {
			slot = vector_push(&class->devices, &s->c->arena, sizeof *slot);
			*slot = device;
		}
	}
}

static void
program_set(struct sema *s, struct l1_class *class, const struct ast_pitem *pitem)
{
	if (pitem->program.length == 0 || pitem->program.length > PROGRAM_NAME_BYTES_MAX) {
		diag_help(diag_error(s->c, pitem->program.span, "P5",
				  "the name of a program has 1..%u bytes", PROGRAM_NAME_BYTES_MAX),
			"write a shorter one");
		return;
	}
	class->program = pitem->program.bytes;
}

static void
priority_set(struct sema *s, struct l1_class *class, const struct ast_pitem *pitem)
{
	if (pitem->number.negative || pitem->number.magnitude < 1 ||
		pitem->number.magnitude > SEMA_PRIORITY_MAX) {
		diag_help(diag_error(s->c, pitem->number.span, "P3", "a priority is 1..%u",
				  SEMA_PRIORITY_MAX),
			"write one of them; 16 is meant if nothing is said");
		return;
	}
	class->priority = (uint8_t)pitem->number.magnitude;
}

static void
memory_set(struct sema *s, struct l1_class *class, const struct ast_pitem *pitem)
{
	if (pitem->number.magnitude < PAGE_BYTES || pitem->number.magnitude > INT32_MAX) {
		diag_help(diag_error(s->c, pitem->number.span, "P3", "memory is %u bytes to 2G",
				  PAGE_BYTES),
			"write a size: `memory 64K`");
		return;
	}
	class->memory_bytes = pitem->number.magnitude;
}

static void
instances_set(struct sema *s, struct class_info *class, const struct ast_pitem *pitem)
{
	if (pitem->number.negative || pitem->number.magnitude < 1 ||
		pitem->number.magnitude > SEMA_INSTANCES_MAX) {
		diag_help(diag_error(s->c, pitem->number.span, "P6", "instances are 1..%u",
				  SEMA_INSTANCES_MAX),
			"write how many there are at most");
		return;
	}
	class->instances_max = (uint32_t)pitem->number.magnitude;
}

/* What these tell of their work says when it was. */
static void
timeless_check(struct sema *s, const struct class_info *class, struct span at)
{
	const struct l1_device *devices = class->devices.elements;

	for (uint32_t i = 0; i < class->devices.count; i++) {
		const char *name = devices[i].name;

		if (sema_same(name, "monitor") || sema_same(name, "trace") ||
			sema_same(name, "swap")) {
			diag_help(diag_error(s->c, at, "P19", "`%s` tells the time, too", name),
				"leave `no clock` out, or let another process drive `%s`", name);
			return;
		}
	}
}

static void
pitem_fill(struct sema *s, struct class_info *class, struct l1_class *l1,
	const struct ast_pitem *pitem)
{
	switch (pitem->kind) {
	case AST_PITEM_GIVES:
		gives_add(s, class, pitem);
		break;
	case AST_PITEM_USES:
		uses_add(s, class, pitem);
		break;
	case AST_PITEM_DEVICE:
		devices_add(s, class, pitem);
		break;
	case AST_PITEM_ATTR:
		if (name_is_new(s, class, &pitem->name)) {
			attribute_declare(s, class, pitem);
		}
		break;
	case AST_PITEM_MEMORY:
		memory_set(s, l1, pitem);
		break;
	case AST_PITEM_PRIORITY:
		priority_set(s, l1, pitem);
		break;
	case AST_PITEM_BUDGET:
		budget_read(s, &pitem->number, &pitem->period, &class->budget);
		break;
	case AST_PITEM_RESERVE:
		budget_time_read(s, &pitem->number, "reserve", &l1->reserve_ns);
		break;
	case AST_PITEM_COST:
		budget_time_read(s, &pitem->number, "cost", &l1->cost_ns);
		break;
	case AST_PITEM_INSTANCES:
		instances_set(s, class, pitem);
		break;
	case AST_PITEM_NO_CLOCK:
		l1->is_timeless = true;
		break;
	case AST_PITEM_RESTART:
		restart_check(s, pitem->restart);
		class->restart = pitem->restart;
		break;
	case AST_PITEM_PROGRAM:
		program_set(s, l1, pitem);
		break;
	case AST_PITEM_NEEDS:
		break; /* rules: inert until accepted */
	}
}

/* The default program of ValveDriver is valvedriver. */
static const char *
program_default(struct sema *s, const char *name)
{
	char *program = arena_copy(&s->c->arena, name, strlen(name));

	for (char *p = program; *p != '\0'; p++) {
		*p = (char)tolower((unsigned char)*p);
	}
	return program;
}

static void
class_fill(struct sema *s, struct class_info *class)
{
	struct l1_class *l1 = &s->l1->classes[class->index];
	const struct ast_number *cost = NULL;

	l1->priority = SEMA_PRIORITY_DEFAULT;
	l1->memory_bytes = SEMA_MEMORY_DEFAULT;
	l1->program = program_default(s, class->symbol->name);
	l1->position = sema_position(s, class->ast->name.span);
	if (strlen(class->symbol->name) > SEMA_NAME_BYTES_MAX) {
		diag_help(
			diag_error(s->c, class->ast->name.span, "P1",
				"the name of a process has at most %u bytes", SEMA_NAME_BYTES_MAX),
			"write a shorter name");
	}
	for (const struct ast_pitem *p = class->ast->pitems; p != NULL; p = p->next) {
		if (pitem_is_new(s, class->ast, p)) {
			pitem_fill(s, class, l1, p);
			cost = p->kind == AST_PITEM_COST ? &p->number : cost;
		}
	}
	budget_class_check(s, l1, cost);
	if (l1->is_timeless) {
		timeless_check(s, class, class->ast->name.span);
	}
	if (strlen(l1->program) > PROGRAM_NAME_BYTES_MAX &&
		strlen(class->symbol->name) <= SEMA_NAME_BYTES_MAX) {
		struct diag *d = diag_error(s->c, class->ast->name.span, "P5",
			"`%s` is too long for the name of a program", l1->program);

		diag_help(d, "say `program \"NAME\"` in the process, with at most %u bytes",
			PROGRAM_NAME_BYTES_MAX);
	}
	l1->gives = class->gives.elements;
	l1->gives_count = class->gives.count;
	l1->resources = class->resources.elements;
	l1->resource_count = class->resources.count;
	l1->uses_count = class->uses.count;
	l1->uses = arena_array(&s->c->arena, class->uses.count, sizeof *l1->uses);
	for (uint32_t i = 0; i < class->uses.count; i++) {
		l1->uses[i] = ((const struct use_info *)class->uses.elements)[i].endpoint;
	}
	l1->devices = class->devices.elements;
	l1->device_count = class->devices.count;
}

static const char *
qualified(struct sema *s, const struct symbol *symbol)
{
	return symbol->unit->name[0] == '\0'
		       ? symbol->name
		       : arena_format(&s->c->arena, "%s.%s", symbol->unit->name, symbol->name);
}

/* What init gives, if anything here uses its unit. */
static void
init_gives(struct sema *s, struct l1_class *l1)
{
	for (const struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		const struct symbol *symbol =
			sema_same(unit->name, "servers.init")
				? scope_find_word(unit, "Supervisor", SCOPE_INTERFACE)
				: NULL;
		struct l1_endpoint *slot;

		if (symbol == NULL || symbol->interface == NULL) {
			continue;
		}
		slot = vector_push(&s->classes->gives, &s->c->arena, sizeof *slot);
		slot->name = "supervisor";
		slot->interface = symbol->interface->id;
		l1->gives = s->classes->gives.elements;
		l1->gives_count = s->classes->gives.count;
	}
}

/* init is the supervisor that the kernel starts: class 0, known to every system. */
static void
init_fill(struct sema *s)
{
	struct l1_class *l1 = &s->l1->classes[0];

	s->classes = arena_alloc(&s->c->arena, sizeof *s->classes);
	l1->name = "init";
	l1->program = "init";
	l1->priority = SEMA_PRIORITY_MAX + 1;
	l1->is_used = true;
	l1->position.file = s->root->source->path;
	init_gives(s, l1);
}

void
sema_processes(struct sema *s)
{
	struct class_info **end;
	uint32_t count = 1;

	for (const struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		for (const struct symbol *y = unit->symbols; y != NULL; y = y->next) {
			count += y->item->kind == AST_ITEM_PROCESS;
		}
	}
	s->l1->classes = arena_array(&s->c->arena, count, sizeof *s->l1->classes);
	s->l1->class_count = count;
	init_fill(s);
	end = &s->classes->next;
	count = 1;
	for (const struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		for (struct symbol *y = unit->symbols; y != NULL; y = y->next) {
			struct class_info *class;

			if (y->item->kind != AST_ITEM_PROCESS) {
				continue;
			}
			class = arena_alloc(&s->c->arena, sizeof *class);
			class->index = count++;
			class->symbol = y;
			class->ast = y->item->process;
			y->class = class;
			*end = class;
			end = &class->next;
			s->l1->classes[class->index].name = qualified(s, y);
			class_fill(s, class);
		}
	}
}
