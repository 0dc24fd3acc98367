/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A small kernel world for unit tests. */
#include "tests/host/support/kernel_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "fake_arch.h"
#include "fake_monitor.h"
#include "kernel/audit.h"
#include "kernel/budget.h"
#include "kernel/destroy.h"
#include "kernel/endpoint.h"
#include "kernel/irq.h"
#include "kernel/process.h"
#include "kernel/scheduler.h"
#include "kernel/untyped.h"
#include "tests/check/check.h"
#include "tests/check/parts.h"

#define AUDIT_AT      ((size_t)64 << 10)
#define BUDGETS_AT    ((size_t)480 << 10)
#define BOOT_AT       ((size_t)512 << 10)
#define MEMORY_AT     ((size_t)2 << 20)
#define WORLD_SLOTS   1024u
#define ACCOUNT_PAGES 32u
#define BUFFER_FIRST  UINT64_C(0x10000000)

struct world world;

static struct untyped boot;
static uint64_t next_buffer;

static struct slot *
place(struct object *object, uint16_t kind)
{
	struct capability capability = {
		.object = object, .label = LABEL_INIT, .interface = kind, .rights = 7};
	struct slot *slot;

	object->label = LABEL_INIT;
	assert_int_equal(slot_place(world.init, &capability, NULL, &slot), E_OK);
	return slot;
}

/* Once for each test program: the kernel has no way to forget a world. */
static void
build(void)
{
	struct untyped *memory = (struct untyped *)(void *)(fake_ram + MEMORY_AT);
	struct endpoint *endpoint;

	slot_init(fake_ram);
	boot.object.kind = KIND_UNTYPED;
	untyped_init(&boot, fake_ram + BOOT_AT, fake_ram + MEMORY_AT);
	world.init = untyped_take(&boot, sizeof(struct process));
	world.init->object.kind = KIND_PROCESS;
	process_init(world.init, untyped_take(&boot, WORLD_SLOTS * sizeof(struct slot)),
		WORLD_SLOTS, untyped_take_page(&boot), &boot);
	world.init->label = LABEL_INIT;
	world.init->priority_max = 31;
	world.init->is_started = true;
	place(&world.init->object, KIND_PROCESS);
	memory->object.kind = KIND_UNTYPED;
	untyped_init(memory, fake_ram + MEMORY_AT, fake_ram + FAKE_RAM_BYTES);
	world.memory = place(&memory->object, KIND_UNTYPED);
	endpoint = untyped_take(&boot, sizeof(*endpoint));
	endpoint->object.kind = KIND_ENDPOINT;
	world.endpoint = place(&endpoint->object, KIND_ENDPOINT);
	world.free_bytes = untyped_free_bytes(memory);
	fake_monitor.kept_edges = fake_monitor.edges;
}

int
world_start(void **state)
{
	(void)state;
	fake_arch_reset();
	fake_monitor_reset();
	audit_init(fake_ram + AUDIT_AT, FAKE_INSTANCES, FAKE_EDGES);
	budget_init(fake_ram + BUDGETS_AT, FAKE_INSTANCES);
	next_buffer = BUFFER_FIRST;
	world.made_count = 0;
	if (world.init == NULL) {
		build();
	}
	return 0;
}

static size_t
used_slots(const struct process *process)
{
	size_t count = 0;

	for (uint32_t i = 1; i < process->table.fresh; i++) {
		count += process->table.slots[i].object != NULL;
	}
	return count;
}

int
world_end(void **state)
{
	const struct untyped *memory = (const struct untyped *)world.memory->object;
	const struct endpoint *endpoint = (const struct endpoint *)world.endpoint->object;

	(void)state;
	while (untyped_reset_step(world.memory)) {
	}
	assert_null(world_run());
	assert_int_equal(untyped_free_bytes(memory), world.free_bytes);
	assert_int_equal(world.memory->object->capabilities, 1);
	assert_null(slot_child(world.memory));
	assert_int_equal(used_slots(world.init), 3);
	assert_true(queue_is_empty(&endpoint->senders));
	assert_true(queue_is_empty(&endpoint->receivers));
	assert_true(fake_timer_deadline() == UINT64_MAX);
	for (uint16_t instance = 1; instance < FAKE_INSTANCES; instance++) {
		assert_null(process_find(instance));
	}
	return 0;
}

static void
note(struct slot *slot)
{
	if (world.made_count < WORLD_MADE_MAX) {
		world.made[world.made_count++] = slot;
	}
}

enum status
world_retype(struct slot *from, enum object_kind kind, uint32_t size, uint16_t label,
	struct slot **placed)
{
	enum status status;

	do {
		status = untyped_retype(world.init, from, kind, size, label, placed);
	} while (status == STATUS_AGAIN);
	return status;
}

struct slot *
world_make(enum object_kind kind, uint32_t size, uint16_t label)
{
	struct slot *slot = NULL;

	assert_int_equal(world_retype(world.memory, kind, size, label, &slot), E_OK);
	note(slot);
	return slot;
}

struct process *
world_process(uint16_t instance)
{
	const uint16_t identity[2] = {(uint16_t)(LABEL_INIT + instance), instance};
	struct slot *account = world_make(KIND_UNTYPED, ACCOUNT_PAGES * PAGE_BYTES, identity[0]);
	struct slot *slot = NULL;
	struct process *process;

	assert_int_equal(
		untyped_retype(world.init, account, KIND_PROCESS, 64, identity[0], &slot), E_OK);
	note(slot);
	process = (struct process *)slot->object;
	assert_int_equal(process_configure(process, world.init, world.endpoint->handle, instance,
				 identity, 31),
		E_OK);
	process->is_started = true;
	return process;
}

/* The slot of init that names an object. */
static struct slot *
slot_naming(const struct object *object)
{
	for (uint32_t i = 1; i < world.init->table.fresh; i++) {
		if (world.init->table.slots[i].object == object) {
			return &world.init->table.slots[i];
		}
	}
	fail_msg("init has no capability for the object");
	return NULL;
}

struct thread *
world_thread(struct process *process, uint8_t priority)
{
	struct slot *slot = world_make(KIND_THREAD, 0, process->label);
	struct thread *thread = (struct thread *)slot->object;
	uint32_t handle = slot_naming(&process->object)->handle;

	assert_int_equal(thread_configure(thread, world.init, handle, next_buffer, priority), E_OK);
	next_buffer += PAGE_BYTES;
	assert_int_equal(thread_start(thread, 0x400000, 0x3d0000, 0, 7), E_OK);
	return thread;
}

bool
world_audit_take(struct audit_record *record, uint32_t *lost)
{
	while (audit_seek_step()) {
	}
	return audit_take(record, lost);
}

struct slot *
world_descendant_after(const struct slot *slot, const struct slot *descendant)
{
	struct slot *next = check_slot_at(descendant->next);

	return next != NULL && next->depth > slot->depth ? next : NULL;
}

void
world_delete(struct slot *slot)
{
	while (capability_delete_step(slot)) {
	}
	while (slot_leave_step()) {
	}
}

uint32_t
world_grant(struct process *to, const struct slot *source, uint16_t interface, uint8_t rights,
	uint32_t badge)
{
	struct capability wanted = {
		.badge = badge, .label = source->label, .interface = interface, .rights = rights};
	uint32_t handle = 0;

	assert_int_equal(process_grant(to, world.init, source->handle, &wanted, &handle), E_OK);
	return handle;
}

/* Arguments and result of one entry into the kernel. */
struct entry {
	uint32_t number;
	struct arch_context *before;
};

void
world_resume(struct arch_context *context)
{
	kernel_check(container_of(context, struct thread, context));
	fake_space_enter(context->space);
	scheduler_enter(container_of(context, struct thread, context));
}

static void
enter_run(void *argument)
{
	(void)argument;
	world_resume(scheduler_run());
}

static void
enter_syscall(void *argument)
{
	struct entry *entry = argument;

	world_resume(fake_syscall(entry->before, entry->number));
}

/* If nobody ran when it came, the kernel was in its own wait. */
static void
enter_interrupt(void *argument)
{
	struct thread *thread = scheduler_current();

	(void)argument;
	if (thread != NULL) {
		world_resume(kernel_interrupt(&thread->context));
	} else {
		irq_handle_pending();
		world_resume(scheduler_run());
	}
}

static struct thread *
enter(void (*function)(void *argument), void *argument)
{
	int end = fake_call(function, argument);

	if (end != FAKE_RETURNED && end != FAKE_IDLE) {
		fail_msg("the kernel ended the machine (%d): %s", end, fake_console());
	}
	return end == FAKE_IDLE ? NULL : scheduler_current();
}

struct thread *
world_run(void)
{
	return enter(enter_run, NULL);
}

void
world_run_as(struct thread *thread)
{
	assert_ptr_equal(world_run(), thread);
}

struct thread *
world_syscall(uint32_t number, uint32_t handle, uint32_t info, const void *payload)
{
	struct thread *thread = scheduler_current();
	struct entry entry = {number, NULL};

	assert_non_null(thread);
	entry.before = &thread->context;
	thread->context.arguments[0] = handle;
	thread->context.arguments[1] = info;
	thread->context.answer = FAKE_NOTHING;
	if (payload != NULL) {
		memcpy(thread->context.payload, payload, ARCH_PAYLOAD_BYTES);
	} else {
		memset(thread->context.payload, 0, ARCH_PAYLOAD_BYTES);
	}
	struct thread *next = enter(enter_syscall, &entry);
	/* Nothing else is to be done first: it makes its call again. */
	while (next == thread && thread->context.answer == FAKE_RESTART && !arch_irq_pending()) {
		thread->context.answer = FAKE_NOTHING;
		entry.before = &thread->context;
		next = enter(enter_syscall, &entry);
	}
	return next;
}

struct thread *
world_interrupt(void)
{
	return enter(enter_interrupt, NULL);
}

uint32_t
world_status(const struct thread *thread)
{
	assert_int_equal(thread->context.answer, FAKE_RESULT);
	return thread->context.status;
}

uint32_t
world_received_info(const struct thread *thread)
{
	assert_int_equal(thread->context.answer, FAKE_RECEIVED);
	return thread->context.info;
}
