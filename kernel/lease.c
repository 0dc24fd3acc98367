/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Leases: memory that a caller lends for the time of one call (decisions A8). There is nothing to
 * take back: a lease is found through the call record, so it ends with the call, whatever ends it.
 * Tables are walked for each copy; who remaps a lease meanwhile changes content, never safety.
 */
#include "kernel/lease.h"

#include "kernel/memory.h"
#include "kernel/monitor.h"
#include "kernel/process.h"
#include "kernel/reply.h"
#include "kernel/thread.h"
#include "ksm/format.h"

/* One copy with interrupts masked, where words do not line up, because bytes take longer. */
#define CHUNK_BYTES_CROOKED 512u

_Static_assert(LEASES_MAX == FORMAT_LEASES_MAX, "as many as a shape can say");
_Static_assert(LEASE_ADDRESSES + LEASES_MAX * sizeof(uint32_t) <= ARCH_PAYLOAD_BYTES,
	"where no payload stands");

void
lease_lend(struct thread *caller, uint32_t shape)
{
	uint32_t count = format_shape_leases(shape);

	if (count == 0) {
		return;
	}
	const uint8_t *lengths = thread_message(caller);
	struct lent *lent = &caller->lent;
	lent->row = caller->call.row;
	lent->count = (uint8_t)count;
	lent->writes = (uint8_t)(shape >> FORMAT_SHAPE_MORE_SHIFT & FORMAT_SHAPE_LEASES_MASK);
	for (uint32_t i = 0; i < count; i++) {
		lent->address[i] = get_u32(caller->buffer + LEASE_ADDRESSES + i * sizeof(uint32_t));
		lent->length[i] = get_u32(lengths + i * FORMAT_CARRY_BYTES);
	}
}

/* A piece of memory in a space. */
struct range {
	const struct arch_space *space;
	vaddr_t address;
};

/* One piece that lies in one page on both sides, at most `length` bytes. Returns how many; 0: the
 * source or the target is not there. */
static inline uint32_t
chunk_copy(const struct range *to, const struct range *from, uint32_t length)
{
	const void *source = arch_space_find(from->space, from->address, false);
	void *target = arch_space_find(to->space, to->address, true);
	uint32_t in = (uint32_t)from->address % PAGE_BYTES;
	uint32_t out = (uint32_t)to->address % PAGE_BYTES;

	if (source == NULL || target == NULL) {
		return 0;
	}
	if ((in | out) == 0 && length >= PAGE_BYTES) {
		arch_copy_blocks(target, source, PAGE_BYTES / ARCH_BLOCK_BYTES);
		return PAGE_BYTES;
	}
	uint32_t most = PAGE_BYTES - (in > out ? in : out);
	if ((in ^ out) % sizeof(uintptr_t) != 0 && most > CHUNK_BYTES_CROOKED) {
		most = CHUNK_BYTES_CROOKED;
	}
	length = length < most ? length : most;
	memory_copy(target, source, length);
	return length;
}

/* Stops where memory ends, and between two chunks if an interrupt waits. Returns the bytes. */
static uint32_t
copy_run(const struct range *target, const struct range *source, uint32_t wanted)
{
	struct range to = *target;
	struct range from = *source;
	uint32_t left = wanted;

	while (left != 0) {
		uint32_t done = chunk_copy(&to, &from, left);
		left -= done;
		to.address += done;
		from.address += done;
		if (done == 0 || (left != 0 && arch_irq_pending())) {
			break;
		}
	}
	return wanted - left;
}

/* The lease `index` of the call that a caller has under way, E_LEASE: there is none of this
 * direction. What an earlier call lent has another row, for each call of a method that lends comes
 * through lease_lend. */
static enum status
lease_check(
	const struct thread *caller, uint32_t index, bool is_write, const struct lease_copy *wanted)
{
	if (caller == NULL) {
		return E_LEASE; /* the call is over, and its leases with it */
	}
	const struct lent *lent = &caller->lent;
	if (lent->row != caller->call.row || index >= lent->count ||
		(lent->writes >> (lent->count - 1 - index) & 1) != is_write) {
		return E_LEASE;
	}
	return wanted->length <= lent->length[index] &&
			       wanted->offset <= lent->length[index] - wanted->length
		       ? E_OK
		       : E_ARGUMENT;
}

static enum status
lease_run(struct thread *server, struct thread *caller, uint32_t index, bool is_write,
	uint32_t *count)
{
	const uint8_t *payload = arch_payload(&server->context);
	const struct lease_copy wanted = {
		.address = get_u64(payload + offsetof(struct lease_copy, address)),
		.offset = get_u32(payload + offsetof(struct lease_copy, offset)),
		.length = get_u32(payload + offsetof(struct lease_copy, length)),
	};
	enum status status = lease_check(caller, index, is_write, &wanted);

	if (status != E_OK || wanted.length == 0) {
		return status;
	}
	const struct range own = {&server->process->space, wanted.address};
	const struct range lent = {
		&caller->process->space, caller->lent.address[index] + wanted.offset};
	*count = copy_run(is_write ? &lent : &own, is_write ? &own : &lent, wanted.length);
	if (*count != 0) {
		return E_OK;
	}
	return arch_space_find(own.space, own.address, !is_write) == NULL ? E_ARGUMENT : E_LEASE;
}

void
lease_copy(struct thread *server, uint32_t handle, uint32_t index, bool is_write)
{
	struct reply_target target;
	enum status status = E_HANDLE;
	uint32_t count = 0;

	if (reply_find(server, handle, &target)) {
		status = lease_run(server, target.caller, index, is_write, &count);
	} else {
		monitor_refuse(server, handle, NULL, KSM_CALL, 0, KSM_CAPABILITY);
	}
	arch_result(&server->context, status, count, 0);
}
