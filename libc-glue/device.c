/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* For drivers: registers, interrupts, read-only blobs. */
#include "gatehouse/device.h"

#include <stddef.h>

#include "abi/abi.h"
#include "abi/process.h"
#include "gen/core/frame.h"
#include "gen/core/irq.h"
#include "gen/core/thread.h"

#define SYNC_BYTES_MAX 32768u /* of one call: kernel/core.gate */

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
device_memory_map(uint32_t handle, uint32_t size_bytes, struct device_memory *memory)
{
	memory->handle = handle;
	memory->bytes = map_next(handle, size_bytes, RIGHT_READ | RIGHT_WRITE);
	return memory->bytes == NULL ? E_MEMORY : frame_address(handle, &memory->address);
}

uint32_t
device_memory_sync(const struct device_memory *memory, uint32_t offset_bytes, uint32_t length_bytes)
{
	uint32_t status = E_OK;

	while (length_bytes > 0 && status == E_OK) {
		uint32_t now = length_bytes < SYNC_BYTES_MAX ? length_bytes : SYNC_BYTES_MAX;
		status = frame_sync(memory->handle, offset_bytes, now);
		offset_bytes += now;
		length_bytes -= now;
	}
	return status;
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
