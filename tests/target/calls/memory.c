/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a process may make of its account, and where it may map it. */
#include "abi/abi.h"
#include "abi/process.h"
#include "calls/counts.h"
#include "calls/tests.h"
#include "check.h"
#include "gen/core/core_abi.h"
#include "gen/core/frame.h"
#include "gen/core/untyped.h"
#include "ksm/engine/ksm.h"
#include "process_tester.h"
#include "records.h"

#define WINDOW (PROCESS_DEVICES + UINT64_C(0x08000000))
#define PAGE   ((uint64_t)PAGE_BYTES)

static uint64_t
free_bytes(void)
{
	uint64_t free = 0;

	expect_equal(untyped_info(HANDLE_ACCOUNT, &free, NULL), E_OK);
	return free;
}

static uint32_t
retype(uint32_t size, uint16_t label, uint8_t kind)
{
	uint32_t handle;

	return untyped_retype(HANDLE_ACCOUNT, size, label, kind, &handle);
}

static void
test_retype(void)
{
	uint64_t before = free_bytes();
	uint32_t pages = (uint32_t)(before / PAGE_BYTES);

	check_case("size of a frame");
	expect_equal(retype(0, 0, KIND_FRAME), E_ARGUMENT);
	expect_equal(retype(1025, 0, KIND_FRAME), E_ARGUMENT);
	expect_equal(retype(UINT32_MAX, 0, KIND_FRAME), E_ARGUMENT);
	expect_equal(retype(0x100001, 0, KIND_FRAME), E_ARGUMENT);
	check_case("more than there is");
	expect_equal(retype(1024, 0, KIND_FRAME), E_MEMORY);
	expect_equal(retype(pages + 1, 0, KIND_FRAME), E_MEMORY);
	expect_equal(retype(pages, 0, KIND_FRAME), E_MEMORY); /* no room for its description */
	check_case("size of what has none");
	expect_equal(retype(1, 0, KIND_THREAD), E_ARGUMENT);
	expect_equal(retype(4096, 0, KIND_NOTIFICATION), E_ARGUMENT);
	expect_equal(retype(UINT32_MAX, 0, KIND_REPLY), E_ARGUMENT);
	expect_equal(free_bytes(), before);
	record_drain(TESTER_MONITOR);
}

static void
test_retype_denied(void)
{
	static const struct {
		uint8_t kind;
		uint8_t reason;
	} kinds[] = {
		{0, KSM_SHAPE},
		{KIND_UNTYPED, KSM_GUARD},
		{KIND_PROCESS, KSM_GUARD},
		{KIND_ENDPOINT, KSM_GUARD},
		{KIND_IRQ, KSM_SHAPE},
		{KIND_AUDIT, KSM_SHAPE},
		{KIND_POWER, KSM_SHAPE},
		{11, KSM_SHAPE},
		{255, KSM_SHAPE},
	};
	static const uint16_t labels[] = {1, 2, 3, 9, 0x7fff, 0xffff};
	uint64_t before = free_bytes();

	for (uint32_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		expect_equal(retype(1, 0, kinds[i].kind), E_DENIED);
		counts_expect_denial(kinds[i].reason, HANDLE_ACCOUNT);
	}
	for (uint32_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		expect_equal(retype(1, labels[i], KIND_FRAME), E_DENIED);
		counts_expect_denial(KSM_GUARD, HANDLE_ACCOUNT);
	}
	expect_equal(free_bytes(), before);
}

static void
test_map(uint32_t frame)
{
	static const uint64_t bad[] = {
		0,
		1,
		WINDOW + 1,
		WINDOW + PAGE_BYTES - 1,
		PROCESS_TOP,
		PROCESS_TOP - PAGE_BYTES, /* two pages do not fit */
		UINT64_C(0x80000000),
		UINT64_C(0xfffff000),
		UINT64_C(0x100000000) + WINDOW, /* its low half would do */
		UINT64_C(0xfffffffffffff000),
	};

	for (uint32_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		expect_equal(frame_map(frame, bad[i], RIGHT_READ | RIGHT_WRITE), E_ARGUMENT);
	}
	expect_equal(frame_map(frame, PROCESS_TEXT, RIGHT_READ), E_STATE);
	expect_equal(frame_map(frame, PROCESS_TEXT - PAGE, RIGHT_READ), E_STATE);
	expect_equal(frame_map(frame, PROCESS_STACK, RIGHT_READ), E_STATE);
	expect_equal(frame_map(frame, PROCESS_INFO, RIGHT_READ), E_STATE);
	expect_equal(frame_map(frame, WINDOW, RIGHT_WRITE), E_ARGUMENT);
}

static void
test_map_rights(uint32_t frame)
{
	record_drain(TESTER_MONITOR);
	for (uint32_t rights = 0; rights < 256; rights++) {
		if (rights == 0 || rights > 3) {
			expect_equal(frame_map(frame, WINDOW, (uint8_t)rights), E_DENIED);
			counts_expect_denial(KSM_GUARD, frame);
		}
	}
	expect_equal(frame_seal(frame), E_DENIED);
	counts_expect_denial(KSM_DEFAULT, frame);
}

static void
test_mapped(uint32_t frame, uint32_t other)
{
	volatile uint32_t *word = (volatile uint32_t *)(uintptr_t)WINDOW;
	volatile uint32_t *moved = (volatile uint32_t *)(uintptr_t)(WINDOW + 4 * PAGE);

	expect_equal(frame_map(frame, WINDOW, RIGHT_READ | RIGHT_WRITE), E_OK);
	for (uint32_t i = 0; i < 2 * PAGE_BYTES / 4; i++) {
		expect_equal(word[i], 0); /* nobody's old bytes */
		word[i] = i + 1;
	}
	check_case("twice");
	expect_equal(frame_map(frame, WINDOW, RIGHT_READ), E_STATE);
	expect_equal(frame_map(frame, WINDOW + 16 * PAGE, RIGHT_READ), E_STATE);
	check_case("over another");
	expect_equal(frame_map(other, WINDOW, RIGHT_READ), E_STATE);
	expect_equal(frame_map(other, WINDOW + PAGE, RIGHT_READ), E_STATE);
	expect_equal(frame_map(other, WINDOW - PAGE, RIGHT_READ), E_STATE);
	expect_equal(frame_map(other, WINDOW + 2 * PAGE, RIGHT_READ), E_OK);
	check_case("moved");
	expect_equal(frame_unmap(frame), E_OK);
	expect_equal(frame_unmap(frame), E_OK);
	expect_equal(frame_map(frame, WINDOW + 4 * PAGE, RIGHT_READ), E_OK);
	expect_equal(moved[0], 1);
	expect_equal(moved[2 * PAGE_BYTES / 4 - 1], 2 * PAGE_BYTES / 4);
	expect_equal(frame_unmap(frame), E_OK);
	expect_equal(frame_map(frame, PROCESS_TOP - 2 * PAGE, RIGHT_READ | RIGHT_WRITE), E_OK);
	expect_equal(frame_unmap(frame), E_OK);
	expect_equal(frame_unmap(other), E_OK);
}

/* The process page is mapped read-only and its capability has no more, wherever it is mapped. */
static void
test_lent(void)
{
	/* Behind uses and devices: text, data, stack, process page. */
	const uint32_t info = HANDLE_INITIAL((TESTER_POWER & HANDLE_INDEX_MASK) + 4);
	volatile uint32_t *moved = (volatile uint32_t *)(uintptr_t)WINDOW;

	expect_equal(frame_unmap(info), E_OK);
	expect_equal(frame_map(info, WINDOW, RIGHT_READ | RIGHT_WRITE), E_ARGUMENT);
	expect_equal(frame_map(info, WINDOW, RIGHT_READ), E_OK);
	expect_equal(*moved, PROCESS_INFO_MAGIC);
	expect_equal(frame_unmap(info), E_OK);
	expect_equal(frame_map(info, PROCESS_INFO, RIGHT_READ), E_OK);
}

void
memory_test(void)
{
	uint32_t frame = 0;
	uint32_t other = 0;

	check_test("objects of impossible size, or too large");
	test_retype();
	check_test("kinds and labels that a process may not make");
	test_retype_denied();
	check_test("two frames of two pages");
	expect_equal(untyped_retype(HANDLE_ACCOUNT, 2, 0, KIND_FRAME, &frame), E_OK);
	expect_equal(untyped_retype(HANDLE_ACCOUNT, 2, 0, KIND_FRAME, &other), E_OK);
	check_test("addresses where nothing is mapped");
	test_map(frame);
	check_test("rights that no mapping has");
	test_map_rights(frame);
	check_test("mapped once, over nothing, and again");
	test_mapped(frame, other);
	check_test("a read-only capability stays one");
	test_lent();
}
