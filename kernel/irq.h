/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Interrupts: a line becomes bits in a notification; it stays masked until it is acknowledged. */
#ifndef KERNEL_IRQ_H
#define KERNEL_IRQ_H

#include <stdbool.h>

#include "abi/abi.h"
#include "kernel/object.h"

struct notification;

/* The least time between two interrupts of a line (decisions C4): a device that raises it without
 * end gets no more of the machine than this leaves it. */
#define IRQ_INTERVAL_NS UINT32_C(20000)

struct irq {
	struct object object;
	uint32_t line; /* as at the controller */
	struct notification *notification;
	uint32_t bits;
	uint32_t unowned;     /* times it fired with nobody behind it */
	uint32_t interval_ns; /* least time between two of its interrupts */
	uint32_t held;        /* times it was acknowledged sooner than its rate allows */
	uint64_t open_ns;     /* when the line may fire again */
	bool is_held;         /* acknowledged, and masked until then */
};

/* When the first of the held lines may fire again; UINT64_MAX: none is held. */
uint64_t irq_due_ns(void);
/* Held lines whose time has come may fire again. */
void irq_expire(uint64_t now_ns);

/* Makes the line known; interval 0: IRQ_INTERVAL_NS. Called at boot, once for each line. E_LIMIT:
 * too many. */
enum status irq_init(struct irq *irq, uint32_t line, uint32_t interval_ns);

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
