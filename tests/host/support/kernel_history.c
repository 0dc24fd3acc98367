/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* One number for all that happened: two runs with the same one went through the same states. */
#include "kernel_history.h"

#include <stddef.h>
#include <string.h>

#include "fake_arch.h"
#include "kernel/audit.h"
#include "kernel/budget.h"
#include "kernel/endpoint.h"
#include "kernel/monitor.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/scheduler.h"
#include "kernel/slot.h"
#include "kernel_world.h"

uint64_t history;

void
history_mix(uint64_t value)
{
	history = (history ^ value) * UINT64_C(0x100000001b3);
}

static void
mix_place(const void *at)
{
	history_mix(at == NULL ? 0 : (uint64_t)((const uint8_t *)at - fake_ram));
}

static void
mix_bytes(const uint8_t *bytes, size_t length)
{
	for (size_t i = 0; i < length; i += sizeof(uint64_t)) {
		uint64_t word;
		memcpy(&word, bytes + i, sizeof(word));
		history_mix(word);
	}
}

/* Registers as the thread will find them. */
static void
mix_context(const struct arch_context *context)
{
	history_mix(context->answer);
	history_mix((uint64_t)context->status << 32 | context->info);
	history_mix((uint64_t)context->badge << 32 | context->length);
	history_mix((uint64_t)context->label << 16 | context->instance);
}

/* What a server may copy while it serves this call. */
static void
mix_lent(const struct thread *thread)
{
	const struct lent *lent = &thread->lent;

	if (lent->row != thread->call.row || thread->call.row == NULL) {
		return;
	}
	history_mix((uint64_t)lent->count << 8 | lent->writes);
	for (uint32_t i = 0; i < lent->count; i++) {
		history_mix(lent->address[i]);
		history_mix(lent->length[i]);
	}
}

/* All that has a meaning in its state. Of a call record that is what both ways must agree on: the
 * handle and the epoch are for requests that wait. */
static void
mix_thread(const struct thread *thread)
{
	/* One of these that is left over costs the short way once, no more. */
	uint32_t leftover = SLOW_TRACE | (thread->state == THREAD_QUEUED ? 0u : SLOW_STAGED);
	uint32_t slow = thread->slow & ~leftover;

	history_mix((uint64_t)thread->state << 32 | (uint32_t)thread->priority << 16 | slow);
	history_mix(thread->deadline_ns);
	mix_place(thread->caller);
	history_mix((uint64_t)thread->landed_count);
	mix_place(thread->link.next);
	mix_place(thread->link.previous);
	mix_place(thread->state == THREAD_RECEIVING ? thread->receiving_at : NULL);
	mix_place(thread->state == THREAD_WAITING ? thread->waiting_for : NULL);
	if (thread->state == THREAD_CALLING || thread->state == THREAD_QUEUED) {
		mix_place(thread->call.server);
		mix_place(thread->call.endpoint);
		mix_place(thread->call.kept);
		history_mix((uint64_t)thread->call.edge << 32 | thread->call.info);
		history_mix(thread->call.badge);
		mix_lent(thread);
	}
	mix_context(&thread->context);
	if (thread->state != THREAD_CALLING) { /* its answer overwrites the request in them */
		mix_bytes(thread->context.payload, sizeof(thread->context.payload));
	}
}

/* Somebody waits for its budget, so it matters since when. */
static bool
is_wanted(const struct process *process)
{
	const struct thread *thread = process->threads;

	while (thread != NULL && (thread->state != THREAD_READY || thread->caller != NULL)) {
		thread = thread->sibling;
	}
	return thread != NULL && process->budget->amount_ns != 0;
}

static void
mix_object(const struct object *object)
{
	history_mix((uint64_t)object->kind << 32 | object->capabilities);
	if (object->kind == KIND_THREAD) {
		mix_thread((const struct thread *)object);
	} else if (object->kind == KIND_ENDPOINT) {
		const struct endpoint *endpoint = (const struct endpoint *)object;
		mix_place(endpoint->senders.first);
		mix_place(endpoint->senders.last);
		mix_place(endpoint->receivers.first);
		mix_place(endpoint->receivers.last);
	} else if (object->kind == KIND_PROCESS) {
		const struct budget *budget = ((const struct process *)object)->budget;
		history_mix(budget->used_ticks);
		history_mix(is_wanted((const struct process *)object) ? budget->wanted_ns : 0);
	} else if (object->kind == KIND_NOTIFICATION) {
		const struct notification *notification = (const struct notification *)object;
		history_mix(notification->bits);
		mix_place(notification->waiters.first);
		mix_place(notification->waiters.last);
		mix_place(notification->bound);
	}
}

/* The state after a system call: who runs, every object, and the buffers of both sides. Handles
 * have other generations in each round, so what carries them is left out. */
void
history_remember(const struct thread *thread)
{
	const struct thread *next = scheduler_current();

	mix_place(thread);
	mix_place(next);
	history_mix(fake_timer_deadline());
	for (uint32_t i = 0; i < world.made_count; i++) {
		if (world.made[i]->object != NULL) {
			mix_object(world.made[i]->object);
		}
	}
	for (uint32_t i = 0; i < audit_instances(); i++) {
		struct audit_counts counts;
		(void)audit_counts(i, &counts);
		history_mix((uint64_t)counts.denied << 32 | counts.lost);
	}
	mix_bytes(thread->buffer, MESSAGE_BYTES_MAX);
	if (next != NULL) {
		mix_bytes(next->buffer, MESSAGE_BYTES_MAX);
	}
}

/* The first record of each edge, and all that nobody has taken, but for their handles. */
void
history_records(void)
{
	struct audit_record record;
	uint32_t edge = 0;
	uint32_t lost;

	for (; edge < monitor_edges(); edge++) {
		history_mix(audit_first(edge, &record) ? record.time_ns : 0);
	}
	while (world_audit_take(&record, &lost)) {
		history_mix(record.time_ns);
		history_mix((uint64_t)record.operand);
		history_mix(record.badge);
		history_mix((uint64_t)record.label << 48 | (uint64_t)record.instance << 32 |
			    (uint32_t)record.target << 16 | record.interface);
		history_mix((uint64_t)record.method << 48 | (uint64_t)record.rule << 32 |
			    (uint32_t)record.field << 16 | (uint32_t)record.event << 8 |
			    record.reason);
		history_mix((uint64_t)record.policy << 32 | record.epoch);
		history_mix(lost);
	}
}
