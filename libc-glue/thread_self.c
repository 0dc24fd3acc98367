/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the library keeps for each thread: buffer, C library state, variables. */
#include "thread_self.h"

#include <string.h>

#include "gatehouse/ipc.h"

/* From program.ld. The last two are sizes, given as addresses of symbols. */
extern const uint8_t program_tls_image[];
extern const uint8_t program_tls_image_bytes[];
extern const uint8_t program_tls_bytes[];
extern const uint8_t program_tls_align[];

uint8_t *
ipc_buffer(void)
{
	return thread_self()->buffer;
}

struct _reent *
__getreent(void)
{
	return thread_self()->reent;
}

size_t
glue_thread_block_align(void)
{
	size_t align = (uintptr_t)program_tls_align;

	return align < 16 ? 16 : align;
}

/* "ELF Handling For Thread-Local Storage", variant 1: the variables begin at the thread pointer
 * plus two words, rounded up to their alignment. */
static size_t
variables_offset(void)
{
	size_t align = (uintptr_t)program_tls_align;
	size_t words = 2 * sizeof(uintptr_t);

	return align <= words ? words : align;
}

size_t
glue_thread_block_above(void)
{
	return variables_offset() + (uintptr_t)program_tls_bytes;
}

size_t
glue_thread_block_bytes(void)
{
	return sizeof(struct thread) + glue_thread_block_above();
}

struct thread *
glue_thread_block_init(uintptr_t tp, uint32_t number, uint8_t *buffer)
{
	struct thread *thread = (struct thread *)tp - 1;
	uint8_t *variables = (uint8_t *)tp + variables_offset();
	size_t image_bytes = (uintptr_t)program_tls_image_bytes;

	memset(thread, 0, glue_thread_block_bytes());
	memcpy(variables, program_tls_image, image_bytes);
	thread->number = number;
	thread->buffer = buffer;
	if (number == 0) {
		thread->reent = _GLOBAL_REENT;
	} else {
		_REENT_INIT_PTR(&thread->own_reent);
		thread->reent = &thread->own_reent;
	}
	return thread;
}
