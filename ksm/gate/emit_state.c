/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_state.c: what a policy remembers, as a section of the blob. */
#include "emit_state.h"

#include "ksm/format_state.h"
#include "wire.h"

uint8_t
emit_state_kind(enum l1_object_kind kind)
{
	static const uint8_t kinds[] = {
		[L1_BUCKET] = FORMAT_BUCKET,
		[L1_WINDOW] = FORMAT_WINDOW,
		[L1_LATCH] = FORMAT_LATCH,
		[L1_COUNTER] = FORMAT_COUNTER,
		[L1_SET] = FORMAT_SET,
		[L1_MACHINE] = FORMAT_MACHINE,
		[L1_LIMIT] = FORMAT_LIMIT,
	};

	return kinds[kind];
}

void
emit_states(const struct l1 *l1, struct buffer *out)
{
	for (uint32_t i = 0; i < l1->state_count; i++) {
		const struct l1_state *state = l1->states[i];

		wire_u8(out, emit_state_kind(state->object->kind));
		wire_u8(out, state->object->resets);
		wire_u16(out, (uint16_t)state->cell_count);
		wire_u16(out, state->holder);
		wire_u16(out, state->target);
		wire_u32(out, state->object->count);
		wire_u32(out, state->first);
		wire_u64(out, (uint64_t)state->object->low);
		wire_u64(out, state->object->amount);
		wire_u64(out, state->id);
	}
}
