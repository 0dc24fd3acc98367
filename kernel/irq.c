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

/* When the first held line may fire again, or sooner: one that is silenced meanwhile stays in it.
 */
static uint64_t due_ns = UINT64_MAX;

enum status __attribute__((section(".boot.text")))
irq_init(struct irq *irq, uint32_t line, uint32_t interval_ns)
{
	irq->object.kind = KIND_IRQ;
	irq->line = line;
	irq->interval_ns = interval_ns != 0 ? interval_ns : IRQ_INTERVAL_NS;
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
	uint64_t now_ns = arch_clock_ns();

	if (irq->notification == NULL) {
		return E_STATE;
	}
	if (now_ns < irq->open_ns) {
		irq->held += !irq->is_held;
		irq->is_held = true;
		due_ns = irq->open_ns < due_ns ? irq->open_ns : due_ns;
		timer_program();
		return E_OK;
	}
	arch_irq_unmask(irq->line);
	return E_OK;
}

uint64_t
irq_due_ns(void)
{
	return due_ns;
}

void
irq_expire(uint64_t now_ns)
{
	if (now_ns < due_ns) {
		return;
	}
	due_ns = UINT64_MAX;
	for (uint32_t i = 0; i < DEVICES_MAX; i++) {
		struct irq *irq = lines[i];
		if (irq == NULL || !irq->is_held) {
			continue;
		}
		if (irq->open_ns <= now_ns) {
			irq->is_held = false;
			arch_irq_unmask(irq->line);
		} else if (irq->open_ns < due_ns) {
			due_ns = irq->open_ns;
		}
	}
}

/* Masked first: the driver, not the line, decides when it may fire again (decisions C4). */
static void
fire(uint32_t line)
{
	uint32_t i = 0;

	arch_irq_mask(line);
	while (i < DEVICES_MAX && (lines[i] == NULL || lines[i]->line != line)) {
		i++;
	}
	if (i == DEVICES_MAX) {
		return;
	}
	struct irq *irq = lines[i]; /* no other device of the board has the line */
	irq->open_ns = arch_clock_ns() + irq->interval_ns;
	if (irq->notification != NULL) {
		notification_signal(irq->notification, irq->bits);
	} else {
		irq->unowned++;
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
	irq->is_held = false;
}

void
irq_forget(const struct notification *notification)
{
	for (uint32_t i = 0; i < DEVICES_MAX; i++) {
		if (lines[i] != NULL && lines[i]->notification == notification) {
			irq_silence(lines[i]);
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
