/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* init's supervision as a story of faults and deadlines: who is restarted, when, and who is not. */
/* test: servers/init/supervise.c servers/init/serve.c servers/init/life.c servers/init/restart.c
 *       servers/init/report.c libc-glue/status.c tests/host/support/no_words.c */
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
#include "abi/process.h"
#include "gen/core/core_abi.h"
#include "servers/init/life.h"
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
	bool is_good_exit;
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

static uint32_t resets;
static uint32_t beats;
static uint32_t told;

static struct estate estate;
static struct instance rows[INSTANCES_MAX];
static struct system_instance descriptions[3]; /* of no template */
static struct system_restart restarts[3];
static const uint16_t members[] = {0, 1, 2};
static struct system_group groups[2];

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
		instance->step = STEP_JUDGED;
		instance->status = E_DENIED;
		return E_DENIED;
	}
	instance->status = E_OK;
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
	if (handle == HANDLE_INITIAL(BOOT_SLOT_POWER)) {
		if (method == POWER_HEARTBEAT) {
			beats++;
			message->info = 0;
			return E_OK;
		}
		if (method == POWER_TELL) {
			static const char text[] =
				"init: name does not run: the digest of its program: "
				"the policy does not allow it\n";

			assert_int_equal(info_length(message->info),
				POWER_TELL_CALL_BYTES + sizeof(text) - 1);
			assert_memory_equal(
				message->bytes + POWER_TELL_CALL_BYTES, text, sizeof(text) - 1);
			told++;
			message->info = 0;
			return E_OK;
		}
		assert_int_equal(method, POWER_RESET);
		resets++;
		longjmp(story_end, 1); /* nothing comes behind it */
	}
	assert_int_equal(method, ENDPOINT_CLOSE);
	closed[handle - 100]++;
	message->info = 0;
	return E_OK;
}

uint32_t
ipc_reply(uint32_t handle, const struct message *message)
{
	(void)message;
	assert_int_equal(handle, 0);
	replies++;
	return E_OK;
}

static bool
is_due(void)
{
	for (uint32_t i = 0; i < 3; i++) {
		if (estate.instances[i].state == INSTANCE_WAITING) {
			return true;
		}
	}
	return false;
}

void
ipc_recv(uint32_t endpoint, struct message *message, struct received *received)
{
	const struct event *event = &events[event_next];

	assert_int_equal(endpoint, HANDLE_ENDPOINT);
	memset(message, 0, sizeof(*message));
	memset(received, 0, sizeof(*received));
	/* It wakes up in time for its next sign of life, whatever else is due. */
	assert_in_range(deadline_ns, 1, now_ns + 1 * S);
	if (event_next == event_count ? is_due() : deadline_ns < event->at_ns) {
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
	message->bytes[FAULT_REPORT_KIND_OFFSET] = event->is_good_exit ? FAULT_EXIT : FAULT_READ;
	received->caller.badge = event->badge;
	received->caller.label = event->label;
}

/* The two of the demonstration: for ever, and never. */
static void
plain_policies(void)
{
	memset(groups, 0, sizeof(groups));
	for (uint32_t i = 0; i < 3; i++) {
		restarts[i] = (struct system_restart){
			.mode = i < 2 ? SYSTEM_RESTART_ALWAYS : SYSTEM_RESTART_NEVER,
			.after_ms = 10,
			.after_most_ms = 1000,
			.period_ms = 10000,
		};
	}
}

static void
tell(const struct event *story, uint32_t count)
{
	memset(&estate, 0, sizeof(estate));
	memset(rows, 0, sizeof(rows));
	estate.instances = rows;
	memset(starts, 0, sizeof(starts));
	memset(ends, 0, sizeof(ends));
	memset(closed, 0, sizeof(closed));
	replies = 0;
	resets = 0;
	told = 0;
	now_ns = 1;
	deadline_ns = 0;
	events = story;
	event_count = count;
	event_next = 0;
	estate.layout.strings = "name";
	estate.layout.instances = descriptions;
	estate.layout.restarts = restarts;
	estate.layout.groups = groups;
	estate.layout.group_count = 2;
	estate.layout.members = members;
	estate.layout.instance_count = 3;
	if (setjmp(story_end) == 0) {
		life_start_all(&estate);
		supervise(&estate);
	}
}

#define FAULT(at, who)                                                                             \
	{                                                                                          \
		at, who, LABEL_KERNEL, FAULT_REPORT, FAULT_REPORT_CALL_BYTES, false                \
	}
#define EXIT(at, who)                                                                              \
	{                                                                                          \
		at, who, LABEL_KERNEL, FAULT_REPORT, FAULT_REPORT_CALL_BYTES, true                 \
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
	plain_policies();
	for (uint32_t count = 1; count <= COUNT(story); count++) {
		tell(story, count);
		assert_int_equal(starts[0], count + 1);
		assert_int_equal(ends[0], count);
		assert_int_equal(start_ns[0], expected[count - 1]);
		assert_int_equal(starts[1], 1);
		assert_int_equal(closed[0], 0);
	}
}

/* Once a second at least, though nothing happens. */
static void
test_heartbeat(void **state)
{
	static const struct event story[] = {FAULT(100 * S, 2)};

	(void)state;
	plain_policies();
	beats = 0;
	tell(story, COUNT(story));
	assert_in_range(beats, 100, 110);
}

static void
test_never(void **state)
{
	static const struct event story[] = {FAULT(1 * S, 2), FAULT(2 * S, 2)};

	(void)state;
	plain_policies();
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
	plain_policies();
	tell(story, COUNT(story));
	assert_int_equal(start_ns[0], 1 * S + 10 * MS);
	assert_int_equal(start_ns[1], 1 * S + 15 * MS);
}

/* Messages that no kernel sends change nothing. */
static void
test_forged(void **state)
{
	static const struct event story[] = {
		{1 * S, 0, 5, FAULT_REPORT, FAULT_REPORT_CALL_BYTES, false},
		{2 * S, 3, LABEL_KERNEL, FAULT_REPORT, FAULT_REPORT_CALL_BYTES, false},
		{3 * S, UINT32_MAX, LABEL_KERNEL, FAULT_REPORT, FAULT_REPORT_CALL_BYTES, false},
		{4 * S, 0, LABEL_KERNEL, FAULT_REPORT + 1, FAULT_REPORT_CALL_BYTES, false},
		{5 * S, 0, LABEL_KERNEL, FAULT_REPORT, FAULT_REPORT_CALL_BYTES - 1, false},
	};

	(void)state;
	plain_policies();
	tell(story, COUNT(story));
	assert_int_equal(replies, COUNT(story));
	assert_int_equal(ends[0] + ends[1] + ends[2], 0);
}

static void
test_refused_start(void **state)
{
	static const struct event story[] = {FAULT(1 * S, 1)};

	(void)state;
	plain_policies();
	refuse_start_of = 0;
	tell(story, COUNT(story));
	refuse_start_of = UINT32_MAX;
	/* Not tried again, its clients do not wait, and the others run. */
	assert_int_equal(starts[0], 1);
	assert_int_equal(closed[0], 1);
	assert_int_equal(starts[1], 2);
	assert_int_equal(starts[2], 1);
	assert_int_equal(told, 1);
	assert_int_equal(resets, 0);
}

static void
test_thousand(void **state)
{
	static struct event story[1000];

	(void)state;
	plain_policies();
	for (uint32_t i = 0; i < COUNT(story); i++) {
		story[i] = (struct event)FAULT((i + 1) * 5 * S, i % 2);
	}
	tell(story, COUNT(story));
	assert_int_equal(starts[0] + starts[1], 2 + 1000);
	assert_int_equal(ends[0] + ends[1], 1000);
}

/* An exit with code 0 is no failure. */
static void
test_on_failure(void **state)
{
	static const struct event story[] = {FAULT(1 * S, 0), EXIT(2 * S, 0)};

	(void)state;
	plain_policies();
	restarts[0].mode = SYSTEM_RESTART_FAILURE;
	tell(story, COUNT(story));
	assert_int_equal(starts[0], 2);
	assert_int_equal(closed[0], 1);
	assert_int_equal(estate.instances[0].state, INSTANCE_STOPPED);
}

/* At most two within 10 s: the third of a row is the end, the third in a long time is not. */
static void
test_limit(void **state)
{
	static const struct event fast[] = {FAULT(1 * S, 0), FAULT(2 * S, 0), FAULT(5 * S, 0)};
	static const struct event slow[] = {FAULT(1 * S, 0), FAULT(2 * S, 0), FAULT(12 * S, 0)};

	(void)state;
	plain_policies();
	restarts[0].limit = 2;
	tell(fast, COUNT(fast));
	assert_int_equal(starts[0], 3);
	assert_int_equal(closed[0], 1);
	tell(slow, COUNT(slow));
	assert_int_equal(starts[0], 4);
	assert_int_equal(closed[0], 0);
}

/* One restart each; then both of the group; then all but the last stop; then the machine. */
static void
escalating_policies(void)
{
	plain_policies();
	for (uint32_t i = 0; i < 2; i++) {
		restarts[i].limit = 1;
		restarts[i].step = SYSTEM_STEP_GROUP;
	}
	restarts[2].mode = SYSTEM_RESTART_ALWAYS;
	restarts[2].limit = 1;
	restarts[2].step = SYSTEM_STEP_RESET;
	groups[0] = (struct system_group){.member_count = 2, .restart = restarts[1]};
	groups[0].restart.step = SYSTEM_STEP_SAFE;
	groups[0].restart.group = 1;
	groups[1] = (struct system_group){.first_member = 2, .member_count = 1};
}

/* What its policy names for the case that restarts are no help, at boot as later. */
static void
test_refused_start_escalates(void **state)
{
	(void)state;
	escalating_policies();
	refuse_start_of = 2;
	tell(NULL, 0);
	assert_int_equal(told, 1);
	assert_int_equal(resets, 1);
	assert_int_equal(starts[0] + starts[1], 2);

	refuse_start_of = 0;
	tell(NULL, 0);
	refuse_start_of = UINT32_MAX;
	/* Its group anew, which is no help; then only the other group is left. */
	assert_int_equal(told, 1);
	assert_int_equal(starts[0], 2);
	assert_int_equal(starts[1], 1); /* it was due behind the one that failed again */
	assert_int_equal(starts[2], 1);
	assert_true(estate.is_safe);
	assert_int_equal(estate.instances[1].state, INSTANCE_STOPPED);
	assert_int_equal(estate.instances[2].state, INSTANCE_RUNNING);
	assert_int_equal(resets, 0);
}

static void
test_group(void **state)
{
	static const struct event story[] = {FAULT(1 * S, 0), FAULT(2 * S, 0), FAULT(3 * S, 0)};

	(void)state;
	escalating_policies();
	tell(story, COUNT(story));
	/* Its own, then with its group, then its own again: a group begins a new record. */
	assert_int_equal(starts[0], 4);
	assert_int_equal(starts[1], 2);
	assert_int_equal(ends[1], 1);
	assert_int_equal(starts[2], 1);
	assert_int_equal(start_ns[1], 2 * S + 10 * MS);
	assert_int_equal(estate.instances[0].state, INSTANCE_RUNNING);
}

static void
test_safe_mode_and_reset(void **state)
{
	static const struct event story[] = {
		FAULT(1 * S, 0), FAULT(2 * S, 0), /* the group */
		FAULT(3 * S, 1), FAULT(4 * S, 1), /* safe mode */
		FAULT(5 * S, 2), FAULT(6 * S, 2), /* reset */
	};

	(void)state;
	escalating_policies();
	tell(story, 4);
	assert_true(estate.is_safe);
	assert_int_equal(estate.instances[0].state, INSTANCE_STOPPED);
	assert_int_equal(estate.instances[1].state, INSTANCE_STOPPED);
	assert_int_equal(estate.instances[2].state, INSTANCE_RUNNING);
	assert_int_equal(starts[2], 1);
	assert_int_equal(resets, 0);
	tell(story, COUNT(story));
	assert_int_equal(starts[2], 2);
	assert_int_equal(resets, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_backoff),
		cmocka_unit_test(test_heartbeat),
		cmocka_unit_test(test_never),
		cmocka_unit_test(test_two_at_once),
		cmocka_unit_test(test_forged),
		cmocka_unit_test(test_refused_start),
		cmocka_unit_test(test_thousand),
		cmocka_unit_test(test_on_failure),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_group),
		cmocka_unit_test(test_safe_mode_and_reset),
		cmocka_unit_test(test_refused_start_escalates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
