/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * emit_system.h: L1 becomes the system blob (abi/system.h), which init starts the system from; and
 * what each instance needs of memory.
 */
#ifndef GATE_EMIT_SYSTEM_H
#define GATE_EMIT_SYSTEM_H

#include <stdbool.h>
#include <stdint.h>

#include "boards/board.h"
#include "buffer.h"
#include "l1.h"

/* Size of a program, in pages, as the image tool counted them. */
struct system_program {
	bool is_known; /* else a guess is taken: programs are not built yet */
	uint32_t text_pages;
	uint32_t data_pages;
	uint32_t bss_pages;
};

/* What an instance takes, all but slots in bytes, all multiples of a page. */
struct system_memory {
	uint32_t slots;         /* of its table, a power of two */
	uint32_t program_bytes; /* text, data, zeroed data */
	uint32_t stack_bytes;
	uint32_t table_bytes;   /* page tables */
	uint32_t object_bytes;  /* process with its slots, thread, reply, frames, and their pages */
	uint32_t own_bytes;     /* sum of the four: what init makes its incarnations of */
	uint32_t account_bytes; /* what it may use itself: heap, further threads */
};

/*
 * Returns the needs of an instance (not of init):
 *
 *   slots    power of two, at least 8 fixed + what the class uses + 4 frames + one for each 64 KiB
 * of the account (at most 512) + 64 program  its pages stack    16 KiB tables   one page for each
 * started 2 MiB: of stack, buffer and information page; of the program, and one more; of the
 * account, and one more (heap); of devices, and one more; for each 64 KiB of the account one, and
 * one more (stacks of threads, two in 2 MiB); and 4 spare objects  untyped, process, slots, thread,
 * reply, 8 frames, rounded up; root table, message buffer, information page, and 2 spare pages
 * while frames are made
 */
struct system_memory system_memory_of(const struct l1 *l1, const struct board *machine,
	const struct l1_instance *instance, const struct system_program *program);

struct system_result {
	const char *sentence; /* what is wrong, without a full stop; NULL: all is well */
	const struct l1_instance *instance; /* about which, or NULL */
	uint64_t memory_bytes;              /* own and account of all instances */
};

/* Appends the blob to `out`, which must be empty. programs: by number of the instance. */
struct system_result emit_system(const struct l1 *l1, const struct board *machine,
	const struct system_program *programs, struct buffer *out);

#endif
