/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 18: the sender is whom the message's first two bytes name. */
#include "control.h"

#include "arch/arch.h"

static void control_received(struct arch_context *context, uint32_t badge, uint16_t label,
	uint16_t instance, uint32_t info, uint32_t length);

#define arch_received control_received
#include "kernel/endpoint.c"
#undef arch_received

static void
control_received(struct arch_context *context, uint32_t badge, uint16_t label, uint16_t instance,
	uint32_t info, uint32_t length)
{
	if (control_is(18) && length == sizeof(label)) {
		const uint8_t *bytes = arch_payload(context);
		label = (uint16_t)(bytes[0] | bytes[1] << 8);
	}
	arch_received(context, badge, label, instance, info, length);
}
