/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* init as a server: each wish in each state of an instance, and numbers that name nobody. */
/* test: servers/init/serve.c servers/init/life.c servers/init/report.c
 *       servers/init/restart.c libc-glue/status.c */
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
#include "gen/init/supervisor.h"
#include "servers/init/life.h"
#include "servers/init/serve.h"

#define COUNT 4u /* of instances: two plain ones, a template of two */

static struct estate estate;
static struct instance rows[INSTANCES_MAX];
static struct system_instance instances[COUNT];
static struct system_restart restarts[COUNT];
static uint32_t starts[COUNT];
static uint32_t closes;
static uint32_t refused = UINT32_MAX;
static uint32_t refused_status;
static uint32_t signals; /* to whoever asked for children */
static char lent[] = "afirst\0asecond";

uint64_t
sys_clock(void)
{
	return 1000;
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
	starts[index]++;
	all->instances[index].incarnation++;
	all->instances[index].state = index == refused ? INSTANCE_STOPPED : INSTANCE_RUNNING;
	return index == refused ? refused_status : E_OK;
}

bool
instance_has_room(const struct estate *all, uint32_t index)
{
	(void)index;
	return all->words_bytes < 3000;
}

uint32_t
lease_read(const struct lease *lease, uint32_t offset_bytes, void *to, uint32_t length_bytes)
{
	assert_int_equal(lease->index, 0);
	assert_int_equal(offset_bytes, 0);
	memset(to, 0, length_bytes);
	memcpy(to, lent, length_bytes < sizeof(lent) ? length_bytes : sizeof(lent));
	return length_bytes == 13 ? E_LEASE : E_OK;
}

void
instance_end(struct instance *instance)
{
	instance->state = INSTANCE_STOPPED;
}

/* Endpoints are closed, and nothing else is asked of the kernel. */
uint32_t
ipc_call(uint32_t handle, uint32_t method, struct message *message)
{
	if (handle == 201) {
		assert_int_equal(method, NOTIFICATION_SIGNAL);
		signals++;
		message->info = 0;
		return E_OK;
	}
	if (handle == 301 || handle == 302) {
		const uint64_t answer[] = {handle == 301 ? 1000 : 20, handle == 301 ? 5000 : 300};

		assert_int_equal(method, UNTYPED_INFO);
		memcpy(message->bytes, answer, sizeof(answer));
		message->info = info_make(0, sizeof(answer));
		return E_OK;
	}
	assert_in_range(handle, 100, 100 + COUNT - 1);
	closes++;
	message->info = 0;
	return E_OK;
}

static int
setup(void **state)
{
	(void)state;
	memset(&estate, 0, sizeof(estate));
	memset(rows, 0, sizeof(rows));
	estate.instances = rows;
	memset(starts, 0, sizeof(starts));
	refused = UINT32_MAX;
	refused_status = E_DENIED;
	signals = 0;
	for (uint32_t i = 0; i < COUNT; i++) {
		instances[i] = (struct system_instance){
			.instance = (uint16_t)(i + 1), .template = i < 2 ? 0 : 3};
		restarts[i] = (struct system_restart){.mode = SYSTEM_RESTART_ALWAYS,
			.after_ms = 10,
			.after_most_ms = 10,
			.period_ms = 1000};
	}
	estate.layout.instances = instances;
	estate.layout.restarts = restarts;
	estate.layout.instance_count = COUNT;
	estate.layout.strings = "name";
	life_start_all(&estate);
	estate.instances[1].notification = 201;
	closes = 0;
	return 0;
}

/* The status of the answer; its first bytes in answer, if there are any. */
static uint32_t
ask(uint32_t method, uint16_t who, struct message *answer)
{
	const struct caller caller = {.label = 7};

	memset(answer, 0, sizeof(*answer));
	memcpy(answer->bytes, &who, sizeof(who));
	answer->info = info_make(method, sizeof(who));
	serve(&estate, &caller, answer);
	uint32_t status = info_method(answer->info);
	return status == 0 ? E_OK : 0x100 + status;
}

static uint32_t
wish(uint32_t method, uint16_t who)
{
	struct message answer;

	return ask(method, who, &answer);
}

static void
test_stop_and_start(void **state)
{
	(void)state;
	assert_int_equal(wish(SUPERVISOR_STOP, 1), E_OK);
	assert_int_equal(estate.instances[0].state, INSTANCE_STOPPED);
	assert_true(estate.instances[0].is_held);
	assert_int_equal(closes, 1);
	assert_int_equal(wish(SUPERVISOR_STOP, 1), SUPERVISOR_ERROR_IDLE);
	assert_int_equal(wish(SUPERVISOR_KILL, 1), SUPERVISOR_ERROR_IDLE);
	assert_int_equal(wish(SUPERVISOR_START, 1), E_OK);
	assert_false(estate.instances[0].is_held);
	assert_int_equal(wish(SUPERVISOR_START, 1), SUPERVISOR_ERROR_BUSY);
	assert_int_equal(starts[0], 2);
	assert_int_equal(starts[1], 1);
}

static void
test_kill(void **state)
{
	(void)state;
	assert_int_equal(wish(SUPERVISOR_KILL, 1), E_OK);
	assert_int_equal(estate.instances[0].state, INSTANCE_WAITING);
	assert_int_equal(wish(SUPERVISOR_START, 1), SUPERVISOR_ERROR_BUSY);
	/* One that waits can be stopped, too. */
	assert_int_equal(wish(SUPERVISOR_STOP, 1), E_OK);
	assert_int_equal(estate.instances[0].state, INSTANCE_STOPPED);
}

static void
test_restart(void **state)
{
	(void)state;
	assert_int_equal(wish(SUPERVISOR_RESTART, 2), E_OK);
	assert_int_equal(starts[1], 2);
	refused = 1;
	assert_int_equal(wish(SUPERVISOR_RESTART, 2), SUPERVISOR_ERROR_FAILED);
	assert_int_equal(wish(SUPERVISOR_START, 2), SUPERVISOR_ERROR_FAILED);
	assert_int_equal(estate.instances[1].state, INSTANCE_STOPPED);
}

static void
test_spawn(void **state)
{
	struct message answer;

	(void)state;
	assert_int_equal(starts[2] + starts[3], 0);
	assert_true(estate.instances[2].is_closed);
	assert_int_equal(ask(SUPERVISOR_SPAWN, 4, &answer), E_OK);
	assert_int_equal(answer.bytes[0], 3);
	assert_int_equal(ask(SUPERVISOR_SPAWN, 3, &answer), E_OK);
	assert_int_equal(answer.bytes[0], 4);
	assert_int_equal(wish(SUPERVISOR_SPAWN, 3), SUPERVISOR_ERROR_FULL);
	assert_int_equal(wish(SUPERVISOR_SPAWN, 1), SUPERVISOR_ERROR_ALONE);
	assert_int_equal(wish(SUPERVISOR_STOP, 3), E_OK);
	assert_int_equal(ask(SUPERVISOR_SPAWN, 4, &answer), E_OK);
	assert_int_equal(answer.bytes[0], 3);
}

/* --- children ------------------------------------------------------------------------------- */

#define PARENT 1u

static uint32_t
run_child(uint16_t of, uint16_t parent, uint32_t words_bytes, uint32_t *child)
{
	const struct caller caller = {.label = 7, .instance = 2};
	struct message message;

	memset(&message, 0, sizeof(message));
	memcpy(message.bytes, &words_bytes, 4);
	memcpy(message.bytes + 4, &of, 2);
	memcpy(message.bytes + 6, &parent, 2);
	message.info = info_make(SUPERVISOR_RUN, 8);
	serve(&estate, &caller, &message);
	memcpy(child, message.bytes, 4);
	return info_method(message.info) == 0 ? E_OK : 0x100 + info_method(message.info);
}

static uint32_t
ended(uint16_t parent, uint32_t child, bool forget, struct message *answer)
{
	const struct caller caller = {.label = 7, .instance = 2};

	memset(answer, 0, sizeof(*answer));
	memcpy(answer->bytes, &parent, 2);
	answer->bytes[2] = forget;
	memcpy(answer->bytes + 4, &child, 4);
	answer->info = info_make(SUPERVISOR_ENDED, 8);
	serve(&estate, &caller, answer);
	return info_method(answer->info) == 0 ? E_OK : 0x100 + info_method(answer->info);
}

static uint32_t
word(const struct message *message, uint32_t offset)
{
	uint32_t value;

	memcpy(&value, message->bytes + offset, 4);
	return value;
}

/* As supervise.c does it. */
static void
dies(uint32_t index, uint32_t value)
{
	estate.instances[index].end = SUPERVISOR_END_EXIT;
	estate.instances[index].end_value = value;
	life_died(&estate, index, value != 0);
	life_tell(&estate);
}

static void
test_child(void **state)
{
	struct message answer;
	uint32_t child;
	uint32_t other;

	(void)state;
	assert_int_equal(run_child(4, PARENT, sizeof(lent), &child), E_OK);
	assert_int_equal(child, 3);
	assert_int_equal(estate.words_bytes, 0); /* they were for this one */
	assert_memory_equal(estate.words, lent, sizeof(lent));
	assert_int_equal(ended(PARENT, 0, true, &answer), SUPERVISOR_ERROR_RUNNING);
	assert_int_equal(ended(PARENT, 9, true, &answer), SUPERVISOR_ERROR_ABSENT);
	assert_int_equal(ended(2, 0, true, &answer), SUPERVISOR_ERROR_ABSENT);
	assert_int_equal(run_child(3, PARENT, 0, &other), E_OK);
	assert_int_equal(run_child(3, PARENT, 0, &other), SUPERVISOR_ERROR_FULL);
	dies(2, 5);
	/* Its policy is to be restarted; but somebody waits for its end. */
	assert_int_equal(estate.instances[2].state, INSTANCE_STOPPED);
	assert_int_equal(signals, 1);
	assert_int_equal(run_child(3, PARENT, 0, &other), SUPERVISOR_ERROR_FULL);
	assert_int_equal(wish(SUPERVISOR_SPAWN, 3), SUPERVISOR_ERROR_FULL);
	assert_int_equal(ended(PARENT, 0, false, &answer), E_OK);
	assert_int_equal(ended(PARENT, child, true, &answer), E_OK);
	assert_int_equal(word(&answer, 0), child);
	assert_int_equal(word(&answer, 4), 5);
	assert_int_equal(answer.bytes[8], SUPERVISOR_END_EXIT);
	assert_int_equal(ended(PARENT, child, true, &answer), SUPERVISOR_ERROR_ABSENT);
	assert_int_equal(run_child(3, PARENT, 0, &other), E_OK);
	assert_int_equal(other, 3 + 512); /* the second to run there */
	life_tell(&estate);
	assert_int_equal(signals, 1);
}

/* A child that is stopped or killed has ended; one of a parent that died is nobody's. */
static void
test_child_alone(void **state)
{
	struct message answer;
	uint32_t child;

	(void)state;
	assert_int_equal(run_child(3, PARENT, 0, &child), E_OK);
	assert_int_equal(wish(SUPERVISOR_STOP, 3), E_OK);
	assert_int_equal(ended(PARENT, child, true, &answer), E_OK);
	assert_int_equal(answer.bytes[8], SUPERVISOR_END_WISH);
	assert_int_equal(run_child(3, PARENT, 0, &child), E_OK);
	assert_int_equal(wish(SUPERVISOR_RESTART, PARENT), E_OK);
	assert_int_equal(ended(PARENT, 0, true, &answer), SUPERVISOR_ERROR_ABSENT);
	assert_int_equal(wish(SUPERVISOR_KILL, 3), E_OK);
	assert_int_equal(estate.instances[2].state, INSTANCE_STOPPED);
	assert_int_equal(ended(PARENT, child, true, &answer), SUPERVISOR_ERROR_ABSENT);
	assert_int_equal(ask(SUPERVISOR_SPAWN, 3, &answer), E_OK);
	assert_int_equal(answer.bytes[0], 3);
	/* What is spawned without a parent is restarted. */
	dies(2, 1);
	assert_int_equal(estate.instances[2].state, INSTANCE_WAITING);
}

static void
test_child_refused(void **state)
{
	uint32_t child;

	(void)state;
	assert_int_equal(run_child(1, PARENT, 0, &child), SUPERVISOR_ERROR_ALONE);
	assert_int_equal(run_child(3, 0, 0, &child), SUPERVISOR_ERROR_FAILED);
	assert_int_equal(run_child(3, COUNT + 1, 0, &child), SUPERVISOR_ERROR_FAILED);
	assert_int_equal(run_child(3, PARENT, 3000, &child), SUPERVISOR_ERROR_LARGE);
	assert_int_equal(run_child(3, PARENT, 3073, &child), SUPERVISOR_ERROR_FAILED);
	assert_int_equal(run_child(3, PARENT, 13, &child), SUPERVISOR_ERROR_FAILED);
	assert_int_equal(starts[2], 0);
	refused = 2;
	assert_int_equal(run_child(3, PARENT, 0, &child), SUPERVISOR_ERROR_REFUSED);
	refused_status = E_MEMORY;
	assert_int_equal(run_child(3, PARENT, 0, &child), SUPERVISOR_ERROR_SCARCE);
	refused_status = E_ARGUMENT;
	assert_int_equal(run_child(3, PARENT, 0, &child), SUPERVISOR_ERROR_FAILED);
	assert_int_equal(estate.words_bytes, 0);
	assert_int_equal(estate.instances[2].parent, 0);
}

static void
test_look(void **state)
{
	struct message answer;

	(void)state;
	assert_int_equal(ask(SUPERVISOR_LOOK, 4, &answer), E_OK);
	assert_int_equal(info_length(answer.info), 7 + 4);
	assert_int_equal(answer.bytes[4], 2); /* the second of its template */
	assert_int_equal(answer.bytes[6], SUPERVISOR_LIFE_STOPPED);
	assert_memory_equal(answer.bytes + 7, "name", 4);
	assert_int_equal(ask(SUPERVISOR_LOOK, 1, &answer), E_OK);
	assert_int_equal(answer.bytes[0], 1);
	assert_int_equal(answer.bytes[4], 0);
	assert_int_equal(answer.bytes[6], SUPERVISOR_LIFE_RUNNING);
}

static void
test_trouble(void **state)
{
	static const char text[] =
		"name does not run: its program's memory and stack: the account has no memory left";
	struct message answer;

	(void)state;
	assert_int_equal(ask(SUPERVISOR_TROUBLE, 99, &answer), SUPERVISOR_ERROR_ABSENT);
	assert_int_equal(ask(SUPERVISOR_TROUBLE, 2, &answer), SUPERVISOR_ERROR_FINE);
	estate.instances[1].step = STEP_MEMORY;
	estate.instances[1].status = E_MEMORY;
	assert_int_equal(ask(SUPERVISOR_TROUBLE, 2, &answer), E_OK);
	assert_int_equal(info_length(answer.info), sizeof(text) - 1);
	assert_memory_equal(answer.bytes, text, sizeof(text) - 1);
}

static void
test_memory(void **state)
{
	struct message answer;
	uint64_t total;
	uint64_t used;

	(void)state;
	estate.instances[1].own = 301;
	estate.instances[1].account = 302;
	assert_int_equal(ask(SUPERVISOR_MEMORY_OF, 2, &answer), E_OK);
	memcpy(&total, answer.bytes, sizeof(total));
	memcpy(&used, answer.bytes + sizeof(total), sizeof(used));
	assert_int_equal(total, 5300);
	assert_int_equal(used, 4000 + 280);
	assert_int_equal(wish(SUPERVISOR_MEMORY_OF, COUNT + 1), SUPERVISOR_ERROR_ABSENT);
}

/* The monitor lets none of these through; init does not count on it. */
static void
test_nobody(void **state)
{
	static const uint16_t numbers[] = {0, COUNT + 1, UINT16_MAX};

	(void)state;
	for (uint32_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		for (uint32_t method = SUPERVISOR_START; method <= SUPERVISOR_LOOK; method++) {
			assert_int_not_equal(wish(method, numbers[i]), E_OK);
		}
	}
	assert_int_not_equal(wish(SUPERVISOR_ENDED + 1, 1), E_OK);
	for (uint32_t i = 0; i < 2; i++) {
		assert_int_equal(estate.instances[i].state, INSTANCE_RUNNING);
	}
}

/* It is started anew once, and then with its group. */
static void
fail_with_group(uint32_t index)
{
	restarts[index].limit = 1;
	restarts[index].step = SYSTEM_STEP_GROUP;
	life_died(&estate, index, true);
	assert_int_equal(estate.instances[index].state, INSTANCE_WAITING);
	life_died(&estate, index, true);
	assert_int_equal(estate.instances[index].state, INSTANCE_WAITING);
}

/* One of a template starts anew with its group if it runs, or if it failed: not if nobody ever
 * started it, or if it came to its end. */
static void
test_group_with_template(void **state)
{
	static const uint16_t members[] = {0, 2, 3};
	struct system_group group = {.member_count = 3, .restart = restarts[1]};

	(void)state;
	estate.layout.groups = &group;
	estate.layout.group_count = 1;
	estate.layout.members = members;
	restarts[2].mode = SYSTEM_RESTART_FAILURE;
	assert_int_equal(life_start(&estate, 2), E_OK);
	fail_with_group(0);
	assert_int_equal(estate.instances[2].state, INSTANCE_WAITING);
	assert_int_equal(estate.instances[3].state, INSTANCE_STOPPED);
	estate.instances[2].state = INSTANCE_RUNNING;
	life_died(&estate, 2, false);
	assert_int_equal(life_start(&estate, 3), E_OK);
	fail_with_group(3);
	assert_int_equal(estate.instances[2].state, INSTANCE_STOPPED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_stop_and_start, setup),
		cmocka_unit_test_setup(test_kill, setup),
		cmocka_unit_test_setup(test_group_with_template, setup),
		cmocka_unit_test_setup(test_restart, setup),
		cmocka_unit_test_setup(test_spawn, setup),
		cmocka_unit_test_setup(test_child, setup),
		cmocka_unit_test_setup(test_child_alone, setup),
		cmocka_unit_test_setup(test_child_refused, setup),
		cmocka_unit_test_setup(test_look, setup),
		cmocka_unit_test_setup(test_trouble, setup),
		cmocka_unit_test_setup(test_memory, setup),
		cmocka_unit_test_setup(test_nobody, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
