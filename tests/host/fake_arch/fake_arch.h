/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The third implementation of arch/arch.h: a machine without a machine. Deterministic, all of its
 * state readable, every misuse of the contract ends the test. Nothing runs here but the kernel: a
 * test plays the user side by filling contexts and calling kernel_syscall.
 */
#ifndef FAKE_ARCH_FAKE_ARCH_H
#define FAKE_ARCH_FAKE_ARCH_H

#include <setjmp.h>

#include "arch/arch.h"

#define FAKE_RAM_BASE  UINT64_C(0x80000000)
#define FAKE_RAM_BYTES ((size_t)16 << 20)
#define FAKE_LINES     64u
#define FAKE_TIMER_IRQ 27u

/* All RAM; arch_pointer(FAKE_RAM_BASE) is its first byte. */
extern uint8_t *const fake_ram;

/* Lines masked, timer off, clock at 0, no space current. RAM keeps its bytes. */
void fake_arch_reset(void);

/* Time passes; the timer's line becomes pending when its deadline does. */
void fake_clock_advance(uint64_t ns);

/* A device raises its line; it stays pending until it is claimed. */
void fake_irq_raise(uint32_t line);
bool fake_irq_is_masked(uint32_t line);
/* What arch_timer_set was last given. */
uint64_t fake_timer_deadline(void);

/* How a page is mapped. False: it is not. */
bool fake_space_lookup(const struct arch_space *space, vaddr_t address, paddr_t *physical,
	enum arch_access *access);
size_t fake_space_pages(const struct arch_space *space);
const struct arch_space *fake_space_current(void);
/* What the machine does when it resumes a context; NULL: none. */
void fake_space_enter(const struct arch_space *space);
/* Bytes that arch_make_executable was told of since the reset. */
size_t fake_executable_bytes(void);
/* What was made the same for processes and devices last. */
const void *fake_synced(size_t *bytes);

/* A system call as entry code makes it: the short way of kernel/fast.h first, if it is taken at
 * all; a test may want both. Returns the context to resume. */
struct arch_context *fake_syscall(struct arch_context *context, uint32_t number);
void fake_short_way(bool is_taken);
/* How often the short way needed a stack (kernel/direct.h), and for which of its ways; how often a
 * capability landed or went in it. */
enum fake_way {
	FAKE_JUDGED,
	FAKE_WAITED,
	FAKE_TURNED,
	FAKE_YIELDED,
	FAKE_LANDED,
	FAKE_DROPPED,
	FAKE_WAYS
};
uint32_t fake_short_direct(enum fake_way way);
/* How often it was gone to its end for a system call, since the last fake_short_way. */
uint32_t fake_short_taken(uint32_t number);

/* Characters that the kernel printed since the reset, NUL-terminated. */
const char *fake_console(void);

/*
 * Calls into the kernel that may not come back. fake_call runs `function(argument)` and returns
 * FAKE_RETURNED; FAKE_IDLE if the machine waited with nothing to wait for; or FAKE_OFF + code when
 * it was switched off (a panic is off with the kernel's code), FAKE_RESET when reset.
 */
enum fake_end { FAKE_RETURNED, FAKE_IDLE, FAKE_RESET, FAKE_OFF };
int fake_call(void (*function)(void *argument), void *argument);

#endif
