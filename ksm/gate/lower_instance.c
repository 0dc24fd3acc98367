/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lower_instance.c: instances in start order, with numbers and labels. */
#include "lower_instance.h"

#include <assert.h>

#include "abi/abi.h"
#include "ast.h"
#include "attribute.h"
#include "boards.h"
#include "compile.h"
#include "late.h"
#include "object.h"
#include "restart.h"
#include "sema.h"

static const char *const pseudo_names[] = {"policy", "monitor", "power", "trace", "swap"};

#define PSEUDO_COUNT ((uint32_t)(sizeof pseudo_names / sizeof pseudo_names[0]))
#define PLACED_NONE  UINT16_MAX

static bool
servers_placed(const struct sema *s, const struct instance_info *instance)
{
	const struct wire_info *wires = instance->wires.elements;

	for (uint32_t w = 0; w < instance->wires.count; w++) {
		if (sema_instance(s, wires[w].target)->number == PLACED_NONE) {
			return false;
		}
	}
	return true;
}

static void
cycle_warn(struct sema *s, const struct instance_info *instance)
{
	const struct wire_info *wires = instance->wires.elements;

	for (uint32_t w = 0; w < instance->wires.count; w++) {
		const struct instance_info *server = sema_instance(s, wires[w].target);

		if (server->number == PLACED_NONE) {
			struct diag *d = diag_warning(s->c, wires[w].at, "P10",
				"`%s` and `%s` reach each other by calls: each may wait for the "
				"other for ever",
				instance->name, server->name);

			diag_help(d, "let one of them signal instead of calling");
			return;
		}
	}
}

/* Servers before clients; among those that could be next, the first declared. */
static void
numbers_give(struct sema *s)
{
	for (uint32_t i = 1; i < s->instances.count; i++) {
		sema_instance(s, i)->number = PLACED_NONE;
	}
	for (uint32_t number = 1; number < s->instances.count; number++) {
		struct instance_info *first = NULL;
		struct instance_info *next = NULL;

		for (uint32_t i = 1; i < s->instances.count && next == NULL; i++) {
			struct instance_info *instance = sema_instance(s, i);

			if (instance->number != PLACED_NONE) {
				continue;
			}
			first = first == NULL ? instance : first;
			next = servers_placed(s, instance) ? instance : NULL;
		}
		if (next == NULL) {
			assert(first != NULL);
			cycle_warn(s, first);
			next = first;
		}
		next->number = (uint16_t)number;
	}
}

static void
wires_lower(struct sema *s, const struct instance_info *from, struct l1_instance *to)
{
	const struct wire_info *wires = from->wires.elements;

	to->wire_count = from->wires.count;
	to->wires = arena_array(&s->c->arena, to->wire_count, sizeof *to->wires);
	for (uint32_t w = 0; w < to->wire_count; w++) {
		to->wires[w].use = (uint16_t)wires[w].use;
		to->wires[w].target = sema_instance(s, wires[w].target)->number;
		to->wires[w].gives = (uint16_t)wires[w].gives;
		to->wires[w].position = sema_position(s, wires[w].at);
	}
}

static void
signals_lower(struct sema *s, const struct instance_info *from, struct l1_instance *to)
{
	const struct wire_info *wires = from->signals.elements;

	to->signal_count = from->signals.count;
	to->signals = arena_array(&s->c->arena, to->signal_count, sizeof *to->signals);
	to->signal_uses = arena_array(&s->c->arena, to->signal_count, sizeof *to->signal_uses);
	for (uint32_t w = 0; w < to->signal_count; w++) {
		to->signals[w] = sema_instance(s, wires[w].target)->number;
		to->signal_uses[w] = (uint16_t)wires[w].use;
	}
}

static void
attributes_lower(struct sema *s, struct instance_info *from)
{
	struct l1_instance *to = &s->l1->instances[from->number];
	const struct attribute_value *values = from->values.elements;

	attribute_settle(s, from);

	to->attributes = arena_array(&s->c->arena, from->values.count, sizeof *to->attributes);
	for (uint32_t i = 0; i < from->values.count; i++) {
		if (values[i].is_known) {
			to->attributes[to->attribute_count].name = values[i].info->name;
			to->attributes[to->attribute_count].value = attribute_text(s, &values[i]);
			to->attribute_count++;
		}
	}
}

static void
instance_lower(struct sema *s, const struct instance_info *from)
{
	struct l1_instance *to = &s->l1->instances[from->number];

	to->name = from->name;
	to->class = &s->l1->classes[from->class->index];
	s->l1->classes[from->class->index].is_used = true;
	to->number = from->number;
	to->label = (uint16_t)(LABEL_INIT + from->number);
	to->template = from->template == 0 ? 0 : sema_instance(s, from->template)->number;
	to->memory_bytes = from->memory_bytes;
	to->priority = from->priority;
	to->budget = from->budget;
	to->position = sema_position(s, from->at);
	to->restart = restart_lower(s, from->restart_unit, from->restart);
	wires_lower(s, from, to);
	signals_lower(s, from, to);
}

static void
field_name(struct l1_field *field, const struct l1_name *names, uint32_t count)
{
	if (field->is_process) {
		field->names = names;
		field->name_count = count;
		field->low = 1;
		field->high = count;
	}
}

static void
message_name(struct l1_message *message, const struct l1_name *names, uint32_t count)
{
	for (uint32_t i = 0; i < message->field_count; i++) {
		field_name(&message->fields[i], names, count);
	}
}

static bool
device_is_used(const struct l1 *l1, const char *name)
{
	for (uint32_t i = 0; i < l1->instance_count; i++) {
		const struct l1_class *class = l1->instances[i].class;

		for (uint32_t n = 0; n < class->device_count; n++) {
			if (sema_same(class->devices[n].name, name)) {
				return true;
			}
		}
	}
	return false;
}

static void
label_add(struct l1 *l1, const char *name, enum l1_label_kind kind, uint32_t number)
{
	struct l1_label *label = &l1->labels[l1->label_count++];

	label->name = name;
	label->kind = kind;
	label->number = (uint16_t)number;
}

/* Tells every device of every class the label of that name. */
static void
devices_label(struct l1 *l1, const char *name, uint16_t label)
{
	for (uint32_t i = 0; i < l1->class_count; i++) {
		for (uint32_t n = 0; n < l1->classes[i].device_count; n++) {
			struct l1_device *device = &l1->classes[i].devices[n];

			if (sema_same(device->name, name)) {
				device->label = label;
			}
		}
	}
}

/* Labels of what the instance gives, behind all others. */
static void
resources_label(struct sema *s, struct instance_info *from)
{
	struct l1 *l1 = s->l1;
	struct l1_instance *to = &l1->instances[from->number];

	if (to->class->resource_count != 0) {
		from->resource_label = (uint16_t)l1->label_count;
	}
	to->resource_label = from->resource_label;
	for (uint32_t i = 0; i < to->class->resource_count; i++) {
		const char *name =
			arena_format(&s->c->arena, "%s.%s", to->name, to->class->resources[i].name);

		label_add(l1, name, L1_LABEL_RESOURCE, to->number);
	}
}

static void
labels_lower(struct sema *s)
{
	struct l1 *l1 = s->l1;
	uint32_t most = LABEL_INIT + l1->instance_count + s->board->device_count + PSEUDO_COUNT;

	for (uint32_t i = 0; i < l1->instance_count; i++) {
		most += l1->instances[i].class->resource_count;
	}
	l1->labels = arena_array(&s->c->arena, most, sizeof *l1->labels);
	label_add(l1, "none", L1_LABEL_NONE, 0);
	label_add(l1, "kernel", L1_LABEL_KERNEL, 0);
	for (uint32_t i = 0; i < l1->instance_count; i++) {
		label_add(l1, l1->instances[i].name, L1_LABEL_INSTANCE, i);
	}
	for (uint32_t i = 0; i < s->board->device_count; i++) {
		const char *name = s->board->devices[i].name;

		if (device_is_used(l1, name)) {
			devices_label(l1, name, (uint16_t)l1->label_count);
			label_add(l1, name, L1_LABEL_DEVICE, i);
		}
	}
	for (uint32_t i = 0; i < PSEUDO_COUNT; i++) {
		devices_label(l1, pseudo_names[i], (uint16_t)l1->label_count);
		label_add(l1, pseudo_names[i], L1_LABEL_DEVICE, 0);
	}
	for (uint32_t i = 1; i < s->instances.count; i++) {
		resources_label(s, sema_instance(s, i));
	}
	assert(l1->label_count <= most);
}

/* What fields of type process can hold: the instances of this system. */
static void
process_fields_name(struct sema *s)
{
	struct l1 *l1 = s->l1;
	uint32_t count = l1->instance_count - 1;
	struct l1_name *names = arena_array(&s->c->arena, count + 1, sizeof *names);

	for (uint32_t i = 0; i < count; i++) {
		names[i].name = l1->instances[i + 1].name;
		names[i].value = i + 1;
	}
	for (struct class_info *class = s->classes; class != NULL; class = class->next) {
		struct attribute_info *infos = class->attributes.elements;

		for (uint32_t i = 0; i < class->attributes.count; i++) {
			field_name(&infos[i].field, names, count);
		}
	}
	for (struct object_info *object = s->objects; object != NULL; object = object->next) {
		if (object->type.is_process) {
			field_name(&object->type, names, count);
			object_type_settle(object);
		}
	}
	for (uint32_t i = 0; i < l1->interface_count; i++) {
		for (uint32_t m = 0; m < l1->interfaces[i].method_count; m++) {
			struct l1_method *method = &l1->interfaces[i].methods[m];

			message_name(&method->call, names, count);
			message_name(&method->reply, names, count);
			message_name(&method->error, names, count);
		}
	}
}

void
lower_instances(struct sema *s)
{
	struct l1 *l1 = s->l1;

	numbers_give(s);
	l1->instance_count = s->instances.count;
	l1->instances = arena_array(&s->c->arena, l1->instance_count, sizeof *l1->instances);
	for (uint32_t i = 0; i < s->instances.count; i++) {
		instance_lower(s, sema_instance(s, i));
	}
	process_fields_name(s);
	late_processes_settle(s);
	for (uint32_t i = 0; i < s->instances.count; i++) {
		attributes_lower(s, sema_instance(s, i));
	}
	restart_groups(s);
	labels_lower(s);
	l1->board_name = s->board->name;
	l1->system_name = s->system == NULL ? NULL : ast_item_name(s->system)->text;
}
