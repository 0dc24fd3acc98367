/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* kernel/monitor.h without a policy. */
#include "fake_monitor.h"

#include <stdlib.h>
#include <string.h>

#include "kernel/monitor.h"
#include "kernel/slot.h"

struct fake_monitor fake_monitor;

static struct ksm_edge edges[FAKE_EDGES];

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
	fake_monitor = (struct fake_monitor){.edges = fake_monitor.edges};
}

void
monitor_init(const uint8_t *blob, size_t length_bytes, void *memory)
{
	(void)blob;
	(void)length_bytes;
	(void)memory;
}

uint32_t
monitor_edge(uint16_t holder, uint16_t target, uint16_t interface)
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
		edges[i] = (struct ksm_edge){
			.holder = holder, .target = target, .interface = interface, .methods = 16};
		fake_monitor.edges++;
	}
	return i;
}

const struct ksm_edge *
monitor_edge_at(uint32_t number)
{
	return number < fake_monitor.edges ? &edges[number] : NULL;
}

uint64_t
monitor_granted(const struct ksm_edge *edge)
{
	(void)edge;
	return fake_monitor.requests + fake_monitor.replies;
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

bool
monitor_judge_request(struct thread *caller, const uint8_t *bytes)
{
	uint32_t length = info_length(caller->call.info);

	require(caller->call.edge < fake_monitor.edges);
	memcpy(fake_monitor.request, bytes,
		length < sizeof(fake_monitor.request) ? length : sizeof(fake_monitor.request));
	fake_monitor.requests++;
	return !fake_monitor.deny_requests;
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
	return !fake_monitor.deny_signals;
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

void
monitor_refuse_reply(struct thread *server, struct thread *caller, uint32_t info)
{
	(void)server;
	(void)caller;
	(void)info;
	fake_monitor.refusals++;
	fake_monitor.refused_reason = KSM_SHAPE;
}
