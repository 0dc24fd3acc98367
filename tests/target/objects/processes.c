/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Processes: who one is, what it is given, and in which order that may happen. */
#include "abi/abi.h"
#include "check.h"
#include "gen/core/endpoint.h"
#include "gen/core/process.h"
#include "gen/core/thread.h"
#include "gen/core/untyped.h"
#include "objects/tests.h"

#define BUFFER   PROCESS_BUFFER
#define SLOTS    16u
#define PRIORITY 10

static uint32_t untyped;
static uint32_t process;

static uint32_t
grant(uint32_t handle, uint16_t label, uint16_t interface, uint8_t rights, uint32_t badge)
{
	uint32_t granted;

	return process_grant(process, handle, badge, label, interface, rights, &granted);
}

static uint32_t
configure(uint16_t label, uint16_t instance, uint8_t priority)
{
	return process_configure(process, HANDLE_ENDPOINT, 7, label, instance, priority, false);
}

static void
fresh(void)
{
	expect_equal(untyped_reset(untyped), E_OK);
	process = make(untyped, SLOTS, 0, KIND_PROCESS);
}

static void
test_configure(void)
{
	uint32_t thread = make(untyped, 0, 0, KIND_THREAD);

	check_case("before it");
	expect_equal(grant(HANDLE_NOTIFICATION, LABEL_DUMMY, 0, RIGHT_RECEIVE, 0), E_STATE);
	expect_equal(thread_configure(thread, BUFFER, process, PRIORITY), E_STATE);
	expect_equal(process_start(process, 1, 2, 3, 4), E_DENIED);
	check_case("endpoint");
	expect_equal(process_configure(process, 0, 0, LABEL_DUMMY, INSTANCE_DUMMY, PRIORITY, false),
		E_HANDLE);
	expect_equal(process_configure(process, HANDLE_NOTIFICATION, 0, LABEL_DUMMY, INSTANCE_DUMMY,
			     PRIORITY, false),
		E_HANDLE);
	check_case("numbers");
	expect_equal(configure(LABEL_DUMMY, INSTANCE_DUMMY, 32), E_ARGUMENT);
	expect_equal(configure(LABEL_DUMMY, INSTANCE_DUMMY, 255), E_ARGUMENT);
	expect_equal(configure(LABEL_NONE, INSTANCE_DUMMY, PRIORITY), E_ARGUMENT);
	expect_equal(configure(LABEL_DUMMY, 3, PRIORITY), E_ARGUMENT);
	expect_equal(configure(LABEL_DUMMY, 0xffff, PRIORITY), E_ARGUMENT);
	check_case("an instance that runs");
	expect_equal(configure(LABEL_DUMMY, 0, PRIORITY), E_STATE);
	expect_equal(configure(LABEL_DUMMY, INSTANCE_DUMMY, PRIORITY), E_OK);
	check_case("twice");
	expect_equal(configure(LABEL_DUMMY, INSTANCE_DUMMY, PRIORITY), E_STATE);
	check_case("threads");
	expect_equal(thread_inform(thread, "told", 4), E_STATE);
	expect_equal(thread_configure(thread, BUFFER, process, PRIORITY + 1), E_ARGUMENT);
	expect_equal(thread_configure(thread, BUFFER, process, PRIORITY), E_OK);
	expect_equal(thread_inform(thread, "told", 4), E_OK);
	expect_equal(thread_start(thread, PROCESS_TEXT, PROCESS_STACK, 0, 0), E_STATE);
}

static void
test_second_of_instance(void)
{
	uint32_t second = make(untyped, SLOTS, 0, KIND_PROCESS);

	expect_equal(process_configure(second, HANDLE_ENDPOINT, 8, LABEL_DUMMY, INSTANCE_DUMMY,
			     PRIORITY, false),
		E_STATE);
	expect_equal(process_configure(second, HANDLE_ENDPOINT, 8, LABEL_OTHER, INSTANCE_OTHER,
			     PRIORITY, false),
		E_OK);
}

static void
test_grant(void)
{
	uint32_t frame = make(untyped, 1, 0, KIND_FRAME);
	uint32_t endpoint = make(untyped, 0, 0, KIND_ENDPOINT);
	uint32_t granted = 0;

	check_case("rights");
	expect_equal(grant(HANDLE_BUNDLE, LABEL_DUMMY, KIND_FRAME, RIGHT_READ | RIGHT_WRITE, 0),
		E_HANDLE);
	expect_equal(grant(frame, LABEL_DUMMY, KIND_FRAME, 0, 0), E_HANDLE);
	expect_equal(grant(frame, LABEL_DUMMY, KIND_FRAME, 8 | RIGHT_READ, 0), E_ARGUMENT);
	expect_equal(grant(frame, LABEL_DUMMY, KIND_FRAME, 0x80 | RIGHT_READ, 0), E_ARGUMENT);
	expect_equal(grant(0x12345, LABEL_DUMMY, KIND_FRAME, RIGHT_READ, 0), E_HANDLE);
	check_case("a frame's badge is where it is mapped");
	expect_equal(grant(frame, LABEL_DUMMY, KIND_FRAME, RIGHT_READ, 0x1000), E_ARGUMENT);
	check_case("an interface that the object does not speak");
	expect_equal(grant(frame, LABEL_DUMMY, KIND_UNTYPED, RIGHT_READ, 0), E_ARGUMENT);
	expect_equal(grant(frame, LABEL_DUMMY, INTERFACE_USER, RIGHT_READ, 0), E_ARGUMENT);
	expect_equal(grant(untyped, LABEL_DUMMY, KIND_PROCESS, RIGHT_MANAGE, 0), E_ARGUMENT);
	expect_equal(grant(endpoint, LABEL_DUMMY, KIND_ENDPOINT, RIGHT_SEND, 1), E_ARGUMENT);
	expect_equal(grant(endpoint, LABEL_DUMMY, INTERFACE_SIGNAL, RIGHT_SEND, 1), E_ARGUMENT);
	expect_equal(
		grant(HANDLE_NOTIFICATION, LABEL_DUMMY, INTERFACE_USER, RIGHT_SEND, 1), E_ARGUMENT);
	expect_equal(grant(HANDLE_NOTIFICATION, LABEL_DUMMY, KIND_NOTIFICATION, RIGHT_SEND, 1),
		E_ARGUMENT);
	check_case("no rule");
	expect_equal(grant(HANDLE_ACCOUNT, LABEL_INIT, KIND_UNTYPED, RIGHT_MANAGE, 0), E_DENIED);
	expect_equal(grant(frame, LABEL_OTHER, KIND_FRAME, RIGHT_READ, 0), E_DENIED);
	expect_equal(grant(endpoint, LABEL_DUMMY, INTERFACE_USER, RIGHT_SEND, 1), E_DENIED);
	expect_equal(grant(HANDLE_POWER, LABEL_INIT, KIND_POWER, RIGHT_MANAGE, 0), E_DENIED);
	check_case("slots in order");
	for (uint32_t slot = 1; slot < 5; slot++) {
		expect_equal(process_grant(process, frame, 0, LABEL_DUMMY, KIND_FRAME, RIGHT_READ,
				     &granted),
			E_OK);
		expect_equal(granted, HANDLE_INITIAL(slot));
	}
	expect_equal(process_grant(process, 0, 0, 0, 0, 0, &granted), E_OK); /* left empty */
	expect_equal(granted, 0);
	for (uint32_t slot = 6; slot < SLOTS; slot++) {
		expect_equal(process_grant(process, frame, 0, LABEL_DUMMY, KIND_FRAME, RIGHT_READ,
				     &granted),
			E_OK);
		expect_equal(granted, HANDLE_INITIAL(slot));
	}
	check_case("full");
	expect_equal(grant(frame, LABEL_DUMMY, KIND_FRAME, RIGHT_READ, 0), E_LIMIT);
	expect_equal(process_grant(process, 0, 0, 0, 0, 0, &granted), E_LIMIT);
}

/* Handles of a process's table mean nothing in another's. */
static void
test_map(void)
{
	check_case("an empty slot");
	expect_equal(process_map(process, WINDOW, HANDLE_INITIAL(5), RIGHT_READ), E_HANDLE);
	check_case("init's handle");
	expect_equal(process_map(process, WINDOW, HANDLE_BUNDLE, RIGHT_READ), E_OK);
	expect_equal(process_unmap(process, HANDLE_BUNDLE), E_OK);
	check_case("places");
	expect_equal(process_map(process, WINDOW, HANDLE_INITIAL(1), RIGHT_READ), E_OK);
	expect_equal(process_map(process, WINDOW, HANDLE_INITIAL(2), RIGHT_READ), E_STATE);
	expect_equal(
		process_map(process, WINDOW + PAGE_BYTES, HANDLE_INITIAL(1), RIGHT_READ), E_STATE);
	expect_equal(process_map(process, 0, HANDLE_INITIAL(2), RIGHT_READ), E_ARGUMENT);
	expect_equal(process_map(process, PROCESS_TOP, HANDLE_INITIAL(2), RIGHT_READ), E_ARGUMENT);
	expect_equal(process_map(process, WINDOW + PAGE_BYTES, HANDLE_INITIAL(2),
			     RIGHT_READ | RIGHT_WRITE),
		E_ARGUMENT);
	expect_equal(process_unmap(process, HANDLE_INITIAL(1)), E_OK);
	expect_equal(process_unmap(process, HANDLE_INITIAL(5)), E_HANDLE);
}

static void
test_stopped(void)
{
	expect_equal(process_stop(process), E_OK);
	expect_equal(process_stop(process), E_OK);
	expect_equal(grant(HANDLE_NOTIFICATION, LABEL_DUMMY, 0, RIGHT_RECEIVE, 0), E_STATE);
	expect_equal(configure(LABEL_DUMMY, INSTANCE_DUMMY, PRIORITY), E_STATE);
	expect_equal(process_exit(process, 1), E_STATE); /* not the caller's own */
	expect_equal(untyped_reset(untyped), E_OK);
	expect_equal(process_stop(process), E_HANDLE);
}

void
processes_test(void)
{
	untyped = make(HANDLE_ACCOUNT, 16 * PAGE_BYTES, LABEL_DUMMY, KIND_UNTYPED);
	check_test("a process becomes an instance, once");
	fresh();
	test_configure();
	check_test("an instance has one process at a time");
	test_second_of_instance();
	check_test("what a process can be given");
	fresh();
	expect_equal(configure(LABEL_DUMMY, INSTANCE_DUMMY, PRIORITY), E_OK);
	test_grant();
	check_test("mappings of another process");
	test_map();
	check_test("a stopped process");
	test_stopped();
}
