/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The trace: every kind of event once, in order, into memory that the reader pays for. */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core_abi.h"
#include "fake_arch.h"
#include "fake_monitor.h"
#include "kernel/audit.h"
#include "kernel/destroy.h"
#include "kernel/endpoint.h"
#include "kernel/frame.h"
#include "kernel/memory.h"
#include "kernel/process.h"
#include "kernel/thread.h"
#include "kernel/trace.h"
#include "tests/host/support/kernel_world.h"

#define INTERFACE 16u
#define METHOD    3u
#define SECRET    0xe7e7e7

/* A server of high priority, a client of low priority, and a reader that holds the trace. */
static struct thread *server, *client, *reader;
static struct slot *endpoint, *frame;
static uint32_t receive_handle, call_handle, signal_handle, wait_handle, trace_handle, frame_handle;
static const struct trace_header *header;
static uint32_t taken;

static int
setup(void **state)
{
	world_start(state);
	taken = 0;
	endpoint = world_make(KIND_ENDPOINT, 0, 3);
	struct process *server_process = world_process(1);
	struct process *client_process = world_process(2);
	struct process *reader_process = world_process(3);
	receive_handle = world_grant(server_process, endpoint, 0, RIGHT_RECEIVE, 0);
	call_handle = world_grant(client_process, endpoint, INTERFACE, RIGHT_SEND, 77);
	struct slot *notification = world_make(KIND_NOTIFICATION, 0, 3);
	signal_handle =
		world_grant(client_process, notification, INTERFACE_SIGNAL, RIGHT_SEND, 0x100);
	wait_handle = world_grant(reader_process, world_make(KIND_NOTIFICATION, 0, 5),
		KIND_NOTIFICATION, RIGHT_RECEIVE, 0);
	frame = world_make(KIND_FRAME, 1, 5);
	frame_handle = world_grant(reader_process, frame, KIND_FRAME, RIGHT_READ | RIGHT_WRITE, 0);
	struct capability trace = {.object = trace_object(),
		.label = 5,
		.interface = KIND_TRACE,
		.rights = RIGHT_MANAGE};
	struct slot *slot;
	assert_int_equal(slot_place(reader_process, &trace, NULL, &slot), E_OK);
	trace_handle = slot->handle;
	header = arch_pointer(((struct frame *)frame->object)->address);
	server = world_thread(server_process, 20);
	client = world_thread(client_process, 10);
	reader = world_thread(reader_process, 30);
	return 0;
}

static int
teardown(void **state)
{
	(void)trace_stop();
	return world_end(state);
}

static uint32_t
start(uint32_t handle, uint32_t kinds)
{
	uint8_t in[ARCH_PAYLOAD_BYTES] = {0};

	world_run_as(reader);
	put_u32(in + TRACE_START_FRAME_OFFSET, handle);
	put_u32(in + TRACE_START_KINDS_OFFSET, kinds);
	world_syscall(SYS_call, trace_handle, info_make(TRACE_START, TRACE_START_CALL_BYTES), in);
	return world_status(reader);
}

static uint32_t
stop(void)
{
	world_run_as(reader);
	world_syscall(SYS_call, trace_handle, info_make(TRACE_STOP, TRACE_STOP_CALL_BYTES), NULL);
	return world_status(reader);
}

/* The reader sleeps for ever, so that the others run. */
static void
begin(uint32_t kinds)
{
	assert_int_equal(start(frame_handle, kinds), E_OK);
	world_syscall(SYS_wait, wait_handle, 0, NULL);
}

/* The next record that was written. */
static const struct trace_record *
next(void)
{
	const struct trace_record *records = (const struct trace_record *)(header + 1);

	assert_true(taken < header->written);
	return &records[taken++];
}

/* Of the given kind; `who` and `peer`: instances. */
static const struct trace_record *
expect(enum trace_kind kind, uint16_t who, uint16_t peer, uint8_t code)
{
	const struct trace_record *record = next();

	assert_int_equal(record->kind, kind);
	assert_int_equal(record->instance, who);
	assert_int_equal(record->peer_instance, peer);
	assert_int_equal(record->code, code);
	return record;
}

static void
expect_end(void)
{
	assert_int_equal(taken, header->written);
}

static void
receive(void)
{
	world_run_as(server);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
}

static void
call(void)
{
	uint8_t payload[ARCH_PAYLOAD_BYTES] = {0xe7, 0xc3, 0x5e};

	world_run_as(client);
	world_syscall(SYS_call, call_handle, info_make(METHOD, 3), payload);
}

static void
check_message(const struct trace_record *record, uint16_t length)
{
	assert_int_equal(record->target, 3);
	assert_int_equal(record->interface, INTERFACE);
	assert_int_equal(record->method, METHOD);
	assert_int_equal(record->length_bytes, length);
	assert_int_equal(record->operand, 0);
}

static void
test_call(void **state)
{
	(void)state;
	begin(TRACE_EVERYTHING);
	expect(TRACE_SWITCH, 1, 3, TRACE_LEFT_WAITING);
	receive();
	expect(TRACE_SWITCH, 2, 1, TRACE_LEFT_RECEIVING);
	fake_clock_advance(50);
	call();
	check_message(expect(TRACE_CALL, 2, TRACE_NOBODY, 0), 3);
	check_message(expect(TRACE_RECEIVE, 1, 2, 0), 3);
	const struct trace_record *record = expect(TRACE_SWITCH, 1, 2, TRACE_LEFT_CALLING);
	assert_int_equal(record->time_ns, 50);
	assert_int_equal(record->thread, 1);
	assert_int_equal(record->peer_thread, 1);
	world_syscall(SYS_reply, 0, info_make(0, 2), NULL);
	check_message(expect(TRACE_REPLY, 1, 2, 0), 2);
	receive();
	expect(TRACE_SWITCH, 2, 1, TRACE_LEFT_RECEIVING);
	call();
	taken += 3;
	/* An error of the interface is not a status. */
	world_syscall(SYS_reply, 0, info_make(4, 0), NULL);
	expect(TRACE_REPLY, 1, 2, 4);
	expect_end();
}

/* The short way records nothing, so it is closed while a trace goes on. */
static void
test_no_short_way(void **state)
{
	(void)state;
	fake_monitor_set_plain();
	begin(TRACE_EVERYTHING);
	receive();
	call();
	world_syscall(SYS_reply_recv, receive_handle, info_make(0, 0), NULL);
	taken = 2;
	expect(TRACE_CALL, 2, TRACE_NOBODY, 0);
	expect(TRACE_RECEIVE, 1, 2, 0);
	expect(TRACE_SWITCH, 1, 2, TRACE_LEFT_CALLING);
	expect(TRACE_REPLY, 1, 2, 0);
	expect(TRACE_SWITCH, 2, 1, TRACE_LEFT_RECEIVING);
	expect_end();
	/* Afterwards it is open again for everybody. */
	assert_int_equal(trace_stop(), E_OK);
	for (int i = 0; i < 2; i++) {
		call();
		world_syscall(SYS_reply_recv, receive_handle, info_make(0, 0), NULL);
	}
	assert_int_equal(server->slow | client->slow, 0);
	expect_end();
}

static void
test_endings(void **state)
{
	(void)state;
	begin(1u << TRACE_END);
	receive();
	call();
	world_run_as(server);
	thread_stop(server);
	expect(TRACE_END, 2, 1, E_DIED);
	call();
	while (endpoint_close_step((struct endpoint *)endpoint->object)) {
	}
	expect(TRACE_END, 2, TRACE_NOBODY, E_DIED);
	call();
	check_message(expect(TRACE_END, 2, TRACE_NOBODY, E_DIED), 0);
	expect_end();
}

/* A denial is a verdict; the value that was at fault is not in it. */
static void
test_verdict(void **state)
{
	struct audit_record denial = {
		.operand = SECRET,
		.handle = SECRET,
		.instance = 2,
		.target = 3,
		.interface = INTERFACE,
		.method = METHOD,
		.rule = 12,
		.reason = 5,
	};

	(void)state;
	begin(1u << TRACE_VERDICT);
	audit_write(&denial, 0);
	const struct trace_record *record = expect(TRACE_VERDICT, 2, TRACE_NOBODY, 5);
	assert_int_equal(record->target, 3);
	assert_int_equal(record->interface, INTERFACE);
	assert_int_equal(record->method, METHOD);
	assert_int_equal(record->operand, 12);
	for (const uint8_t *at = (const uint8_t *)record; at < (const uint8_t *)(record + 1);
		at++) {
		assert_int_not_equal(*at, SECRET & 0xff);
	}
	denial.event = AUDIT_EVENT_FAULT;
	audit_write(&denial, 0);
	expect_end();
}

static void
enter_fault(void *context)
{
	const struct arch_fault fault = {.kind = FAULT_READ, .address = 0x1234};

	kernel_fault(context, &fault);
}

static void
test_events(void **state)
{
	(void)state;
	begin(TRACE_EVERYTHING & ~(1u << TRACE_SWITCH));
	world_run_as(server);
	fake_irq_raise(40);
	arch_irq_unmask(40);
	world_interrupt();
	assert_int_equal(expect(TRACE_IRQ, 1, TRACE_NOBODY, 0)->operand, 40);
	thread_stop(server);
	world_run_as(client);
	world_syscall(SYS_signal, signal_handle, 0, NULL);
	const struct trace_record *record = expect(TRACE_SIGNAL, 2, TRACE_NOBODY, 0);
	assert_int_equal(record->operand, 0x100);
	assert_int_equal(record->interface, INTERFACE_SIGNAL);
	assert_int_equal(fake_call(enter_fault, &client->context), FAKE_IDLE);
	assert_int_equal(expect(TRACE_FAULT, 2, TRACE_NOBODY, FAULT_READ)->operand, 0x1234);
	record = expect(TRACE_CALL, 2, TRACE_NOBODY, 0);
	assert_int_equal(record->interface, INTERFACE_FAULT);
	expect_end();
}

/* Idle, and out of it, although the same thread runs before and after. */
static void
test_idle(void **state)
{
	(void)state;
	begin(1u << TRACE_SWITCH);
	world_run_as(server);
	thread_stop(server);
	world_run_as(client);
	world_syscall(SYS_deadline, 1000, 0, NULL);
	taken = header->written;
	assert_ptr_equal(world_syscall(SYS_wait, 0, 0, NULL), client);
	expect(TRACE_SWITCH, TRACE_NOBODY, 2, TRACE_LEFT_WAITING);
	assert_int_equal(expect(TRACE_SWITCH, 2, TRACE_NOBODY, TRACE_LEFT_STOPPED)->time_ns, 1000);
	expect_end();
}

/* The oldest is overwritten, never what is behind the frame. */
static void
test_wrap(void **state)
{
	const uint8_t *behind = (const uint8_t *)header + PAGE_BYTES;
	uint8_t before[64];

	(void)state;
	memcpy(before, behind, sizeof(before));
	begin(TRACE_EVERYTHING);
	assert_int_equal(header->capacity, PAGE_BYTES / 32 - 1);
	receive();
	for (int i = 0; i < 60; i++) {
		call();
		world_syscall(SYS_reply_recv, receive_handle, info_make(0, 0), NULL);
	}
	assert_int_equal(header->written, 2 + 5 * 60);
	taken = (header->written - 1) % header->capacity;
	expect(TRACE_SWITCH, 2, 1, TRACE_LEFT_RECEIVING);
	assert_memory_equal(before, behind, sizeof(before));
}

static void
test_refused(void **state)
{
	(void)state;
	assert_int_equal(start(frame_handle + 1, TRACE_EVERYTHING), E_HANDLE);
	assert_int_equal(start(trace_handle, TRACE_EVERYTHING), E_HANDLE);
	assert_int_equal(start(frame_handle, 0), E_ARGUMENT);
	assert_int_equal(start(frame_handle, TRACE_EVERYTHING + 1), E_ARGUMENT);
	assert_int_equal(stop(), E_STATE);
	uint32_t readable = world_grant(reader->process, frame, KIND_FRAME, RIGHT_READ, 0);
	assert_int_equal(start(readable, TRACE_EVERYTHING), E_HANDLE);
	assert_int_equal(start(frame_handle, TRACE_EVERYTHING), E_OK);
	assert_int_equal(start(frame_handle, TRACE_EVERYTHING), E_STATE);
	assert_int_equal(stop(), E_OK);
	struct slot *code = world_make(KIND_FRAME, 1, 5);
	assert_int_equal(frame_seal(code), E_OK);
	uint32_t handle = world_grant(reader->process, code, KIND_FRAME, RIGHTS_ALL, 0);
	assert_int_equal(start(handle, TRACE_EVERYTHING), E_HANDLE);
}

/* What the kernel writes to cannot become code, and is not written to when it is gone. */
static void
test_frame_goes(void **state)
{
	struct slot *only = world_make(KIND_FRAME, 1, 5);

	(void)state;
	assert_int_equal(trace_start((struct frame *)only->object, TRACE_EVERYTHING), E_OK);
	assert_int_equal(frame_seal(only), E_STATE);
	while (capability_delete_step(only)) {
	}
	assert_false(trace_is_on());
	assert_int_equal(trace_stop(), E_STATE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_call, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_short_way, setup, teardown),
		cmocka_unit_test_setup_teardown(test_endings, setup, teardown),
		cmocka_unit_test_setup_teardown(test_verdict, setup, teardown),
		cmocka_unit_test_setup_teardown(test_events, setup, teardown),
		cmocka_unit_test_setup_teardown(test_idle, setup, teardown),
		cmocka_unit_test_setup_teardown(test_wrap, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_frame_goes, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
