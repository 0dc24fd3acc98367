/* SPDX-License-Identifier: 0BSD */
/* The driver of a PL031 clock (DDI 0224C 3.3): an alarm each second. */
#include <stddef.h>

#include "gatehouse/device.h"
#include "gatehouse/syscall.h"
#include "process_driver.h"

#define RTC_DATA  0x000u
#define RTC_MATCH 0x004u
#define RTC_MASK  0x010u
#define RTC_CLEAR 0x01cu
#define RTC_BYTES 0x1000u

#define ALARM_BIT 1u

#define APART_NS UINT64_C(500000000) /* from what init does each second */

/* In assembly, so that the first instruction behind the wait is the one that is looked for. */
uint32_t alarm_wait(uint32_t notification);

int
main(void)
{
	uint32_t bits;
	volatile void *clock = device_map(DRIVER_RTC_REGISTERS, RTC_BYTES);

	if (clock == NULL || device_irq_bind(DRIVER_RTC_IRQ, ALARM_BIT) != E_OK) {
		return 1;
	}
	(void)sys_deadline(sys_clock() + APART_NS);
	(void)sys_wait(0, &bits);
	reg_write32(clock, RTC_MASK, 1);
	for (;;) {
		reg_write32(clock, RTC_MATCH, reg_read32(clock, RTC_DATA) + 1);
		if (device_irq_acknowledge(DRIVER_RTC_IRQ) != E_OK ||
			sys_signal(DRIVER_WORKER) != E_OK ||
			alarm_wait(HANDLE_NOTIFICATION) != E_OK) {
			return 1;
		}
		reg_write32(clock, RTC_CLEAR, 1);
	}
}
