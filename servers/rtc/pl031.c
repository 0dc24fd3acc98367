/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Arm's real-time clock PL031 (DDI0224): a counter of seconds. */
#include "pl031.h"

#define DATA          0x000u
#define CONTROL       0x00cu
#define CONTROL_START 1u
#define PERIPHERAL_ID 0xfe0u /* two registers of a byte have the part's number, 12 bits */
#define PART          0x031u

static uint32_t
get(volatile void *registers, uint32_t offset)
{
	return *(volatile uint32_t *)((volatile uint8_t *)registers + offset);
}

static void
put(volatile void *registers, uint32_t offset, uint32_t value)
{
	*(volatile uint32_t *)((volatile uint8_t *)registers + offset) = value;
}

bool
pl031_open(volatile void *registers)
{
	uint32_t low = get(registers, PERIPHERAL_ID) & 0xff;
	uint32_t high = get(registers, PERIPHERAL_ID + 4) & 0x0f;

	if ((high << 8 | low) != PART) {
		return false;
	}
	put(registers, CONTROL, CONTROL_START);
	return true;
}

uint32_t
pl031_seconds(volatile void *registers)
{
	return get(registers, DATA);
}
