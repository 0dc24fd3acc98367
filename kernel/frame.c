/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Frames: memory that a process can map. Data, or code for ever once sealed, or a device's.
 */
#include "kernel/frame.h"

#include "abi/system.h"
#include "kernel/assert.h"
#include "kernel/config.h"
#include "kernel/process.h"
#include "kernel/trace.h"
#include "kernel/untyped.h"

_Static_assert(sizeof(struct frame) <= SYSTEM_SMALL_BYTES, "`gate` reserves this much");

void
frame_init(struct frame *frame, paddr_t address, uint32_t pages, enum frame_kind kind)
{
	kernel_assert(pages <= (PAGE_BYTES - 1) * MAP_PAGES); /* the badge counts them */
	frame->object.kind = KIND_FRAME;
	frame->address = address;
	frame->pages = pages;
	frame->kind = (uint8_t)kind;
}

/* What a kind of frame can be mapped as; W and X never meet (decisions B7). */
static bool
access_of(const struct frame *frame, uint8_t rights, enum arch_access *access)
{
	switch (rights) {
	case RIGHT_READ:
		*access = ARCH_READ;
		return frame->kind != FRAME_DEVICE;
	case RIGHT_READ | RIGHT_WRITE:
		*access = frame->kind == FRAME_DEVICE ? ARCH_DEVICE : ARCH_READ_WRITE;
		return frame->kind != FRAME_CODE;
	case RIGHT_READ | RIGHT_EXECUTE:
		*access = ARCH_READ_EXECUTE;
		return frame->kind == FRAME_CODE;
	default:
		return false;
	}
}

static uint32_t
pages_mapped(const struct slot *slot)
{
	const struct frame *frame = (const struct frame *)slot->object;
	uint32_t pages = slot->badge % PAGE_BYTES * MAP_PAGES;

	return pages < frame->pages ? pages : frame->pages;
}

static enum status
map_check(struct slot *slot, vaddr_t address, uint8_t rights, enum arch_access *access)
{
	const struct frame *frame = (const struct frame *)slot->object;
	const struct process *process = slot_owner(slot);
	uint64_t bytes = (uint64_t)frame->pages * PAGE_BYTES;

	if ((rights & ~slot->rights) != 0 || !access_of(frame, rights, access)) {
		return E_ARGUMENT;
	}
	if (address == 0 || address % PAGE_BYTES != 0 || address >= ARCH_USER_TOP ||
		bytes > ARCH_USER_TOP - address) {
		return E_ARGUMENT;
	}
	if (slot->badge != 0) {
		bool goes_on = slot->badge / PAGE_BYTES == address / PAGE_BYTES;
		return goes_on && pages_mapped(slot) < frame->pages ? E_OK : E_STATE;
	}
	if (arch_space_tables(&process->space, address, frame->pages) >
		untyped_free_pages(process->account)) {
		return E_MEMORY;
	}
	return E_OK;
}

/* Another thread may have mapped or used up memory since the last step: each step checks anew. */
static enum status
map_step(struct slot *slot, vaddr_t address, enum arch_access access)
{
	const struct frame *frame = (const struct frame *)slot->object;
	struct process *process = slot_owner(slot);
	uint32_t done = pages_mapped(slot);
	uint32_t pages = frame->pages - done < MAP_PAGES ? frame->pages - done : MAP_PAGES;
	vaddr_t at = address + (vaddr_t)done * PAGE_BYTES;

	if (!arch_space_is_free(&process->space, at, pages)) {
		return E_STATE;
	}
	if (arch_space_tables(&process->space, at, pages) > untyped_free_pages(process->account)) {
		return E_MEMORY;
	}
	arch_space_map(&process->space, at, frame->address + (paddr_t)done * PAGE_BYTES, pages,
		access, untyped_take_page, process->account);
	slot->badge = (uint32_t)address | (slot->badge % PAGE_BYTES + 1);
	return done + pages < frame->pages ? STATUS_AGAIN : E_OK;
}

enum status
frame_map(struct slot *slot, vaddr_t address, uint8_t rights)
{
	struct frame *frame = (struct frame *)slot->object;
	enum arch_access access;

	if (slot->rights & SLOT_UNMAPPING) {
		return frame_unmap_step(slot) ? STATUS_AGAIN : E_STATE;
	}
	enum status status = map_check(slot, address, rights, &access);
	if (status != E_OK) {
		return status;
	}
	frame->sealed_pages = 0; /* what was made visible may be written again */
	status = map_step(slot, address, access);
	if (status != E_OK && status != STATUS_AGAIN && slot->badge != 0) {
		slot->rights |= SLOT_UNMAPPING;
		return STATUS_AGAIN;
	}
	return status;
}

bool
frame_unmap_step(struct slot *slot)
{
	if (slot->badge != 0) {
		uint32_t left = slot->badge % PAGE_BYTES - 1;
		vaddr_t address = slot->badge - slot->badge % PAGE_BYTES;
		uint32_t first = left * MAP_PAGES;

		arch_space_unmap(&slot_owner(slot)->space, address + (vaddr_t)first * PAGE_BYTES,
			pages_mapped(slot) - first);
		slot->badge = left == 0 ? 0 : slot->badge - 1;
	}
	if (slot->badge == 0) {
		slot->rights &= (uint8_t)~SLOT_UNMAPPING;
	}
	return slot->badge != 0;
}

enum status
frame_address(const struct frame *frame, paddr_t *address)
{
	*address = frame->address;
	return frame->kind == FRAME_DMA ? E_OK : E_STATE;
}

/* Through the direct map: there it is mapped whoever unmaps it meanwhile. Writes back what is
 * dirty, so it is for those who may write. */
enum status
frame_sync(const struct slot *slot, uint32_t offset, uint32_t length)
{
	const struct frame *frame = (const struct frame *)slot->object;
	uint32_t bytes = frame->pages * PAGE_BYTES;

	if (frame->kind != FRAME_DMA) {
		return E_STATE;
	}
	if (!(slot->rights & RIGHT_WRITE) || offset > bytes || length > bytes - offset) {
		return E_ARGUMENT;
	}
	arch_memory_sync((uint8_t *)arch_pointer(frame->address) + offset, length);
	return E_OK;
}

enum status
frame_seal(struct slot *slot)
{
	struct frame *frame = (struct frame *)slot->object;

	if (frame->kind != FRAME_DATA || slot->badge != 0 || frame->object.capabilities != 1 ||
		trace_uses(frame)) {
		return E_STATE;
	}
	uint32_t left = frame->pages - frame->sealed_pages;
	uint32_t pages = left < SEAL_PAGES ? left : SEAL_PAGES;
	arch_make_executable(frame->address + (paddr_t)frame->sealed_pages * PAGE_BYTES,
		(size_t)pages * PAGE_BYTES);
	frame->sealed_pages += pages;
	if (pages < left) {
		return STATUS_AGAIN;
	}
	frame->kind = FRAME_CODE;
	return E_OK;
}
