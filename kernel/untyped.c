/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Untyped memory: what objects are made of. The kernel has no heap. */
#include "kernel/untyped.h"

#include "abi/system.h"
#include "kernel/assert.h"
#include "kernel/config.h"
#include "kernel/endpoint.h"
#include "kernel/frame.h"
#include "kernel/memory.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/reply.h"
#include "kernel/slot.h"
#include "kernel/thread.h"

_Static_assert(sizeof(struct untyped) <= SYSTEM_SMALL_BYTES, "`gate` reserves this much");

void
untyped_init(struct untyped *untyped, uint8_t *start, uint8_t *end)
{
	kernel_assert(((uintptr_t)start | (uintptr_t)end) % PAGE_BYTES == 0 && start < end);
	untyped->start = start;
	untyped->end = end;
	untyped_reset(untyped);
}

void
untyped_reset(struct untyped *untyped)
{
	bool holds_itself = (uint8_t *)untyped == untyped->start;

	untyped->low = untyped->start + (holds_itself ? OBJECT_ALIGN : 0);
	untyped->high = untyped->end;
	untyped->clean = untyped->end;
	untyped->spare = NULL;
}

size_t
untyped_free_bytes(const struct untyped *untyped)
{
	return (size_t)(untyped->high - untyped->low);
}

size_t
untyped_free_pages(const struct untyped *untyped)
{
	return untyped_free_bytes(untyped) / PAGE_BYTES + (untyped->spare != NULL ? 1 : 0);
}

static uint8_t *
take_high(struct untyped *untyped, size_t bytes)
{
	if (untyped_free_bytes(untyped) < bytes) {
		return NULL;
	}
	untyped->high -= bytes;
	if (untyped->clean > untyped->high) {
		untyped->clean = untyped->high;
	}
	return untyped->high;
}

/* Makes up to CLEAR_PAGES of the `bytes` below `high` zero; true: more of them are not. Requires
 * that so much is free. */
static bool
clear_step(struct untyped *untyped, size_t bytes)
{
	uint8_t *goal = untyped->high - bytes;
	size_t dirty = untyped->clean > goal ? (size_t)(untyped->clean - goal) : 0;
	size_t now = dirty < CLEAR_PAGES * PAGE_BYTES ? dirty : CLEAR_PAGES * PAGE_BYTES;

	untyped->clean -= now;
	memory_clear(untyped->clean, now);
	return now < dirty;
}

void *
untyped_take_page(void *account)
{
	struct untyped *untyped = account;
	void *page = untyped->spare;

	kernel_assert(untyped_free_pages(untyped) > 0);
	if (page != NULL) {
		untyped->spare = *(void **)page;
		memory_clear(page, PAGE_BYTES);
		return page;
	}
	(void)clear_step(untyped, PAGE_BYTES);
	return take_high(untyped, PAGE_BYTES);
}

void
untyped_give_page(struct untyped *untyped, void *page)
{
	*(void **)page = untyped->spare;
	untyped->spare = page;
}

void *
untyped_take_dirty(struct untyped *untyped, size_t bytes)
{
	size_t rounded = (bytes + OBJECT_ALIGN - 1) & ~(size_t)(OBJECT_ALIGN - 1);

	if (rounded < bytes || untyped_free_bytes(untyped) < rounded) {
		return NULL;
	}
	uint8_t *object = untyped->low;
	untyped->low += rounded;
	if (untyped->clean < untyped->low) {
		untyped->clean = untyped->low;
	}
	return object;
}

void *
untyped_take(struct untyped *untyped, size_t bytes)
{
	void *object = untyped_take_dirty(untyped, bytes);

	if (object != NULL) {
		memory_clear(object, bytes);
	}
	return object;
}

static struct object *
make_frame(struct untyped *untyped, uint32_t pages)
{
	/* One page more: room for the struct. A page that came back is not beside the others. */
	if (untyped_free_bytes(untyped) < ((size_t)pages + 1) * PAGE_BYTES) {
		return NULL;
	}
	struct frame *frame = untyped_take(untyped, sizeof(struct frame));
	uint8_t *memory = take_high(untyped, (size_t)pages * PAGE_BYTES);
	frame_init(frame, arch_address(memory), pages, FRAME_DATA);
	return &frame->object;
}

static struct object *
make_untyped(struct untyped *untyped, uint32_t bytes)
{
	uint8_t *memory = take_high(untyped, bytes);

	if (memory == NULL) {
		return NULL;
	}
	struct untyped *nested = (struct untyped *)(void *)memory;
	memory_clear(nested, sizeof(*nested));
	untyped_init(nested, memory, memory + bytes);
	return &nested->object;
}

/* Tables of a page or more stand at the high end, where memory is cleared in steps. */
static uint32_t
table_pages(uint32_t slots)
{
	_Static_assert(PAGE_BYTES % sizeof(struct slot) == 0, "whole slots in a page");
	return (uint32_t)(slots * sizeof(struct slot) / PAGE_BYTES);
}

static struct object *
make_process(struct untyped *untyped, uint32_t slots)
{
	_Static_assert(ARCH_ROOT_BYTES == PAGE_BYTES, "a root table is one page");
	size_t bytes = slots * sizeof(struct slot);

	if (untyped_free_bytes(untyped) <
		bytes + sizeof(struct process) + PAGE_BYTES + 2 * OBJECT_ALIGN) {
		return NULL;
	}
	struct process *process = untyped_take(untyped, sizeof(struct process));
	struct slot *table = table_pages(slots) == 0 ? untyped_take(untyped, bytes)
						     : (void *)take_high(untyped, bytes);
	process_init(process, table, slots, untyped_take_page(untyped), untyped);
	return &process->object;
}

static struct object *
make_thread(struct untyped *untyped)
{
	struct thread *thread = untyped_take(untyped, sizeof(struct thread));

	if (thread == NULL) {
		return NULL;
	}
	thread_init(thread, untyped);
	return &thread->object;
}

static bool
size_is_valid(enum object_kind kind, uint32_t size)
{
	switch (kind) {
	case KIND_UNTYPED:
		return size != 0 && size % PAGE_BYTES == 0;
	case KIND_PROCESS:
		return size > HANDLE_FIRST_INDEX && size <= SLOTS_MAX && (size & (size - 1)) == 0;
	case KIND_FRAME:
		return size != 0 && size <= FRAME_PAGES_MAX;
	case KIND_THREAD:
	case KIND_ENDPOINT:
	case KIND_NOTIFICATION:
	case KIND_REPLY:
		return size == 0;
	default:
		return false;
	}
}

static struct object *
make_object(struct untyped *untyped, enum object_kind kind, uint32_t size)
{
	switch (kind) {
	case KIND_UNTYPED:
		return make_untyped(untyped, size);
	case KIND_PROCESS:
		return make_process(untyped, size);
	case KIND_FRAME:
		return make_frame(untyped, size);
	case KIND_THREAD:
		return make_thread(untyped);
	case KIND_ENDPOINT:
		return untyped_take(untyped, sizeof(struct endpoint));
	case KIND_NOTIFICATION:
		return untyped_take(untyped, sizeof(struct notification));
	default:
		return untyped_take(untyped, sizeof(struct reply));
	}
}

/* How many pages it takes from the high end. */
static uint32_t
pages_of(enum object_kind kind, uint32_t size)
{
	switch (kind) {
	case KIND_FRAME:
		return size;
	case KIND_PROCESS:
		return table_pages(size) + 1;
	default:
		return 0;
	}
}

enum status
untyped_retype(struct process *holder, struct slot *slot, enum object_kind kind, uint32_t size,
	uint16_t label, struct slot **placed)
{
	struct untyped *untyped = (struct untyped *)slot->object;

	if (!size_is_valid(kind, size)) {
		return E_ARGUMENT;
	}
	if (slot_is_frozen(slot, &untyped->object)) {
		return E_STATE;
	}
	uint16_t for_whom = label != 0 ? label : untyped->object.label;
	enum status status = slot_place_check(holder, for_whom, (uint16_t)kind, slot);
	if (status != E_OK) {
		return status;
	}
	/* Long memory is cleared before it is anything: what is clean stays so, whoever asks next.
	 */
	size_t bytes = (size_t)pages_of(kind, size) * PAGE_BYTES;
	if (untyped_free_bytes(untyped) >= bytes + PAGE_BYTES && clear_step(untyped, bytes)) {
		return STATUS_AGAIN;
	}
	struct object *object = make_object(untyped, kind, size);
	if (object == NULL) {
		return E_MEMORY;
	}
	object->kind = (uint8_t)kind;
	object->label = for_whom;
	struct capability capability = {
		.object = object,
		.label = object->label,
		.interface = (uint16_t)kind,
		.rights = RIGHT_READ | RIGHT_WRITE | RIGHT_EXECUTE,
	};
	return slot_place(holder, &capability, slot, placed);
}
