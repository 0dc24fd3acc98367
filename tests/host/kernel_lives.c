/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* TIMES (3,000) objects, every kind of them: made, used, copied, revoked and destroyed in random
 * order: the kernel's books end as they began, and its state is sound in between. */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "fake_arch.h"
#include "fake_monitor.h"
#include "kernel/destroy.h"
#include "kernel/endpoint.h"
#include "kernel/frame.h"
#include "kernel/irq.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/reply.h"
#include "kernel/scheduler.h"
#include "kernel/timer.h"
#include "kernel/untyped.h"
#include "tests/check/check.h"
#include "tests/host/support/kernel_world.h"
#include "tests/host/support/random.h"

#define THINGS     40u
#define LABEL      3
#define INSTANCES  7u
#define LOOK_EVERY 32u /* steps in which nobody runs; else world_run looks */

static const uint8_t kinds[] = {KIND_UNTYPED, KIND_PROCESS, KIND_THREAD, KIND_ENDPOINT,
	KIND_NOTIFICATION, KIND_FRAME, KIND_REPLY};

static uint32_t things[THINGS]; /* handles of init; 0: none */
static uint32_t made[CHECK_KINDS];
static uint64_t next_address;

static struct slot *
slot_at(uint32_t handle)
{
	return slot_find(&world.init->table, handle);
}

static struct slot *
any(enum object_kind kind)
{
	for (uint32_t i = 0; i < THINGS; i++) {
		struct slot *slot = slot_at(things[random_below(THINGS)]);
		if (slot != NULL && slot->object->kind == kind) {
			return slot;
		}
	}
	return NULL;
}

static uint32_t
size_of(uint8_t kind)
{
	switch (kind) {
	case KIND_UNTYPED:
		return (uint32_t)(1 + random_below(3)) * PAGE_BYTES;
	case KIND_PROCESS:
		return 16;
	case KIND_FRAME:
		return (uint32_t)(1 + random_below(3));
	default:
		return 0;
	}
}

static void
reset_all(void)
{
	while (untyped_reset_step(world.memory)) {
	}
}

static void
create(uint32_t *thing)
{
	uint8_t kind = kinds[random_below(sizeof(kinds))];
	struct slot *from = random_below(8) == 0 ? any(KIND_UNTYPED) : world.memory;
	struct slot *slot = NULL;
	enum status status =
		world_retype(from == NULL ? world.memory : from, kind, size_of(kind), LABEL, &slot);

	if (status == E_OK) {
		*thing = slot->handle;
		made[kind]++;
	} else if (from == world.memory) {
		reset_all();
	}
}

static uint64_t
fresh_address(void)
{
	next_address = (next_address + 4 * PAGE_BYTES) % 0x8000000;
	return 0x10000000 + next_address;
}

static void
use_process(struct process *process)
{
	const uint16_t identity[2] = {LABEL, (uint16_t)(1 + random_below(INSTANCES))};
	const struct slot *source = slot_at(things[random_below(THINGS)]);
	uint32_t handle;

	(void)process_configure(process, world.init, world.endpoint->handle, 1, identity, 31);
	process->is_started = process->label != LABEL_NONE;
	if (source != NULL) {
		struct capability wanted = {.label = LABEL,
			.interface = (uint16_t)random_below(2) * source->object->kind,
			.rights = 7};
		(void)process_grant(process, world.init, source->handle, &wanted, &handle);
	}
}

/* A thread in some process blocks somewhere, or stays ready. */
static void
use_thread(struct thread *thread)
{
	const struct slot *process = any(KIND_PROCESS);
	const struct slot *bell = any(KIND_NOTIFICATION);

	if (process != NULL) {
		(void)thread_configure(thread, world.init, process->handle, fresh_address(),
			(uint8_t)random_below(32));
	}
	if (bell != NULL && random_below(4) == 0) {
		(void)thread_bind(thread, world.init, bell->handle);
	}
	(void)thread_start(thread, 0x400000, 0x3d0000, 0, 0);
	const struct thread *running = world_run();
	if (running != NULL) {
		const struct slot_table *table = &running->process->table;
		uint32_t number = random_below(2) == 0 ? SYS_recv : SYS_wait;
		world_syscall(number, table->slots[1 + random_below(8)].handle, 0, NULL);
	}
}

static void
use(struct slot *slot)
{
	struct object *object = slot->object;
	enum status status;

	switch (object->kind) {
	case KIND_PROCESS:
		use_process((struct process *)object);
		break;
	case KIND_THREAD:
		use_thread((struct thread *)object);
		break;
	case KIND_ENDPOINT:
		while (endpoint_restart_step(slot)) {
		}
		break;
	case KIND_NOTIFICATION:
		notification_signal((struct notification *)object, 1u << random_below(32));
		break;
	case KIND_FRAME:
		do {
			status = random_below(4) == 0
					 ? frame_seal(slot)
					 : frame_map(slot, fresh_address(), RIGHT_READ);
		} while (status == STATUS_AGAIN);
		break;
	default:
		break;
	}
}

static void
copy(const struct slot *source)
{
	struct capability wanted = {.label = LABEL, .interface = source->object->kind, .rights = 7};
	uint32_t handle;

	(void)process_grant(world.init, world.init, source->handle, &wanted, &handle);
}

static void
step(void)
{
	uint32_t *thing = &things[random_below(THINGS)];
	struct slot *slot = slot_at(*thing);

	if (slot == NULL) {
		create(thing);
		return;
	}
	switch (random_below(8)) {
	case 0:
		copy(slot);
		break;
	case 1:
		while (capability_revoke_step(slot)) {
		}
		break;
	case 2:
		world_delete(slot);
		break;
	default:
		use(slot);
		break;
	}
}

static void
test_lives(void **state)
{
	struct check_books before, after;
	const char *wanted = getenv("TIMES");
	uint32_t times = wanted == NULL ? 3000 : (uint32_t)strtoul(wanted, NULL, 10);
	uint32_t total = 0;

	(void)state;
	random_start(17);
	check_count(&before);
	for (uint32_t steps = 0; total < times; steps++) {
		step();
		const struct thread *running = world_run();
		if (running == NULL && steps % LOOK_EVERY == 0) {
			kernel_check(NULL);
		}
		total = 0;
		for (uint32_t i = 0; i < CHECK_KINDS; i++) {
			total += made[i];
		}
	}
	reset_all();
	assert_null(world_run());
	kernel_check(NULL);
	check_count(&after);
	assert_memory_equal(&before, &after, sizeof(before));
	for (uint32_t i = 0; i < sizeof(kinds); i++) {
		print_message("%u ", made[kinds[i]]);
		assert_true(made[kinds[i]] > times / 10);
	}
	print_message("objects of each kind made and destroyed\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_lives, world_start, world_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
