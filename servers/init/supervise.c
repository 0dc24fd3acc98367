/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Supervision: faults and exits arrive as messages of the kernel; what shall live is started again,
 * later each time that it dies soon. */
#include "supervise.h"

#include "abi/abi.h"
#include "abi/system.h"
#include "gatehouse/ipc.h"
#include "gen/core/core_abi.h"
#include "gen/core/endpoint.h"
#include "memory.h"

#define STABLE_NS                                                                                  \
	UINT64_C(10000000000) /* who ran this long starts again without delay added up             \
			       */
#define LOG_ENTRIES 16u       /* power of two */

static const uint64_t backoff_ns[] = {
	UINT64_C(10000000), UINT64_C(100000000), UINT64_C(1000000000)};

#define BACKOFF_LAST (sizeof(backoff_ns) / sizeof(backoff_ns[0]) - 1)

struct fault {
	uint64_t address; /* of an exit: its code */
	uint64_t pc;
	uint32_t status;
	uint8_t kind; /* enum fault_kind */
};

/* The last faults, for a debugger: the kernel has said them on the console and in the audit. */
struct log_entry {
	uint64_t time_ns;
	uint32_t index; /* of the instance */
	uint32_t incarnation;
	struct fault fault;
};

static struct log_entry supervise_log[LOG_ENTRIES];
static uint32_t supervise_log_count;

static void
log_fault(const struct estate *estate, uint32_t index, const struct fault *fault)
{
	struct log_entry *entry = &supervise_log[supervise_log_count++ % LOG_ENTRIES];

	entry->time_ns = sys_clock();
	entry->index = index;
	entry->incarnation = estate->instances[index].incarnation;
	entry->fault = *fault;
}

/* Nobody will answer at its endpoint any more: clients shall not wait for it. */
static void
give_up(struct instance *instance)
{
	instance->state = INSTANCE_STOPPED;
	endpoint_close(instance->endpoint);
}

static void
start_one(struct estate *estate, uint32_t index)
{
	struct instance *instance = &estate->instances[index];

	/* What failed for lack of memory or right fails again: no second try. */
	if (instance_start(estate, index) != E_OK) {
		give_up(instance);
	}
}

void
supervise_start_all(struct estate *estate)
{
	/* Endpoints first: a client may come before its server in a cycle of two. */
	for (uint32_t i = 0; i < estate->layout.instance_count; i++) {
		if (instance_make(estate, i) != E_OK && estate->instances[i].endpoint != 0) {
			endpoint_close(estate->instances[i].endpoint);
		}
	}
	for (uint32_t i = 0; i < estate->layout.instance_count; i++) {
		if (estate->instances[i].state != INSTANCE_ABSENT) {
			start_one(estate, i);
		}
	}
}

static void
plan_restart(struct estate *estate, uint32_t index)
{
	struct instance *instance = &estate->instances[index];
	uint64_t now_ns = sys_clock();

	if (estate->layout.instances[index].restart == 0) {
		give_up(instance);
		return;
	}
	if (now_ns - instance->started_ns >= STABLE_NS) {
		instance->failures = 0;
	}
	uint32_t delay = instance->failures < BACKOFF_LAST ? instance->failures : BACKOFF_LAST;
	instance->failures = delay + 1;
	instance->restart_ns = now_ns + backoff_ns[delay];
	instance->state = INSTANCE_WAITING;
}

/* A fault message of the kernel, of a process that is running. */
static bool
decode_fault(const struct estate *estate, const struct message *message,
	const struct caller *caller, struct fault *fault)
{
	const uint8_t *bytes = message->bytes;

	if (caller->label != LABEL_KERNEL || caller->badge >= estate->layout.instance_count ||
		info_method(message->info) != FAULT_REPORT ||
		info_length(message->info) != FAULT_REPORT_CALL_BYTES) {
		return false;
	}
	memcpy(&fault->address, bytes + FAULT_REPORT_ADDRESS_OFFSET, sizeof(fault->address));
	memcpy(&fault->pc, bytes + FAULT_REPORT_PC_OFFSET, sizeof(fault->pc));
	memcpy(&fault->status, bytes + FAULT_REPORT_STATUS_OFFSET, sizeof(fault->status));
	fault->kind = bytes[FAULT_REPORT_KIND_OFFSET];
	return estate->instances[caller->badge].state == INSTANCE_RUNNING;
}

static void
handle_message(struct estate *estate, struct message *message, const struct caller *caller)
{
	struct fault fault;

	if (decode_fault(estate, message, caller, &fault)) {
		log_fault(estate, caller->badge, &fault);
		/* It takes the waiting thread with it, so there is nobody to answer. */
		instance_end(&estate->instances[caller->badge]);
		plan_restart(estate, caller->badge);
		return;
	}
	message->info = info_make(0, 0);
	ipc_reply(0, message);
}

/* Starts what is due. Returns when the next one is, 0: none waits. */
static uint64_t
start_due(struct estate *estate)
{
	uint64_t next_ns = 0;

	for (uint32_t i = 0; i < estate->layout.instance_count; i++) {
		struct instance *instance = &estate->instances[i];
		if (instance->state == INSTANCE_WAITING && instance->restart_ns <= sys_clock()) {
			start_one(estate, i);
		}
		if (instance->state == INSTANCE_WAITING &&
			(next_ns == 0 || instance->restart_ns < next_ns)) {
			next_ns = instance->restart_ns;
		}
	}
	return next_ns;
}

_Noreturn void
supervise(struct estate *estate)
{
	struct message message;
	struct received received;

	for (;;) {
		sys_deadline(start_due(estate));
		ipc_recv(HANDLE_ENDPOINT, &message, &received);
		if (received.kind == RECEIVED_MESSAGE) {
			handle_message(estate, &message, &received.caller);
		}
	}
}
