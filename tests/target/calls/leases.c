/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Leases: what a server can do with a caller's memory, what it cannot, and how long. */
#include "abi/abi.h"
#include "calls/counts.h"
#include "calls/raw.h"
#include "calls/tests.h"
#include "check.h"
#include "gatehouse/syscall.h"
#include "ksm/engine/ksm.h"
#include "process_tester.h"
#include "records.h"

#define MS          UINT64_C(1000000)
#define PENDING     1000u /* no status */
#define COPY_MAX    60000u
#define PROBE_BYTES 8192u

static _Alignas(4096) uint8_t source[COPY_MAX + 2 * PAGE_BYTES];
static _Alignas(4096) uint8_t target[COPY_MAX + 2 * PAGE_BYTES];

static uint8_t
pattern(uint32_t at)
{
	return (uint8_t)(at * 7 + (at >> 8));
}

static bool
is_filled(const uint8_t *at, uint32_t length, uint8_t byte)
{
	for (uint32_t i = 0; i < length; i++) {
		if (at[i] != byte) {
			return false;
		}
	}
	return true;
}

/* Every byte arrives, and not one beside them. */
static void
test_copy(uint32_t from_at, uint32_t to_at, uint32_t length, uint32_t piece)
{
	uint32_t status = PENDING;

	for (uint32_t i = 0; i < length; i++) {
		source[from_at + i] = pattern(i);
	}
	__builtin_memset(target, 0xee, COPY_MAX + PAGE_BYTES);
	expect_equal(lend_transfer(TESTER_LEND, source + from_at, length, target + to_at, length,
			     piece, &status),
		E_OK);
	expect_equal(status, E_OK);
	uint32_t same = 0;
	while (same < length && target[to_at + same] == pattern(same)) {
		same++;
	}
	expect_equal(same, length);
	expect(is_filled(target, to_at, 0xee));
	expect(is_filled(target + to_at + length, PAGE_BYTES - to_at, 0xee));
}

static void
test_copies(void)
{
	static const uint32_t lengths[] = {
		0, 1, 7, 8, 63, 768, 833, 1216, 1472, 4095, 4096, 4097, 8192, 20000, COPY_MAX};

	for (uint32_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		test_copy(0, 0, lengths[i], 8192);
		test_copy(8, 24, lengths[i], 4096);
		test_copy(16, 48, lengths[i], 1536);
		test_copy(1, 2, lengths[i], 8192);
		test_copy(4090, 3, lengths[i], 5001);
	}
}

static void
expect_probe(uint32_t index, bool is_write, uint8_t own, uint32_t offset, uint32_t length,
	uint32_t expected, uint32_t expected_count)
{
	uint32_t status = PENDING;
	uint32_t count = PENDING;

	expect_equal(lend_probe(TESTER_LEND, source, PROBE_BYTES, target, PROBE_BYTES, index,
			     is_write, own, offset, length, &status, &count),
		E_OK);
	expect_equal(status, expected);
	expect_equal(count, expected_count);
}

static void
test_bounds(void)
{
	expect_probe(0, false, 0, 0, PROBE_BYTES, E_OK, PROBE_BYTES);
	expect_probe(1, true, 0, 0, PROBE_BYTES, E_OK, PROBE_BYTES);
	expect_probe(0, false, 0, PROBE_BYTES, 0, E_OK, 0);
	expect_probe(0, false, 0, 1, PROBE_BYTES, E_ARGUMENT, 0);
	expect_probe(0, false, 0, PROBE_BYTES, 1, E_ARGUMENT, 0);
	expect_probe(0, false, 0, UINT32_MAX, 2, E_ARGUMENT, 0);
	expect_probe(0, false, 0, 2, UINT32_MAX, E_ARGUMENT, 0);
	expect_probe(1, true, 0, 0, 16, E_OK, 16);
	check_case("direction");
	expect_probe(0, true, 0, 0, 16, E_LEASE, 0);
	expect_probe(1, false, 0, 0, 16, E_LEASE, 0);
	check_case("no such lease");
	expect_probe(2, false, 0, 0, 16, E_LEASE, 0);
	expect_probe(4, true, 0, 0, 16, E_LEASE, 0);
	expect_probe(UINT32_MAX, false, 0, 0, 16, E_LEASE, 0);
	check_case("the server's own memory");
	expect_probe(0, false, 1, 0, 16, E_ARGUMENT, 0);
	expect_probe(0, false, 2, 0, 16, E_ARGUMENT, 0);
	expect_probe(1, true, 1, 0, 16, E_ARGUMENT, 0);
	expect_probe(1, true, 2, 0, 16, E_OK, 16);
}

static uint32_t
copy_status(const void *from, void *to, uint32_t length)
{
	uint32_t status = PENDING;

	expect_equal(lend_transfer(TESTER_LEND, from, length, to, length, 4096, &status), E_OK);
	return status;
}

/* Memory that the caller does not have itself, so it cannot lend it. */
static void
test_unmapped(void)
{
	static const uint64_t nowhere[] = {
		0, 0x1000, 0x3ffffff0, 0x40000000, 0x7ffffff0, 0x80000000, 0xfffffff0};
	void *code = (void *)(uintptr_t)&sys_yield;

	for (uint32_t i = 0; i < sizeof(nowhere) / sizeof(nowhere[0]); i++) {
		void *address = (void *)(uintptr_t)nowhere[i]; /* NOLINT: the point of the test */
		expect_equal(copy_status(address, target, 16), E_LEASE);
		expect_equal(copy_status(source, address, 16), E_LEASE);
	}
	check_case("code may be read, not written");
	expect_equal(copy_status(code, target, 16), E_OK);
	expect(__builtin_memcmp(code, target, 16) == 0);
	expect_equal(copy_status(source, code, 16), E_LEASE);
}

/* The policy knows how long a lease is, the interface how long it may be. */
static void
test_judged(void)
{
	struct message message;
	uint32_t status = PENDING;

	record_drain(TESTER_MONITOR);
	expect_equal(
		lend_transfer(TESTER_LEND, source, 1, target, COPY_MAX + 1, 1, &status), E_DENIED);
	counts_expect_denial(KSM_GUARD, TESTER_LEND);
	expect_equal(lend_transfer(TESTER_LEND, source, 65537, target, 1, 1, &status), E_ARGUMENT);
	message.info = info_make(LEND_TRANSFER, 12);
	const uint32_t payload[] = {65537, 1, 1};
	__builtin_memcpy(message.bytes, payload, sizeof(payload));
	expect_equal(sys_call(TESTER_LEND, &message), E_DENIED);
	counts_expect_denial(KSM_SHAPE, TESTER_LEND);
	expect_equal(lend_idle(TESTER_LEND), E_OK);
}

static struct {
	_Alignas(8) uint8_t bytes[64];
	volatile uint32_t status;
} held;

/* A raw thread: no C library, so it finds its buffer by its number. */
static void
call_later(uintptr_t deadline_ms)
{
	struct message message = {.info = info_make(LEND_LATER, 4)};
	const uint32_t length = sizeof(held.bytes);

	if (deadline_ms != 0) {
		sys_deadline(sys_clock() + deadline_ms * MS);
	}
	uint32_t *lent = (uint32_t *)(void *)(raw_buffer(0) + LEASE_ADDRESSES);
	*lent = (uint32_t)(uintptr_t)held.bytes;
	__builtin_memcpy(message.bytes, &length, sizeof(length));
	held.status = sys_call(TESTER_LEND, &message);
}

static void
test_held(void)
{
	uint32_t filled = PENDING;
	uint32_t answered = PENDING;
	uint32_t again = PENDING;

	held.status = PENDING;
	expect_equal(raw_start(0, 8, call_later, 0), E_OK);
	raw_sleep(MS);
	expect_equal(held.status, PENDING);
	expect_equal(lend_finish(TESTER_LEND, &filled, &answered, &again), E_OK);
	raw_sleep(MS);
	expect_equal(filled, E_OK);
	expect_equal(answered, E_OK);
	expect_equal(again, E_LEASE);
	expect_equal(held.status, E_OK);
	expect(is_filled(held.bytes, sizeof(held.bytes), 0x5a));
	expect_equal(raw_stop(0), E_OK);
	check_case("the caller did not wait so long");
	__builtin_memset(held.bytes, 0, sizeof(held.bytes));
	expect_equal(raw_start(0, 8, call_later, 1), E_OK);
	raw_sleep(3 * MS);
	expect_equal(held.status, E_TIMEOUT);
	expect_equal(lend_finish(TESTER_LEND, &filled, &answered, &again), E_OK);
	expect_equal(filled, E_LEASE);
	expect_equal(answered, E_CANCELLED);
	expect_equal(again, E_LEASE);
	expect(is_filled(held.bytes, sizeof(held.bytes), 0));
	expect_equal(raw_stop(0), E_OK);
	record_drain(TESTER_MONITOR);
}

void
leases_test(void)
{
	check_test("leases of every length and place");
	test_copies();
	check_test("leases end where they end");
	test_bounds();
	check_test("nobody lends what he does not have");
	test_unmapped();
	check_test("the policy sees how much is lent");
	test_judged();
	check_test("a lease lives as long as its call");
	test_held();
}
