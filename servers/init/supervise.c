/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Supervision: faults and exits arrive as messages of the kernel. */
#include "supervise.h"

#include "abi/abi.h"
#include "abi/process.h"
#include "gatehouse/ipc.h"
#include "gen/core/core_abi.h"
#include "gen/core/power.h"
#include "gen/init/supervisor.h"
#include "life.h"
#include "memory.h"
#include "serve.h"

#define LOG_ENTRIES         16u /* power of two */
#define HEARTBEAT_PERIOD_MS 2000u
#define NS_PER_MS           UINT64_C(1000000)

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

/* For its parent, if it has one. */
static void
keep_end(struct instance *instance, const struct fault *fault)
{
	bool is_exit = fault->kind == FAULT_EXIT;

	instance->end = is_exit ? SUPERVISOR_END_EXIT : SUPERVISOR_END_FAULT;
	instance->end_value = is_exit ? (uint32_t)fault->address : fault->kind;
}

static void
handle_message(struct estate *estate, struct message *message, const struct caller *caller)
{
	struct fault fault;

	if (decode_fault(estate, message, caller, &fault)) {
		log_fault(estate, caller->badge, &fault);
		keep_end(&estate->instances[caller->badge], &fault);
		/* It takes the waiting thread with it, so there is nobody to answer. */
		life_died(estate, caller->badge, fault.kind != FAULT_EXIT || fault.address != 0);
		return;
	}
	if (caller->label == LABEL_KERNEL) {
		message->info = info_make(0, 0); /* late: its process is no more */
	} else {
		serve(estate, caller, message);
	}
	ipc_reply(0, message);
}

/* When to wake up: for what is due, or in time for the next sign of life. */
static uint64_t
heartbeat_or(uint64_t due_ns)
{
	uint64_t beat_ns = sys_clock() + HEARTBEAT_PERIOD_MS * NS_PER_MS / 2;

	return due_ns != 0 && due_ns < beat_ns ? due_ns : beat_ns;
}

_Noreturn void
supervise(struct estate *estate)
{
	struct message message;
	struct received received;

	for (;;) {
		uint64_t due_ns = life_start_due(estate);

		life_tell(estate);
		/* Nobody else can tell whether who supervises all others still does. */
		(void)power_heartbeat(HANDLE_INITIAL(BOOT_SLOT_POWER), HEARTBEAT_PERIOD_MS);
		sys_deadline(heartbeat_or(due_ns));
		ipc_recv(HANDLE_ENDPOINT, &message, &received);
		if (received.kind == RECEIVED_MESSAGE) {
			handle_message(estate, &message, &received.caller);
		}
	}
}
