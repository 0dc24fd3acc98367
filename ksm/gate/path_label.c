/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* path_label.c: what is opened by a path has the label of the longest path that it is under. */
#include "path_label.h"

#include <stdlib.h>
#include <string.h>

#include "ast.h"
#include "ast_decl.h"
#include "compile.h"
#include "condition.h"
#include "expr.h"
#include "lower_rule.h"
#include "resource.h"
#include "scope.h"
#include "sema.h"
#include "tail.h"

#define PATHS_MAX 32u

static const struct l1_path *
path_at(const struct class_info *class, uint32_t index)
{
	return &((const struct l1_path *)class->paths.elements)[index];
}

/* By whole components [S12]. */
static bool
is_under(const char *path, const char *prefix)
{
	size_t length = strlen(prefix);

	return length == 1 || (strncmp(path, prefix, length) == 0 &&
				      (path[length] == '\0' || path[length] == '/'));
}

/* --- tables --------------------------------------------------------------------------------- */

static bool
path_check(struct sema *s, const struct class_info *class, const struct ast_path_label *entry)
{
	if (!tail_is_path(entry->path.bytes, entry->path.length)) {
		diag_help(diag_error(s->c, entry->path.span, "T4", "this is no path"),
			"write `/`, or names with `/` before each: `/log/today`");
		return false;
	}
	for (uint32_t i = 0; i < class->paths.count; i++) {
		if (strcmp(path_at(class, i)->path, entry->path.bytes) == 0) {
			diag_help(diag_error(s->c, entry->path.span, "P20",
					  "this path has a label already"),
				"keep one of the lines");
			return false;
		}
	}
	if (class->paths.count == PATHS_MAX) {
		diag_help(diag_error(s->c, entry->path.span, "P20", "at most %u paths have labels",
				  PATHS_MAX),
			"name a folder above several of them");
		return false;
	}
	return true;
}

/* Returns false after an error. */
static bool
label_find(struct sema *s, const struct class_info *class, const struct ast_ident *name,
	struct l1_path *out)
{
	const struct l1_resource *labels = class->resources.elements;
	uint32_t index = resource_index(class, name->text);
	struct vector names = {0};
	struct diag *d;

	out->resource = (uint16_t)index;
	if (index < class->resources.count &&
		(class->paths.count == 0 ||
			labels[path_at(class, 0)->resource].gives == labels[index].gives)) {
		return true;
	}
	if (index < class->resources.count) {
		diag_help(diag_error(s->c, name->span, "P20", "`%s` is a label of another endpoint",
				  name->text),
			"take labels of one endpoint: what is opened is one kind of thing");
		return false;
	}
	d = diag_error(
		s->c, name->span, "P20", "`%s` has no label `%s`", class->symbol->name, name->text);
	for (uint32_t i = 0; i < class->resources.count; i++) {
		*(const char **)vector_push(&names, &s->c->arena, sizeof(char *)) = labels[i].name;
	}
	diag_choose(d, name->text, "its labels are", names.elements, names.count);
	return false;
}

static int
longer_first(const void *a, const void *b)
{
	const struct l1_path *left = a;
	const struct l1_path *right = b;
	size_t x = strlen(left->path);
	size_t y = strlen(right->path);

	return x != y ? (x < y) - (x > y) : strcmp(left->path, right->path);
}

/* A request with a path, a reply with a handle of the interface that these labels have. */
static bool
is_opened(const struct class_info *class, const struct l1_method *method)
{
	const struct l1_resource *labels = class->resources.elements;
	const struct l1_endpoint *gives = class->gives.elements;
	uint16_t interface = gives[labels[path_at(class, 0)->resource].gives].interface;
	bool has_path = false;

	for (uint32_t i = 0; i < method->call.field_count; i++) {
		has_path = has_path || method->call.fields[i].is_path;
	}
	for (uint32_t i = 0; has_path && i < method->reply.field_count; i++) {
		const struct l1_field *field = &method->reply.fields[i];

		if (field->carries == L1_HANDLE && field->low >> 16 == interface) {
			return true;
		}
	}
	return false;
}

static bool
class_opens(const struct sema *s, const struct class_info *class)
{
	const struct l1_endpoint *gives = class->gives.elements;

	for (uint32_t i = 0; i < class->gives.count; i++) {
		const struct l1_interface *interface = l1_interface_find(s->l1, gives[i].interface);

		for (uint32_t m = 0; m < interface->method_count; m++) {
			if (is_opened(class, &interface->methods[m])) {
				return true;
			}
		}
	}
	return false;
}

static void
table_check(struct sema *s, const struct class_info *class, const struct ast_labels *table)
{
	struct diag *d;

	if (strcmp(path_at(class, class->paths.count - 1)->path, "/") != 0) {
		d = diag_error(s->c, table->process.span, "P20", "other paths have no label");
		diag_help(d, "add the line `\"/\" LABEL`: it is for all that no other is for");
	} else if (!class_opens(s, class)) {
		d = diag_error(s->c, table->process.span, "P20",
			"nothing of `%s` is opened by a path", class->symbol->name);
		diag_help(d, "a method takes a `path<N>` and returns a handle of what has these "
			     "labels");
	}
}

static void
table_read(struct sema *s, const struct unit *unit, const struct ast_labels *table)
{
	const struct symbol *symbol = scope_get(s, unit, &table->process, AST_ITEM_PROCESS, "P20");
	struct class_info *class = symbol == NULL ? NULL : symbol->class;

	if (class == NULL) {
		return;
	}
	if (class->paths.count != 0) {
		diag_help(diag_error(s->c, table->process.span, "P20",
				  "`%s` has such a table already", class->symbol->name),
			"say it in one");
		return;
	}
	for (const struct ast_path_label *e = table->entries; e != NULL; e = e->next) {
		struct l1_path path = {.path = e->path.bytes};

		if (!path_check(s, class, e) || !label_find(s, class, &e->label, &path)) {
			return;
		}
		*(struct l1_path *)vector_push(&class->paths, &s->c->arena, sizeof path) = path;
	}
	if (class->paths.count == 0) {
		diag_help(diag_error(s->c, table->process.span, "P20", "no path has a label here"),
			"write lines like `\"/\" LABEL`");
		return;
	}
	qsort(class->paths.elements, class->paths.count, sizeof(struct l1_path), longer_first);
	table_check(s, class, table);
	s->l1->classes[class->index].paths = class->paths.elements;
	s->l1->classes[class->index].path_count = class->paths.count;
}

void
path_labels_declare(struct sema *s)
{
	for (const struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		for (const struct ast_item *item = unit->file->items; item != NULL;
			item = item->next) {
			if (item->kind == AST_ITEM_LABELS) {
				table_read(s, unit, item->labels);
			}
		}
	}
}

/* --- rules ---------------------------------------------------------------------------------- */

uint32_t
path_label_parts(const struct event_cell *cell)
{
	const struct class_info *class = cell->server == NULL ? NULL : cell->server->class;

	return class != NULL && class->paths.count != 0 && cell->event == L1_CALL &&
			       is_opened(class, cell->method)
		       ? class->paths.count
		       : 0;
}

static const struct l1_resource *
part_label(const struct class_info *class, uint32_t part)
{
	return &((const struct l1_resource *)class->resources
			 .elements)[path_at(class, part)->resource];
}

const char *
path_label_text(struct sema *s, const struct event_cell *cell, uint32_t part)
{
	const struct class_info *class = cell->server->class;

	return arena_format(&s->c->arena, "\"%s\" %s", path_at(class, part)->path,
		part_label(class, part)->name);
}

/* Whether a path of the table lies right below another: no third one is between them. */
static bool
is_next_below(const struct class_info *class, uint32_t lower, uint32_t upper)
{
	for (uint32_t i = lower + 1; i < upper; i++) {
		if (is_under(path_at(class, lower)->path, path_at(class, i)->path) &&
			is_under(path_at(class, i)->path, path_at(class, upper)->path)) {
			return false;
		}
	}
	return is_under(path_at(class, lower)->path, path_at(class, upper)->path);
}

/* Under its path, and under no longer one. */
static struct l1_condition *
part_condition(struct sema *s, const struct event_cell *cell, uint32_t part)
{
	const struct class_info *class = cell->server->class;
	const char *own = path_at(class, part)->path;
	const struct l1_field *path = cell->method->call.fields;
	struct l1_condition *all;

	while (!path->is_path) {
		path++;
	}
	all = expr_path_under(s, path, own);
	for (uint32_t i = 0; i < part; i++) {
		if (is_next_below(class, i, part)) {
			all = condition_and(&s->c->scratch, all,
				condition_not(&s->c->scratch,
					expr_path_under(s, path, path_at(class, i)->path)));
		}
	}
	return all;
}

uint32_t
path_label_most(const struct vector *cells)
{
	uint32_t most = 0;

	for (uint32_t i = 0; i < cells->count; i++) {
		uint32_t own = path_label_parts(&((const struct event_cell *)cells->elements)[i]);

		most = own > most ? own : most;
	}
	return most;
}

struct vector
path_label_cells(struct sema *s, const struct vector *cells, uint32_t part)
{
	const struct event_cell *from = cells->elements;
	struct vector own = {0};

	for (uint32_t i = 0; i < cells->count; i++) {
		uint32_t parts = path_label_parts(&from[i]);
		struct event_cell cell = from[i];

		if (parts == 0 ? part != 0 : part >= parts) {
			continue;
		}
		if (parts != 0) {
			cell.condition = condition_and(
				&s->c->scratch, cell.condition, part_condition(s, &cell, part));
		}
		if (!condition_is_never(cell.condition)) {
			*(struct event_cell *)vector_push(&own, &s->c->scratch, sizeof cell) = cell;
		}
	}
	return own;
}

/* Each handle of the interface in question has the part's label, of this server. */
static struct l1_condition *
answer_condition(struct sema *s, const struct event_cell *cell, uint32_t part)
{
	const struct class_info *class = cell->server->class;
	const struct l1_endpoint *gives = class->gives.elements;
	int64_t handle = (int64_t)gives[part_label(class, part)->gives].interface << 16;
	int64_t label = cell->server->resource_label + (int64_t)path_at(class, part)->resource;
	struct l1_condition *all = condition_always(&s->c->arena);

	for (uint32_t i = 0; i < cell->method->reply.field_count; i++) {
		const struct l1_field *field = &cell->method->reply.fields[i];
		struct vector ranges = {0};

		if (field->carries != L1_HANDLE || field->low >> 16 << 16 != handle) {
			continue;
		}
		*(struct l1_range *)vector_push(&ranges, &s->c->arena, sizeof(struct l1_range)) =
			(struct l1_range){handle | label, handle | label};
		all = condition_and(&s->c->arena, all,
			condition_in(&s->c->arena, field, &ranges, (struct l1_position){0}));
	}
	return all;
}

static bool
is_same_place(const struct l1_cell *cell, const struct event_cell *event)
{
	return cell->holder == event->holder && cell->target == event->target &&
	       cell->interface == event->interface->id && cell->method == event->method->number;
}

void
path_label_answer(struct sema *s, const struct event_cell *cell, uint32_t part, uint32_t number,
	uint32_t first)
{
	struct l1_condition *label = answer_condition(s, cell, part);
	struct l1_cell call = {0};
	bool is_said = false;

	for (uint32_t i = first; i < s->cells.count; i++) {
		struct l1_cell *own = &((struct l1_cell *)s->cells.elements)[i];

		if (!is_same_place(own, cell)) {
			continue;
		}
		if (own->event == L1_CALL) {
			call = *own;
		} else if (own->event == L1_REPLY) {
			struct l1_condition *said = arena_alloc(&s->c->arena, sizeof *said);

			*said = *own->condition; /* nobody changes it */
			own->condition = condition_and(&s->c->arena, said, label);
			is_said = true;
		}
	}
	if (is_said || call.method == 0) {
		return;
	}
	call.event = L1_REPLY;
	call.condition = label;
	call.then = NULL;
	call.is_tail = true;
	lower_cell_add(s, call, number);
}
