/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Interrupts: a line becomes bits in a notification; it stays masked until it is acknowledged. */
#ifndef KERNEL_IRQ_H
#define KERNEL_IRQ_H

#include "abi/abi.h"
#include "kernel/object.h"

struct notification;

struct irq {
	struct object object;
	uint32_t line; /* as at the controller */
	struct notification *notification;
	uint32_t bits;
	uint32_t unowned; /* times it fired with nobody behind it */
};

/* Makes the line known. Called at boot, once for each line. E_LIMIT: too many. */
enum status irq_init(struct irq *irq, uint32_t line);

/* Methods of kernel/core.gate. */
enum status irq_bind(struct irq *irq, struct notification *notification, uint32_t bits);
enum status irq_acknowledge(struct irq *irq);

/* Claims and handles every pending interrupt, the timer's included. */
void irq_handle_pending(void);

/* The line stays masked until the next acknowledge. */
void irq_silence(struct irq *irq);

/* Lines bound to the notification are masked and unbound. */
void irq_forget(const struct notification *notification);
void irq_destroy(struct irq *irq);

#endif
