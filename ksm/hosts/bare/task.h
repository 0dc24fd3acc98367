/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Tasks: a stack each, one runs until it waits. */
#ifndef KSM_HOSTS_BARE_TASK_H
#define KSM_HOSTS_BARE_TASK_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/abi.h"
#include "ksm/engine/ksm.h"
#include "ksm/hosts/bare/bare.h"

#define TASKS_MAX   4u
#define STACK_BYTES 8192u

enum task_state { TASK_READY, TASK_CALLING, TASK_RECEIVING };

struct message;
struct received;
struct system_member;

/* A call that a task has under way, until its one end. The bytes are the host's copy. */
struct call {
	struct task *server; /* NULL: there is none */
	bool is_delivered;
	struct ksm_edge *edge;
	uint32_t info;
	uint32_t badge;
	uint32_t rule;
	uint32_t epoch;
	_Alignas(8) uint8_t bytes[MESSAGE_BYTES_MAX];
};

struct task {
	const struct system_member *member;
	struct bare_context context;
	enum task_state state;
	struct call call;
	struct task *caller;     /* whom it owes an answer */
	struct message *message; /* while it waits: where what it gets is put */
	struct received *received;
	uint32_t status; /* of its call */
	_Alignas(16) uint8_t stack[STACK_BYTES];
};

/* Makes a task of the instance `name` of the system. Requires system_open. False: there is no such
 * instance, or no room. */
bool task_add(const char *name, void (*entry)(void));
struct task *task_now(void);
/* The task of a member, or NULL. */
struct task *task_of(const struct system_member *member);
/* The present task waits as `state` says; returns when it is ready again. */
void task_wait(enum task_state state);
/* Runs the tasks; never returns. */
_Noreturn void task_run(void);

#endif
