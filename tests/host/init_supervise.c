/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* init's supervision as a story of faults and deadlines: who is restarted, when, and who is not. */
/* test: servers/init/supervise.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "abi/abi.h"
#include "abi/system.h"
#include "gatehouse/ipc.h"
#include "gen/core/core_abi.h"
#include "servers/init/supervise.h"

#define MS UINT64_C(1000000)
#define S  UINT64_C(1000000000)

/* What init receives, in turn: at a time, of whom. */
struct event {
	uint64_t at_ns;
	uint32_t badge;
	uint16_t label;
	uint32_t method;
	uint32_t length;
};

static const struct event *events;
static uint32_t event_count;
static uint32_t event_next;
static jmp_buf story_end;

static uint64_t now_ns;
static uint64_t deadline_ns;
static uint32_t starts[4];
static uint32_t ends[4];
static uint32_t refuse_start_of = UINT32_MAX;
static uint32_t closed[4];
static uint32_t replies;
static uint64_t start_ns[4];

static struct estate estate;
static struct system_instance descriptions[3];

uint64_t
sys_clock(void)
{
	return now_ns;
}

uint32_t
sys_deadline(uint64_t wanted_ns)
{
	deadline_ns = wanted_ns;
	return E_OK;
}

uint32_t
instance_make(struct estate *all, uint32_t index)
{
	all->instances[index].endpoint = 100 + index;
	all->instances[index].state = INSTANCE_STOPPED;
	return E_OK;
}

uint32_t
instance_start(struct estate *all, uint32_t index)
{
	struct instance *instance = &all->instances[index];

	starts[index]++;
	start_ns[index] = now_ns;
	instance->incarnation++;
	if (index == refuse_start_of) {
		instance->state = INSTANCE_STOPPED;
		return E_DENIED;
	}
	instance->state = INSTANCE_RUNNING;
	instance->started_ns = now_ns;
	return E_OK;
}

void
instance_end(struct instance *instance)
{
	ends[instance - estate.instances]++;
	instance->state = INSTANCE_STOPPED;
}

uint32_t
ipc_call(uint32_t handle, uint32_t method, struct message *message)
{
	assert_int_equal(method, ENDPOINT_CLOSE);
	closed[handle - 100]++;
	message->info = 0;
	return E_OK;
}

uint32_t
ipc_reply(uint32_t handle, const struct message *message)
{
	assert_int_equal(handle, 0);
	assert_int_equal(message->info, 0);
	replies++;
	return E_OK;
}

void
ipc_recv(uint32_t endpoint, struct message *message, struct received *received)
{
	const struct event *event = &events[event_next];

	assert_int_equal(endpoint, HANDLE_ENDPOINT);
	memset(message, 0, sizeof(*message));
	memset(received, 0, sizeof(*received));
	if (deadline_ns != 0 && (event_next == event_count || deadline_ns < event->at_ns)) {
		now_ns = deadline_ns;
		received->kind = RECEIVED_FAILED;
		received->status = E_TIMEOUT;
		return;
	}
	if (event_next == event_count) {
		longjmp(story_end, 1);
	}
	event_next++;
	now_ns = event->at_ns;
	message->info = info_make(event->method, event->length);
	message->bytes[FAULT_REPORT_KIND_OFFSET] = FAULT_READ;
	received->caller.badge = event->badge;
	received->caller.label = event->label;
}

static void
tell(const struct event *story, uint32_t count)
{
	memset(&estate, 0, sizeof(estate));
	memset(starts, 0, sizeof(starts));
	memset(ends, 0, sizeof(ends));
	memset(closed, 0, sizeof(closed));
	replies = 0;
	now_ns = 1;
	deadline_ns = 0;
	events = story;
	event_count = count;
	event_next = 0;
	for (uint32_t i = 0; i < 3; i++) {
		descriptions[i].restart = i < 2;
	}
	estate.layout.instances = descriptions;
	estate.layout.instance_count = 3;
	supervise_start_all(&estate);
	if (setjmp(story_end) == 0) {
		supervise(&estate);
	}
}

#define FAULT(at, who)                                                                             \
	{                                                                                          \
		at, who, LABEL_KERNEL, FAULT_REPORT, FAULT_REPORT_CALL_BYTES                       \
	}
#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof((array)[0])))

/* 10 ms, 100 ms, 1 s, 1 s ...; and from the beginning after a long life. */
static void
test_backoff(void **state)
{
	static const struct event story[] = {
		FAULT(1 * S, 0),
		FAULT(1 * S + 20 * MS, 0),
		FAULT(1 * S + 200 * MS, 0),
		FAULT(3 * S, 0),
		FAULT(30 * S, 0),
	};
	const uint64_t expected[] = {
		1 * S + 10 * MS, 1 * S + 120 * MS, 2 * S + 200 * MS, 4 * S, 30 * S + 10 * MS};

	(void)state;
	for (uint32_t count = 1; count <= COUNT(story); count++) {
		tell(story, count);
		assert_int_equal(starts[0], count + 1);
		assert_int_equal(ends[0], count);
		assert_int_equal(start_ns[0], expected[count - 1]);
		assert_int_equal(starts[1], 1);
		assert_int_equal(closed[0], 0);
	}
}

static void
test_never(void **state)
{
	static const struct event story[] = {FAULT(1 * S, 2), FAULT(2 * S, 2)};

	(void)state;
	tell(story, COUNT(story));
	assert_int_equal(starts[2], 1);
	assert_int_equal(ends[2], 1);
	assert_int_equal(closed[2], 1);
	/* The second message is of a process that is no more: answered, and nothing done. */
	assert_int_equal(replies, 1);
}

static void
test_two_at_once(void **state)
{
	static const struct event story[] = {FAULT(1 * S, 0), FAULT(1 * S + 5 * MS, 1)};

	(void)state;
	tell(story, COUNT(story));
	assert_int_equal(start_ns[0], 1 * S + 10 * MS);
	assert_int_equal(start_ns[1], 1 * S + 15 * MS);
}

/* Messages that no kernel sends change nothing. */
static void
test_forged(void **state)
{
	static const struct event story[] = {
		{1 * S, 0, 5, FAULT_REPORT, FAULT_REPORT_CALL_BYTES},
		{2 * S, 3, LABEL_KERNEL, FAULT_REPORT, FAULT_REPORT_CALL_BYTES},
		{3 * S, UINT32_MAX, LABEL_KERNEL, FAULT_REPORT, FAULT_REPORT_CALL_BYTES},
		{4 * S, 0, LABEL_KERNEL, FAULT_REPORT + 1, FAULT_REPORT_CALL_BYTES},
		{5 * S, 0, LABEL_KERNEL, FAULT_REPORT, FAULT_REPORT_CALL_BYTES - 1},
	};

	(void)state;
	tell(story, COUNT(story));
	assert_int_equal(replies, COUNT(story));
	assert_int_equal(ends[0] + ends[1] + ends[2], 0);
}

static void
test_refused_start(void **state)
{
	static const struct event story[] = {FAULT(1 * S, 1)};

	(void)state;
	refuse_start_of = 0;
	tell(story, COUNT(story));
	refuse_start_of = UINT32_MAX;
	/* Not tried again, its clients do not wait, and the others run. */
	assert_int_equal(starts[0], 1);
	assert_int_equal(closed[0], 1);
	assert_int_equal(starts[1], 2);
	assert_int_equal(starts[2], 1);
}

static void
test_thousand(void **state)
{
	static struct event story[1000];

	(void)state;
	for (uint32_t i = 0; i < COUNT(story); i++) {
		story[i] = (struct event)FAULT((i + 1) * 5 * S, i % 2);
	}
	tell(story, COUNT(story));
	assert_int_equal(starts[0] + starts[1], 2 + 1000);
	assert_int_equal(ends[0] + ends[1], 1000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_backoff),
		cmocka_unit_test(test_never),
		cmocka_unit_test(test_two_at_once),
		cmocka_unit_test(test_forged),
		cmocka_unit_test(test_refused_start),
		cmocka_unit_test(test_thousand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
