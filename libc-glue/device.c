/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* For drivers: registers, interrupts, read-only blobs. */
#include "gatehouse/device.h"

#include <stddef.h>

#include "abi/abi.h"
#include "abi/process.h"
#include "gen/core/frame.h"
#include "gen/core/irq.h"
#include "gen/core/thread.h"

/* Everything from PROCESS_DEVICES on is free at the start, and nothing is unmapped again. */
static uint64_t next_vaddr = PROCESS_DEVICES;

static void *
map_next(uint32_t handle, uint32_t size_bytes, uint8_t rights)
{
	uint64_t room = PROCESS_TOP - next_vaddr;
	uint64_t bytes = ((uint64_t)size_bytes + PAGE_BYTES - 1) & ~(uint64_t)(PAGE_BYTES - 1);
	uint64_t vaddr = next_vaddr;

	if (bytes == 0 || bytes > room || frame_map(handle, vaddr, rights) != E_OK) {
		return NULL;
	}
	next_vaddr += bytes;
	return (void *)(uintptr_t)vaddr;
}

volatile void *
device_map(uint32_t handle, uint32_t size_bytes)
{
	return map_next(handle, size_bytes, RIGHT_READ | RIGHT_WRITE);
}

const void *
device_map_readonly(uint32_t handle, uint32_t size_bytes)
{
	return map_next(handle, size_bytes, RIGHT_READ);
}

uint32_t
device_irq_bind(uint32_t handle, uint32_t bits)
{
	uint32_t status = thread_bind(HANDLE_THREAD, HANDLE_NOTIFICATION);

	/* E_STATE: an earlier irq of this driver has bound it already. */
	if (status != E_OK && status != E_STATE) {
		return status;
	}
	return irq_bind(handle, HANDLE_NOTIFICATION, bits);
}

uint32_t
device_irq_acknowledge(uint32_t handle)
{
	return irq_acknowledge(handle);
}
