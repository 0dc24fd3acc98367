/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The device reads a request of three words from memory, does what it says, and clears the
 * request's control word. All numbers are big-endian. Request and data stand in lines of their own,
 * so that a sync of one never meets what the device writes into the other.
 */
#include "fwcfg.h"

#include <string.h>

#include "abi/abi.h"

/* fw_cfg.txt, "DMA": the physical address, its upper half first; the lower one starts it. */
#define DMA_HIGH 16u
#define DMA_LOW  20u

#define CONTROL_ERROR  1u
#define CONTROL_READ   2u
#define CONTROL_SELECT 8u
#define KEY_SHIFT      16

#define KEY_SIGNATURE 0x0000u
#define KEY_FILES     0x0019u

#define DATA_AT    512u /* in the memory */
#define DATA_BYTES 2048u
#define POLLS_MAX  1000000u /* QEMU is done at once; a device that never is shall not hang us */
#define FILES_MAX  1024u

struct request {
	uint32_t control;
	uint32_t length;
	uint64_t address;
};

struct file {
	uint32_t size;
	uint16_t key;
	uint16_t reserved;
	char name[FWCFG_NAME_BYTES];
};

_Static_assert(sizeof(struct request) == 16 && sizeof(struct file) == 64, "fw_cfg.txt");

static bool
wait_done(const struct fwcfg *device, const volatile struct request *request)
{
	for (uint32_t i = 0; i < POLLS_MAX; i++) {
		if (device_memory_sync(&device->memory, 0, sizeof(*request)) != E_OK) {
			return false;
		}
		if (request->control == 0) {
			return true;
		}
		if ((__builtin_bswap32(request->control) & CONTROL_ERROR) != 0) {
			return false;
		}
	}
	return false;
}

/* The next `length` bytes of what is selected are in the memory at DATA_AT. */
static bool
transfer(struct fwcfg *device, uint32_t control, uint32_t length)
{
	volatile struct request *request = (volatile void *)device->memory.bytes;
	uint64_t address = device->memory.address;

	request->control = __builtin_bswap32(control | CONTROL_READ);
	request->length = __builtin_bswap32(length);
	request->address = __builtin_bswap64(address + DATA_AT);
	if (device_memory_sync(&device->memory, 0, DATA_AT + length) != E_OK) {
		return false;
	}
	reg_write32(device->registers, DMA_HIGH, __builtin_bswap32((uint32_t)(address >> 32)));
	reg_write32(device->registers, DMA_LOW, __builtin_bswap32((uint32_t)address));
	return wait_done(device, request) &&
	       device_memory_sync(&device->memory, DATA_AT, length) == E_OK;
}

static uint32_t
select(uint32_t key)
{
	return CONTROL_SELECT | key << KEY_SHIFT;
}

bool
fwcfg_open(struct fwcfg *device, volatile void *registers, const struct device_memory *memory)
{
	device->registers = registers;
	device->memory = *memory;
	return transfer(device, select(KEY_SIGNATURE), 4) &&
	       memcmp(memory->bytes + DATA_AT, "QEMU", 4) == 0;
}

/* Its directory is a count, then entries in any order. */
static bool
find(struct fwcfg *device, const char *name, struct file *file)
{
	uint32_t count;

	if (!transfer(device, select(KEY_FILES), sizeof(count))) {
		return false;
	}
	memcpy(&count, device->memory.bytes + DATA_AT, sizeof(count));
	count = __builtin_bswap32(count);
	for (uint32_t i = 0; i < count && i < FILES_MAX; i++) {
		if (!transfer(device, 0, sizeof(*file))) {
			return false;
		}
		memcpy(file, device->memory.bytes + DATA_AT, sizeof(*file));
		if (strncmp(file->name, name, FWCFG_NAME_BYTES) == 0) {
			return true;
		}
	}
	return false;
}

uint32_t
fwcfg_read(struct fwcfg *device, const char *name, void *out, uint32_t capacity)
{
	struct file file;

	if (!find(device, name, &file)) {
		return UINT32_MAX;
	}
	uint32_t size = __builtin_bswap32(file.size);
	uint32_t bytes = size < capacity ? size : capacity;

	bytes = bytes < DATA_BYTES ? bytes : DATA_BYTES;
	if (bytes != 0 && !transfer(device, select(__builtin_bswap16(file.key)), bytes)) {
		return UINT32_MAX;
	}
	memcpy(out, device->memory.bytes + DATA_AT, bytes);
	return size;
}
