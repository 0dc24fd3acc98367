/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The switch: the judge names an attack through Audit.edge, which no policy of a product gives
 * away. */
#include "control.h"

#include "kernel/monitor.h"

static const struct ksm_edge *control_edge_at(uint32_t number);

#define monitor_edge_at control_edge_at
#include "kernel/invoke_audit.c"
#undef monitor_edge_at

#include "control_machine.h"
#include "kernel/derivation.h"
#include "kernel/untyped.h"

#define CLOCK             UINT64_C(0x09010000) /* attack 10 reads it */
#define INSTANCE_ATTACKER 5

uint32_t control_number;

struct process *
control_attacker(void)
{
	return process_find(INSTANCE_ATTACKER);
}

/* 10: the registers of a device appear in the attacker's address space. */
static void
map_device(void)
{
	struct process *process = control_attacker();

	if (process != NULL && arch_space_is_free(&process->space, CLOCK, 1)) {
		arch_space_map(&process->space, CLOCK, CLOCK, 1, ARCH_DEVICE, untyped_take_page,
			process->account);
	}
}

static const struct ksm_edge *
control_edge_at(uint32_t number)
{
	if (number < CONTROL_EDGE || number > CONTROL_EDGE + 99) {
		return monitor_edge_at(number);
	}
	control_number = number - CONTROL_EDGE;
	if (control_is(2)) {
		slot_lists.are_counted = true; /* what landed goes the long way */
	}
	if (control_is(10)) {
		map_device();
	}
	control_machine(control_is(15), control_is(16));
	return monitor_edge_at(0);
}
