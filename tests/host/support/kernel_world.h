/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A small kernel world for unit tests: init with memory and an endpoint, processes and threads on
 * demand, system calls in their names. world_end is the accounting oracle: everything that a test
 * made can be taken back, and then every byte and every slot is free again.
 */
#ifndef SUPPORT_KERNEL_WORLD_H
#define SUPPORT_KERNEL_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/abi.h"

#define WORLD_MADE_MAX 256u

struct arch_context;
struct audit_record;
struct process;
struct slot;
struct thread;
struct untyped;

struct world {
	struct process *init;
	struct slot *memory;               /* untyped, in init's table: everything is made of it */
	struct slot *endpoint;             /* init's, where faults go */
	size_t free_bytes;                 /* of the memory when a test starts */
	struct slot *made[WORLD_MADE_MAX]; /* what a test made, in order; the first ones */
	uint32_t made_count;
};

extern struct world world;

/* Setup and teardown of a CMocka test; both return 0. */
int world_start(void **state);
int world_end(void **state);

/* untyped_retype for init, with all the steps that it takes. */
enum status world_retype(struct slot *from, enum object_kind kind, uint32_t size, uint16_t label,
	struct slot **placed);

/* Retypes the world's memory for init; fails the test if it cannot. */
struct slot *world_make(enum object_kind kind, uint32_t size, uint16_t label);

/* A started process with 64 slots and an account of 32 pages; label 2 + instance. */
struct process *world_process(uint16_t instance);
/* A READY thread of it, its message buffer mapped. */
struct thread *world_thread(struct process *process, uint8_t priority);

/* Grants a copy of a slot of init; fails the test if it cannot. Returns the handle. */
uint32_t world_grant(struct process *to, const struct slot *source, uint16_t interface,
	uint8_t rights, uint32_t badge);

/* audit_take, with all the steps of looking for the record. */
bool world_audit_take(struct audit_record *record, uint32_t *lost);

/* The next in derivation order behind `descendant` that descends from `slot`, or NULL. */
struct slot *world_descendant_after(const struct slot *slot, const struct slot *descendant);

/* Deletes a capability, with all the steps that it takes. */
void world_delete(struct slot *slot);

/* Lets the scheduler choose; the thread that runs, or NULL if the machine idles. */
struct thread *world_run(void);
/* Requires that this thread runs, or can run at once. */
void world_run_as(struct thread *thread);

/* What the machine does with the context that an entry into the kernel returned: whoever it belongs
 * to enters next. The functions here do it themselves. */
void world_resume(struct arch_context *context);

/* A system call of the thread that runs. payload: the first ARCH_PAYLOAD_BYTES, NULL for zeros.
 * Returns who runs afterwards, NULL for nobody. */
struct thread *world_syscall(uint32_t number, uint32_t handle, uint32_t info, const void *payload);
/* An interrupt: what is pending is handled, then the scheduler chooses. */
struct thread *world_interrupt(void);

/* Copies of a thread's last answer, checked for its kind. */
uint32_t world_status(const struct thread *thread);
uint32_t world_received_info(const struct thread *thread);

#endif
