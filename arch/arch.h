/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The whole contract between the portable kernel and a machine. arch/aarch64 and arch/armv7a
 * implement it with the same file names; tests/host/fake_arch.c is the third implementation.
 *
 * The kernel runs with interrupts masked from entry to exit and on one stack. Entry code saves all
 * user registers into the running thread's struct arch_context, calls one of the kernel_* functions
 * below, and resumes the context that it returns: its registers, its address space, its floating
 * point. Calls, answers and yields first go through kernel/fast.h, with only those registers saved
 * that a call preserves; arch_fast.h says how such a call ends.
 */
#ifndef ARCH_ARCH_H
#define ARCH_ARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* struct arch_context (registers), struct arch_space (an address space), ARCH_PAYLOAD_BYTES
 * (payload bytes in registers: 128 or 16), ARCH_ROOT_BYTES (size and alignment of a root table),
 * ARCH_USER_TOP (first address above user space), ARCH_FP_BYTES (a thread's floating point). */
#include "arch_types.h"

typedef uint64_t paddr_t;
typedef uint64_t vaddr_t;

enum arch_access {
	ARCH_READ,
	ARCH_READ_WRITE,
	ARCH_READ_EXECUTE,
	ARCH_DEVICE /* read and write, uncached, never executable */
};

struct arch_fault {
	uint8_t kind;     /* enum fault_kind of abi/abi.h */
	uint32_t status;  /* the machine's syndrome register */
	uint64_t address; /* what was accessed, or the instruction */
};

/* Implemented by the kernel, called by entry code. Each returns the context to resume. */
void kernel_main(void);
struct arch_context *kernel_first(void);
struct arch_context *kernel_syscall(struct arch_context *context, uint32_t number);
struct arch_context *kernel_fault(struct arch_context *context, const struct arch_fault *fault);
struct arch_context *kernel_interrupt(struct arch_context *context);
/* ARCH_FP_BYTES of zeroes for a thread that uses floating point, until it is destroyed; NULL: there
 * is no memory for it. */
void *kernel_fp_take(struct arch_context *context);
/* A bug: writes the panic record and a line on the console, then starts the machine anew; or stops
 * it, if a panic has just done that. */
_Noreturn void kernel_panic(const char *what, uint64_t value);

/* Start: exception vectors, the kernel's own tables (text read-only, data never executable), the
 * interrupt controller with every line masked but the timer's, the timer off, and every register of
 * decisions E3.
 * start.S calls it on the boot stack before kernel_main. */
void arch_init(void);

/* Memory. All RAM is in the kernel's direct map; the kernel's own text and tables are not writable
 * through it. */
void *arch_pointer(paddr_t address);
paddr_t arch_address(const void *pointer);
/* First byte of the kernel; RAM below it is free. */
paddr_t arch_kernel_start(void);
/* First byte of what stays of it; page-aligned. In between is what only boot needs (functions
 * marked section(".boot.text"), whole files in kernel.mk): ordinary memory after arch_boot_end. */
paddr_t arch_kernel_resident(void);
void arch_boot_end(void);
/* First byte behind the kernel (text, data, bss, stack), page-aligned: the image's bundle. */
paddr_t arch_kernel_end(void);

/* Copies blocks of 64 bytes, at least one; both ends are aligned to words. */
#define ARCH_BLOCK_BYTES 64u
void arch_copy_blocks(void *restrict to, const void *restrict from, size_t blocks);
/* Clears them; it is aligned to words. */
void arch_clear_blocks(void *to, size_t blocks);
/* What was written reaches RAM itself, past every cache: it outlives a reset, and devices see it.
 * What devices wrote there since is read from RAM. */
void arch_memory_sync(const void *start, size_t bytes);

/* Registers of a thread, the space that it runs in, and its message buffer. */
void arch_context_init(struct arch_context *context, struct arch_space *space, uint8_t *buffer,
	vaddr_t pc, vaddr_t sp, vaddr_t tp, uint64_t argument);
uint32_t arch_argument(const struct arch_context *context, uint32_t index); /* 0: x0/r0, 1: x1/r1 */
uint8_t *arch_payload(
	struct arch_context *context); /* ARCH_PAYLOAD_BYTES, as they stand in memory */
/* Result of every call but receive: the payload registers keep the first `length` payload bytes
 * already stored by arch_payload, all others and all scratch registers become zero. */
void arch_result(struct arch_context *context, uint32_t status, uint32_t info, uint32_t length);
void arch_received(struct arch_context *context, uint32_t badge, uint16_t label, uint16_t instance,
	uint32_t info, uint32_t length);
/* Ends this entry into the kernel, as the ways out of kernel/fast.c do: the payload of `from`, as
 * long as info says, in its registers and its buffer, is what `to` gets, and `to` runs. All else of
 * its registers that is no result becomes zero. It gets a request of that badge and sender (label |
 * instance << 16), or with both 0 the answer to its call. */
struct arch_context *arch_context_give(struct arch_context *from, struct arch_context *to,
	uint32_t badge, uint32_t identity, uint32_t info);
/* Makes the thread issue its system call again when it runs next. */
void arch_context_restart(struct arch_context *context);
vaddr_t arch_context_pc(const struct arch_context *context);
vaddr_t arch_context_sp(const struct arch_context *context);
vaddr_t arch_context_lr(const struct arch_context *context);

/* Address spaces. `take_page` yields a zeroed page of the process's account and cannot fail: the
 * kernel has asked arch_space_tables for the count before. */
typedef void *(*arch_take_page)(void *account);
void arch_space_init(struct arch_space *space, void *root); /* root: ARCH_ROOT_BYTES, zeroed */
void arch_space_destroy(struct arch_space *space);          /* nothing of it stays in a TLB */
bool arch_space_is_free(const struct arch_space *space, vaddr_t address, size_t pages);
size_t arch_space_tables(const struct arch_space *space, vaddr_t address, size_t pages);
void arch_space_map(struct arch_space *space, vaddr_t address, paddr_t physical, size_t pages,
	enum arch_access access, arch_take_page take_page, void *account);
/* The byte at an address of user space in the direct map, if user space may read it (is_write:
 * write it) and it is RAM; else NULL. Valid to the end of its page. Any address may be asked about.
 */
void *arch_space_find(const struct arch_space *space, vaddr_t address, bool is_write);
void arch_space_unmap(struct arch_space *space, vaddr_t address, size_t pages);
/* Data written through the direct map becomes visible to instruction fetch. */
void arch_make_executable(paddr_t address, size_t bytes);

void arch_context_destroy(struct arch_context *context); /* it owns nothing of the CPU any more */

/* Interrupts: id as at the controller. */
#define ARCH_IRQ_NONE UINT32_C(0xffffffff)
uint32_t arch_irq_claim(void); /* the pending line with highest priority, or ARCH_IRQ_NONE */
void arch_irq_complete(uint32_t irq);
void arch_irq_mask(uint32_t irq);
void arch_irq_unmask(uint32_t irq);
bool arch_irq_pending(void); /* one waits to be claimed: long work should stop */
void arch_wait_for_interrupt(void);

/* Time: monotonic since arch_init. */
uint64_t arch_clock_ns(void);
/* No thread reads the counter behind it any more, for ever. */
void arch_counter_close(void);
/* The same in units of the machine, for differences: arch_ticks_ns says how long one is. */
uint64_t arch_ticks(void);
uint64_t arch_ticks_ns(uint64_t ticks);
void arch_timer_set(uint64_t deadline_ns); /* UINT64_MAX: off. The line is board.timer_irq */

/* Console of the kernel's own few lines, and the end. */
void arch_console_put(char c);
_Noreturn void arch_power_off(uint8_t code);
_Noreturn void arch_reset(void);

#endif
