/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Which of the image's policies is in force, and whether it is on trial. The kernel itself ends a
 * trial: a policy that locks out whoever would take it back goes by itself.
 */
#include "kernel/policy.h"

#include "abi/policy.h"
#include "kernel/assert.h"
#include "kernel/audit.h"
#include "kernel/monitor.h"
#include "kernel/process.h"
#include "kernel/slot.h"
#include "kernel/thread.h"
#include "kernel/timer.h"

static struct object object = {.kind = KIND_POLICY, .label = LABEL_INIT};
static uint64_t trial_end_ns = UINT64_MAX;
static uint32_t number_before; /* while a trial goes on */
static uint64_t floor_confirmed;

struct object *
policy_object(void)
{
	return &object;
}

uint64_t
policy_floor(void)
{
	uint64_t floor = monitor_policy_version(0);

	return floor > floor_confirmed ? floor : floor_confirmed;
}

/* by: NULL: the kernel. */
static void
record(const struct thread *by, enum policy_event event)
{
	struct audit_record record = {
		.label = by == NULL ? LABEL_KERNEL : by->process->label,
		.instance = by == NULL ? INSTANCE_INIT : by->process->instance,
		.operand = monitor_policy(),
		.method = event,
		.field = UINT16_MAX,
		.event = AUDIT_EVENT_POLICY,
	};

	audit_write(&record, SLOT_NO_EDGE);
}

static void
trial_end(uint64_t end_ns)
{
	trial_end_ns = end_ns;
	timer_program();
}

enum status
policy_load(const struct thread *by, uint32_t number, uint64_t trial_ns)
{
	uint32_t before = monitor_policy();
	enum ksm_swapped swapped;

	if (number >= monitor_policies()) {
		return E_ARGUMENT;
	}
	if (monitor_policy_version(number) < policy_floor()) {
		return E_LIMIT;
	}
	if (trial_end_ns != UINT64_MAX || number == before) {
		return E_STATE;
	}
	swapped = monitor_swap_step(number, false);
	if (swapped != KSM_SWAP_DONE) {
		return swapped == KSM_SWAP_GOES_ON ? STATUS_AGAIN : E_STATE;
	}
	number_before = before;
	trial_end(arch_clock_ns() + trial_ns);
	record(by, POLICY_LOADED);
	return E_OK;
}

enum status
policy_confirm(const struct thread *by)
{
	/* What is over goes back, if in several steps. */
	if (trial_end_ns == UINT64_MAX || arch_clock_ns() >= trial_end_ns) {
		return E_STATE;
	}
	floor_confirmed = monitor_policy_version(monitor_policy());
	trial_end(UINT64_MAX);
	record(by, POLICY_CONFIRMED);
	return E_OK;
}

static enum status
go_back(const struct thread *by, enum policy_event event)
{
	enum ksm_swapped swapped = monitor_swap_step(number_before, true);

	kernel_assert(swapped != KSM_SWAP_FORGETS);
	if (swapped == KSM_SWAP_GOES_ON) {
		return STATUS_AGAIN;
	}
	trial_end(UINT64_MAX);
	record(by, event);
	return E_OK;
}

enum status
policy_revert(const struct thread *by)
{
	return trial_end_ns == UINT64_MAX ? E_STATE : go_back(by, POLICY_REVERTED);
}

uint64_t
policy_due_ns(void)
{
	return trial_end_ns;
}

void
policy_expire(uint64_t now_ns)
{
	/* At least one step each time, so that it ends; while it is due the timer rings again. */
	while (now_ns >= trial_end_ns && go_back(NULL, POLICY_EXPIRED) == STATUS_AGAIN &&
		!arch_irq_pending()) {
	}
}
