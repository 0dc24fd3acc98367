/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The short way of the common messages. All its conditions stand in front of its first store; what
 * they exclude (queues, deadlines, programs, records, equal priorities) takes the long way of
 * message.c, from which these functions must not differ.
 */
#include "kernel/fast.h"

#include "arch_fast.h"
#include "core_abi.h"
#include "kernel/audit_ring.h"
#include "kernel/derivation.h"
#include "kernel/direct.h"
#include "kernel/endpoint.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/scheduler.h"
#include "ksm/engine/plain.h"

#define is_rare(condition) __builtin_expect(condition, 0)

/* Reserved bits of an info word count as length, so that no row allows them. */
static inline uint32_t
length_claimed(uint32_t info)
{
	return info >> INFO_LENGTH_SHIFT;
}

static inline struct thread *
thread_entered(void)
{
	return container_of(arch_fast_context(), struct thread, context);
}

/* Where the handle points, whatever stands there. */
static inline struct slot *
slot_named(const struct thread *thread, uint32_t handle)
{
	return &thread->slots[handle & thread->slot_mask];
}

static inline struct budget *
budget_own(const struct thread *thread)
{
	return thread->process->budget;
}

/* What stands before it is done before: values wait in registers, of which there are few. */
static inline void
keep_order(void)
{
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
}

/* A call that the table alone denies, and that is neither the first nor news for who reads: its
 * record, and the caller goes on. Requires a slot and a method that fast_call has found; apart,
 * since there are not registers enough for both. */
struct arch_context *__attribute__((noinline)) fast_deny(uint32_t handle, uint32_t info)
{
	const struct thread *caller = thread_entered();
	const struct slot *slot = slot_named(caller, handle);
	struct ksm_edge *edge = &caller->edges[slot->edge];
	const struct ksm_entry *row = ksm_entry_at(edge, info_method(info));
	enum ksm_reason reason = ksm_denial(row, length_claimed(info));

	/* An impossible length is the wrong one for every row. */
	if (reason == KSM_GRANTED || caller->slow != 0 || !audit_is_told(slot->edge)) {
		return arch_fast_refuse(handle, info);
	}

	ksm_count_denial(edge, reason);
	struct audit_log *log = &audit.logs[caller->identity >> 16];
	log->counts.denied++;
	struct audit_record *record = audit_claim(log);
	record->reason = (uint8_t)reason;
	record->rule = reason == KSM_FORBID ? row->action[KSM_CALL] & FORMAT_ACTION_NUMBER : 0;
	keep_order();
	record->handle = slot->handle;
	record->badge = slot->badge;
	record->method = (uint16_t)info_method(info);
	record->field = UINT16_MAX;
	record->event = KSM_CALL;
	record->operand = 0;
	keep_order();
	record->target = edge->target;
	record->interface = edge->interface;
	record->label = (uint16_t)caller->identity;
	record->instance = (uint16_t)(caller->identity >> 16);
	record->policy = audit.policy;
	record->epoch = audit.epoch;
	record->sequence = ++audit.sequence;
	keep_order();
	record->time_ns = arch_fast_clock_ns();
	return arch_fast_status(E_DENIED);
}

struct arch_context *
fast_call(uint32_t handle, uint32_t info)
{
	struct thread *caller = thread_entered();
	const struct slot *slot = slot_named(caller, handle);

	if (is_rare(slot->handle != handle || slot->rights != (SLOT_CLIENT | RIGHT_SEND))) {
		return arch_fast_refuse(handle, info);
	}
	struct endpoint *endpoint = (struct endpoint *)slot->object;
	size_t number = slot->edge;
	struct ksm_edge *edge = &caller->edges[number];
	if (is_rare(!ksm_has_method(edge, info_method(info)))) {
		return arch_fast_refuse(handle, info);
	}
	if (is_rare(endpoint->receivers.first == NULL)) {
		return arch_fast_direct(direct_wait, slot, handle, info);
	}
	struct thread *receiver = container_of(endpoint->receivers.first, struct thread, link);
	struct ksm_entry *row = ksm_entry_at(edge, info_method(info));
	if (is_rare(!ksm_is_plain(row, KSM_CALL, length_claimed(info)) ||
		    caller->slow + receiver->slow != 0 || !scheduler_can_hand_to(receiver))) {
		return ksm_is_judged(row) ? arch_fast_direct(direct_call, slot, handle, info)
					  : arch_fast_deny(handle, info);
	}

	ksm_count_grant(edge, row, KSM_CALL);
	(void)queue_take(&endpoint->receivers);
	caller->call.server = receiver;
	caller->call.row = row;
	caller->call.edge = (uint32_t)number;
	caller->call.info = info;
	caller->call.badge = slot->badge;
	caller->state = THREAD_CALLING;
	receiver->caller = caller;
	scheduler_hand_to(receiver);
	return arch_fast_receive(&receiver->context, slot->badge, caller->identity, info);
}

/* What came with the request of a server goes, if it is one capability that can go in one step.
 * False: nothing has changed. */
static inline bool
drop_landed(struct thread *server)
{
	keep_order();
	uint32_t handle = server->landed[0];
	struct slot *slot = slot_named(server, handle);

	if (server->slow != SLOW_LANDED || server->landed_count != 1 || slot->handle != handle ||
		!slot_can_drop(slot)) {
		return false;
	}
	slot_drop(&server->process->table, slot);
	server->landed_count = 0;
	server->slow = 0;
	keep_order();
	return true;
}

struct arch_context *
fast_reply_recv(uint32_t handle, uint32_t info)
{
	struct thread *server = thread_entered();

	if (is_rare(server->slow != 0 && !drop_landed(server))) {
		return arch_fast_refuse(handle, info);
	}
	const struct slot *slot = slot_named(server, handle);
	struct thread *caller = server->caller;
	if (is_rare(caller == NULL || slot->handle != handle || !(slot->rights & SLOT_SERVER))) {
		return arch_fast_refuse(handle, info);
	}
	struct endpoint *endpoint = (struct endpoint *)slot->object;
	struct ksm_entry *row = caller->call.row;
	if (is_rare(info_method(info) != 0 || !ksm_is_plain(row, KSM_REPLY, length_claimed(info)) ||
		    caller->slow != 0)) {
		return arch_fast_refuse(handle, info);
	}
	if (is_rare(endpoint->senders.first != NULL || !scheduler_can_hand_to(caller))) {
		return arch_fast_direct(direct_turn, slot, handle, info);
	}

	ksm_count_grant(&server->edges[caller->call.edge], row, KSM_REPLY);
	server->caller = NULL;
	queue_append(&endpoint->receivers, &server->link);
	server->receiving_at = endpoint;
	server->state = THREAD_RECEIVING;
	scheduler_hand_to(caller);
	return arch_fast_answer(&caller->context, info);
}

/* It is a notification, and lets its holder take the bits. */
static inline bool
slot_is_waited_at(const struct slot *slot)
{
	const uint32_t both = SLOT_NOTIFICATION | RIGHT_RECEIVE;

	return (slot->rights & both) == both;
}

/* Bits that the bound thread would have to be told of take the long way. */
struct arch_context *
fast_poll(uint32_t handle, uint32_t info)
{
	const struct thread *thread = thread_entered();
	const struct slot *slot = slot_named(thread, handle);

	if (is_rare(slot->handle != handle || !slot_is_waited_at(slot) || thread->slow != 0)) {
		return arch_fast_refuse(handle, info);
	}
	struct notification *notification = (struct notification *)slot->object;
	uint32_t bits = notification->bits;
	if (is_rare(bits != 0 && notification->bound != NULL)) {
		return arch_fast_refuse(handle, info);
	}

	notification->bits = 0;
	return arch_fast_result(E_OK, bits);
}

/* Nobody of the thread's priority is ready: it goes on at once. */
struct arch_context *
fast_yield(uint32_t handle, uint32_t info)
{
	const struct thread *thread = thread_entered();

	if (is_rare(thread->slow != 0 || !scheduler_can_hand_to(thread))) {
		return arch_fast_direct(direct_yield, NULL, handle, info);
	}
	return arch_fast_continue();
}

/* Whoever waits has come before any bits: it gets these alone. If it is to run at once, or nobody
 * waits but a thread is bound, the long way does it. */
struct arch_context *
fast_signal(uint32_t handle, uint32_t info)
{
	const struct thread *thread = thread_entered();
	const struct slot *slot = slot_named(thread, handle);

	if (is_rare(slot->handle != handle || slot->rights != (SLOT_NOTIFICATION | RIGHT_SEND))) {
		return arch_fast_refuse(handle, info);
	}
	struct notification *notification = (struct notification *)slot->object;
	struct ksm_edge *edge = &thread->edges[slot->edge];
	struct ksm_entry *row = ksm_entry_at(edge, SIGNAL_SIGNAL);
	struct queue_link *first = notification->waiters.first;
	if (is_rare(!ksm_is_plain(row, KSM_CALL, 0))) {
		return arch_fast_refuse(handle, info);
	}
	if (first != NULL) {
		struct thread *waiter = container_of(first, struct thread, link);
		if (is_rare(thread->slow + waiter->slow != 0 ||
			    budget_own(waiter)->amount_ns != 0 ||
			    !scheduler_can_append(waiter, thread))) {
			return arch_fast_refuse(handle, info);
		}
		ksm_count_grant(edge, row, KSM_CALL);
		(void)queue_take(&notification->waiters);
		waiter->state = THREAD_READY;
		arch_fast_wake(&waiter->context, E_OK, slot_signal_bits(slot));
		scheduler_append(waiter);
	} else {
		if (thread->slow != 0 || notification->bound != NULL) {
			return arch_fast_refuse(handle, info);
		}
		ksm_count_grant(edge, row, KSM_CALL);
		notification->bits |= slot_signal_bits(slot);
	}
	return arch_fast_continue();
}

struct arch_context *
fast_wait(uint32_t handle, uint32_t info)
{
	struct thread *thread = thread_entered();
	const struct slot *slot = slot_named(thread, handle);

	if (is_rare(slot->handle != handle || !slot_is_waited_at(slot) ||
		    scheduler.ready_map == 0)) {
		return arch_fast_refuse(handle, info);
	}
	struct notification *notification = (struct notification *)slot->object;
	struct thread *next = scheduler_next();
	struct budget *budget = budget_own(next);
	if (is_rare((notification->bits | notification->is_retired) != 0 || thread->slow != 0 ||
		    !scheduler_can_switch_to(next, budget))) {
		return arch_fast_refuse(handle, info);
	}

	thread->state = THREAD_WAITING;
	thread->waiting_for = notification;
	queue_append(&notification->waiters, &thread->link);
	scheduler_switch_to(next, budget, arch_fast_ticks);
	return arch_fast_resume(&next->context);
}
