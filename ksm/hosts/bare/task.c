/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Turns go round: who is ready runs until it waits. */
#include "ksm/hosts/bare/task.h"

#include <stddef.h>

#include "ksm/hosts/system.h"

static struct task tasks[TASKS_MAX];
static uint32_t count;
static struct task *now;

bool
task_add(const char *name, void (*entry)(void))
{
	struct task *task = &tasks[count];

	if (count == TASKS_MAX || system_named(name) == NULL) {
		return false;
	}
	count++;
	task->member = system_named(name);
	bare_prepare(&task->context, task->stack + STACK_BYTES, entry);
	return true;
}

struct task *
task_now(void)
{
	return now;
}

struct task *
task_of(const struct system_member *member)
{
	for (uint32_t i = 0; i < count; i++) {
		if (tasks[i].member == member) {
			return &tasks[i];
		}
	}
	return NULL;
}

/* The next that is ready. All waiting for each other is the end of the image. */
static struct task *
next_ready(void)
{
	uint32_t first = now == NULL ? 0 : (uint32_t)(now - tasks) + 1;

	for (uint32_t i = 0; i < count; i++) {
		struct task *task = &tasks[(first + i) % count];

		if (task->state == TASK_READY) {
			return task;
		}
	}
	bare_print("bare: every task waits\n");
	bare_exit(1);
}

void
task_wait(enum task_state state)
{
	struct task *self = now;

	self->state = state;
	now = next_ready();
	if (now != self) {
		bare_switch(&self->context, &now->context);
	}
}

void
task_run(void)
{
	struct bare_context boot;

	now = next_ready();
	bare_switch(&boot, &now->context);
	bare_exit(1);
}
