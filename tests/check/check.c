/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What must be true of the kernel whenever it is left, and what it has. */
#include "tests/check/check.h"

#include "kernel/irq.h"
#include "kernel/memory.h"
#include "kernel/process.h"
#include "kernel/reply.h"
#include "kernel/slot.h"
#include "kernel/thread.h"
#include "kernel/untyped.h"
#include "tests/check/check_slot.h"
#include "tests/check/check_that.h"
#include "tests/check/check_thread.h"
#include "tests/check/parts.h"

const char *check_found;

static const struct thread *running;

static void
check_process(const struct process *process)
{
	for (const struct thread *thread = process->threads; thread != NULL;
		thread = thread->sibling) {
		check_that(thread->process == process, "a thread stands in another process",
			process->instance);
	}
	check_that(!process->is_stopped || process->threads == NULL,
		"a stopped process has threads", process->instance);
}

static void
check_object(struct slot *slot)
{
	struct object *object = slot->object;

	if (object == NULL) {
		return;
	}
	switch (object->kind) {
	case KIND_PROCESS:
		check_process((const struct process *)object);
		break;
	case KIND_THREAD:
		check_thread((const struct thread *)object, running);
		break;
	case KIND_ENDPOINT:
		check_endpoint((const struct endpoint *)object);
		break;
	case KIND_NOTIFICATION:
		check_notification((const struct notification *)object);
		break;
	case KIND_REPLY: {
		const struct thread *caller = ((const struct reply *)object)->caller;
		check_that(caller == NULL || (caller->state == THREAD_CALLING &&
						     caller->call.kept == (struct reply *)object),
			"a reply object holds another", slot->handle);
		break;
	}
	default:
		check_that(object->kind != KIND_NONE && object->kind < CHECK_KINDS,
			"an object of no kind", object->kind);
	}
}

void
kernel_check(const struct thread *current)
{
	running = current;
	check_that(current == NULL || (current->state == THREAD_READY && current->process != NULL),
		"who runs is not ready", 0);
	check_slots();
	check_queues();
	check_each_slot(check_object);
}

static struct check_books *open;

static void
count_down(struct slot *slot)
{
	if (slot->object == NULL) {
		return;
	}
	open->slots++;
	if (--slot->object->capabilities > 0) {
		return;
	}
	open->objects[slot->object->kind]++; /* its last slot */
	if (slot->object->kind == KIND_UNTYPED) {
		open->free_bytes += untyped_free_bytes((const struct untyped *)slot->object);
	}
}

static void
count_up(struct slot *slot)
{
	if (slot->object != NULL) {
		slot->object->capabilities++;
	}
}

void
check_count(struct check_books *books)
{
	memory_clear(books, sizeof(*books));
	open = books;
	check_each_slot(count_down);
	check_each_slot(count_up);
}
