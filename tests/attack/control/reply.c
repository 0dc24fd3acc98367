/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 13: an answer takes along all registers that could hold a message. */
#include "control.h"

#include "arch/arch.h"
#include "kernel/message.h"

static void control_store(struct thread *thread, const uint8_t *bytes, uint32_t length);
static void control_result(
	struct arch_context *context, uint32_t status, uint32_t info, uint32_t length);

#define message_store control_store
#define arch_result   control_result
#include "kernel/reply.c"
#undef message_store
#undef arch_result

static uint32_t
carried(uint32_t length)
{
	return control_is(13) && length < ARCH_PAYLOAD_BYTES ? ARCH_PAYLOAD_BYTES : length;
}

static void
control_store(struct thread *thread, const uint8_t *bytes, uint32_t length)
{
	message_store(thread, bytes, carried(length));
}

static void
control_result(struct arch_context *context, uint32_t status, uint32_t info, uint32_t length)
{
	arch_result(context, status, info, carried(length));
}
