/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Interrupts: a line becomes bits in a notification; it stays masked until it is acknowledged. */
#include "kernel/irq.h"

#include "arch/arch.h"
#include "boards/board.h"
#include "kernel/config.h"
#include "kernel/notification.h"
#include "kernel/scheduler.h"
#include "kernel/timer.h"
#include "kernel/trace.h"

static struct irq *lines[DEVICES_MAX];

enum status
irq_init(struct irq *irq, uint32_t line)
{
	irq->object.kind = KIND_IRQ;
	irq->line = line;
	for (uint32_t i = 0; i < DEVICES_MAX; i++) {
		if (lines[i] == NULL) {
			lines[i] = irq;
			return E_OK;
		}
	}
	return E_LIMIT;
}

enum status
irq_bind(struct irq *irq, struct notification *notification, uint32_t bits)
{
	if (bits == 0) {
		return E_ARGUMENT;
	}
	if (irq->notification != NULL && irq->notification != notification) {
		return E_STATE;
	}
	irq->notification = notification;
	irq->bits = bits;
	return E_OK;
}

enum status
irq_acknowledge(struct irq *irq)
{
	if (irq->notification == NULL) {
		return E_STATE;
	}
	arch_irq_unmask(irq->line);
	return E_OK;
}

/* Masked first: the driver, not the line, decides when it may fire again (decisions C4). */
static void
fire(uint32_t line)
{
	arch_irq_mask(line);
	for (uint32_t i = 0; i < DEVICES_MAX; i++) {
		struct irq *irq = lines[i];
		if (irq == NULL || irq->line != line) {
			continue;
		}
		if (irq->notification != NULL) {
			notification_signal(irq->notification, irq->bits);
		} else {
			irq->unowned++;
		}
	}
}

void
irq_handle_pending(void)
{
	/* Bounded: each line is masked as it fires, and the timer is set to a later time. */
	for (uint32_t line = arch_irq_claim(); line != ARCH_IRQ_NONE; line = arch_irq_claim()) {
		trace_event(TRACE_IRQ, scheduler_current(), 0, line);
		if (line == board.timer_irq) {
			timer_expire();
		} else {
			fire(line);
		}
		arch_irq_complete(line);
	}
}

void
irq_silence(struct irq *irq)
{
	arch_irq_mask(irq->line);
}

void
irq_forget(const struct notification *notification)
{
	for (uint32_t i = 0; i < DEVICES_MAX; i++) {
		if (lines[i] != NULL && lines[i]->notification == notification) {
			arch_irq_mask(lines[i]->line);
			lines[i]->notification = NULL;
		}
	}
}

void
irq_destroy(struct irq *irq)
{
	arch_irq_mask(irq->line);
	for (uint32_t i = 0; i < DEVICES_MAX; i++) {
		if (lines[i] == irq) {
			lines[i] = NULL;
		}
	}
}
