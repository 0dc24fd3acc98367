/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* For drivers: registers, interrupts, read-only blobs. Not thread-safe: map before making threads.
 */
#ifndef GATEHOUSE_DEVICE_H
#define GATEHOUSE_DEVICE_H

#include <stdint.h>

/* Maps the registers behind a frame capability (NAME_DEVICE_REGISTERS of the generated process
 * header), size_bytes of them. Returns NULL when the kernel refuses. */
volatile void *device_map(uint32_t handle, uint32_t size_bytes);

/* The same for data that may only be read, such as the policy frame. */
const void *device_map_readonly(uint32_t handle, uint32_t size_bytes);

/* Memory that a driver and a device which writes memory by itself use together. */
struct device_memory {
	uint8_t *bytes;
	uint64_t address; /* where the device finds them */
	uint32_t handle;
};

/* Maps the board's memory for devices behind a frame capability, size_bytes of it. Returns an E_
 * status. */
uint32_t device_memory_map(uint32_t handle, uint32_t size_bytes, struct device_memory *memory);

/* What is written into these bytes is seen by the device, and what the device wrote is read: to be
 * called before the device is started and again when it is done. Returns an E_ status; E_ARGUMENT:
 * they are not all in the memory. */
uint32_t device_memory_sync(
	const struct device_memory *memory, uint32_t offset_bytes, uint32_t length_bytes);

/* The line of this irq capability sets `bits` in the process's notification, and the first thread's
 * ipc_recv returns when it has bits. Returns an E_ status. */
uint32_t device_irq_bind(uint32_t handle, uint32_t bits);

/* The device has been served: its line may fire again. Returns an E_ status. */
uint32_t device_irq_acknowledge(uint32_t handle);

static inline uint32_t
reg_read32(const volatile void *base, uint32_t offset_bytes)
{
	return *(const volatile uint32_t *)((const volatile uint8_t *)base + offset_bytes);
}

static inline void
reg_write32(volatile void *base, uint32_t offset_bytes, uint32_t value)
{
	*(volatile uint32_t *)((volatile uint8_t *)base + offset_bytes) = value;
}

#endif
