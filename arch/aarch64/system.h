/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The core as a whole. Called by start.S only; implements arch_init and arch_wait_for_interrupt. */
#ifndef ARCH_AARCH64_SYSTEM_H
#define ARCH_AARCH64_SYSTEM_H

#include "cpu.h"

/* The boot core's own data. */
extern struct cpu cpu_boot;

/* Entered at EL3: gives what only EL3 can give to the EL2 that follows. MMU off. */
void start_release(void);
/* Entered at EL1: says why that is not enough, and ends the machine. MMU off. */
_Noreturn void start_refuse(void);

#endif
