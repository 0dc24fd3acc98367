/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The broker as a host of the monitor: every event passes here, every denial is recorded here. */
#ifndef KSM_HOSTS_LINUX_JUDGE_H
#define KSM_HOSTS_LINUX_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ksm/engine/ksm.h"

struct packet;
struct peer;

/* Verifies the policies (each at an 8-aligned address) and puts the first into force. Returns NULL,
 * or a sentence about policy *number. All memory that it ever needs is allocated here. */
const char *judge_open(
	const uint8_t *const *blobs, const size_t *lengths, uint32_t count, uint32_t *number);

uint32_t judge_policies(void);
uint32_t judge_policy(void); /* number of the one in force */
const uint8_t *judge_blob(uint32_t number);
uint32_t judge_epoch(void);
/* Another policy comes into force. False: it would forget something, and may not. */
bool judge_swap(uint32_t number, bool may_forget);

/* NULL: no rule at all names it. */
struct ksm_edge *judge_edge(uint16_t holder, uint16_t target, uint16_t interface);
/* The n-th edge, or NULL. */
const struct ksm_edge *judge_edge_at(uint32_t number);
uint64_t judge_granted(const struct ksm_edge *edge);
/* The shape word of a method's call (KSM_CALL) or reply (KSM_REPLY). */
uint32_t judge_shape(const struct ksm_edge *edge, enum ksm_event event, uint32_t method);

/* The request in the peer's call. False: denied, and recorded. */
bool judge_request(struct peer *caller);
/* The answer of `server` to the call that `caller` has under way. */
bool judge_reply(struct peer *server, struct peer *caller, const struct packet *answer);
/* What nobody sent: a call of `client` that its server asks about. */
bool judge_ask(const struct peer *client, uint16_t target, uint16_t interface,
	const struct packet *packet);
bool judge_signal(struct peer *peer, struct ksm_edge *edge, uint32_t handle, uint32_t badge);
/* Records what never was an event of the policy. edge: NULL if there is none. */
void judge_refuse(const struct peer *peer, uint32_t handle, struct ksm_edge *edge,
	enum ksm_event event, uint32_t method, enum ksm_reason reason);
/* A descriptor was not handed on: whoever has this label may do nothing with it. */
void judge_refuse_share(
	const struct peer *sender, uint16_t label, uint16_t interface, uint16_t receiver);
void judge_refuse_reply(struct peer *server, struct peer *caller, uint32_t info);
/* The granted call of `caller` ends without an answer. */
void judge_abort(struct peer *caller);
/* The instance begins anew. */
void judge_restart(uint16_t label);

#endif
