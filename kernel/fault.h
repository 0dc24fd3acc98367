/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Faults and exits as messages to the process's supervisor. */
#ifndef KERNEL_FAULT_H
#define KERNEL_FAULT_H

#include <stdint.h>

struct arch_fault;
struct thread;

struct fault_report {
	uint8_t kind; /* enum fault_kind */
	uint32_t status;
	uint64_t address;
};

/* What the machine reports of a running thread; an access below a full stack is named so. */
void fault_of_machine(struct thread *thread, const struct arch_fault *fault);

/* The thread stops where it is; its supervisor gets Fault.report. A supervisor's own fault ends the
 * machine. Requires that the thread was running,
 * or unblocked without a result. */
void fault_raise(struct thread *thread, const struct fault_report *report);

#endif
