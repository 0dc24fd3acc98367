/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel as a host of the monitor: every event passes here, every denial is recorded here. */
#ifndef KERNEL_MONITOR_H
#define KERNEL_MONITOR_H

#include "ksm/engine/ksm.h"
#include "ksm/engine/step.h"
#include "kernel/thread.h"

struct slot;

/* Policies of the image, verified, behind each other at multiples of POLICY_ALIGN; the first comes
 * into force. memory: 8-aligned, monitor_memory_bytes. */
void monitor_init(const uint8_t *blobs, size_t length_bytes, void *memory);
size_t monitor_memory_bytes(const uint8_t *blobs, size_t length_bytes);

uint32_t monitor_policies(void);
uint32_t monitor_policy(void); /* number of the one in force */
uint64_t monitor_policy_version(uint32_t number);
/* Another policy comes into force: a step of ksm_swap_step. Events in between are judged by the one
 * before. */
enum ksm_swapped monitor_swap_step(uint32_t number, bool may_forget);
/* The table is not yet that of the policy in force: no message may go the short way. */
bool monitor_is_stale(void);

/* Index of the edge over labels and interface, or SLOT_NO_EDGE. */
uint32_t monitor_edge(uint32_t holder, uint32_t target, uint32_t interface);
/* The n-th edge, or NULL. */
const struct ksm_edge *monitor_edge_at(uint32_t number);
uint32_t monitor_edges(void);
uint32_t monitor_instances(void);
uint32_t monitor_epoch(void);

/* The first of all edges, for the short way of messages. */
struct ksm_edge *monitor_table(void);

/* The shape word of a method's call (event KSM_CALL) or reply: what it carries (ksm/format.h). */
uint32_t monitor_shape(uint32_t edge, enum ksm_event event, uint32_t method);

/* Judges the request in the caller's call record. True: granted, and its row is in the record.
 * False: denied, and recorded. */
bool monitor_judge_request(struct thread *caller, const uint8_t *bytes);
/* The same for a thread of a process and the row of the method that it calls, if no more than a
 * range decides; false: monitor_judge_request does it. Requires that the table is not stale. */
bool monitor_grants_at(struct thread *caller, struct ksm_entry *row, const uint8_t *bytes);
/* Judges what nobody sent: a call of `client` at a label, with this method and length in info, that
 * its server asks about. */
bool monitor_ask(const struct thread *client, uint16_t target, uint16_t interface, uint32_t info,
	const uint8_t *bytes);
/* Judges the answer of `server` to the call that `caller` has under way. */
bool monitor_judge_reply(
	struct thread *server, struct thread *caller, uint32_t info, const uint8_t *bytes);
/* The granted call of `caller` ends without an answer: what the policy says then happens. */
void monitor_abort(struct thread *caller);
/* An instance begins anew: what the policy remembers of it only while it runs is forgotten, a step
 * of it at a time. from: 0, then what it returned before; it returns 0 when that was all. */
uint32_t monitor_restart(uint16_t label, uint32_t from);
/* Judges the signal that a capability's holder sends; method 1 of Signal, or Notification.signal.
 */
bool monitor_judge_signal(struct thread *thread, const struct slot *slot);

/* Records what the kernel itself refused: no such capability, impossible info word. slot: NULL if
 * there is none. */
void monitor_refuse(struct thread *thread, uint32_t handle, const struct slot *slot,
	enum ksm_event event, uint32_t method, enum ksm_reason reason);
/* A capability of this edge comes into a table, unless a limit is reached (false), or goes. */
bool monitor_passes(uint32_t edge, uint32_t badge, bool goes);
/* Records that a capability was not handed on: whoever has this label may do nothing with it, or
 * has as many as it may. */
void monitor_refuse_share(const struct thread *sender, const struct slot *slot, uint16_t receiver);
void monitor_refuse_reply(struct thread *server, struct thread *caller, uint32_t info);

#endif
