/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A machine without a machine: registers, time, interrupts, the way in and out. */
#include "fake_arch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boards/board.h"

#define CONSOLE_BYTES 4096u

static _Alignas(4096) uint8_t ram[FAKE_RAM_BYTES];
uint8_t *const fake_ram = ram;

static struct {
	bool is_pending[FAKE_LINES];
	bool is_enabled[FAKE_LINES];
	bool is_active[FAKE_LINES];
	uint64_t now_ns;
	uint64_t timer_ns;
	const void *synced_start;
	size_t synced_bytes;
	size_t executable_bytes;
	char console[CONSOLE_BYTES];
	size_t console_length;
} machine;

static jmp_buf *way_out;

const struct board board = {
	.name = "fake",
	.architecture = "fake",
	.ram_base = FAKE_RAM_BASE,
	.ram_bytes = FAKE_RAM_BYTES,
	.timer_irq = FAKE_TIMER_IRQ,
	.power = BOARD_POWER_NONE,
};

/* A broken contract is a bug of the kernel or of the test: no test goes on after it. */
static void
require(bool condition, const char *what)
{
	if (!condition) {
		fprintf(stderr, "fake_arch: broken contract: %s\n", what);
		abort();
	}
}

void
fake_arch_reset(void)
{
	memset(&machine, 0, sizeof(machine));
	machine.timer_ns = UINT64_MAX;
	machine.is_enabled[FAKE_TIMER_IRQ] = true;
	fake_space_enter(NULL);
}

/* --- the way out -------------------------------------------------------------------------- */

int
fake_call(void (*function)(void *argument), void *argument)
{
	jmp_buf here;
	jmp_buf *volatile outer = way_out;
	int end;

	way_out = &here;
	end = setjmp(here);
	if (end == 0) {
		function(argument);
	}
	way_out = outer;
	return end;
}

_Noreturn static void
leave(int end)
{
	require(way_out != NULL, "the machine ended outside of fake_call");
	longjmp(*way_out, end);
}

_Noreturn void
arch_power_off(uint8_t code)
{
	leave(FAKE_OFF + code);
}

_Noreturn void
arch_reset(void)
{
	leave(FAKE_RESET);
}

/* --- memory ------------------------------------------------------------------------------- */

void *
arch_pointer(paddr_t address)
{
	require(address >= FAKE_RAM_BASE && address - FAKE_RAM_BASE <= FAKE_RAM_BYTES,
		"no such memory");
	return ram + (address - FAKE_RAM_BASE);
}

paddr_t
arch_address(const void *pointer)
{
	size_t offset = (size_t)((const uint8_t *)pointer - ram);

	require(offset <= FAKE_RAM_BYTES, "a pointer outside of RAM has no physical address");
	return FAKE_RAM_BASE + offset;
}

paddr_t
arch_kernel_start(void)
{
	return FAKE_RAM_BASE;
}

paddr_t
arch_kernel_resident(void)
{
	return FAKE_RAM_BASE;
}

paddr_t
arch_kernel_end(void)
{
	return FAKE_RAM_BASE;
}

void
arch_boot_end(void)
{
}

void
arch_copy_blocks(void *restrict to, const void *restrict from, size_t blocks)
{
	uint64_t *out = to;
	const uint64_t *in = from;

	require(blocks != 0 && ((uintptr_t)to | (uintptr_t)from) % sizeof(uintptr_t) == 0,
		"blocks are aligned, and there is one");
	for (size_t i = 0; i < blocks * ARCH_BLOCK_BYTES / sizeof(*out); i++) {
		out[i] = in[i];
	}
}

void
arch_clear_blocks(void *to, size_t blocks)
{
	require(blocks != 0 && (uintptr_t)to % sizeof(uintptr_t) == 0,
		"blocks are aligned, and there is one");
	for (uint64_t *out = to; blocks > 0; blocks--) {
		for (size_t i = 0; i < ARCH_BLOCK_BYTES / sizeof(*out); i++) {
			*out++ = 0;
		}
	}
}

void
arch_memory_sync(const void *start, size_t bytes)
{
	require((const uint8_t *)start >= ram &&
			bytes <= (size_t)(ram + FAKE_RAM_BYTES - (const uint8_t *)start),
		"RAM is cleaned");
	machine.synced_start = start;
	machine.synced_bytes = bytes;
}

const void *
fake_synced(size_t *bytes)
{
	*bytes = machine.synced_bytes;
	return machine.synced_start;
}

void
arch_make_executable(paddr_t address, size_t bytes)
{
	require(address % 4096 == 0 && bytes % 4096 == 0, "code is whole pages");
	machine.executable_bytes += bytes;
}

size_t
fake_executable_bytes(void)
{
	return machine.executable_bytes;
}

/* --- registers ---------------------------------------------------------------------------- */

void
arch_init(void)
{
	fake_arch_reset();
}

void
arch_context_init(struct arch_context *context, struct arch_space *space, uint8_t *buffer,
	vaddr_t pc, vaddr_t sp, vaddr_t tp, uint64_t argument)
{
	*context = (struct arch_context){.space = space,
		.buffer = buffer,
		.pc = pc,
		.sp = sp,
		.tp = tp,
		.argument = argument};
}

uint32_t
arch_argument(const struct arch_context *context, uint32_t index)
{
	require(index < 2, "arguments are 0 and 1");
	return context->arguments[index];
}

uint8_t *
arch_payload(struct arch_context *context)
{
	return context->payload;
}

/* Payload registers behind the length become zero, as the contract says. */
static void
keep_payload(struct arch_context *context, uint32_t length)
{
	context->length = length;
	if (length < ARCH_PAYLOAD_BYTES) {
		memset(context->payload + length, 0, ARCH_PAYLOAD_BYTES - length);
	}
	context->arguments[0] = context->arguments[1] = 0;
}

void
arch_result(struct arch_context *context, uint32_t status, uint32_t info, uint32_t length)
{
	keep_payload(context, length);
	context->answer = FAKE_RESULT;
	context->status = status;
	context->info = info;
}

void
arch_received(struct arch_context *context, uint32_t badge, uint16_t label, uint16_t instance,
	uint32_t info, uint32_t length)
{
	keep_payload(context, length);
	context->answer = FAKE_RECEIVED;
	context->badge = badge;
	context->label = label;
	context->instance = instance;
	context->info = info;
}

void
arch_context_restart(struct arch_context *context)
{
	context->answer = FAKE_RESTART;
}

vaddr_t
arch_context_pc(const struct arch_context *context)
{
	return context->pc;
}

vaddr_t
arch_context_sp(const struct arch_context *context)
{
	return context->sp;
}

vaddr_t
arch_context_lr(const struct arch_context *context)
{
	(void)context;
	return 0;
}

void
arch_context_destroy(struct arch_context *context)
{
	memset(context, 0xa5, sizeof(*context));
}

/* --- interrupts and time ------------------------------------------------------------------ */

static void
update_timer(void)
{
	/* A level: it falls when the deadline moves away. */
	machine.is_pending[FAKE_TIMER_IRQ] = machine.now_ns >= machine.timer_ns;
}

static uint32_t
next_line(void)
{
	for (uint32_t line = 0; line < FAKE_LINES; line++) {
		if (machine.is_pending[line] && machine.is_enabled[line] &&
			!machine.is_active[line]) {
			return line;
		}
	}
	return ARCH_IRQ_NONE;
}

uint32_t
arch_irq_claim(void)
{
	uint32_t line = next_line();

	if (line != ARCH_IRQ_NONE) {
		machine.is_active[line] = true;
		if (line != FAKE_TIMER_IRQ) {
			machine.is_pending[line] = false;
		}
	}
	return line;
}

void
arch_irq_complete(uint32_t irq)
{
	require(irq < FAKE_LINES && machine.is_active[irq], "completed without a claim");
	machine.is_active[irq] = false;
}

void
arch_irq_mask(uint32_t irq)
{
	require(irq < FAKE_LINES, "no such line");
	machine.is_enabled[irq] = false;
}

void
arch_irq_unmask(uint32_t irq)
{
	require(irq < FAKE_LINES, "no such line");
	machine.is_enabled[irq] = true;
}

bool
arch_irq_pending(void)
{
	return next_line() != ARCH_IRQ_NONE;
}

void
fake_irq_raise(uint32_t line)
{
	require(line < FAKE_LINES, "no such line");
	machine.is_pending[line] = true;
}

bool
fake_irq_is_masked(uint32_t line)
{
	return !machine.is_enabled[line];
}

/* Nobody but the timer can wake a fake machine; without it the test gets the CPU back. */
void
arch_wait_for_interrupt(void)
{
	if (arch_irq_pending()) {
		return;
	}
	if (machine.timer_ns == UINT64_MAX) {
		leave(FAKE_IDLE);
	}
	machine.now_ns = machine.timer_ns;
	update_timer();
}

uint64_t
arch_clock_ns(void)
{
	return machine.now_ns;
}

void
arch_counter_close(void)
{
	/* Nobody reads one here. */
}

uint64_t
arch_ticks(void)
{
	return machine.now_ns;
}

uint64_t
arch_ticks_ns(uint64_t ticks)
{
	return ticks;
}

void
arch_timer_set(uint64_t deadline_ns)
{
	machine.timer_ns = deadline_ns;
	update_timer();
}

uint64_t
fake_timer_deadline(void)
{
	return machine.timer_ns;
}

void
fake_clock_advance(uint64_t ns)
{
	machine.now_ns += ns;
	update_timer();
}

void
arch_console_put(char c)
{
	if (machine.console_length < CONSOLE_BYTES - 1) {
		machine.console[machine.console_length++] = c;
	}
}

const char *
fake_console(void)
{
	return machine.console;
}
