/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* link.c: edges that the system makes without a rule of the policy: wires, signals, own labels,
 * other policies [E3]. */
#include "link.h"

#include "abi/abi.h"
#include "l1.h"

static bool
wire_leads(const struct l1 *l1, const struct l1_wire *wire, uint16_t target, uint16_t interface)
{
	const struct l1_instance *to = &l1->instances[wire->target];

	return to->label == target && to->class->gives[wire->gives].interface == interface;
}

static bool
has_label(const struct l1_instance *instance, uint16_t label, uint16_t interface)
{
	const struct l1_class *class = instance->class;
	uint32_t index = (uint32_t)label - instance->resource_label;

	return label >= instance->resource_label && index < class->resource_count &&
	       class->gives[class->resources[index].gives].interface == interface;
}

static bool
is_linked(const struct l1 *l1, const struct l1_instance *from, uint16_t target, uint16_t interface)
{
	for (uint32_t w = 0; w < from->wire_count; w++) {
		if (wire_leads(l1, &from->wires[w], target, interface)) {
			return true;
		}
	}
	for (uint32_t n = 0; interface == INTERFACE_SIGNAL && n < from->signal_count; n++) {
		if (l1->instances[from->signals[n]].label == target) {
			return true;
		}
	}
	return has_label(from, target, interface);
}

bool
link_exists(const struct l1 *l1, uint16_t holder, uint16_t target, uint16_t interface)
{
	for (uint32_t i = 0; i < l1->edge_count; i++) {
		const struct l1_edge *edge = &l1->edges[i];

		if (edge->holder == holder && edge->target == target &&
			edge->interface == interface) {
			return true;
		}
	}
	return holder >= LABEL_INIT && holder - LABEL_INIT < (int)l1->instance_count &&
	       is_linked(l1, &l1->instances[holder - LABEL_INIT], target, interface);
}
