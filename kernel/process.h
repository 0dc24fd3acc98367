/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Processes: protection domains. One address space, one capability table, one label. */
#ifndef KERNEL_PROCESS_H
#define KERNEL_PROCESS_H

#include "arch/arch.h"
#include "kernel/object.h"
#include "kernel/slot.h"

struct budget;
struct endpoint;
struct thread;
struct untyped;

struct process {
	struct object object;
	struct slot_table table;
	struct untyped *account;     /* page tables come out of it */
	struct budget *budget;       /* its instance's; before it has one, init's */
	struct thread *threads;      /* by thread->sibling */
	struct endpoint *supervisor; /* where its faults and its exit go; NULL: nowhere */
	uint32_t supervisor_badge;
	uint32_t restarted; /* while it is configured: how far monitor_restart came */
	uint16_t label;
	uint16_t instance;
	uint8_t priority_max;
	uint8_t threads_made;
	uint16_t thread_count;
	bool is_started;  /* the policy accepted its program */
	bool is_stopped;  /* exited, faulted or stopped: no thread of it runs again */
	bool is_timeless; /* it is told no time */
	struct arch_space space;
	struct process *dying_next;
	struct process *next; /* of all */
	struct process *previous;
};

void process_init(struct process *process, struct slot *slots, uint32_t count, void *root,
	struct untyped *account);

/* One thread of it leaves every queue, every call and the process, for ever; true: there are more.
 */
bool process_stop_step(struct process *process);

/* One bounded step of emptying its table; false: it is empty. */
bool process_drain_step(struct process *process);

/* Requires: stopped and drained. */
void process_destroy(struct process *process);

/* The running incarnation of an instance, or NULL. */
struct process *process_find(uint16_t instance);

/* Some of the processes that a retired endpoint supervised have no supervisor any more; false: that
 * were all. */
bool process_forget_step(struct endpoint *supervisor);

/* Methods (kernel/core.gate). `from`: the caller. */
enum status process_grant(struct process *process, struct process *from, uint32_t handle,
	const struct capability *wanted, uint32_t *granted);
enum status process_configure(struct process *process, struct process *from,
	uint32_t endpoint_handle, uint32_t badge, const uint16_t identity[2], uint8_t priority_max);

/* Declares the instance's budget and reserve (budget_declare). E_STATE: it has no instance yet, or
 * has started. */
enum status process_budget(
	struct process *process, uint64_t amount_ns, uint64_t period_ns, uint64_t reserve_ns);

/* One bounded step of the end of boot: what the boot process holds is judged as init's from here
 * on. false: that was the last. Requires that boot is not over. */
bool process_run_step(struct process *process);

/* Ends the calling thread's process with a code for its supervisor. */
void process_exit(struct thread *thread, int32_t code);

#endif
