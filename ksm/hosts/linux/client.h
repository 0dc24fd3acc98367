/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The broker's other side, for a component in C or C++: one connection, one thing at a time. A
 * component with threads gives each call its turn; an instance has one connection.
 *
 * Calls return E_ codes (abi/errors.def). If the broker is gone they return E_DIED: nothing of this
 * connection works any more.
 */
#ifndef KSM_HOSTS_LINUX_CLIENT_H
#define KSM_HOSTS_LINUX_CLIENT_H

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "ksm/hosts/linux/packet.h"

/* Connects as the instance whose socket `path` is (DIR/NAME). Returns 0, or -1 with errno; EPIPE:
 * the broker does not take this process for the instance, or has it already. */
static inline int
ksm_client_open(struct ksm_client *client, const char *path)
{
	struct ksm_message hello;
	struct sockaddr_un address;

	memset(&address, 0, sizeof(address));
	address.sun_family = AF_UNIX;
	client->socket = -1;
	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	client->socket = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (client->socket < 0 ||
		connect(client->socket, (const struct sockaddr *)&address, sizeof(address)) != 0 ||
		ksm_client_next(client, &hello) != 0) {
		return -1;
	}
	client->label = hello.head.label;
	client->instance = hello.head.instance;
	client->resource_label = (uint16_t)hello.head.badge;
	memcpy(client->attributes, hello.bytes, info_length(hello.head.info));
	client->attributes[info_length(hello.head.info)] = '\0';
	return 0;
}

static inline void
ksm_client_close(struct ksm_client *client)
{
	(void)close(client->socket);
	client->socket = -1;
}

/* Sends a packet of this kind and waits for what ends it. */
static inline int
ksm_client_exchange(const struct ksm_client *client, struct ksm_message *message, uint32_t kind)
{
	message->head.kind = kind;
	if (ksm_client_send(client, message) != 0) {
		return -1;
	}
	return ksm_client_next(client, message);
}

/*
 * Calls `method` of the capability `handle`. In: bytes, their number in head.info
 * (info_make(0, length)), descriptors; of each the word (interface << 16 | label) stands in the
 * payload. Out: the reply; its status (0 well, n the n-th error of the interface) is
 * info_method(head.info). timeout_ns: 0: none. Returns E_OK if there is a reply, E_TIMEOUT if there
 * was none in time, E_DENIED, E_HANDLE, E_RESTARTED (call again), E_DIED, E_LEASE (the method
 * lends memory, which a socket cannot).
 */
static inline uint32_t
ksm_client_call(const struct ksm_client *client, uint32_t handle, uint32_t method,
	struct ksm_message *message, uint64_t timeout_ns)
{
	message->head.handle = handle;
	message->head.info = info_make(method, info_length(message->head.info));
	message->head.timeout_ns = timeout_ns;
	return ksm_client_exchange(client, message, KSM_WIRE_CALL) != 0 ? (uint32_t)E_DIED
									: message->head.status;
}

/* Sends the bits of a signal capability. */
static inline uint32_t
ksm_client_signal(const struct ksm_client *client, uint32_t handle)
{
	struct ksm_message message;

	memset(&message.head, 0, sizeof(message.head));
	message.descriptor_count = 0;
	message.head.handle = handle;
	return ksm_client_exchange(client, &message, KSM_WIRE_SIGNAL) != 0 ? (uint32_t)E_DIED
									   : message.head.status;
}

/*
 * Waits for what `wants` (KSM_WIRE_WANT_) says, 0: only for the time. Afterwards head.kind is
 * KSM_WIRE_REQUEST: head.handle is the ticket for the answer, head.label, .instance and .badge say
 * who calls, and by the broker's word; KSM_WIRE_NOTIFY: head.badge are bits; KSM_WIRE_FAILED:
 * head.status says why.
 */
static inline void
ksm_client_receive(const struct ksm_client *client, uint32_t wants, struct ksm_message *message,
	uint64_t timeout_ns)
{
	memset(&message->head, 0, sizeof(message->head));
	message->descriptor_count = 0;
	message->head.handle = wants;
	message->head.timeout_ns = timeout_ns;
	if (ksm_client_exchange(client, message, KSM_WIRE_RECEIVE) != 0) {
		message->head.kind = KSM_WIRE_FAILED;
		message->head.status = E_DIED;
	}
}

/* Answers the call of a ticket with message: head.info is info_make(status, length). Returns E_OK;
 * E_DENIED: it was refused, the caller has E_DENIED, too; E_CANCELLED: the caller left; E_HANDLE:
 * nobody waits for it. */
static inline uint32_t
ksm_client_reply(const struct ksm_client *client, uint32_t ticket, struct ksm_message *message)
{
	message->head.handle = ticket;
	return ksm_client_exchange(client, message, KSM_WIRE_REPLY) != 0 ? (uint32_t)E_DIED
									 : message->head.status;
}

/* Both in one: answers, then receives requests, and bits if wants says so. If the answer was
 * refused nothing was received, and KSM_WIRE_FAILED says it. */
static inline void
ksm_client_reply_receive(const struct ksm_client *client, uint32_t ticket, uint32_t wants,
	struct ksm_message *message, uint64_t timeout_ns)
{
	message->head.handle = ticket;
	message->head.badge = wants;
	message->head.timeout_ns = timeout_ns;
	if (ksm_client_exchange(client, message, KSM_WIRE_REPLY_RECEIVE) != 0) {
		message->head.kind = KSM_WIRE_FAILED;
		message->head.status = E_DIED;
	}
}

#endif
