/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* QEMU's virt machine with a 64-bit core and GICv2, started at EL2 (`-M virt,virtualization=on`).
 */
#include "boards/board.h"

/* Base addresses and interrupts: QEMU 7.2, hw/arm/virt.c, a15memmap and a15irqmap; an SPI n has id
 * 32 + n. The 32 virtio-mmio slots (0x0a000000, 0x200 apart) are not listed: eight share one page,
 * so a page is no unit of isolation for one driver. */
static const struct board_device devices[] = {
	{.name = "uart", .base = 0x09000000, .size_bytes = 0x1000, .irq = 33},
	{.name = "rtc", .base = 0x09010000, .size_bytes = 0x1000, .irq = 34},
	{.name = "gpio", .base = 0x09030000, .size_bytes = 0x1000, .irq = 39},
	{.name = "fwcfg", .base = 0x09020000, .size_bytes = 0x1000, .bus_master = 1},
	{.name = "dma", .size_bytes = 0x2000, .is_memory = 1},
};

const struct board board = {
	.name = "qemu-virt-aarch64",
	.architecture = "aarch64",
	.ram_base = 0x40000000,
	.ram_bytes = 0x40000000, /* -m 1G */
	.uart_base = 0x09000000,
	.gic_distributor = 0x08000000,
	.gic_cpu = 0x08010000,
	/* PPI 10: EL2 physical timer (CNTHP). */
	.timer_irq = 26,
	/* PSCI would lose the exit code. */
	.power = BOARD_POWER_SEMIHOSTING,
	/* QEMU's own firmware listens to SMC when EL2 exists. */
	.reset = BOARD_POWER_PSCI_SMC,
	.device_count = sizeof devices / sizeof devices[0],
	.devices = devices,
};
