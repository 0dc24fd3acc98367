/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Descriptors in messages: each is shared under a label of the sender's, and judged as `share`. */
#ifndef KSM_HOSTS_LINUX_SHARE_H
#define KSM_HOSTS_LINUX_SHARE_H

#include <stdbool.h>
#include <stdint.h>

struct packet;
struct peer;

/* Whether the packet has `count` descriptors, as the method wants it, each with a word (interface
 * << 16 | label) that is the sender's own to share: of itself or of one of its resources. */
bool share_is_own(const struct peer *sender, const struct packet *packet, uint32_t count);

/* Whether who has the label `receiver` may do anything at all with what `count` words stand for. If
 * not, it is recorded. */
bool share_is_allowed(
	const struct peer *sender, const uint8_t *words, uint32_t count, uint16_t receiver);

#endif
