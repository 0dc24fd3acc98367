/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* diff_map.c: labels, interfaces, methods and states of two policies, matched by name. */
#include "diff_map.h"

#include <string.h>

#include "arena.h"
#include "index.h"
#include "l1.h"

static uint32_t
name_hash(const char *name)
{
	return index_hash(0, name, strlen(name));
}

static void
labels_map(struct diff_map *map, struct arena *a)
{
	const struct l1_label *labels = map->new->labels;
	struct index index = {0};
	uint32_t fresh = map->new->label_count;

	map->labels = arena_array(a, map->old->label_count, sizeof *map->labels);
	for (uint32_t i = 0; i < map->new->label_count; i++) {
		index_add(&index, a, name_hash(labels[i].name));
	}
	for (uint32_t i = 0; i < map->old->label_count; i++) {
		const struct l1_label *label = &map->old->labels[i];
		uint32_t n = index_first(&index, name_hash(label->name));

		while (n != INDEX_NONE && (labels[n].kind != label->kind ||
						  strcmp(labels[n].name, label->name) != 0)) {
			n = index_next(&index, n);
		}
		map->labels[i] = (uint16_t)(n == INDEX_NONE ? fresh++ : n);
	}
}

static bool
message_same(const struct l1_message *x, const struct l1_message *y)
{
	bool is_same = x->field_count == y->field_count;

	for (uint32_t i = 0; is_same && i < x->field_count; i++) {
		const struct l1_field *f = &x->fields[i];
		const struct l1_field *g = &y->fields[i];

		is_same = f->kind == g->kind && f->carries == g->carries &&
			  f->offset_bytes == g->offset_bytes && f->width_bytes == g->width_bytes &&
			  f->is_signed == g->is_signed && f->is_process == g->is_process;
	}
	return is_same;
}

static void
method_map(struct diff_methods *to, const struct l1_method *old, const struct l1_interface *new,
	uint32_t *fresh)
{
	uint32_t n = 0;

	while (n < new->method_count && (new->methods[n].is_reserved || old->is_reserved ||
						strcmp(new->methods[n].name, old->name) != 0)) {
		n++;
	}
	if (n == new->method_count) {
		to->numbers[old->number - 1] = (uint16_t)(*fresh)++;
		return;
	}
	to->numbers[old->number - 1] = new->methods[n].number;
	to->is_call_same[old->number - 1] =
		new->methods[n].is_ask ==
		old->is_ask &&message_same(&old->call, &new->methods[n].call);
	to->is_reply_same[old->number - 1] =
		old->error_count ==
		new->methods[n].error_count &&message_same(&old->reply, &new->methods[n].reply);
}

static void
interface_map(struct diff_map *map, struct arena *a, uint32_t index, uint32_t *fresh)
{
	const struct l1_interface *old = &map->old->interfaces[index];
	struct diff_methods *to = &map->interfaces[index];
	uint32_t n = 0;
	uint32_t more;

	to->numbers = arena_array(a, old->method_count, sizeof *to->numbers);
	to->is_call_same = arena_array(a, old->method_count, sizeof(bool));
	to->is_reply_same = arena_array(a, old->method_count, sizeof(bool));
	while (n < map->new->interface_count &&
		strcmp(map->new->interfaces[n].name, old->name) != 0) {
		n++;
	}
	to->new_interface = (uint16_t)(n < map->new->interface_count ? n : (*fresh)++);
	more = n < map->new->interface_count ? map->new->interfaces[n].method_count + 1 : 1;
	for (uint32_t m = 0; m < old->method_count; m++) {
		static const struct l1_interface none = {0};

		method_map(to, &old->methods[m],
			n < map->new->interface_count ? &map->new->interfaces[n] : &none, &more);
	}
}

static bool
state_same(const struct diff_map *map, const struct l1_state *old, const struct l1_state *new)
{
	const struct l1_object *x = old->object;
	const struct l1_object *y = new->object;
	uint16_t interface = 0;

	if (old->interface != 0) {
		uint32_t index = diff_interface(map->old, old->interface);
		uint32_t n = map->interfaces[index].new_interface;

		if (n >= map->new->interface_count) {
			return false;
		}
		interface = map->new->interfaces[n].id;
	}
	if (old->cell_count != new->cell_count) {
		return false;
	}
	if (x->kind != y->kind || x->key != y->key || strcmp(x->name, y->name) != 0 ||
		strcmp(x->unit_name, y->unit_name) != 0 || interface != new->interface ||
		(old->holder == 0 ? 0 : map->labels[old->holder]) != new->holder ||
		(old->target == 0 ? 0 : map->labels[old->target]) != new->target ||
		(old->resource == 0 ? 0 : map->labels[old->resource]) != new->resource) {
		return false;
	}
	if (x->kind == L1_MACHINE) {
		for (uint32_t i = 0; i < x->count && i < y->count; i++) {
			if (strcmp(x->names[i].name, y->names[i].name) != 0) {
				return false;
			}
		}
		return x->count == y->count;
	}
	return x->kind != L1_SET || x->low == y->low;
}

static uint32_t
state_hash(const struct l1_state *state, uint32_t holder, uint32_t target)
{
	const uint32_t labels[] = {holder, target};

	return index_hash(name_hash(state->object->name), labels, sizeof labels);
}

static void
states_map(struct diff_map *map, struct arena *a)
{
	struct index index = {0};

	map->states = arena_array(a, map->old->state_count + 1u, sizeof *map->states);
	for (uint32_t i = 0; i < map->new->state_count; i++) {
		const struct l1_state *new = map->new->states[i];

		index_add(&index, a, state_hash(new, new->holder, new->target));
	}
	for (uint32_t i = 0; i < map->old->state_count; i++) {
		const struct l1_state *old = map->old->states[i];
		uint32_t hash = state_hash(old, old->holder == 0 ? 0 : map->labels[old->holder],
			old->target == 0 ? 0 : map->labels[old->target]);
		uint32_t n = index_first(&index, hash);

		while (n != INDEX_NONE && !state_same(map, old, map->new->states[n])) {
			n = index_next(&index, n);
		}
		map->states[i] = n == INDEX_NONE ? NULL : map->new->states[n];
	}
}

void
diff_map_make(struct diff_map *map, const struct l1 *old, const struct l1 *new, struct arena *a)
{
	uint32_t fresh = new->interface_count;

	*map = (struct diff_map){.old = old, .new = new};
	labels_map(map, a);
	map->interfaces = arena_array(a, old->interface_count, sizeof *map->interfaces);
	for (uint32_t i = 0; i < old->interface_count; i++) {
		interface_map(map, a, i, &fresh);
	}
	states_map(map, a);
}

uint32_t
diff_interface(const struct l1 *l1, uint16_t id)
{
	return (uint32_t)(l1_interface_find(l1, id) - l1->interfaces);
}

uint64_t
diff_key(const struct diff_map *map, const struct l1 *l1, const struct l1_cell *cell)
{
	uint64_t interface = diff_interface(l1, cell->interface);
	uint64_t holder = cell->holder;
	uint64_t target = cell->target;
	uint64_t method = cell->method;

	if (l1 == map->old) {
		method = map->interfaces[interface].numbers[cell->method - 1];
		interface = map->interfaces[interface].new_interface;
		holder = map->labels[holder];
		target = map->labels[target];
	}
	return holder << 48 | target << 32 | interface << 16 | method;
}
