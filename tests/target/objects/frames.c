/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Frames: rights, kinds, seal, and addresses where tables begin and end. */
#include "abi/abi.h"
#include "check.h"
#include "gen/core/frame.h"
#include "gen/core/process.h"
#include "gen/core/thread.h"
#include "gen/core/untyped.h"
#include "objects/memory.h"
#include "objects/tests.h"

#define PAGE ((uint64_t)PAGE_BYTES)
#define ALL  7u /* rights */

/* Every right but those that are listed is refused; those are accepted. */
static void
expect_rights(uint32_t frame, uint32_t allowed)
{
	for (uint32_t rights = 0; rights <= ALL; rights++) {
		uint32_t expected = (allowed >> rights & 1) != 0 ? E_OK : E_ARGUMENT;
		expect_equal(frame_map(frame, WINDOW, (uint8_t)rights), expected);
		expect_equal(frame_unmap(frame), E_OK);
	}
	expect_equal(frame_map(frame, WINDOW, 8 | RIGHT_READ), E_ARGUMENT);
	expect_equal(frame_map(frame, WINDOW, 255), E_ARGUMENT);
}

#define ONLY_DATA   (1u << RIGHT_READ | 1u << (RIGHT_READ | RIGHT_WRITE))
#define ONLY_CODE   (1u << RIGHT_READ | 1u << (RIGHT_READ | RIGHT_EXECUTE))
#define ONLY_DEVICE (1u << (RIGHT_READ | RIGHT_WRITE))

static void
test_rights(void)
{
	uint32_t frame = make(HANDLE_ACCOUNT, 1, 0, KIND_FRAME);

	check_case("data");
	expect_rights(frame, ONLY_DATA);
	check_case("code");
	expect_equal(frame_seal(frame), E_OK);
	expect_rights(frame, ONLY_CODE);
	check_case("device");
	expect_rights(HANDLE_RTC, ONLY_DEVICE);
	check_case("bundle");
	expect_equal(frame_unmap(HANDLE_BUNDLE), E_OK);
	expect_rights(HANDLE_BUNDLE, 1u << RIGHT_READ);
	expect_equal(frame_map(HANDLE_BUNDLE, BOOT_BUNDLE, RIGHT_READ), E_OK);
}

static void
test_seal(void)
{
	uint32_t frame = make(HANDLE_ACCOUNT, 2, LABEL_DUMMY, KIND_FRAME);
	uint32_t copy = 0;

	check_case("mapped");
	expect_equal(frame_map(frame, WINDOW, RIGHT_READ | RIGHT_WRITE), E_OK);
	expect_equal(frame_seal(frame), E_STATE);
	expect_equal(frame_unmap(frame), E_OK);
	expect_equal(frame_map(frame, WINDOW, RIGHT_READ), E_OK);
	expect_equal(frame_seal(frame), E_STATE);
	expect_equal(frame_unmap(frame), E_OK);
	check_case("twice");
	expect_equal(frame_seal(frame), E_OK);
	expect_equal(frame_seal(frame), E_STATE);
	check_case("device");
	expect_equal(frame_seal(HANDLE_RTC), E_STATE);
	check_case("lent");
	frame = make(HANDLE_ACCOUNT, 1, LABEL_DUMMY, KIND_FRAME);
	expect_equal(process_grant(HANDLE_PROCESS, frame, 0, LABEL_DUMMY, KIND_FRAME,
			     RIGHT_READ | RIGHT_WRITE, &copy),
		E_OK);
	expect_equal(frame_seal(frame), E_STATE);
	expect_equal(frame_seal(copy), E_STATE);
	check_case("mapped by whom it was lent to");
	expect_equal(frame_map(copy, WINDOW, RIGHT_READ | RIGHT_WRITE), E_OK);
	expect_equal(frame_seal(frame), E_STATE);
	expect_equal(frame_unmap(copy), E_OK);
	check_case("more rights than were lent");
	expect_equal(frame_map(copy, WINDOW, RIGHT_READ | RIGHT_EXECUTE), E_ARGUMENT);
}

/* Two capabilities to one frame show the same bytes, each where it is mapped. */
static void
test_shared(void)
{
	uint32_t frame = make(HANDLE_ACCOUNT, 1, LABEL_DUMMY, KIND_FRAME);
	uint32_t copy = 0;
	volatile uint32_t *first = (volatile uint32_t *)(uintptr_t)WINDOW;
	volatile uint32_t *second = (volatile uint32_t *)(uintptr_t)(WINDOW + 8 * PAGE);

	expect_equal(
		process_grant(HANDLE_PROCESS, frame, 0, LABEL_DUMMY, KIND_FRAME, RIGHT_READ, &copy),
		E_OK);
	expect_equal(frame_map(copy, WINDOW, RIGHT_READ | RIGHT_WRITE), E_ARGUMENT);
	expect_equal(frame_map(copy, WINDOW + 8 * PAGE, RIGHT_READ), E_OK);
	expect_equal(frame_map(frame, WINDOW, RIGHT_READ | RIGHT_WRITE), E_OK);
	*first = 0x12345678;
	expect_equal(*second, 0x12345678);
	expect_equal(frame_unmap(frame), E_OK);
	expect_equal(*second, 0x12345678);
	expect_equal(frame_unmap(copy), E_OK);
}

/* Written as data, sealed, run: the instruction fetch sees what was written. */
static uint32_t __attribute__((noinline, section(".text.moved"))) answer(void)
{
	return 42;
}

#define CODE_BYTES 16u

static void
test_run(void)
{
	uintptr_t entry = (uintptr_t)answer;
	uint32_t bit = (uint32_t)(entry & 1); /* Thumb */

	for (uint32_t round = 0; round < 3; round++) {
		uint32_t frame = make(HANDLE_ACCOUNT, 1, 0, KIND_FRAME);
		expect_equal(frame_map(frame, WINDOW, RIGHT_READ | RIGHT_WRITE), E_OK);
		memcpy((void *)(uintptr_t)WINDOW, (const void *)(entry - bit), CODE_BYTES);
		expect_equal(frame_unmap(frame), E_OK);
		expect_equal(frame_seal(frame), E_OK);
		expect_equal(frame_map(frame, WINDOW, RIGHT_READ | RIGHT_EXECUTE), E_OK);
		expect_equal(((uint32_t(*)(void))(uintptr_t)(WINDOW + bit))(), 42);
		expect_equal(frame_unmap(frame), E_OK);
	}
}

static void
expect_pages(uint32_t frame, uint32_t pages, uint64_t address)
{
	expect_equal(frame_map(frame, address, RIGHT_READ | RIGHT_WRITE), E_OK);
	for (uint32_t i = 0; i < pages; i++) {
		volatile uint32_t *page = (volatile uint32_t *)(uintptr_t)(address + i * PAGE);
		if (page[0] != i || page[PAGE_BYTES / 4 - 1] != ~i) {
			expect_equal(page[0], i);
			expect_equal(page[PAGE_BYTES / 4 - 1], ~i);
		}
	}
	expect_equal(frame_unmap(frame), E_OK);
}

/* A large frame across every border of page tables (2 MiB, 4 MiB), and at both ends. */
static void
test_borders(void)
{
	const uint32_t pages = 1024;
	uint32_t frame = make(HANDLE_ACCOUNT, pages, 0, KIND_FRAME);
	static const uint64_t places[] = {
		WINDOW, WINDOW + 0x1000, WINDOW + 0x1ff000, WINDOW + 0x200000, WINDOW + 0x3ff000,
		WINDOW + 0x7ff000, WINDOW + 0xffff000, PROCESS_TOP - 0x402000,
		0x1000 * 1025, /* not the first page: 0 is never mapped */
	};

	expect_equal(frame_map(frame, WINDOW, RIGHT_READ | RIGHT_WRITE), E_OK);
	for (uint32_t i = 0; i < pages; i++) {
		volatile uint32_t *page = (volatile uint32_t *)(uintptr_t)(WINDOW + i * PAGE);
		page[0] = i;
		page[PAGE_BYTES / 4 - 1] = ~i;
	}
	expect_equal(frame_unmap(frame), E_OK);
	for (uint32_t i = 0; i + 1 < sizeof(places) / sizeof(places[0]); i++) {
		expect_pages(frame, pages, places[i]);
	}
	expect_equal(frame_map(frame, PROCESS_TOP - 0x3ff000, RIGHT_READ), E_ARGUMENT);
	expect_equal(frame_map(frame, PROCESS_TOP - 0x400000, RIGHT_READ), E_STATE); /* serial */
	expect_equal(frame_map(frame, 0, RIGHT_READ), E_ARGUMENT);
}

/* Tables come out of the process's own account; without a page for them nothing is mapped. */
static void
test_tables(void)
{
	uint32_t untyped = make(HANDLE_ACCOUNT, 8 * PAGE_BYTES, LABEL_DUMMY, KIND_UNTYPED);
	uint32_t process = make(untyped, 16, 0, KIND_PROCESS);
	uint32_t frame = make(HANDLE_ACCOUNT, 2, LABEL_DUMMY, KIND_FRAME);
	uint32_t granted = 0;
	uint32_t mapped = 0;

	expect_equal(process_configure(
			     process, HANDLE_ENDPOINT, 7, LABEL_DUMMY, INSTANCE_DUMMY, 10, false),
		E_OK);
	expect_equal(process_grant(process, frame, 0, LABEL_DUMMY, KIND_FRAME,
			     RIGHT_READ | RIGHT_WRITE, &granted),
		E_OK);
	for (; mapped < 64; mapped++) {
		uint64_t before = free_bytes(untyped);
		uint64_t address = WINDOW + mapped * UINT64_C(0x400000);
		uint32_t status = process_map(process, address, granted, RIGHT_READ);
		if (status != E_OK) {
			expect_equal(status, E_MEMORY);
			expect_equal(free_bytes(untyped), before);
			/* Not half mapped either. */
			expect_equal(process_map(process, WINDOW, granted, RIGHT_READ), E_OK);
			break;
		}
		expect_equal(process_unmap(process, granted), E_OK);
	}
	expect(mapped >= 2 && mapped < 8);
	expect_equal(untyped_reset(untyped), E_OK);
	expect_equal(process_map(process, WINDOW, granted, RIGHT_READ), E_HANDLE);
}

#define REUSED_PAGES 16u

static void
expect_zero(uint64_t address, uint32_t bytes)
{
	const volatile uint32_t *words = (const volatile uint32_t *)(uintptr_t)address;

	for (uint32_t i = 0; i < bytes / sizeof(*words); i++) {
		if (words[i] != 0) {
			expect_equal(words[i], 0);
			return;
		}
	}
}

/* Memory that was somebody's comes back empty: as frames and as a thread's message buffer. */
static void
test_reused(void)
{
	const uint64_t buffer = WINDOW + 64 * PAGE;
	uint32_t untyped =
		make(HANDLE_ACCOUNT, REUSED_PAGES * PAGE_BYTES, LABEL_DUMMY, KIND_UNTYPED);

	for (uint32_t round = 0; round < 2; round++) {
		uint32_t frame = make(untyped, REUSED_PAGES - 2, 0, KIND_FRAME);
		expect_equal(frame_map(frame, WINDOW, RIGHT_READ | RIGHT_WRITE), E_OK);
		expect_zero(WINDOW, (REUSED_PAGES - 2) * PAGE_BYTES);
		memset((void *)(uintptr_t)WINDOW, 0xee, (REUSED_PAGES - 2) * PAGE_BYTES);
		expect_equal(untyped_reset(untyped), E_OK);
	}
	uint32_t thread = make(untyped, 0, 0, KIND_THREAD);
	expect_equal(thread_configure(thread, buffer, HANDLE_PROCESS, 1), E_OK);
	expect_zero(buffer, PAGE_BYTES);
	expect_equal(untyped_reset(untyped), E_OK);
}

void
frames_test(void)
{
	check_test("memory that was somebody's comes back empty");
	test_reused();
	check_test("what each kind of frame can be mapped as");
	test_rights();
	check_test("seal");
	test_seal();
	check_test("one frame mapped twice");
	test_shared();
	check_test("what was written is run");
	test_run();
	check_test("large frames across tables");
	test_borders();
	check_test("no memory for tables");
	test_tables();
}
