/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Frames: memory that a process can map. Data, or code for ever once sealed, or device registers.
 */
#ifndef KERNEL_FRAME_H
#define KERNEL_FRAME_H

#include "abi/abi.h"
#include "arch/arch.h"
#include "kernel/object.h"

enum frame_kind {
	FRAME_DATA,
	FRAME_CODE,
	FRAME_DEVICE,
	FRAME_DMA /* RAM that a device reads and writes, too; never anything else */
};

struct frame {
	struct object object;
	paddr_t address;
	uint32_t pages;
	uint32_t sealed_pages; /* of a seal under way: visible to instruction fetch */
	uint8_t kind;          /* enum frame_kind */
};

struct slot;

void frame_init(struct frame *frame, paddr_t address, uint32_t pages, enum frame_kind kind);

/*
 * Maps it in the space of the process in whose table `slot` stands. One mapping for each capability
 * (decisions B6). rights: RIGHT_READ with at most one of WRITE (data, device) and EXECUTE (code).
 * E_ARGUMENT: address or rights; E_STATE: mapped already, or something is there; E_MEMORY: the
 * process's account has no page left for tables. STATUS_AGAIN: a part is mapped; the same call goes
 * on. Refused, nothing of it is mapped, but tables that it took stay the process's.
 */
enum status frame_map(struct slot *slot, vaddr_t address, uint8_t rights);

/* Some pages less are mapped; true: there are more. Harmless if it is not mapped. */
bool frame_unmap_step(struct slot *slot);

/* Where devices find it. E_STATE: it is no memory for devices. */
enum status frame_address(const struct frame *frame, paddr_t *address);

/* Processes and devices see the same in these bytes. E_STATE: it is no memory for devices;
 * E_ARGUMENT: they are not all in it, or the capability is for reading. */
enum status frame_sync(const struct slot *slot, uint32_t offset, uint32_t length);

/* Data becomes code: never writable again, by nobody. E_STATE: it is mapped, not data, traced
 * into, or another capability to it exists. STATUS_AGAIN: the same call goes on. */
enum status frame_seal(struct slot *slot);

#endif
