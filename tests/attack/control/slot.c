/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 1: a handle may be one of init's. 2: its generation does not count. 4: it may be the attacker's,
 * or mean the judge's bell; nobody asks what the receiver may do with it. */
#include "control.h"

#include "kernel/monitor.h"

static uint32_t control_edge(uint16_t holder, uint16_t target, uint16_t interface);

#define monitor_edge control_edge
#define slot_find    slot_find_checked
#include "kernel/slot.c"
#undef slot_find
#undef monitor_edge

#define INSTANCE_JUDGE 7
#define JUDGE_BELL     HANDLE_INITIAL(HANDLE_FIRST_INDEX + 4)

static uint32_t
control_edge(uint16_t holder, uint16_t target, uint16_t interface)
{
	uint32_t edge = monitor_edge(holder, target, interface);

	return edge == SLOT_NO_EDGE && control_is(4) ? 0 : edge;
}

/* 4: the attacker's, else the one bell that the judge has. */
static struct slot *
somebody_elses(uint32_t handle)
{
	struct process *attacker = control_attacker();
	struct process *judge = process_find(INSTANCE_JUDGE);
	struct slot *slot = attacker == NULL ? NULL : slot_find_checked(&attacker->table, handle);

	return slot != NULL || judge == NULL ? slot : slot_find_checked(&judge->table, JUDGE_BELL);
}

static const struct slot_table *first_table;

static struct slot *
any_generation(const struct slot_table *table, uint32_t handle)
{
	uint32_t index = handle & HANDLE_INDEX_MASK;

	return index != 0 && index < table->count && table->slots[index].object != NULL
		       ? &table->slots[index]
		       : NULL;
}

struct slot *
slot_find(const struct slot_table *table, uint32_t handle)
{
	struct slot *slot = slot_find_checked(table, handle);

	if (first_table == NULL) {
		first_table = table;
	}
	if (slot != NULL) {
		return slot;
	}
	if (control_is(1)) {
		return slot_find_checked(first_table, handle);
	}
	if (control_is(2)) {
		return any_generation(table, handle);
	}
	return control_is(4) ? somebody_elses(handle) : NULL;
}
