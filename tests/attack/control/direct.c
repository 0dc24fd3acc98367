/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 18: as endpoint.c, for what goes from registers to registers. */
#include "control.h"

#include "abi/abi.h"
#include "arch/arch.h"

static struct arch_context *control_give(struct arch_context *from, struct arch_context *to,
	uint32_t badge, uint32_t identity, uint32_t info);

#define arch_context_give control_give
#include "kernel/direct.c"
#undef arch_context_give

static struct arch_context *
control_give(struct arch_context *from, struct arch_context *to, uint32_t badge, uint32_t identity,
	uint32_t info)
{
	if (control_is(18) && info_length(info) == sizeof(uint16_t)) {
		const uint8_t *bytes = arch_payload(from);
		identity = (identity & 0xffff0000) | bytes[0] | (uint32_t)bytes[1] << 8;
	}
	return arch_context_give(from, to, badge, identity, info);
}
