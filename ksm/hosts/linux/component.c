/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A program of Gatehouse as a process of Linux: the calls of gatehouse/ipc.h and syscall.h through
 * the broker. KSM_BROKER names its folder, KSM_INSTANCE who the process is. Each thread has a
 * connection of its own, opened when it first needs one. Memory cannot be lent through a socket:
 * leases end with E_LEASE.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core_abi.h"
#include "gatehouse/ipc.h"
#include "gatehouse/process.h"
#include "ksm/hosts/linux/client.h"

#define NS_PER_S     UINT64_C(1000000000)
#define BUFFER_BYTES 4096u
#define HELD_MAX     64u /* reply objects; their slots are those of the program's table */

struct component {
	struct ksm_client client;
	bool is_open;
	bool is_bound;        /* it receives the bits of its notification, too */
	char value[256];      /* of the attribute that was asked for last */
	uint32_t ticket;      /* of the present caller; 0: there is none */
	uint64_t deadline_ns; /* of its next call */
	struct ksm_message message;
	_Alignas(8) uint8_t buffer[BUFFER_BYTES];
};

static _Thread_local struct component self;
static uint32_t held[HELD_MAX]; /* by slot: ticket of the caller that a reply object holds */

const uint32_t sys_payload_bytes = MESSAGE_BYTES_MAX;

static _Noreturn void
leave(const char *what)
{
	(void)fprintf(stderr, "component: error: %s\n", what);
	exit(1);
}

static const struct ksm_client *
broker(void)
{
	const char *folder = getenv("KSM_BROKER");
	const char *name = getenv("KSM_INSTANCE");
	char path[256];

	if (self.is_open) {
		return &self.client;
	}
	if (folder == NULL || name == NULL) {
		leave("KSM_BROKER names the broker's folder, KSM_INSTANCE this process; set both");
	}
	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (ksm_client_open(&self.client, path) != 0) {
		(void)fprintf(stderr, "component: error: cannot be %s: %s\n", path,
			errno == EPIPE ? "the broker refused; its log says why" : strerror(errno));
		exit(1);
	}
	self.is_open = true;
	return &self.client;
}

uint64_t
sys_clock(void)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_BOOTTIME, &time);
	return (uint64_t)time.tv_sec * NS_PER_S + (uint64_t)time.tv_nsec;
}

/* What is left until the deadline, at least 1; 0: there is none. */
static uint64_t
timeout_ns(void)
{
	uint64_t now_ns = self.deadline_ns == 0 ? 0 : sys_clock();

	if (self.deadline_ns == 0) {
		return 0;
	}
	return self.deadline_ns > now_ns ? self.deadline_ns - now_ns : 1;
}

static void
payload_out(const struct message *message)
{
	self.message.head = (struct ksm_wire){.info = message->info};
	self.message.descriptor_count = 0;
	memcpy(self.message.bytes, message->bytes, info_length(message->info));
}

static void
payload_in(struct message *message)
{
	message->info = self.message.head.info;
	memcpy(message->bytes, self.message.bytes, info_length(message->info));
	while (self.message.descriptor_count != 0) {
		(void)close(self.message.descriptors[--self.message.descriptor_count]);
	}
}

static bool
is_reply_object(uint32_t handle)
{
	return (handle & HANDLE_INDEX_MASK) < HELD_MAX;
}

/* Kernel objects of the process itself: those of them that Linux has. */
static uint32_t
own_call(uint32_t handle, uint32_t method, struct message *message)
{
	if (handle == HANDLE_THREAD && method == THREAD_BIND) {
		self.is_bound = true;
	} else if (handle == HANDLE_REPLY && method == REPLY_HOLD) {
		if (self.ticket == 0 || held[HANDLE_REPLY & HANDLE_INDEX_MASK] != 0) {
			return E_STATE;
		}
		held[HANDLE_REPLY & HANDLE_INDEX_MASK] = self.ticket;
		self.ticket = 0;
	} else {
		return E_CALL;
	}
	message->info = 0;
	return E_OK;
}

uint32_t
ipc_call(uint32_t handle, uint32_t method, struct message *message)
{
	const struct ksm_client *client;
	uint32_t status;

	if ((handle & HANDLE_INDEX_MASK) < HANDLE_FIRST_INDEX &&
		handle == HANDLE_INITIAL(handle & HANDLE_INDEX_MASK) &&
		handle != HANDLE_INITIAL(0)) {
		return own_call(handle, method, message);
	}
	if (info_length(message->info) > MESSAGE_BYTES_MAX) {
		return E_DENIED;
	}
	client = broker();
	payload_out(message);
	status = ksm_client_call(client, handle, method, &self.message, timeout_ns());
	if (status == E_OK) {
		payload_in(message);
	}
	return status;
}

void
ipc_lend(uint32_t index, const void *memory)
{
	(void)index;
	(void)memory; /* the call will say E_LEASE */
}

static void
received_decode(struct message *message, struct received *received)
{
	const struct ksm_wire *head = &self.message.head;

	*received = (struct received){.status = E_OK};
	switch (head->kind) {
	case KSM_WIRE_REQUEST:
		received->kind = RECEIVED_MESSAGE;
		received->caller = (struct caller){
			.badge = head->badge, .label = head->label, .instance = head->instance};
		self.ticket = head->handle;
		payload_in(message);
		break;
	case KSM_WIRE_NOTIFY:
		received->kind = RECEIVED_NOTIFICATION;
		received->bits = head->badge;
		break;
	default:
		received->kind = RECEIVED_FAILED;
		received->status = head->status;
		if (head->status == E_DIED) {
			leave("the broker is gone");
		}
	}
}

static uint32_t
wants(void)
{
	return KSM_WIRE_WANT_REQUEST | (self.is_bound ? KSM_WIRE_WANT_BITS : 0);
}

void
ipc_recv(uint32_t endpoint, struct message *message, struct received *received)
{
	(void)endpoint;
	if (self.ticket != 0) {
		*received = (struct received){.kind = RECEIVED_FAILED, .status = E_STATE};
		return;
	}
	ksm_client_receive(broker(), wants(), &self.message, timeout_ns());
	received_decode(message, received);
}

void
ipc_reply_recv(uint32_t endpoint, struct message *message, struct received *received)
{
	uint32_t ticket = self.ticket;

	(void)endpoint;
	self.ticket = 0;
	payload_out(message);
	ksm_client_reply_receive(broker(), ticket, wants(), &self.message, timeout_ns());
	received_decode(message, received);
}

uint32_t
ipc_reply(uint32_t handle, const struct message *message)
{
	uint32_t *ticket = handle == 0 ? &self.ticket : &held[handle & (HELD_MAX - 1)];
	uint32_t wanted = *ticket;

	if (handle != 0 && !is_reply_object(handle)) {
		return E_HANDLE;
	}
	*ticket = 0;
	payload_out(message);
	return ksm_client_reply(broker(), wanted, &self.message);
}

uint32_t
lease_read(const struct lease *lease, uint32_t offset_bytes, void *to, uint32_t length_bytes)
{
	(void)lease;
	(void)offset_bytes;
	(void)to;
	(void)length_bytes;
	return E_LEASE;
}

uint32_t
lease_write(
	const struct lease *lease, uint32_t offset_bytes, const void *from, uint32_t length_bytes)
{
	(void)lease;
	(void)offset_bytes;
	(void)from;
	(void)length_bytes;
	return E_LEASE;
}

uint32_t
ipc_ask(uint32_t reply, uint16_t label, uint16_t interface, uint16_t method,
	const struct message *arguments)
{
	payload_out(arguments);
	self.message.head.handle = reply == 0 ? self.ticket : held[reply & (HELD_MAX - 1)];
	self.message.head.info = info_make(method, info_length(arguments->info));
	self.message.head.label = label;
	self.message.head.instance = interface;
	return ksm_client_exchange(broker(), &self.message, KSM_WIRE_ASK) != 0
		       ? (uint32_t)E_DIED
		       : self.message.head.status;
}

/* Valid until the next one is asked for. */
const char *
process_attribute(const char *key)
{
	const struct ksm_client *client = broker();
	size_t key_bytes = strlen(key);
	const char *line = client->attributes;

	while (*line != '\0') {
		const char *end = strchr(line, '\n');

		if (end != NULL && strncmp(line, key, key_bytes) == 0 && line[key_bytes] == '=') {
			size_t bytes = (size_t)(end - line) - key_bytes - 1;

			if (bytes >= sizeof(self.value)) {
				return NULL;
			}
			memcpy(self.value, line + key_bytes + 1, bytes);
			self.value[bytes] = '\0';
			return self.value;
		}
		line = end == NULL ? line + strlen(line) : end + 1;
	}
	return NULL;
}

uint8_t *
ipc_buffer(void)
{
	return self.buffer;
}

uint32_t
sys_signal(uint32_t handle)
{
	return ksm_client_signal(broker(), handle);
}

uint32_t
sys_wait(uint32_t handle, uint32_t *bits)
{
	uint32_t wanted = handle == 0 ? 0 : KSM_WIRE_WANT_BITS;

	ksm_client_receive(broker(), wanted, &self.message, timeout_ns());
	*bits = self.message.head.badge;
	return self.message.head.kind == KSM_WIRE_NOTIFY ? (uint32_t)E_OK
							 : self.message.head.status;
}

uint32_t
sys_poll(uint32_t handle, uint32_t *bits)
{
	(void)handle;
	self.message.head = (struct ksm_wire){.info = 0};
	self.message.descriptor_count = 0;
	if (ksm_client_exchange(broker(), &self.message, KSM_WIRE_POLL) != 0) {
		return E_DIED;
	}
	*bits = self.message.head.badge;
	return E_OK;
}

void
sys_yield(void)
{
	(void)sched_yield();
}

uint32_t
sys_deadline(uint64_t deadline_ns)
{
	self.deadline_ns = deadline_ns;
	return E_OK;
}
