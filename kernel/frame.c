/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Frames: memory that a process can map. Data, or code for ever once sealed, or device registers.
 */
#include "kernel/frame.h"

#include "abi/system.h"
#include "kernel/process.h"
#include "kernel/untyped.h"

_Static_assert(sizeof(struct frame) <= SYSTEM_SMALL_BYTES, "`gate` reserves this much");

void
frame_init(struct frame *frame, paddr_t address, uint32_t pages, enum frame_kind kind)
{
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
	if (slot->badge != 0 || !arch_space_is_free(&process->space, address, frame->pages)) {
		return E_STATE;
	}
	if (arch_space_tables(&process->space, address, frame->pages) >
		untyped_free_pages(process->account)) {
		return E_MEMORY;
	}
	return E_OK;
}

enum status
frame_map(struct slot *slot, vaddr_t address, uint8_t rights)
{
	const struct frame *frame = (const struct frame *)slot->object;
	struct process *process = slot_owner(slot);
	enum arch_access access;
	enum status status = map_check(slot, address, rights, &access);

	if (status != E_OK) {
		return status;
	}
	arch_space_map(&process->space, address, frame->address, frame->pages, access,
		untyped_take_page, process->account);
	slot->badge = (uint32_t)address;
	return E_OK;
}

void
frame_unmap(struct slot *slot)
{
	const struct frame *frame = (const struct frame *)slot->object;

	if (slot->badge != 0) {
		arch_space_unmap(&slot_owner(slot)->space, slot->badge, frame->pages);
		slot->badge = 0;
	}
}

enum status
frame_seal(struct slot *slot)
{
	struct frame *frame = (struct frame *)slot->object;

	if (frame->kind != FRAME_DATA || slot->badge != 0 || frame->object.capabilities != 1) {
		return E_STATE;
	}
	arch_make_executable(frame->address, (size_t)frame->pages * PAGE_BYTES);
	frame->kind = FRAME_CODE;
	return E_OK;
}
