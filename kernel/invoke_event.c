/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Methods of what events come through: endpoints, notifications, interrupts, replies, power. */
#include "kernel/invoke.h"

#include "core_abi.h"
#include "kernel/endpoint.h"
#include "kernel/heartbeat.h"
#include "kernel/irq.h"
#include "kernel/memory.h"
#include "kernel/monitor.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/reply.h"
#include "kernel/slot.h"
#include "kernel/thread.h"

#define NS_PER_MS UINT64_C(1000000)

static enum status
do_endpoint_restart(const struct invocation *call)
{
	return endpoint_restart_step(call->slot) ? STATUS_AGAIN : E_OK;
}

static enum status
do_endpoint_close(const struct invocation *call)
{
	return endpoint_close_step((struct endpoint *)call->slot->object) ? STATUS_AGAIN : E_OK;
}

static enum status
do_notification_clear(const struct invocation *call)
{
	(void)notification_take((struct notification *)call->slot->object);
	return E_OK;
}

static enum status
do_notification_signal(const struct invocation *call)
{
	notification_signal(
		(struct notification *)call->slot->object, slot_signal_bits(call->slot));
	return E_OK;
}

static enum status
do_irq_bind(const struct invocation *call)
{
	struct notification *notification = invoke_own_notification(
		call->thread, get_u32(call->in + IRQ_BIND_NOTIFICATION_OFFSET));

	return notification == NULL ? E_HANDLE
				    : irq_bind((struct irq *)call->slot->object, notification,
					      get_u32(call->in + IRQ_BIND_BITS_OFFSET));
}

static enum status
do_irq_acknowledge(const struct invocation *call)
{
	return irq_acknowledge((struct irq *)call->slot->object);
}

static enum status
do_irq_counts(const struct invocation *call)
{
	const struct irq *irq = (const struct irq *)call->slot->object;

	put_u32(call->out + IRQ_COUNTS_OUT_HELD_OFFSET, irq->held);
	put_u32(call->out + IRQ_COUNTS_OUT_UNOWNED_OFFSET, irq->unowned);
	return E_OK;
}

static enum status
do_reply_hold(const struct invocation *call)
{
	return reply_hold((struct reply *)call->slot->object, call->thread);
}

static enum status
do_reply_ask(const struct invocation *call)
{
	const struct thread *server = call->thread;
	const struct reply *reply = (const struct reply *)call->slot->object;
	const struct thread *client =
		call->in[REPLY_ASK_HELD_OFFSET] != 0 ? reply->caller : server->caller;
	uint32_t length = info_length(server->call.info) - REPLY_ASK_CALL_BYTES;

	if (client == NULL) {
		return E_STATE;
	}
	return monitor_ask(client, get_u16(call->in + REPLY_ASK_TARGET_OFFSET),
		       get_u16(call->in + REPLY_ASK_INTERFACE_OFFSET),
		       info_make(get_u16(call->in + REPLY_ASK_METHOD_OFFSET), length),
		       call->in + REPLY_ASK_CALL_BYTES)
		       ? E_OK
		       : E_DENIED;
}

static enum status
do_power_off(const struct invocation *call)
{
	arch_power_off(call->in[POWER_OFF_CODE_OFFSET]);
}

static enum status
do_power_heartbeat(const struct invocation *call)
{
	heartbeat_show(get_u32(call->in + POWER_HEARTBEAT_PERIOD_MS_OFFSET) * NS_PER_MS);
	return E_OK;
}

static enum status
do_power_run(const struct invocation *call)
{
	struct process *process = call->thread->process;

	if (process->label != LABEL_KERNEL) {
		return E_STATE; /* it is over, or never was this process's */
	}
	return process_run_step(process) ? STATUS_AGAIN : E_OK;
}

static enum status
do_power_tell(const struct invocation *call)
{
	uint32_t length = info_length(call->thread->call.info) - POWER_TELL_CALL_BYTES;

	for (uint32_t i = 0; i < length; i++) {
		arch_console_put((char)call->in[POWER_TELL_CALL_BYTES + i]);
	}
	return E_OK;
}

static enum status
do_power_reset(const struct invocation *call)
{
	(void)call;
	arch_reset();
}

static const struct method endpoint_methods[] = {
	[ENDPOINT_RESTART] = {do_endpoint_restart, ENDPOINT_RESTART_REPLY_BYTES},
	[ENDPOINT_CLOSE] = {do_endpoint_close, ENDPOINT_CLOSE_REPLY_BYTES},
};

const struct method_table invoke_endpoint = {
	endpoint_methods, sizeof(endpoint_methods) / sizeof(endpoint_methods[0])};

static const struct method notification_methods[] = {
	[NOTIFICATION_CLEAR] = {do_notification_clear, NOTIFICATION_CLEAR_REPLY_BYTES},
	[NOTIFICATION_SIGNAL] = {do_notification_signal, NOTIFICATION_SIGNAL_REPLY_BYTES},
};

const struct method_table invoke_notification = {
	notification_methods, sizeof(notification_methods) / sizeof(notification_methods[0])};

static const struct method irq_methods[] = {
	[IRQ_BIND] = {do_irq_bind, IRQ_BIND_REPLY_BYTES},
	[IRQ_ACKNOWLEDGE] = {do_irq_acknowledge, IRQ_ACKNOWLEDGE_REPLY_BYTES},
	[IRQ_COUNTS] = {do_irq_counts, IRQ_COUNTS_REPLY_BYTES},
};

const struct method_table invoke_irq = {irq_methods, sizeof(irq_methods) / sizeof(irq_methods[0])};

static const struct method reply_methods[] = {
	[REPLY_HOLD] = {do_reply_hold, REPLY_HOLD_REPLY_BYTES},
	[REPLY_ASK] = {do_reply_ask, REPLY_ASK_REPLY_BYTES},
};

const struct method_table invoke_reply = {
	reply_methods, sizeof(reply_methods) / sizeof(reply_methods[0])};

static const struct method power_methods[] = {
	[POWER_OFF] = {do_power_off, POWER_OFF_REPLY_BYTES},
	[POWER_RESET] = {do_power_reset, POWER_RESET_REPLY_BYTES},
	[POWER_HEARTBEAT] = {do_power_heartbeat, POWER_HEARTBEAT_REPLY_BYTES},
	[POWER_RUN] = {do_power_run, POWER_RUN_REPLY_BYTES},
	[POWER_TELL] = {do_power_tell, POWER_TELL_REPLY_BYTES},
};

const struct method_table invoke_power = {
	power_methods, sizeof(power_methods) / sizeof(power_methods[0])};
