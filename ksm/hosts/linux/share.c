/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a descriptor is, the broker cannot know: it judges who may have which of whose things. */
#include "ksm/hosts/linux/share.h"

#include <stddef.h>

#include "abi/abi.h"
#include "ksm/format.h"
#include "ksm/hosts/linux/journal.h"
#include "ksm/hosts/linux/judge.h"
#include "ksm/hosts/linux/peer.h"

bool
share_is_allowed(const struct peer *sender, const uint8_t *words, uint32_t count, uint16_t receiver)
{
	for (uint32_t i = 0; i < count; i++) {
		uint32_t word = format_u32(words + (size_t)i * FORMAT_CARRY_BYTES);
		uint16_t label = (uint16_t)word;
		uint16_t interface = (uint16_t)(word >> 16);

		if (judge_edge(receiver, label, interface) == NULL) {
			judge_refuse_share(sender, label, interface, receiver);
			return false;
		}
	}
	return true;
}

bool
share_is_own(const struct peer *sender, const struct packet *packet, uint32_t count)
{
	uint32_t member = (uint32_t)(sender->home->member - system_member(0));

	if (packet->descriptor_count != count ||
		info_length(packet->head.info) < count * FORMAT_CARRY_BYTES) {
		return false;
	}
	for (uint32_t i = 0; i < count; i++) {
		uint32_t word = format_u32(packet->bytes + (size_t)i * FORMAT_CARRY_BYTES);

		if (!journal_owns(member, (uint16_t)word)) {
			return false;
		}
	}
	return true;
}
