/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Messages of any length: what generated stubs and servers are written on. */
#ifndef GATEHOUSE_IPC_H
#define GATEHOUSE_IPC_H

#include <stdint.h>

#include "gatehouse/syscall.h"

enum received_kind {
	RECEIVED_MESSAGE,      /* a request: caller says whose */
	RECEIVED_NOTIFICATION, /* the bound notification had bits */
	RECEIVED_FAILED        /* status says why */
};

struct received {
	enum received_kind kind;
	struct caller caller;
	uint32_t bits;
	uint32_t status;
};

/*
 * Calls method `method` of the capability `handle`. In: the payload and, in message->info, its
 * length (info_make(0, length)). Out: the reply, its status (0 ok, n the n-th error of the
 * interface) in info_method(message->info). Returns E_OK if there is a reply, else an E_ status;
 * then nothing of the message is left, and who calls again writes it anew.
 */
uint32_t ipc_call(uint32_t handle, uint32_t method, struct message *message);

/* Waits for a request at an endpoint; the method is info_method(message->info). */
void ipc_recv(uint32_t endpoint, struct message *message, struct received *received);

/*
 * Answers the present caller with message, then waits for the next request. The answer's info is
 * info_make(status, length). RECEIVED_FAILED when the answer was refused (the caller has its
 * E_DENIED then) or the wait ended: call ipc_recv.
 */
void ipc_reply_recv(uint32_t endpoint, struct message *message, struct received *received);

/* Answers one caller: handle 0 the present one, else the one that a reply object holds. */
uint32_t ipc_reply(uint32_t handle, const struct message *message);

/* A part of a caller's memory that came with its request and may be used until the answer. */
struct lease {
	uint32_t handle; /* 0: of the present caller; else the reply object that holds it */
	uint32_t index;
	uint32_t length_bytes;
};

/* Lends memory with the next call as its lease `index`; stubs do it. */
void ipc_lend(uint32_t index, const void *memory);

/* Copy all of a range of a lease. Return E_OK; E_ARGUMENT: the range does not lie in the lease;
 * E_LEASE: the caller does not have the memory, or not any more: answer it or fault it. */
uint32_t lease_read(
	const struct lease *lease, uint32_t offset_bytes, void *to, uint32_t length_bytes);
uint32_t lease_write(
	const struct lease *lease, uint32_t offset_bytes, const void *from, uint32_t length_bytes);

/* Whether the policy lets a caller (reply 0: the present one, else the one that the object holds)
 * do at `label`, which is the server's own or one of its resources', what a method marked `ask`
 * says, with these arguments. Generated stubs call it. E_OK or E_DENIED; E_STATE: there is no
 * caller. */
uint32_t ipc_ask(uint32_t reply, uint16_t label, uint16_t interface, uint16_t method,
	const struct message *arguments);

/* Returns what a status says, in words for people. Never NULL. */
const char *status_text(uint32_t status);

/* The message buffer of the calling thread, a page: MESSAGE_BYTES_MAX bytes of payload, then what
 * abi/abi.h says. The C library of a program
 * has it; a program without one supplies it. */
uint8_t *ipc_buffer(void);

#endif
