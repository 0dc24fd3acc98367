/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Memory: objects of every kind, at the borders of what there is, and all of it back. */
#include "abi/abi.h"
#include "check.h"
#include "gen/core/core_abi.h"
#include "gen/core/frame.h"
#include "gen/core/notification.h"
#include "gen/core/process.h"
#include "gen/core/untyped.h"
#include "gatehouse/ipc.h"
#include "objects/tests.h"

#define LINE 64u /* every object is a multiple of it */

static uint32_t
retype(uint32_t untyped, uint32_t size, uint8_t kind)
{
	uint32_t handle;

	return untyped_retype(untyped, size, 0, kind, &handle);
}

static void
test_sizes(void)
{
	static const struct {
		uint32_t size;
		uint8_t kind;
	} bad[] = {
		{0, KIND_UNTYPED},
		{1, KIND_UNTYPED},
		{4095, KIND_UNTYPED},
		{4097, KIND_UNTYPED},
		{UINT32_MAX, KIND_UNTYPED},
		{0, KIND_PROCESS},
		{8, KIND_PROCESS},
		{12, KIND_PROCESS},
		{17, KIND_PROCESS},
		{8192, KIND_PROCESS},
		{0x80000000, KIND_PROCESS},
		{0, KIND_FRAME},
		{1025, KIND_FRAME},
		{UINT32_MAX, KIND_FRAME},
		{1, KIND_THREAD},
		{1, KIND_ENDPOINT},
		{64, KIND_NOTIFICATION},
		{UINT32_MAX, KIND_REPLY},
	};
	uint64_t before = free_bytes(HANDLE_ACCOUNT);

	for (uint32_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		expect_equal(retype(HANDLE_ACCOUNT, bad[i].size, bad[i].kind), E_ARGUMENT);
	}
	expect_equal(free_bytes(HANDLE_ACCOUNT), before);
}

/* More than there is: nothing changes. `left`: bytes that the untyped has, page multiple. */
static void
test_too_large(uint32_t left)
{
	static const struct {
		uint32_t size;
		uint8_t kind;
	} large[] = {
		{0x40000000, KIND_UNTYPED},
		{0xfffff000, KIND_UNTYPED},
		{4096, KIND_PROCESS},
		{1024, KIND_FRAME},
	};
	uint32_t untyped = make(HANDLE_ACCOUNT, left, LABEL_DUMMY, KIND_UNTYPED);
	uint64_t before = free_bytes(untyped);

	expect_equal(before, left - LINE); /* its own description */
	for (uint32_t i = 0; i < sizeof(large) / sizeof(large[0]); i++) {
		expect_equal(retype(untyped, large[i].size, large[i].kind), E_MEMORY);
		expect_equal(free_bytes(untyped), before);
	}
	expect_equal(retype(untyped, left, KIND_UNTYPED), E_MEMORY);
	expect_equal(retype(untyped, left / PAGE_BYTES, KIND_FRAME), E_MEMORY);
	expect_equal(free_bytes(untyped), before);
	expect_equal(untyped_reset(untyped), E_OK);
}

/* Takes one kind until there is no more; the last refusal changes nothing, all comes back. */
static void
test_exhausted(uint8_t kind, uint32_t size, uint32_t pages, uint32_t expected)
{
	const uint32_t bytes = pages * PAGE_BYTES;
	uint32_t untyped = make(HANDLE_ACCOUNT, bytes, LABEL_DUMMY, KIND_UNTYPED);
	uint64_t full = free_bytes(untyped);

	for (uint32_t round = 0; round < 3; round++) {
		uint32_t count = 0;
		uint32_t status = E_OK;
		uint64_t before = 0;
		while (count < 2000) {
			before = free_bytes(untyped);
			status = retype(untyped, size, kind);
			if (status != E_OK) {
				break;
			}
			count++;
		}
		expect_equal(status, E_MEMORY);
		expect_equal(free_bytes(untyped), before);
		if (expected != 0) {
			expect_equal(count, expected);
		}
		expect(count > 0);
		expect_equal(untyped_reset(untyped), E_OK);
		expect_equal(free_bytes(untyped), full);
	}
}

/* Everything that was made of it is gone, and its handles with it. */
static void
test_reset(void)
{
	static const uint8_t kinds[] = {KIND_THREAD, KIND_ENDPOINT, KIND_NOTIFICATION, KIND_FRAME,
		KIND_REPLY, KIND_PROCESS, KIND_UNTYPED};
	uint32_t handles[sizeof(kinds)];
	uint32_t untyped = make(HANDLE_ACCOUNT, 32 * PAGE_BYTES, LABEL_DUMMY, KIND_UNTYPED);
	uint64_t full = free_bytes(untyped);

	for (uint32_t i = 0; i < sizeof(kinds); i++) {
		uint32_t size = kinds[i] == KIND_FRAME     ? 2
				: kinds[i] == KIND_PROCESS ? 32
				: kinds[i] == KIND_UNTYPED ? 2 * PAGE_BYTES
							   : 0;
		handles[i] = make(untyped, size, 0, kinds[i]);
	}
	uint32_t inner = make(handles[6], 0, 0, KIND_NOTIFICATION);
	expect(free_bytes(untyped) < full);
	expect_equal(untyped_reset(untyped), E_OK);
	expect_equal(free_bytes(untyped), full);
	for (uint32_t i = 0; i < sizeof(kinds); i++) {
		struct message message = {.info = info_make(0, 0)};
		expect_equal(ipc_call(handles[i], 1, &message), E_HANDLE);
	}
	expect_equal(notification_clear(inner), E_HANDLE);
	expect_equal(untyped_reset(untyped), E_OK);
	expect_equal(free_bytes(untyped), full);
}

/* A label without rules names nothing that a capability could be for. */
static void
test_labels(void)
{
	uint32_t handle;
	uint32_t untyped = make(HANDLE_ACCOUNT, 16 * PAGE_BYTES, LABEL_DUMMY, KIND_UNTYPED);

	uint64_t before = free_bytes(untyped);
	static const uint8_t kinds[] = {KIND_NOTIFICATION, KIND_ENDPOINT, KIND_THREAD, KIND_REPLY};

	for (uint32_t i = 0; i < sizeof(kinds); i++) {
		expect_equal(untyped_retype(untyped, 0, LABEL_KERNEL, kinds[i], &handle), E_DENIED);
		expect_equal(untyped_retype(untyped, 0, 0xffff, kinds[i], &handle), E_DENIED);
	}
	expect_equal(untyped_retype(untyped, 1, LABEL_KERNEL, KIND_FRAME, &handle), E_DENIED);
	expect_equal(untyped_retype(untyped, 16, 0xffff, KIND_PROCESS, &handle), E_DENIED);
	expect_equal(free_bytes(untyped), before);
	expect_equal(untyped_retype(untyped, 0, LABEL_OTHER, KIND_NOTIFICATION, &handle), E_OK);
	expect_equal(untyped_reset(untyped), E_OK);
}

/* One that was lent to a process cannot take everything away. */
static void
test_copy(void)
{
	uint32_t copy = 0;
	uint32_t untyped = make(HANDLE_ACCOUNT, 16 * PAGE_BYTES, LABEL_DUMMY, KIND_UNTYPED);
	uint32_t object = make(untyped, 0, 0, KIND_NOTIFICATION);

	expect_equal(process_grant(HANDLE_PROCESS, untyped, 0, LABEL_DUMMY, KIND_UNTYPED,
			     RIGHT_MANAGE, &copy),
		E_OK);
	uint32_t of_copy = make(copy, 0, 0, KIND_NOTIFICATION);
	expect(untyped_reset(copy) != E_OK);
	expect_equal(notification_clear(object), E_OK);
	expect_equal(notification_clear(of_copy), E_OK);
	expect_equal(untyped_reset(untyped), E_OK);
	expect_equal(notification_clear(object), E_HANDLE);
	expect_equal(notification_clear(of_copy), E_HANDLE);
	expect_equal(untyped_reset(copy), E_HANDLE);
}

/* What boot stood in is memory like any other: zero, and writable, to its last page. */
static void
test_rest(void)
{
	uint32_t rest = HANDLE_INITIAL(BOOT_SLOT_REST);
	uint32_t pages = (uint32_t)(free_bytes(rest) / PAGE_BYTES) - 1; /* one for descriptions */
	uint64_t *words = (uint64_t *)(uintptr_t)WINDOW;
	uint32_t count = pages * PAGE_BYTES / (uint32_t)sizeof(*words);
	uint32_t good = 0;

	expect_equal(frame_map(make(rest, pages, 0, KIND_FRAME), WINDOW, RIGHT_READ | RIGHT_WRITE),
		E_OK);
	for (uint32_t i = 0; i < count; i++) {
		good += words[i] == 0;
		words[i] = i;
	}
	expect_equal(good, count);
	expect_equal(untyped_reset(rest), E_OK);
}

void
untyped_test(void)
{
	check_test("memory that boot stood in");
	test_rest();
	check_test("sizes that no object has");
	test_sizes();
	check_test("objects larger than what there is");
	test_too_large(PAGE_BYTES);
	test_too_large(2 * PAGE_BYTES);
	test_too_large(16 * PAGE_BYTES);
	check_test("memory used up and given back");
	check_case("notifications");
	test_exhausted(KIND_NOTIFICATION, 0, 2, 2 * PAGE_BYTES / LINE - 1);
	check_case("replies");
	test_exhausted(KIND_REPLY, 0, 2, 2 * PAGE_BYTES / LINE - 1);
	check_case("endpoints");
	test_exhausted(KIND_ENDPOINT, 0, 2, 2 * PAGE_BYTES / LINE - 1);
	check_case("frames");
	test_exhausted(KIND_FRAME, 1, 16, 14); /* the last page holds descriptions */
	check_case("frames of four pages");
	test_exhausted(KIND_FRAME, 4, 16, 3);
	check_case("untyped");
	test_exhausted(KIND_UNTYPED, PAGE_BYTES, 16, 15);
	check_case("threads");
	test_exhausted(KIND_THREAD, 0, 16, 0);
	check_case("processes");
	test_exhausted(KIND_PROCESS, 16, 16, 0);
	check_test("a reset takes everything with it");
	test_reset();
	check_test("labels that no rule names");
	test_labels();
	check_test("a lent untyped cannot be reset");
	test_copy();
}
