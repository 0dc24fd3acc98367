/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* kernel/monitor.h without a policy. */
#include "fake_monitor.h"

#include <stdlib.h>
#include <string.h>

#include "core_abi.h"
#include "kernel/audit.h"
#include "kernel/monitor.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/slot.h"
#include "ksm/engine/plain.h"

struct fake_monitor fake_monitor;

#define METHODS      12
#define USER_METHODS 16 /* of every edge; 1 .. 16 */
#define RECORDED     4  /* at a shut edge: granted with a record */
/* A grant with a record, which the short way leaves to the long one. */
#define LONG_WAY (FORMAT_ACTION_GRANT | UINT32_C(1) << FORMAT_ACTION_AUDIT_SHIFT)

static struct {
	struct ksm_edge edges[FAKE_EDGES];
	struct ksm_entry rows[FAKE_EDGES * USER_METHODS];
} table;

static struct ksm_edge *const edges = table.edges;

/* Payload of each method, plus one: 0 is no method. */
static const uint8_t lengths[INTERFACE_SIGNAL + 1][METHODS] = {
	[KIND_UNTYPED] = {[UNTYPED_RETYPE] = UNTYPED_RETYPE_CALL_BYTES + 1,
		[UNTYPED_RESET] = UNTYPED_RESET_CALL_BYTES + 1,
		[UNTYPED_INFO] = UNTYPED_INFO_CALL_BYTES + 1},
	[KIND_PROCESS] = {[PROCESS_GRANT] = PROCESS_GRANT_CALL_BYTES + 1,
		[PROCESS_MAP] = PROCESS_MAP_CALL_BYTES + 1,
		[PROCESS_UNMAP] = PROCESS_UNMAP_CALL_BYTES + 1,
		[PROCESS_CONFIGURE] = PROCESS_CONFIGURE_CALL_BYTES + 1,
		[PROCESS_START] = PROCESS_START_CALL_BYTES + 1,
		[PROCESS_STOP] = PROCESS_STOP_CALL_BYTES + 1,
		[PROCESS_EXIT] = PROCESS_EXIT_CALL_BYTES + 1,
		[PROCESS_DELETE] = PROCESS_DELETE_CALL_BYTES + 1,
		[PROCESS_REVOKE] = PROCESS_REVOKE_CALL_BYTES + 1,
		[PROCESS_MOVE] = PROCESS_MOVE_CALL_BYTES + 1},
	[KIND_THREAD] = {[THREAD_CONFIGURE] = THREAD_CONFIGURE_CALL_BYTES + 1,
		[THREAD_START] = THREAD_START_CALL_BYTES + 1,
		[THREAD_STOP] = THREAD_STOP_CALL_BYTES + 1,
		[THREAD_BIND] = THREAD_BIND_CALL_BYTES + 1,
		[THREAD_CANCEL] = THREAD_CANCEL_CALL_BYTES + 1},
	[KIND_ENDPOINT] = {[ENDPOINT_RESTART] = ENDPOINT_RESTART_CALL_BYTES + 1,
		[ENDPOINT_CLOSE] = ENDPOINT_CLOSE_CALL_BYTES + 1},
	[KIND_NOTIFICATION] = {[NOTIFICATION_CLEAR] = NOTIFICATION_CLEAR_CALL_BYTES + 1,
		[NOTIFICATION_SIGNAL] = NOTIFICATION_SIGNAL_CALL_BYTES + 1},
	[KIND_FRAME] = {[FRAME_MAP] = FRAME_MAP_CALL_BYTES + 1,
		[FRAME_UNMAP] = FRAME_UNMAP_CALL_BYTES + 1,
		[FRAME_SEAL] = FRAME_SEAL_CALL_BYTES + 1},
	[KIND_IRQ] = {[IRQ_BIND] = IRQ_BIND_CALL_BYTES + 1,
		[IRQ_ACKNOWLEDGE] = IRQ_ACKNOWLEDGE_CALL_BYTES + 1,
		[IRQ_COUNTS] = IRQ_COUNTS_CALL_BYTES + 1},
	[KIND_REPLY] =
		{[REPLY_HOLD] = REPLY_HOLD_CALL_BYTES + 1, [REPLY_ASK] = REPLY_ASK_CALL_BYTES + 1},
	[KIND_AUDIT] = {[AUDIT_EDGE] = AUDIT_EDGE_CALL_BYTES + 1,
		[AUDIT_PANIC] = AUDIT_PANIC_CALL_BYTES + 1},
	[KIND_TRACE] = {[TRACE_START] = TRACE_START_CALL_BYTES + 1,
		[TRACE_STOP] = TRACE_STOP_CALL_BYTES + 1},
	[INTERFACE_FAULT] = {[FAULT_REPORT] = FAULT_REPORT_CALL_BYTES + 1},
	[INTERFACE_SIGNAL] = {[SIGNAL_SIGNAL] = SIGNAL_SIGNAL_CALL_BYTES + 1},
};

uint32_t
fake_monitor_length(uint32_t interface, uint32_t method)
{
	if (interface > INTERFACE_SIGNAL || method >= METHODS || lengths[interface][method] == 0) {
		return FAKE_NO_METHOD;
	}
	return lengths[interface][method] - 1u;
}

/* The one thing that the kernel relies on: its own interfaces get no message of another shape. */
static bool
has_shape(const struct call *call)
{
	uint16_t interface = edges[call->edge].interface;
	uint32_t method = info_method(call->info);
	uint32_t length = fake_monitor_length(interface, method);
	bool has_tail = interface == KIND_REPLY && method == REPLY_ASK;

	return interface >= INTERFACE_USER || length == info_length(call->info) ||
	       (has_tail && length < info_length(call->info));
}

/* The kernel asked about an edge that it was never given. */
static void
require(bool condition)
{
	if (!condition) {
		abort();
	}
}

void
fake_monitor_reset(void)
{
	uint32_t kept = fake_monitor.kept_edges;

	fake_monitor = (struct fake_monitor){.edges = kept, .kept_edges = kept};
}

void
monitor_init(const uint8_t *blob, size_t length_bytes, void *memory)
{
	(void)blob;
	(void)length_bytes;
	(void)memory;
}

/* If the test wants it, rows of messages and signals between processes grant every length plainly,
 * but two edges in five grant nothing. */
static bool
is_for_users(uint32_t number)
{
	return fake_monitor.is_plain && (edges[number].interface >= INTERFACE_USER ||
						edges[number].interface == INTERFACE_SIGNAL);
}

static bool
is_shut(uint32_t number)
{
	return is_for_users(number) && number % 5 >= 3;
}

/* Methods of a shut edge: some for a program, which grants them, else forbidden or named by no
 * rule. */
static uint32_t
shut_action(uint32_t method)
{
	if (method % 4 == 0) {
		return FORMAT_ACTION_RUN;
	}
	return method % 2 == 0 ? 0 : 7;
}

/* Of what a program decides about, some carry: a handle, a lease, a lease and a handle. */
static uint32_t
shut_shape(uint32_t number, uint32_t method)
{
	const uint32_t handle = UINT32_C(1) << FORMAT_SHAPE_CALL_HANDLES;
	const uint32_t lease = UINT32_C(2) << FORMAT_SHAPE_MORE_SHIFT; /* that the server reads */

	if (!is_shut(number) || edges[number].interface < INTERFACE_USER) {
		return 0;
	}
	switch (method) {
	case 8:
		return handle | format_shape(4, 0);
	case 12:
		return lease | format_shape(4, 0);
	case 16:
		return lease | handle | format_shape(8, 0);
	default:
		return 0;
	}
}

static void
rows_make(uint32_t number)
{
	uint32_t more = is_for_users(number) && !is_shut(number) ? 0 : KSM_NOT_PLAIN;
	uint32_t most = MESSAGE_BYTES_MAX + 1;

	for (uint32_t method = 1; method <= USER_METHODS; method++) {
		uint32_t shape = shut_shape(number, method);
		uint32_t low = format_shape_low(shape);
		uint32_t action = is_shut(number) ? shut_action(method) : LONG_WAY;

		action |= shape >> FORMAT_SHAPE_MORE_SHIFT << KSM_SHAPE_SHIFT;
		*ksm_entry_at(&edges[number], method) = (struct ksm_entry){
			.lengths = {ksm_lengths(low, most - low, more), ksm_lengths(0, most, more)},
			.action[KSM_CALL] = action};
	}
}

static void
edge_make(uint32_t number, uint16_t holder, uint16_t target, uint16_t interface)
{
	edges[number] = (struct ksm_edge){.holder = holder,
		.target = target,
		.interface = interface,
		.methods = USER_METHODS,
		.first = 2 * FAKE_EDGES + number * USER_METHODS - 1};
	rows_make(number);
}

void
fake_monitor_set_plain(void)
{
	fake_monitor.is_plain = true;
	for (uint32_t i = 0; i < fake_monitor.edges; i++) {
		rows_make(i);
	}
}

uint32_t
fake_monitor_plain(enum ksm_event event)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i < fake_monitor.edges * USER_METHODS; i++) {
		sum += table.rows[i].granted[event];
	}
	return sum;
}

uint32_t
monitor_edge(uint32_t holder, uint32_t target, uint32_t interface)
{
	uint32_t i = 0;

	if (interface == fake_monitor.closed_interface) {
		return SLOT_NO_EDGE;
	}
	while (i < fake_monitor.edges && (edges[i].holder != holder || edges[i].target != target ||
						 edges[i].interface != interface)) {
		i++;
	}
	if (i == FAKE_EDGES) {
		return SLOT_NO_EDGE;
	}
	if (i == fake_monitor.edges) {
		edge_make(i, (uint16_t)holder, (uint16_t)target, (uint16_t)interface);
		fake_monitor.edges++;
	}
	return i;
}

const struct ksm_edge *
monitor_edge_at(uint32_t number)
{
	return number < fake_monitor.edges ? &edges[number] : NULL;
}

uint32_t
monitor_edges(void)
{
	return FAKE_EDGES;
}

uint32_t
monitor_instances(void)
{
	return FAKE_INSTANCES;
}

uint32_t
monitor_epoch(void)
{
	return fake_monitor.epoch;
}

struct ksm_edge *
monitor_table(void)
{
	return edges;
}

uint32_t
monitor_shape(uint32_t edge, enum ksm_event event, uint32_t method)
{
	require(edge < fake_monitor.edges && event <= KSM_REPLY);
	if (event == KSM_CALL && is_shut(edge)) {
		return shut_shape(edge, method);
	}
	return edges[edge].interface < INTERFACE_USER ? 0 : fake_monitor.shapes[event];
}

static void
record_shut(const struct thread *caller, enum ksm_reason reason, uint16_t rule)
{
	const struct call *call = &caller->call;
	const struct ksm_edge *edge = &edges[call->edge];
	struct audit_record record = {
		.handle = call->handle,
		.badge = call->badge,
		.label = thread_call_label(caller),
		.instance = caller->process->instance,
		.target = edge->target,
		.interface = edge->interface,
		.method = (uint16_t)info_method(call->info),
		.rule = rule,
		.field = UINT16_MAX,
		.event = KSM_CALL,
		.reason = (uint8_t)reason,
	};

	audit_write(&record, call->edge);
}

/* As the real monitor denies by the table alone. */
static void
deny_shut(const struct thread *caller)
{
	uint16_t rule = (uint16_t)shut_action(info_method(caller->call.info));
	enum ksm_reason reason = rule == 0 ? KSM_DEFAULT : KSM_FORBID;

	ksm_count_denial(&edges[caller->call.edge], reason);
	record_shut(caller, reason, rule);
}

bool
monitor_judge_request(struct thread *caller, const uint8_t *bytes)
{
	uint32_t length = info_length(caller->call.info);

	require(caller->call.edge < fake_monitor.edges);
	memcpy(fake_monitor.request, bytes,
		length < sizeof(fake_monitor.request) ? length : sizeof(fake_monitor.request));
	if (is_shut(caller->call.edge) &&
		shut_action(info_method(caller->call.info)) != FORMAT_ACTION_RUN) {
		deny_shut(caller);
		return false;
	}
	if (is_shut(caller->call.edge) && length < format_shape_low(shut_shape(caller->call.edge,
							   info_method(caller->call.info)))) {
		return false;
	}
	fake_monitor.requests++;
	if (fake_monitor.deny_requests || !has_shape(&caller->call)) {
		if (fake_monitor.told != NULL) {
			notification_signal(fake_monitor.told, 1);
		}
		return false;
	}
	if (is_shut(caller->call.edge) && info_method(caller->call.info) == RECORDED) {
		record_shut(caller, KSM_GRANTED, 7);
	}
	/* Here all rows of an edge are equal. */
	caller->call.row = ksm_entry_at(&edges[caller->call.edge], 1);
	caller->call.epoch = fake_monitor.epoch;
	return true;
}

bool
monitor_grants_at(struct thread *caller, struct ksm_entry *row, const uint8_t *bytes)
{
	uint32_t method = info_method(caller->call.info);
	require(row == ksm_entry_at(&edges[caller->call.edge], method));
	/* As the long way, but for what is recorded or denied. */
	return method != RECORDED && !fake_monitor.deny_requests &&
	       monitor_judge_request(caller, bytes);
}

bool
monitor_ask(const struct thread *client, uint16_t target, uint16_t interface, uint32_t info,
	const uint8_t *bytes)
{
	uint32_t length = info_length(info);

	fake_monitor.asks++;
	fake_monitor.asked_client = thread_call_label(client);
	fake_monitor.asked_target = target;
	fake_monitor.asked_interface = interface;
	fake_monitor.asked_info = info;
	memcpy(fake_monitor.asked, bytes,
		length < sizeof(fake_monitor.asked) ? length : sizeof(fake_monitor.asked));
	return !fake_monitor.deny_asks;
}

bool
monitor_judge_reply(
	struct thread *server, struct thread *caller, uint32_t info, const uint8_t *bytes)
{
	(void)server;
	(void)info;
	(void)bytes;
	require(caller->call.edge < fake_monitor.edges);
	fake_monitor.replies++;
	return !fake_monitor.deny_replies;
}

bool
monitor_judge_signal(struct thread *thread, const struct slot *slot)
{
	(void)thread;
	require(slot->edge < fake_monitor.edges);
	fake_monitor.signals++;
	return !fake_monitor.deny_signals && !is_shut(slot->edge);
}

void
monitor_refuse(struct thread *thread, uint32_t handle, const struct slot *slot,
	enum ksm_event event, uint32_t method, enum ksm_reason reason)
{
	(void)thread;
	(void)slot;
	(void)event;
	(void)method;
	fake_monitor.refusals++;
	fake_monitor.refused_handle = handle;
	fake_monitor.refused_reason = (uint8_t)reason;
}

bool
monitor_passes(uint32_t edge, uint32_t badge, bool goes)
{
	(void)badge;
	if (edge == SLOT_NO_EDGE) {
		return true;
	}
	if (goes || fake_monitor.places == 1) {
		fake_monitor.went += goes;
		return goes;
	}
	fake_monitor.places -= fake_monitor.places != 0;
	fake_monitor.came++;
	return true;
}

void
monitor_refuse_share(const struct thread *sender, const struct slot *slot, uint16_t receiver)
{
	(void)sender;
	(void)receiver;
	fake_monitor.refusals++;
	fake_monitor.refused_handle = slot->handle;
	fake_monitor.refused_reason = KSM_DEFAULT;
}

void
monitor_refuse_reply(struct thread *server, struct thread *caller, uint32_t info)
{
	(void)server;
	(void)caller;
	(void)info;
	fake_monitor.refusals++;
	fake_monitor.refused_reason = KSM_SHAPE;
}

void
monitor_abort(struct thread *caller)
{
	(void)caller;
	fake_monitor.aborts++;
}

uint32_t
monitor_restart(uint16_t label, uint32_t from)
{
	(void)label;
	if (from < fake_monitor.restart_steps) {
		return from + 1;
	}
	fake_monitor.restarts++;
	return 0;
}

uint32_t
monitor_policies(void)
{
	return FAKE_POLICIES;
}

uint32_t
monitor_policy(void)
{
	return fake_monitor.policy;
}

uint64_t
monitor_policy_version(uint32_t number)
{
	require(number < FAKE_POLICIES);
	return fake_monitor.versions[number];
}

enum ksm_swapped
monitor_swap_step(uint32_t number, bool may_forget)
{
	require(number < FAKE_POLICIES);
	if (fake_monitor.forgets && !may_forget) {
		return KSM_SWAP_FORGETS;
	}
	fake_monitor.policy = number;
	fake_monitor.epoch++;
	return KSM_SWAP_DONE;
}

bool
monitor_is_stale(void)
{
	return fake_monitor.is_stale;
}
