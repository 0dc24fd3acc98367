/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The end after a bug: a record in a fixed place, one line, and the machine stops. */
#include "arch/arch.h"
#include "kernel/panic.h"
#include "kernel/process.h"
#include "kernel/print.h"
#include "kernel/scheduler.h"

struct panic_record panic_record;

static void
record(const char *what, uint64_t value)
{
	const struct thread *thread = scheduler_current();

	panic_record.magic = PANIC_MAGIC;
	panic_record.value = value;
	panic_record.time_ns = arch_clock_ns();
	for (uint32_t i = 0; i < sizeof(panic_record.what) - 1 && what[i] != '\0'; i++) {
		panic_record.what[i] = what[i];
	}
	if (thread != NULL && thread->process != NULL) {
		panic_record.instance = thread->process->instance;
		panic_record.pc = arch_context_pc(&thread->context);
	}
}

_Noreturn void
kernel_panic(const char *what, uint64_t value)
{
	if (panic_record.magic != PANIC_MAGIC) {
		record(what, value);
		print("\npanic: ");
		print(what);
		print(" ");
		print_hex(value);
		print("; running: instance ");
		print_number(panic_record.instance);
		print(" pc ");
		print_hex(panic_record.pc);
		print("\n");
	}
	arch_power_off(PANIC_EXIT_CODE);
}
