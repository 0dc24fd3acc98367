/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* From _start to main: thread pointer, constructors, main, exit. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "abi/abi.h"
#include "account.h"
#include "arguments.h"
#include "gatehouse/process.h"
#include "park.h"
#include "thread_self.h"
#include "words.h"

/* Linked into programs that open files only (words.h). */
#pragma weak glue_words_obey

typedef void (*hook)(void);

/* From program.ld. */
extern const hook program_init_start[];
extern const hook program_init_end[];
extern const hook program_fini_start[];
extern const hook program_fini_end[];

extern int main(int argc, char **argv);

/* crt0.S jumps here. */
_Noreturn void gatehouse_start(const struct process_info *info);

/* Exit code: the account is too small for the first thread's variables and stack, or the program is
 * to have files and cannot. */
#define START_FAILED 127

static const struct process_info *information;

const struct process_info *
process_info(void)
{
	return information;
}

/* In the message buffer it does not survive the first message. */
static void
keep_information(const struct process_info *info)
{
	static _Alignas(struct process_info) uint8_t kept[MESSAGE_BYTES_MAX];

	if ((uintptr_t)info != PROCESS_BUFFER) {
		information = info;
		return;
	}
	memcpy(kept, info, sizeof(kept));
	information = (const struct process_info *)(const void *)kept;
}

/* PROCESS_TP is the same for every program: init sets it, because ARMv7-A lets only the kernel
 * write the thread pointer. */
static void
first_thread(void)
{
	uint64_t start = PROCESS_TP & ~(uint64_t)(PAGE_BYTES - 1);
	uint64_t bytes = PROCESS_TP - start + glue_thread_block_above();
	uint32_t pages = (uint32_t)((bytes + PAGE_BYTES - 1) / PAGE_BYTES);

	if (glue_thread_block_align() > PROCESS_TP - start ||
		glue_account_map(start, pages) != E_OK || !glue_park_prepare(0)) {
		_exit(START_FAILED);
	}
	glue_thread_block_init(PROCESS_TP, 0, (uint8_t *)(uintptr_t)PROCESS_BUFFER);
}

_Static_assert(sizeof(struct thread) <= (PROCESS_TP & (PAGE_BYTES - 1)), "room below PROCESS_TP");

/* The frames of init and of the account stand side by side and are one stack, with what is not
 * mapped below it as its guard. */
static void
grow_stack(uint32_t have_bytes)
{
	uint64_t want = process_number("stack", gatehouse_stack_bytes);

	want = (want + PAGE_BYTES - 1) & ~(PAGE_BYTES - UINT64_C(1));
	if (want <= have_bytes) {
		return;
	}
	if (want > GATEHOUSE_STACK_MAX ||
		glue_account_map(PROCESS_STACK - want,
			(uint32_t)((want - have_bytes) / PAGE_BYTES)) != E_OK) {
		_exit(START_FAILED);
	}
}

static void
run_destructors(void)
{
	for (const hook *at = program_fini_end; at != program_fini_start; at--) {
		at[-1]();
	}
}

_Noreturn void
gatehouse_start(const struct process_info *info)
{
	struct arguments arguments;

	keep_information(info);
	first_thread();
	grow_stack(info->stack_bytes);
	if (!glue_arguments_read(&arguments)) {
		_exit(START_FAILED);
	}
	if (glue_words_obey != NULL) {
		glue_words_obey();
	} else if (glue_words_have_files()) {
		_exit(START_FAILED); /* better than output where nobody looks for it */
	}
	atexit(run_destructors);
	for (const hook *at = program_init_start; at != program_init_end; at++) {
		(*at)();
	}
	exit(main(arguments.count, arguments.words));
}
