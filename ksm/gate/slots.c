/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * slots.c: uses in order, then devices in order, then signals. Signals follow from rules, so they
 * come last: a rule that goes away moves no other slot.
 */
#include "slots.h"

#include <string.h>

#include "abi/abi.h"
#include "abi/system.h"
#include "vector.h"

struct list {
	struct vector slots;
	struct arena *arena;
	const char *sentence;
};

static void
add(struct list *list, struct slot slot)
{
	*(struct slot *)vector_push(&list->slots, list->arena, sizeof(slot)) = slot;
}

static bool
may_signal(const struct l1_instance *from, uint16_t to)
{
	for (uint32_t i = 0; i < from->signal_count; i++) {
		if (from->signals[i] == to) {
			return true;
		}
	}
	return false;
}

uint32_t
slots_signal_bit(const struct l1 *l1, uint16_t from, uint16_t to)
{
	uint32_t bit = SLOTS_SIGNAL_BIT_FIRST;

	if (!may_signal(&l1->instances[from], to)) {
		return 0;
	}
	for (uint32_t i = 0; i < from; i++) {
		bit += may_signal(&l1->instances[i], to);
	}
	return bit < 32 ? UINT32_C(1) << bit : 0;
}

static void
signal_add(struct list *list, const struct l1 *l1, const struct l1_instance *instance, uint32_t n)
{
	uint16_t to = instance->signals[n];
	struct slot slot = {.kind = SYSTEM_SIGNAL,
		.name = instance->class->uses[instance->signal_uses[n]].name,
		.rights = RIGHT_SEND,
		.target = to,
		.label = l1->instances[to].label,
		.interface = INTERFACE_SIGNAL,
		.badge = slots_signal_bit(l1, instance->number, to)};

	if (slot.badge == 0) {
		list->sentence = arena_format(list->arena,
			"more than %d instances may signal `%s`, and a notification has no more "
			"bits",
			32 - SLOTS_SIGNAL_BIT_FIRST, l1->instances[to].name);
	}
	add(list, slot);
}

static void
use_add(struct list *list, const struct l1 *l1, const struct l1_instance *instance, uint32_t use)
{
	struct slot slot = {.name = instance->class->uses[use].name};

	for (uint32_t n = 0; n < instance->signal_count; n++) {
		if (instance->signal_uses[n] == use) {
			signal_add(list, l1, instance, n);
			return;
		}
	}
	for (uint32_t i = 0; i < instance->wire_count; i++) {
		const struct l1_wire *wire = &instance->wires[i];
		const struct l1_instance *target = &l1->instances[wire->target];

		if (wire->use == use) {
			slot.kind = SYSTEM_CLIENT;
			slot.rights = RIGHT_SEND;
			slot.target = wire->target;
			slot.label = target->label;
			slot.interface = target->class->gives[wire->gives].interface;
			slot.badge = (uint32_t)wire->gives << BADGE_GIVES_SHIFT;
			break;
		}
	}
	add(list, slot);
}

static void
device_add(struct list *list, const struct board *machine, const struct l1_device *device)
{
	struct slot frame = {.kind = SYSTEM_FRAME,
		.rights = RIGHT_READ | RIGHT_WRITE,
		.target = device->index,
		.label = device->label,
		.interface = KIND_FRAME,
		.name = device->name};
	struct slot irq = {.kind = SYSTEM_IRQ,
		.rights = RIGHT_MANAGE,
		.target = device->index,
		.label = device->label,
		.interface = KIND_IRQ,
		.name = device->name};

	add(list, frame);
	if (machine->devices[device->index].irq != 0) {
		add(list, irq);
	}
}

/* What stands beside the board's devices. */
static const struct slot pseudo_devices[] = {
	{.name = "policy", .kind = SYSTEM_POLICY, .interface = KIND_FRAME, .rights = RIGHT_READ},
	{.name = "monitor", .kind = SYSTEM_AUDIT, .interface = KIND_AUDIT, .rights = RIGHT_MANAGE},
	{.name = "power", .kind = SYSTEM_POWER, .interface = KIND_POWER, .rights = RIGHT_MANAGE},
	{.name = "trace", .kind = SYSTEM_TRACE, .interface = KIND_TRACE, .rights = RIGHT_MANAGE},
	{.name = "swap", .kind = SYSTEM_SWAP, .interface = KIND_POLICY, .rights = RIGHT_MANAGE},
};

static void
pseudo_add(struct list *list, const struct l1_device *device)
{
	struct slot slot = {.name = device->name};

	for (uint32_t i = 0; i < sizeof(pseudo_devices) / sizeof(pseudo_devices[0]); i++) {
		if (strcmp(device->name, pseudo_devices[i].name) == 0) {
			slot = pseudo_devices[i];
			slot.label = device->label;
		}
	}
	if (slot.kind == 0) {
		list->sentence = arena_format(list->arena,
			"`%s` is neither a device of the board nor policy, monitor, power, trace "
			"or swap",
			device->name);
	}
	add(list, slot);
}

struct slots
slots_of(const struct l1 *l1, const struct board *machine, const struct l1_instance *instance,
	struct arena *arena)
{
	struct list list = {.arena = arena};
	const struct l1_class *class = instance->class;

	for (uint32_t i = 0; i < class->uses_count; i++) {
		use_add(&list, l1, instance, i);
	}
	for (uint32_t i = 0; i < class->device_count; i++) {
		if (class->devices[i].is_board) {
			device_add(&list, machine, &class->devices[i]);
		} else {
			pseudo_add(&list, &class->devices[i]);
		}
	}
	return (struct slots){list.slots.elements, list.slots.count, list.sentence};
}
