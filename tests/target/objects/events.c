/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Threads that wait for objects that go away, and interrupts. */
#include "abi/abi.h"
#include "check.h"
#include "gatehouse/ipc.h"
#include "gen/core/audit.h"
#include "gen/core/endpoint.h"
#include "gen/core/frame.h"
#include "gen/core/irq.h"
#include "gen/core/notification.h"
#include "gen/core/thread.h"
#include "gen/core/untyped.h"
#include "objects/tests.h"

#define MS       UINT64_C(1000000)
#define STACK    (WINDOW + 0x100000)
#define BUFFER   (WINDOW + 0x200000)
#define PRIORITY 10
#define PENDING  1000u
#define LINE     (HANDLE_RTC + 1)
#define BITS     0x30u

static volatile uint32_t result;
static uint32_t untyped;
static uint32_t own; /* of `untyped`: goes away with it */
static uint32_t thread;
static uint32_t bound; /* to the line */

static void
sleep_ms(uint64_t time_ms)
{
	uint32_t bits;
	uint64_t end_ns = sys_clock() + time_ms * MS;

	sys_deadline(end_ns);
	(void)sys_wait(0, &bits);
}

static void
rest(void)
{
	for (;;) {
		sleep_ms(1000000);
	}
}

static void
wait_for(uintptr_t handle)
{
	uint32_t bits;

	result = sys_wait((uint32_t)handle, &bits);
	rest();
}

static void
receive_from(uintptr_t handle)
{
	struct message message;
	struct caller caller;

	sys_recv((uint32_t)handle, &message, &caller);
	result = (message.info & INFO_FAILED) != 0 ? info_method(message.info) : PENDING + 1;
	rest();
}

static void
run(void (*function)(uintptr_t), uint32_t argument)
{
	result = PENDING;
	expect_equal(
		thread_start(thread, (uintptr_t)function, STACK + PAGE_BYTES, 0, argument), E_OK);
	sleep_ms(1);
	expect_equal(result, PENDING);
}

static void
expect_ended(uint32_t status)
{
	sleep_ms(1);
	expect_equal(result, status);
	expect_equal(thread_stop(thread), E_OK);
}

/* What stands in its buffer is its own as soon as it runs. */
static void
test_inform(void)
{
	uint32_t notification = make(HANDLE_ACCOUNT, 0, 0, KIND_NOTIFICATION);
	const volatile uint8_t *buffer = (const volatile uint8_t *)(uintptr_t)BUFFER;

	expect_equal(thread_inform(thread, "told", 4), E_OK);
	expect(buffer[0] == 't' && buffer[3] == 'd' && buffer[4] == 0);
	run(wait_for, notification);
	expect_equal(thread_inform(thread, "more", 4), E_STATE);
	expect(buffer[0] == 't');
	expect_equal(thread_stop(thread), E_OK);
}

static void
test_gone(void)
{
	check_case("notification");
	own = make(untyped, 0, 0, KIND_NOTIFICATION);
	run(wait_for, own);
	expect_equal(untyped_reset(untyped), E_OK);
	expect_ended(E_CANCELLED);
	check_case("endpoint");
	own = make(untyped, 0, 0, KIND_ENDPOINT);
	run(receive_from, own);
	expect_equal(untyped_reset(untyped), E_OK);
	expect_ended(E_CANCELLED);
	check_case("bound notification");
	own = make(untyped, 0, 0, KIND_NOTIFICATION);
	uint32_t endpoint = make(HANDLE_ACCOUNT, 0, 0, KIND_ENDPOINT);
	expect_equal(thread_bind(thread, own), E_OK);
	run(receive_from, endpoint);
	expect_equal(untyped_reset(untyped), E_OK);
	sleep_ms(1);
	expect_equal(result, PENDING); /* it goes on waiting for requests */
	expect_equal(thread_stop(thread), E_OK);
}

/* A thread that is destroyed while it waits stands in no queue any more. */
static void
test_thread_gone(void)
{
	uint32_t notification = make(HANDLE_ACCOUNT, 0, 0, KIND_NOTIFICATION);
	uint32_t endpoint = make(HANDLE_ACCOUNT, 0, 0, KIND_ENDPOINT);
	uint32_t bits = 0;

	for (uint32_t round = 0; round < 4; round++) {
		uint32_t second = make(untyped, 0, 0, KIND_THREAD);
		result = PENDING;
		expect_equal(
			thread_configure(second, BUFFER + PAGE_BYTES, HANDLE_PROCESS, PRIORITY),
			E_OK);
		expect_equal(
			thread_start(second, (uintptr_t)(round % 2 == 0 ? wait_for : receive_from),
				STACK + PAGE_BYTES, 0, round % 2 == 0 ? notification : endpoint),
			E_OK);
		sleep_ms(1);
		expect_equal(untyped_reset(untyped), E_OK);
		expect_equal(thread_stop(second), E_HANDLE);
		sleep_ms(1);
		expect_equal(result, PENDING);
	}
	/* Its buffer left the address space with it, so the next one fitted there. */
	expect_equal(notification_signal(notification), E_OK);
	expect_equal(sys_poll(notification, &bits), E_OK);
	expect_equal(bits, 1);
}

static void
test_irq(void)
{
	own = make(untyped, 0, 0, KIND_NOTIFICATION);
	expect_equal(irq_acknowledge(LINE), E_STATE);
	expect_equal(irq_bind(LINE, own, 0), E_ARGUMENT);
	expect_equal(irq_bind(LINE, 0, 1), E_HANDLE);
	expect_equal(irq_bind(LINE, HANDLE_RTC, 1), E_HANDLE);
	expect_equal(irq_bind(LINE, HANDLE_ENDPOINT, 1), E_HANDLE);
	expect_equal(irq_bind(LINE, own, 4), E_OK);
	expect_equal(irq_bind(LINE, bound, 4), E_STATE);
	expect_equal(irq_bind(LINE, own, 8), E_OK);
	expect_equal(irq_acknowledge(LINE), E_OK);
	check_case("its notification is gone");
	expect_equal(untyped_reset(untyped), E_OK);
	expect_equal(irq_acknowledge(LINE), E_STATE);
	expect_equal(irq_bind(LINE, bound, BITS), E_OK);
}

/* PL031: DDI 0224C 3.3. */
#define RTC       (WINDOW + 0x300000)
#define RTC_DATA  0u /* words */
#define RTC_MATCH 1u
#define RTC_MASK  4u
#define RTC_CLEAR 7u

static uint32_t
wait_bits(uint32_t notification, uint64_t time_ms)
{
	uint32_t bits = 0;
	uint64_t end_ns = sys_clock() + time_ms * MS;

	sys_deadline(end_ns);
	return sys_wait(notification, &bits) == E_OK ? bits : 0;
}

#define STORM       20u
#define INTERVAL_NS UINT64_C(20000)

/* A line that fires is masked until it is acknowledged, and fires again if it is still raised. */
static void
test_fire(void)
{
	volatile uint32_t *rtc = (volatile uint32_t *)(uintptr_t)RTC;

	expect_equal(frame_map(HANDLE_RTC, RTC, RIGHT_READ | RIGHT_WRITE), E_OK);
	rtc[RTC_MATCH] = rtc[RTC_DATA] + 1;
	rtc[RTC_MASK] = 1;
	expect_equal(irq_acknowledge(LINE), E_OK);
	expect_equal(wait_bits(bound, 3000), BITS);
	check_case("not acknowledged");
	expect_equal(wait_bits(bound, 10), 0);
	check_case("acknowledged, not served");
	expect_equal(irq_acknowledge(LINE), E_OK);
	expect_equal(wait_bits(bound, 10), BITS);
	check_case("a storm");
	uint32_t held = 0;
	uint64_t start_ns = sys_clock();
	for (uint32_t i = 0; i < STORM; i++) {
		expect_equal(irq_acknowledge(LINE), E_OK);
		expect_equal(wait_bits(bound, 10), BITS);
	}
	expect(sys_clock() - start_ns >= (STORM - 1) * INTERVAL_NS);
	expect_equal(irq_counts(LINE, &held, 0), E_OK);
	expect(held >= STORM - 1);
	check_case("served");
	rtc[RTC_CLEAR] = 1;
	expect_equal(irq_acknowledge(LINE), E_OK);
	expect_equal(wait_bits(bound, 10), 0);
	rtc[RTC_MASK] = 0;
	expect_equal(frame_unmap(HANDLE_RTC), E_OK);
}

static void
test_audit(void)
{
	uint32_t edge = 0;
	uint32_t count = 1;
	uint16_t clean = 0;
	uint16_t bytes = 0;
	bool found = true;
	uint8_t records = 1;

	expect_equal(audit_edge(HANDLE_AUDIT, UINT32_MAX, 0, 0, 0, 0, 0, &found), E_OK);
	expect(!found);
	do {
		expect_equal(audit_edge(HANDLE_AUDIT, edge++, 0, 0, 0, 0, 0, &found), E_OK);
	} while (found);
	found = true;
	expect_equal(audit_instance(HANDLE_AUDIT, 3, 0, 0, 0, 0, 0, 0, 0, &found), E_OK);
	expect(!found);
	/* The newest thread is the first. The stack that this runs on has four pages
	 * and what is below the buffer, which is written. */
	expect_equal(audit_stack(HANDLE_AUDIT, 0, 1, 0, &clean, &bytes), E_OK);
	expect_equal(bytes, PROCESS_BUFFER % PAGE_BYTES);
	expect(clean < bytes);
	expect_equal(audit_stack(HANDLE_AUDIT, 0, 1, 4, &clean, &bytes), E_OK);
	expect_equal(bytes, PAGE_BYTES);
	expect_equal(audit_stack(HANDLE_AUDIT, 0, 1, 5, &clean, &bytes), E_OK);
	expect_equal(bytes, 0);
	expect_equal(audit_stack(HANDLE_AUDIT, 3, 0, 0, &clean, &bytes), E_OK);
	expect_equal(bytes, 0);
	expect_equal(audit_stack(HANDLE_AUDIT, 0, UINT32_MAX, 0, &clean, &bytes), E_OK);
	expect_equal(bytes, 0);
	expect_equal(audit_reason(HANDLE_AUDIT, UINT32_MAX, 1, &count), E_OK);
	expect_equal(count, 0);
	expect_equal(audit_reason(HANDLE_AUDIT, 0, 255, &count), E_OK);
	expect_equal(count, 0);
	expect_equal(audit_first(HANDLE_AUDIT, 0xffff0003, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
			     0, 0, &records),
		E_OK);
	expect_equal(records, 0);
	expect_equal(audit_bind(HANDLE_AUDIT, 0, 1), E_HANDLE);
	expect_equal(audit_bind(HANDLE_AUDIT, HANDLE_ENDPOINT, 1), E_HANDLE);
}

void
events_test(void)
{
	uint32_t stack = make(HANDLE_ACCOUNT, 1, 0, KIND_FRAME);

	untyped = make(HANDLE_ACCOUNT, 16 * PAGE_BYTES, LABEL_DUMMY, KIND_UNTYPED);
	thread = make(HANDLE_ACCOUNT, 0, 0, KIND_THREAD);
	check_test("a thread is told something before it runs");
	expect_equal(frame_map(stack, STACK, RIGHT_READ | RIGHT_WRITE), E_OK);
	expect_equal(thread_configure(thread, BUFFER, HANDLE_PROCESS, PRIORITY), E_OK);
	test_inform();
	check_test("threads wait for what goes away");
	test_gone();
	check_test("threads go away while they wait");
	test_thread_gone();
	check_test("interrupts are bound once");
	bound = make(HANDLE_ACCOUNT, 0, 0, KIND_NOTIFICATION);
	test_irq();
	check_test("a line is masked until it is acknowledged");
	test_fire();
	check_test("numbers that the monitor does not have");
	test_audit();
}
