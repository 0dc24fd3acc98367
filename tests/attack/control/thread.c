/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 7: a message that waits is read from the sender's buffer again. */
#include "control.h"

#define thread_message thread_message_checked
#include "kernel/thread.c"
#undef thread_message

#include "kernel/memory.h"

const uint8_t *
thread_message(struct thread *thread)
{
	uint32_t length = info_length(thread->call.info);

	if (control_is(7) && length > ARCH_PAYLOAD_BYTES) {
		memory_copy(thread->stage + ARCH_PAYLOAD_BYTES, thread->buffer + ARCH_PAYLOAD_BYTES,
			length - ARCH_PAYLOAD_BYTES);
	}
	return thread_message_checked(thread);
}
