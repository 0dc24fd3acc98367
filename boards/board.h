/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A board is data: what the kernel, `gate` and the image tool know of a machine. */
#ifndef BOARDS_BOARD_H
#define BOARDS_BOARD_H

#include <stdint.h>

/* How `power.off` ends the machine, and `power.reset` starts it anew. */
enum board_power {
	BOARD_POWER_SEMIHOSTING, /* an emulator's exit call, with a code */
	BOARD_POWER_PSCI_SMC,
	BOARD_POWER_PSCI_HVC,
	BOARD_POWER_NONE
};

struct board_device {
	const char *name;         /* as `device NAME` in a process says it */
	uint64_t base;            /* physical address of its registers, page-aligned */
	uint32_t size_bytes;      /* page multiple */
	uint32_t irq;             /* interrupt id at the controller; 0: none */
	uint32_t irq_interval_ns; /* least time between two interrupts; 0: the kernel's (C4) */
	uint8_t bus_master;       /* it can write memory by itself: its driver is trusted (C5) */
	uint8_t is_memory; /* no device: RAM at its end, for the driver of a bus master; no base */
};

struct board {
	const char *name;         /* qemu-virt-aarch64 */
	const char *architecture; /* aarch64 or armv7a */
	uint64_t ram_base;
	uint64_t ram_bytes;
	uint64_t uart_base; /* PL011 of the kernel's own few lines */
	uint64_t gic_distributor;
	uint64_t gic_cpu;
	uint32_t timer_irq;     /* of the timer that the kernel uses */
	enum board_power power; /* off */
	enum board_power reset;
	uint32_t device_count;
	const struct board_device *devices;
};

extern const struct board board;

#endif
