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

/* One copy with interrupts masked; less where words do not line up, because bytes take longer. */
#define CHUNK_BYTES         PAGE_BYTES
#define CHUNK_BYTES_CROOKED 512u

_Static_assert(LEASES_MAX == FORMAT_LEASES_MAX, "as many as a shape can say");

static uint32_t
shape_of(const struct thread *caller)
{
	return monitor_shape(caller->call.edge, KSM_CALL, info_method(caller->call.info));
}

void
lease_lend(struct thread *caller)
{
	uint32_t count = format_shape_leases(shape_of(caller));

	if (count != 0) {
		memory_copy(caller->lent, caller->buffer + LEASE_ADDRESSES,
			count * sizeof(caller->lent[0]));
	}
}

/* What remains of a copy; both ends move. */
struct copy {
	const struct arch_space *from, *to;
	vaddr_t from_address, to_address;
	uint32_t length;
};

static uint32_t
least(uint64_t a, uint64_t b)
{
	return (uint32_t)(a < b ? a : b);
}

static uint32_t
chunk_length(const struct copy *copy)
{
	bool is_crooked = ((copy->from_address ^ copy->to_address) & (sizeof(uintptr_t) - 1)) != 0;
	uint32_t length = least(copy->length, is_crooked ? CHUNK_BYTES_CROOKED : CHUNK_BYTES);

	length = least(length, PAGE_BYTES - copy->from_address % PAGE_BYTES);
	return least(length, PAGE_BYTES - copy->to_address % PAGE_BYTES);
}

/* One piece that lies in one page on both sides. E_LEASE, E_ARGUMENT: the source, the target is not
 * there; nothing was copied then. */
static enum status
chunk_copy(struct copy *copy, uint32_t length)
{
	const void *from = arch_space_find(copy->from, copy->from_address, false);
	void *to = arch_space_find(copy->to, copy->to_address, true);

	if (from == NULL || to == NULL) {
		return from == NULL ? E_LEASE : E_ARGUMENT;
	}
	memory_copy(to, from, length);
	copy->from_address += length;
	copy->to_address += length;
	copy->length -= length;
	return E_OK;
}

/* Stops where memory ends, and between two chunks if an interrupt waits. Returns the bytes. */
static uint32_t
copy_run(struct copy *copy, enum status *status)
{
	uint32_t wanted = copy->length;

	*status = E_OK;
	while (copy->length != 0) {
		*status = chunk_copy(copy, chunk_length(copy));
		if (*status != E_OK || arch_irq_pending()) {
			break;
		}
	}
	return wanted - copy->length;
}

/* The lease's length, or E_LEASE: there is none of this direction. */
static enum status
lease_find(struct thread *caller, uint32_t index, bool is_write, uint32_t *length)
{
	if (caller == NULL) {
		return E_LEASE; /* the call is over, and its leases with it */
	}
	uint32_t shape = shape_of(caller);
	if (index >= format_shape_leases(shape) ||
		format_shape_lease_writes(shape, index) != is_write) {
		return E_LEASE;
	}
	*length = get_u32(thread_message(caller) + index * FORMAT_CARRY_BYTES);
	return E_OK;
}

static enum status
lease_run(struct thread *server, struct thread *caller, uint32_t index, bool is_write,
	uint32_t *count)
{
	const uint8_t *payload = arch_payload(&server->context);
	vaddr_t own = get_u64(payload + offsetof(struct lease_copy, address));
	uint32_t offset = get_u32(payload + offsetof(struct lease_copy, offset));
	uint32_t wanted = get_u32(payload + offsetof(struct lease_copy, length));
	uint32_t length = 0;
	enum status status = lease_find(caller, index, is_write, &length);

	if (status == E_OK && (wanted > length || offset > length - wanted)) {
		status = E_ARGUMENT;
	}
	if (status != E_OK) {
		return status;
	}
	vaddr_t lent = caller->lent[index] + offset;
	struct copy copy = {
		.from = &caller->process->space,
		.to = &server->process->space,
		.from_address = lent,
		.to_address = own,
		.length = wanted,
	};
	if (is_write) {
		copy.from = &server->process->space;
		copy.to = &caller->process->space;
		copy.from_address = own;
		copy.to_address = lent;
	}
	*count = copy_run(&copy, &status);
	if (*count != 0) {
		return E_OK;
	}
	/* chunk_copy speaks of source and target, the server's call of lease and own memory. */
	return !is_write || status == E_OK ? status : status == E_LEASE ? E_ARGUMENT : E_LEASE;
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
