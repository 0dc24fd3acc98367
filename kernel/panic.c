/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The end after a bug, or of init (decisions D6): a record that outlives a reset, one line, and the
 * machine starts anew.
 */
#include "kernel/panic.h"

#include <stdbool.h>
#include <stddef.h>

#include "arch/arch.h"
#include "boards/board.h"
#include "kernel/memory.h"
#include "kernel/print.h"
#include "kernel/process.h"
#include "kernel/scheduler.h"

#define PANIC_MAGIC UINT32_C(0x434e4150) /* "PANC" */
#define NS_PLACES   9
/* A run that a panic began and that ends in one sooner would only be followed by another like it.
 */
#define REST_NS UINT64_C(10000000000)

_Static_assert(sizeof(struct panic_record) <= PANIC_BYTES, "a record has its place");
_Static_assert(sizeof(struct panic_record) % sizeof(uint32_t) == 0, "the checksum takes words");

static bool is_panicking;
static struct panic_record last; /* magic 0: none */

static struct panic_record *
kept(void)
{
	return arch_pointer(board.ram_base + board.ram_bytes - PANIC_BYTES);
}

/* RAM that was never written, or lost its refresh, does not look like a record. */
static uint32_t
checksum_of(const struct panic_record *record)
{
	const uint32_t *word = (const uint32_t *)(const void *)&record->value;
	const uint32_t *end = (const uint32_t *)(const void *)(record + 1);
	uint32_t sum = PANIC_MAGIC;

	for (; word < end; word++) {
		sum = (sum << 5 | sum >> 27) ^ *word;
	}
	return sum;
}

static bool
is_whole(const struct panic_record *record)
{
	return record->magic == PANIC_MAGIC && record->checksum == checksum_of(record) &&
	       record->what[PANIC_WHAT_BYTES - 1] == '\0';
}

static void
print_record(const char *title, const struct panic_record *record)
{
	print(title);
	print(record->what);
	print(" ");
	print_hex(record->value);
	if (record->instance != PANIC_NOBODY) {
		print("; running: instance ");
		print_number(record->instance);
		print(" pc ");
		print_hex(record->pc);
	}
	print("; uptime ");
	print_decimal(record->time_ns, NS_PLACES);
	print(" s\n");
}

void __attribute__((section(".boot.text"))) panic_recall(void)
{
	struct panic_record *record = kept();

	if (!is_whole(record)) {
		return;
	}
	last = *record;
	record->magic = 0; /* it is told once */
	arch_memory_sync(record, sizeof(*record));
	print_record("last panic: ", &last);
}

const struct panic_record *
panic_last(void)
{
	return last.magic == PANIC_MAGIC ? &last : NULL;
}

static void
record_fill(struct panic_record *record, const char *what, uint64_t value)
{
	const struct thread *thread = scheduler_current();

	memory_clear(record, sizeof(*record));
	record->value = value;
	record->time_ns = arch_clock_ns();
	record->instance = PANIC_NOBODY;
	for (uint32_t i = 0; i < PANIC_WHAT_BYTES - 1 && what[i] != '\0'; i++) {
		record->what[i] = what[i];
	}
	if (thread != NULL && thread->process != NULL) {
		record->instance = thread->process->instance;
		record->pc = arch_context_pc(&thread->context);
	}
	record->checksum = checksum_of(record);
	record->magic = PANIC_MAGIC;
	arch_memory_sync(record, sizeof(*record));
}

_Noreturn void
kernel_panic(const char *what, uint64_t value)
{
	/* A panic in a panic changes nothing of the first. */
	bool stops = is_panicking;

	if (!is_panicking) {
		is_panicking = true;
		/* Nobody has read the record yet if this run has not come that far. */
		stops = (panic_last() != NULL || is_whole(kept())) && arch_clock_ns() < REST_NS;
		record_fill(kept(), what, value);
		print_record("\npanic: ", kept());
		print(stops ? "so soon again: the machine stops\n" : "the machine starts anew\n");
	}
	if (!stops) {
		arch_reset();
	}
	arch_power_off(PANIC_EXIT_CODE);
}
