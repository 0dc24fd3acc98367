/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The image as a host of the monitor. Not reentrant: tasks give the processor only where they wait.
 */
#ifndef KSM_HOSTS_BARE_JUDGE_H
#define KSM_HOSTS_BARE_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ksm/engine/ksm.h"

struct message;
struct task;

/* What a port keeps of a denial, or of a grant that its rule wants recorded. */
struct judge_record {
	int64_t operand;
	uint32_t handle;
	uint32_t badge;
	uint16_t label; /* who sent */
	uint16_t instance;
	uint16_t target;
	uint16_t interface;
	uint16_t method;
	uint32_t rule;
	uint16_t field;
	uint8_t event;
	uint8_t reason;
};

/* Verifies the policy. Returns NULL, or a sentence that says what is wrong. */
const char *judge_open(const uint8_t *blob, size_t length_bytes);
struct ksm_edge *judge_edge(uint16_t holder, uint16_t target, uint16_t interface);
uint32_t judge_edges(void);

/* The request in the task's call record. False: denied, and recorded. */
bool judge_request(struct task *caller, uint32_t handle);
/* The answer of `server` to the call of `caller`. */
bool judge_reply(struct task *server, struct task *caller, const struct message *answer);
/* Records what never was an event of the policy. edge: NULL if there is none. */
void judge_refuse(struct task *task, uint32_t handle, struct ksm_edge *edge, enum ksm_event event,
	uint32_t method, enum ksm_reason reason);
/* The granted call of `caller` ends without an answer. */
void judge_abort(struct task *caller);

/* Takes the oldest record. False: there is none. */
bool judge_take(struct judge_record *record, uint32_t *lost);

#endif
