/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Processes: protection domains. One address space, one capability table, one label. */
#include "kernel/process.h"

#include "abi/system.h"
#include "kernel/assert.h"
#include "kernel/audit.h"
#include "kernel/budget.h"
#include "kernel/config.h"
#include "kernel/destroy.h"
#include "kernel/endpoint.h"
#include "kernel/fault.h"
#include "kernel/monitor.h"
#include "kernel/scheduler.h"
#include "kernel/thread.h"

_Static_assert(sizeof(struct process) <= SYSTEM_PROCESS_BYTES, "`gate` reserves this much");

static struct process *all_processes;

void
process_init(struct process *process, struct slot *slots, uint32_t count, void *root,
	struct untyped *account)
{
	slot_table_init(process, slots, count);
	arch_space_init(&process->space, root);
	process->account = account;
	process->budget = budget_of(0);
	process->next = all_processes;
	if (all_processes != NULL) {
		all_processes->previous = process;
	}
	all_processes = process;
}

/* The caller last, if it is one of them: until then it can be told to go on. */
bool
process_stop_step(struct process *process)
{
	struct thread *thread = process->threads;

	if (thread == scheduler_current() && thread != NULL && thread->sibling != NULL) {
		thread = thread->sibling;
	}
	if (thread != NULL) {
		thread_stop(thread);
		thread_unbind(thread);
	}
	process->is_stopped = process->threads == NULL;
	return !process->is_stopped;
}

bool
process_drain_step(struct process *process)
{
	struct slot_table *table = &process->table;

	/* Down from the top: what the process derived stands above what it was given. */
	for (uint32_t i = 0; i < DRAIN_SLOTS && table->fresh > 1; i++) {
		struct slot *slot = &table->slots[table->fresh - 1];
		if (slot->object != NULL) {
			slot->object->frozen = 0; /* if it was revoking, nobody goes on with it */
			(void)capability_delete_step(slot);
			return true;
		}
		table->fresh--;
	}
	return table->fresh > 1;
}

void
process_destroy(struct process *process)
{
	kernel_assert(process->is_stopped && process->table.fresh <= 1);
	kernel_assert(process->threads == NULL);
	arch_space_destroy(&process->space);
	if (process->budget->process == process) {
		process->budget->process = NULL;
	}
	if (process->previous != NULL) {
		process->previous->next = process->next;
	} else {
		all_processes = process->next;
	}
	if (process->next != NULL) {
		process->next->previous = process->previous;
	}
}

struct process *
process_find(uint16_t instance)
{
	return instance < audit_instances() ? budget_of(instance)->process : NULL;
}

bool
process_forget_step(struct endpoint *supervisor)
{
	uint32_t count = audit_instances();

	for (uint32_t step = 0; step < FORGET_STEPS && supervisor->forgotten < count; step++) {
		struct process *process = process_find(supervisor->forgotten++);
		if (process != NULL && process->supervisor == supervisor) {
			process->supervisor = NULL;
		}
	}
	return supervisor->forgotten < count;
}

/*
 * What is spoken through a capability must be what its object understands: the monitor judges by
 * the interface, the kernel acts by the object.
 */
static bool
interface_fits(const struct object *object, uint8_t rights, uint16_t interface)
{
	if (interface == 0) {
		return true;
	}
	if (rights == RIGHT_SEND && object->kind == KIND_ENDPOINT) {
		return interface >= INTERFACE_USER;
	}
	if (rights == RIGHT_SEND && object->kind == KIND_NOTIFICATION) {
		return interface == INTERFACE_SIGNAL;
	}
	return interface == object->kind;
}

enum status
process_grant(struct process *process, struct process *from, uint32_t handle,
	const struct capability *wanted, uint32_t *granted)
{
	if (handle == 0) {
		*granted = 0;
		return slot_skip(&process->table);
	}
	if ((wanted->rights & ~RIGHTS_ALL) != 0) {
		return E_ARGUMENT;
	}
	struct slot *source = slot_find(&from->table, handle);
	if (source == NULL || (wanted->rights & ~source->rights) != 0 || wanted->rights == 0 ||
		(source->rights & SLOT_CLIENT) != 0) {
		return E_HANDLE;
	}
	if (process->label == LABEL_NONE || process->is_stopped) {
		return E_STATE;
	}
	/* Frames: one mapping for each capability, and the badge is where (decisions B6). */
	struct capability copy = *wanted;
	copy.object = source->object;
	if (!interface_fits(copy.object, copy.rights, copy.interface)) {
		return E_ARGUMENT;
	}
	if (copy.object->kind == KIND_FRAME && copy.badge != 0) {
		return E_ARGUMENT;
	}
	struct slot *placed;
	enum status status = slot_place(process, &copy, source, &placed);
	if (status == E_OK) {
		*granted = placed->handle;
	}
	return status;
}

enum status
process_configure(struct process *process, struct process *from, uint32_t endpoint_handle,
	uint32_t badge, const uint16_t identity[2], uint8_t priority_max)
{
	struct slot *slot = slot_find(&from->table, endpoint_handle);

	if (slot == NULL || slot->object->kind != KIND_ENDPOINT || !(slot->rights & RIGHT_MANAGE)) {
		return E_HANDLE;
	}
	if (priority_max >= PRIORITIES || identity[0] <= LABEL_KERNEL ||
		identity[1] >= audit_instances()) {
		return E_ARGUMENT;
	}
	struct endpoint *supervisor = (struct endpoint *)slot->object;
	if (process->label != LABEL_NONE || process_find(identity[1]) != NULL ||
		supervisor->is_retired) {
		return E_STATE;
	}
	/* Once for all steps: a supervisor that asks again asks for the same label. */
	process->restarted = monitor_restart(identity[0], process->restarted);
	if (process->restarted != 0) {
		return STATUS_AGAIN;
	}
	process->supervisor = supervisor;
	process->supervisor_badge = badge;
	process->label = identity[0];
	process->instance = identity[1];
	process->priority_max = priority_max;
	process->budget = budget_of(process->instance);
	process->budget->process = process;
	audit_incarnation(process->instance, process->label);
	return E_OK;
}

enum status
process_budget(struct process *process, uint64_t amount_ns, uint64_t period_ns, uint64_t reserve_ns)
{
	if (process->label == LABEL_NONE || process->is_started) {
		return E_STATE;
	}
	return budget_declare(process->budget, amount_ns, period_ns, reserve_ns);
}

/* Memory that init may not use, nobody may: it could still be granted, so the right goes. Nor does
 * the short way pass through an edge that is no more. */
static void
slot_judge_anew(struct slot *slot)
{
	if (slot->object == NULL || slot->edge == SLOT_NO_EDGE) {
		return;
	}
	slot->edge = monitor_edge(LABEL_INIT, slot->label, monitor_edge_at(slot->edge)->interface);
	if (slot->edge == SLOT_NO_EDGE) {
		slot->rights &= slot->object->kind == KIND_UNTYPED ? 0 : RIGHTS_ALL;
	}
}

bool
process_run_step(struct process *process)
{
	static uint32_t done = 1; /* slots of the one boot process */
	struct slot_table *table = &process->table;

	kernel_assert(process->label == LABEL_KERNEL);
	for (uint32_t step = 0; step < RUN_STEPS && done < table->fresh; step++) {
		slot_judge_anew(&table->slots[done++]);
	}
	if (done < table->fresh) {
		return true;
	}
	done = 1;
	process->label = LABEL_INIT;
	return false;
}

void
process_exit(struct thread *thread, int32_t code)
{
	struct fault_report report = {.kind = FAULT_EXIT, .address = (uint32_t)code};

	fault_raise(thread, &report);
}
