/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Fixed priorities, first in first out among equals, with a turn of SLICE_NS. */
#include "kernel/scheduler.h"

#include "kernel/assert.h"
#include "kernel/config.h"
#include "kernel/irq.h"
#include "kernel/process.h"
#include "kernel/timer.h"

/* State of the one CPU; with more of them this is the one accessor to change. */
static struct cpu {
	struct queue ready[PRIORITIES];
	uint32_t ready_map;     /* bit p: ready[p] is not empty */
	struct thread *current; /* READY, but in no queue; or about to be replaced */
	uint64_t slice_end_ns;  /* 0: no turn is being counted */
} cpu;

struct thread *
scheduler_current(void)
{
	return cpu.current;
}

static struct thread *
thread_of(struct queue_link *link)
{
	return container_of(link, struct thread, link);
}

static void
ready_insert(struct thread *thread, bool in_front)
{
	struct queue *queue = &cpu.ready[thread->priority];

	queue_insert(queue, in_front ? NULL : queue->last, &thread->link);
	cpu.ready_map |= UINT32_C(1) << thread->priority;
}

static void
ready_remove(struct thread *thread)
{
	struct queue *queue = &cpu.ready[thread->priority];

	queue_remove(queue, &thread->link);
	if (queue_is_empty(queue)) {
		cpu.ready_map &= ~(UINT32_C(1) << thread->priority);
	}
}

/* Equals take turns; who has none beside it is never interrupted for it. */
static void
slice_start(const struct thread *thread)
{
	if (cpu.slice_end_ns == 0 && cpu.current != NULL && cpu.current != thread &&
		cpu.current->priority == thread->priority) {
		cpu.slice_end_ns = arch_clock_ns() + SLICE_NS;
		timer_program();
	}
}

void
scheduler_ready(struct thread *thread)
{
	thread->state = THREAD_READY;
	if (thread == cpu.current) {
		return;
	}
	ready_insert(thread, false);
	slice_start(thread);
}

void
scheduler_yield(void)
{
	struct thread *thread = cpu.current;

	kernel_assert(thread != NULL && thread->state == THREAD_READY);
	cpu.current = NULL;
	ready_insert(thread, false);
}

void
scheduler_remove(struct thread *thread)
{
	kernel_assert(thread->state == THREAD_READY);
	if (thread != cpu.current) {
		ready_remove(thread);
	}
}

void
scheduler_slice(uint64_t now_ns)
{
	if (cpu.slice_end_ns == 0 || now_ns < cpu.slice_end_ns) {
		return;
	}
	cpu.slice_end_ns = 0;
	if (cpu.current != NULL && cpu.current->state == THREAD_READY) {
		scheduler_yield();
	}
}

uint64_t
scheduler_slice_end_ns(void)
{
	return cpu.slice_end_ns == 0 ? UINT64_MAX : cpu.slice_end_ns;
}

static uint32_t
highest(uint32_t map)
{
	return 31 - (uint32_t)__builtin_clz(map);
}

/* The current thread keeps the CPU unless somebody of higher priority is ready. */
static struct thread *
choose(void)
{
	struct thread *current = cpu.current;
	bool runs = current != NULL && current->state == THREAD_READY;

	if (cpu.ready_map == 0) {
		return runs ? current : NULL;
	}
	uint32_t top = highest(cpu.ready_map);
	if (runs) {
		if (top <= current->priority) {
			return current;
		}
		ready_insert(current, true);
	}
	struct thread *next = thread_of(cpu.ready[top].first);
	ready_remove(next);
	return next;
}

bool
scheduler_can_hand_to(const struct thread *thread)
{
	return cpu.ready_map >> thread->priority == 0;
}

static void
switch_to(struct thread *before, struct thread *next)
{
	cpu.current = next;
	arch_space_switch(&next->process->space);
	arch_thread_switch(before == NULL ? NULL : &before->context, &next->context);
}

struct arch_context *
scheduler_hand_to(struct thread *thread)
{
	thread->state = THREAD_READY;
	switch_to(cpu.current, thread);
	return &thread->context;
}

struct arch_context *
scheduler_run(void)
{
	struct thread *before = cpu.current;
	struct thread *next = choose();

	while (next == NULL) {
		cpu.current = NULL;
		arch_wait_for_interrupt();
		irq_handle_pending();
		next = choose();
	}
	cpu.current = next;
	if (next != before) {
		switch_to(before, next);
		if (!queue_is_empty(&cpu.ready[next->priority])) {
			slice_start(thread_of(cpu.ready[next->priority].first));
		}
	}
	return &next->context;
}
