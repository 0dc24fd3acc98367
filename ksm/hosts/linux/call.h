/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Calls: judged when they are sent, on bytes of ours; delivered when the server receives, judged
 * once more then if the policy changed meanwhile; ended once, whatever happens to either side.
 */
#ifndef KSM_HOSTS_LINUX_CALL_H
#define KSM_HOSTS_LINUX_CALL_H

#include <stdint.h>

#include "abi/abi.h"

/* Bits that an info word may have. */
#define CALL_INFO_KNOWN (INFO_METHOD_MASK | INFO_LENGTH_MASK << INFO_LENGTH_SHIFT)

struct packet;
struct peer;

/* Resolves what every capability means. Requires judge_open, journal_open. */
void call_open(void);

/* One packet of a peer. Closes its descriptors, or keeps them until they are delivered. */
void call_packet(struct peer *peer, struct packet *packet);

/* Somebody is connected as the peer, or nobody is any more. */
void call_connected(struct peer *peer);
void call_gone(struct peer *peer);

/* Ends what is due. Returns when the next is: UINT64_MAX: never. */
uint64_t call_expire(uint64_t now_ns);

/* There is a record: who asked to be told gets its bits with the next call_settle, which follows
 * each event. */
void call_notify_records(void);
void call_settle(void);

/* What the peer called has this status and no payload; it runs on. */
void call_answer(struct peer *peer, uint32_t status);
/* The call of the peer is over without an answer of its server. Requires that it has one. */
void call_end(struct peer *caller, uint32_t status);

#endif
