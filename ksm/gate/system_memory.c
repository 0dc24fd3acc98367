/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* system_memory.c: the formula of emit_system.h. */
#include "abi/abi.h"
#include "abi/process.h"
#include "abi/system.h"
#include "emit_system.h"
#include "slots.h"

#define STACK_BYTES           16384u
#define ACCOUNT_DEFAULT_BYTES UINT64_C(0x40000) /* 256 KiB */
#define ACCOUNT_PART_BYTES    65536u /* of the account, for each that a slot and a table are kept */
#define ACCOUNT_SLOTS_MOST    512u
#define SLOTS_SPARE           64u
#define FRAMES                8u /* of the program 4, and as many spare */
#define FRAME_SLOTS           4u
#define INFO_PAGES            1u /* if what a process is told does not fit into its buffer */
#define TABLES_SPARE          4u
#define PROGRAM_GUESS_PAGES   64u /* of text, of data */

_Static_assert(
	(PROCESS_STACK - STACK_BYTES) / SYSTEM_TABLE_SPAN == PROCESS_TEXT / SYSTEM_TABLE_SPAN,
	"one table for the first stack and the text");

static uint32_t
rounded_up(uint64_t value, uint32_t to)
{
	return (uint32_t)((value + to - 1) / to);
}

static uint32_t
account_bytes(const struct l1_instance *instance)
{
	uint64_t bytes =
		instance->memory_bytes != 0 ? instance->memory_bytes : ACCOUNT_DEFAULT_BYTES;

	return rounded_up(bytes, PAGE_BYTES) * PAGE_BYTES;
}

/* Capabilities that it makes and keeps. */
static uint32_t
resources(const struct l1_class *class)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i < class->resource_count; i++) {
		sum += class->resources[i].capacity;
	}
	return sum;
}

static uint32_t
slots_needed(const struct l1 *l1, const struct board *machine, const struct l1_instance *instance)
{
	struct arena arena;
	uint32_t parts = account_bytes(instance) / ACCOUNT_PART_BYTES;
	uint32_t used;
	uint32_t slots = 1;

	arena_init(&arena);
	used = resources(instance->class);
	used += HANDLE_FIRST_INDEX + slots_of(l1, machine, instance, &arena).count + FRAME_SLOTS +
		(parts < ACCOUNT_SLOTS_MOST ? parts : ACCOUNT_SLOTS_MOST) + SLOTS_SPARE;
	arena_release(&arena);
	while (slots < used) {
		slots *= 2;
	}
	return slots;
}

/* One table more than its devices need: a blob that it may read stands behind them. */
static uint32_t
device_tables(const struct board *machine, const struct l1_class *class)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < class->device_count; i++) {
		if (class->devices[i].is_board) {
			sum += machine->devices[class->devices[i].index].size_bytes;
		}
	}
	return class->device_count == 0 ? 0 : rounded_up(sum, SYSTEM_TABLE_SPAN) + 1;
}

static uint32_t
tables_needed(const struct board *machine, const struct l1_instance *instance,
	const struct system_memory *memory)
{
	/* The first stack, the buffer and the information stand in the first 2 MiB of the text. */
	uint64_t with_text = PROCESS_TEXT % SYSTEM_TABLE_SPAN + memory->program_bytes;
	/* No thread fits into an account without a part. */
	uint32_t parts = memory->account_bytes / ACCOUNT_PART_BYTES;

	return rounded_up(with_text, SYSTEM_TABLE_SPAN) +
	       rounded_up(memory->account_bytes, SYSTEM_TABLE_SPAN) + 1 +
	       device_tables(machine, instance->class) + parts + 1 +
	       (parts == 0 ? 0 : TABLES_SPARE);
}

static uint32_t
object_pages(const struct system_memory *memory)
{
	uint32_t bytes = SYSTEM_SMALL_BYTES + SYSTEM_PROCESS_BYTES + 32 * memory->slots +
			 SYSTEM_THREAD_BYTES + SYSTEM_SMALL_BYTES + FRAMES * SYSTEM_SMALL_BYTES;
	uint32_t root = 1;
	uint32_t buffer = 1;
	return rounded_up(bytes, PAGE_BYTES) + root + buffer + INFO_PAGES;
}

struct system_memory
system_memory_of(const struct l1 *l1, const struct board *machine,
	const struct l1_instance *instance, const struct system_program *program)
{
	struct system_memory memory = {.stack_bytes = STACK_BYTES};
	uint32_t pages = 2 * PROGRAM_GUESS_PAGES;

	if (program->is_known) {
		pages = program->text_pages + program->data_pages + program->bss_pages;
	}
	memory.account_bytes = account_bytes(instance);
	memory.slots = slots_needed(l1, machine, instance);
	memory.program_bytes = pages * PAGE_BYTES;
	memory.table_bytes = tables_needed(machine, instance, &memory) * PAGE_BYTES;
	memory.object_bytes = object_pages(&memory) * PAGE_BYTES;
	memory.own_bytes = memory.program_bytes + memory.stack_bytes + memory.table_bytes +
			   memory.object_bytes;
	return memory;
}
