/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Methods of memory: untyped and frames. */
#include "kernel/invoke.h"

#include "core_abi.h"
#include "kernel/destroy.h"
#include "kernel/frame.h"
#include "kernel/memory.h"
#include "kernel/process.h"
#include "kernel/slot.h"
#include "kernel/thread.h"
#include "kernel/untyped.h"

static enum status
do_untyped_retype(const struct invocation *call)
{
	struct slot *placed;
	enum status status = untyped_retype(call->thread->process, call->slot,
		(enum object_kind)call->in[UNTYPED_RETYPE_KIND_OFFSET],
		get_u32(call->in + UNTYPED_RETYPE_SIZE_OFFSET),
		get_u16(call->in + UNTYPED_RETYPE_LABEL_OFFSET), &placed);

	if (status == E_OK) {
		put_u32(call->out + UNTYPED_RETYPE_OUT_HANDLE_OFFSET, placed->handle);
	}
	return status;
}

static enum status
do_untyped_reset(const struct invocation *call)
{
	if (call->slot->rights & SLOT_COPY) {
		return E_STATE;
	}
	return untyped_reset_step(call->slot) ? STATUS_AGAIN : E_OK;
}

static enum status
do_untyped_info(const struct invocation *call)
{
	const struct untyped *untyped = (const struct untyped *)call->slot->object;

	put_u64(call->out + UNTYPED_INFO_OUT_FREE_BYTES_OFFSET, untyped_free_bytes(untyped));
	put_u64(call->out + UNTYPED_INFO_OUT_SIZE_BYTES_OFFSET,
		(uint64_t)(untyped->end - untyped->start));
	return E_OK;
}

static enum status
do_frame_map(const struct invocation *call)
{
	return frame_map(call->slot, get_u64(call->in + FRAME_MAP_VADDR_OFFSET),
		call->in[FRAME_MAP_RIGHTS_OFFSET]);
}

static enum status
do_frame_unmap(const struct invocation *call)
{
	return frame_unmap_step(call->slot) ? STATUS_AGAIN : E_OK;
}

static enum status
do_frame_seal(const struct invocation *call)
{
	return frame_seal(call->slot);
}

static enum status
do_frame_address(const struct invocation *call)
{
	paddr_t address;
	enum status status = frame_address((const struct frame *)call->slot->object, &address);

	put_u64(call->out + FRAME_ADDRESS_OUT_ADDRESS_OFFSET, address);
	return status;
}

static enum status
do_frame_sync(const struct invocation *call)
{
	return frame_sync(call->slot, get_u32(call->in + FRAME_SYNC_OFFSET_OFFSET),
		get_u32(call->in + FRAME_SYNC_LENGTH_OFFSET));
}

static const struct method untyped_methods[] = {
	[UNTYPED_RETYPE] = {do_untyped_retype, UNTYPED_RETYPE_REPLY_BYTES},
	[UNTYPED_RESET] = {do_untyped_reset, UNTYPED_RESET_REPLY_BYTES},
	[UNTYPED_INFO] = {do_untyped_info, UNTYPED_INFO_REPLY_BYTES},
};

const struct method_table invoke_untyped = {
	untyped_methods, sizeof(untyped_methods) / sizeof(untyped_methods[0])};

static const struct method frame_methods[] = {
	[FRAME_MAP] = {do_frame_map, FRAME_MAP_REPLY_BYTES},
	[FRAME_UNMAP] = {do_frame_unmap, FRAME_UNMAP_REPLY_BYTES},
	[FRAME_SEAL] = {do_frame_seal, FRAME_SEAL_REPLY_BYTES},
	[FRAME_ADDRESS] = {do_frame_address, FRAME_ADDRESS_REPLY_BYTES},
	[FRAME_SYNC] = {do_frame_sync, FRAME_SYNC_REPLY_BYTES},
};

const struct method_table invoke_frame = {
	frame_methods, sizeof(frame_methods) / sizeof(frame_methods[0])};
