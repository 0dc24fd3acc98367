/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Messages of any length: moves what does not fit into registers through the thread's buffer. */
#include "gatehouse/ipc.h"

#include <stdbool.h>
#include <string.h>

/* Most messages are short, so they are told apart before anything is called. A length above the
 * limit goes to the kernel as it is, which refuses it. */
static inline bool
is_long(const struct message *message)
{
	uint32_t length = info_length(message->info);

	return length > sys_payload_bytes && length <= MESSAGE_BYTES_MAX;
}

static __attribute__((noinline)) void
tail_put(const struct message *message)
{
	memcpy(ipc_buffer() + sys_payload_bytes, message->bytes + sys_payload_bytes,
		info_length(message->info) - sys_payload_bytes);
}

static __attribute__((noinline)) void
tail_get(struct message *message)
{
	memcpy(message->bytes + sys_payload_bytes, ipc_buffer() + sys_payload_bytes,
		info_length(message->info) - sys_payload_bytes);
}

static inline void
buffer_put(const struct message *message)
{
	if (is_long(message)) {
		tail_put(message);
	}
}

static inline void
buffer_get(struct message *message)
{
	if (is_long(message)) {
		tail_get(message);
	}
}

uint32_t
ipc_call(uint32_t handle, uint32_t method, struct message *message)
{
	message->info = info_make(method, info_length(message->info));
	buffer_put(message);
	uint32_t status = sys_call(handle, message);
	buffer_get(message);
	return status;
}

void
ipc_lend(uint32_t index, const void *memory)
{
	uint32_t address = (uint32_t)(uintptr_t)memory;

	memcpy(ipc_buffer() + LEASE_ADDRESSES + index * sizeof(address), &address, sizeof(address));
}

static void
received_decode(struct message *message, struct received *received)
{
	received->bits = 0;
	received->status = E_OK;
	if (message->info & INFO_FAILED) {
		received->kind = RECEIVED_FAILED;
		received->status = info_method(message->info);
	} else if (message->info & INFO_NOTIFICATION) {
		received->kind = RECEIVED_NOTIFICATION;
		received->bits = received->caller.badge;
	} else {
		received->kind = RECEIVED_MESSAGE;
		buffer_get(message);
	}
}

void
ipc_recv(uint32_t endpoint, struct message *message, struct received *received)
{
	sys_recv(endpoint, message, &received->caller);
	received_decode(message, received);
}

void
ipc_reply_recv(uint32_t endpoint, struct message *message, struct received *received)
{
	buffer_put(message);
	sys_reply_recv(endpoint, message, &received->caller);
	received_decode(message, received);
}

uint32_t
ipc_reply(uint32_t handle, const struct message *message)
{
	buffer_put(message);
	return sys_reply(handle, message);
}
