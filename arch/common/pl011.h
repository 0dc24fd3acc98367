/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Arm PL011 UART, polled output only: implements arch_console_put of arch/arch.h. */
#ifndef ARCH_COMMON_PL011_H
#define ARCH_COMMON_PL011_H

#include <stdint.h>

/* Requires: the registers are mapped as a device at this virtual address, and firmware has set the
 * baud rate. From here on arch_console_put works; it sends CR LF for a newline. */
void pl011_init(uintptr_t registers);

#endif
