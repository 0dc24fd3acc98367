/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The system calls as C functions: nothing but the register ABI of abi/abi.h. */
#ifndef GATEHOUSE_SYSCALL_H
#define GATEHOUSE_SYSCALL_H

#include <stdint.h>

#include "abi/abi.h"

/*
 * A message as user code holds it. info: abi/abi.h. The calls below move the first
 * sys_payload_bytes between bytes and registers; what lies behind them is in the thread's message
 * buffer, which gatehouse/ipc.h looks after.
 */
struct message {
	uint32_t info;
	_Alignas(8) uint8_t bytes[MESSAGE_BYTES_MAX];
};

_Static_assert(sizeof(struct message) == 8 + MESSAGE_BYTES_MAX, "syscall.S knows the offsets");

/* Who sent a message: from the kernel, so it can be believed. */
struct caller {
	uint32_t badge; /* of the capability that it used */
	uint16_t label;
	uint16_t instance;
};

_Static_assert(sizeof(struct caller) == 8, "syscall.S stores it as it comes in registers");

/* Payload bytes that travel in registers: 128 or 16. */
extern const uint32_t sys_payload_bytes;

/* Sends message and waits for the reply, which replaces it. Returns E_OK, or why there is none. */
uint32_t sys_call(uint32_t handle, struct message *message);
/* Waits for a request. caller->badge holds the bits when info says INFO_NOTIFICATION. */
void sys_recv(uint32_t handle, struct message *message, struct caller *caller);
/* Answers the present caller, then receives at the endpoint `handle`. */
void sys_reply_recv(uint32_t handle, struct message *message, struct caller *caller);
/* Answers a caller: handle 0 the present one, else that of a reply object. */
uint32_t sys_reply(uint32_t handle, const struct message *message);

/* Sets the bits of a signal capability. */
uint32_t sys_signal(uint32_t handle);
/* Waits until a notification has bits and takes them. Handle 0: sleeps until the deadline, which
 * ends it with E_TIMEOUT. */
uint32_t sys_wait(uint32_t handle, uint32_t *bits);
/* Takes a notification's bits without waiting; none: 0. */
uint32_t sys_poll(uint32_t handle, uint32_t *bits);

/* Copies between this process and lease `index` of a caller: handle 0 the present one, else a reply
 * object's. *count may be less than copy->length: abi/abi.h. gatehouse/ipc.h copies all. */
uint32_t sys_lease_read(
	uint32_t handle, uint32_t index, const struct lease_copy *copy, uint32_t *count);
uint32_t sys_lease_write(
	uint32_t handle, uint32_t index, const struct lease_copy *copy, uint32_t *count);

/* Lets threads of the same priority run. */
void sys_yield(void);
/* Nanoseconds since the kernel started; 0: the process is told no time (`no clock`). */
uint64_t sys_clock(void);
/* When the next call, reply_recv, recv or wait of this thread ends with E_TIMEOUT, on the clock of
 * sys_clock; 0: never. It is for that one alone, whether it blocks or not; what never blocks leaves
 * it alone: clock, yield, signal, poll, reply, leases. E_DENIED: the process is told no time, and
 * deadline_ns is not 0. */
uint32_t sys_deadline(uint64_t deadline_ns);

#endif
