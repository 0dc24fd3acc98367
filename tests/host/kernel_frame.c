/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Frames: mapping, sealing, and that nothing is ever writable and executable. */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_arch.h"
#include "fake_monitor.h"
#include "kernel/destroy.h"
#include "kernel/frame.h"
#include "kernel/process.h"
#include "kernel/untyped.h"
#include "tests/host/support/kernel_world.h"

#define AT UINT64_C(0x500000)

/* A frame of init and the copy that a process holds, so that it maps into the process. */
static struct process *process;
static struct slot *original, *copy;

static void
make(uint32_t pages, uint8_t rights)
{
	original = world_make(KIND_FRAME, pages, 3);
	copy = slot_find(&process->table, world_grant(process, original, 0, rights, 0));
}

static int
setup(void **state)
{
	world_start(state);
	process = world_process(1);
	return 0;
}

static void
test_map(void **state)
{
	enum arch_access access;
	paddr_t physical;

	(void)state;
	make(3, 7);
	assert_int_equal(frame_map(copy, AT, RIGHT_READ | RIGHT_WRITE), E_OK);
	for (uint64_t i = 0; i < 3; i++) {
		assert_true(fake_space_lookup(
			&process->space, AT + i * PAGE_BYTES, &physical, &access));
		assert_int_equal(
			physical, ((struct frame *)copy->object)->address + i * PAGE_BYTES);
		assert_int_equal(access, ARCH_READ_WRITE);
	}
	assert_int_equal(fake_space_pages(&process->space), 3);
	assert_int_equal(frame_map(copy, AT + 0x10000, RIGHT_READ), E_STATE);
	while (frame_unmap_step(copy)) {
	}
	assert_int_equal(fake_space_pages(&process->space), 0);
	while (frame_unmap_step(copy)) {
	}
	assert_int_equal(frame_map(copy, AT, RIGHT_READ), E_OK);
	world_delete(copy);
	assert_int_equal(fake_space_pages(&process->space), 0);
}

static void
test_bad_addresses(void **state)
{
	static const vaddr_t bad[] = {0, 1, AT + 1, ARCH_USER_TOP, ARCH_USER_TOP - PAGE_BYTES,
		UINT64_MAX, UINT64_MAX - 4095, UINT64_C(1) << 32, (UINT64_C(1) << 32) + AT};

	(void)state;
	make(2, 7);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(frame_map(copy, bad[i], RIGHT_READ), E_ARGUMENT);
	}
	assert_int_equal(frame_map(copy, ARCH_USER_TOP - 2 * PAGE_BYTES, RIGHT_READ), E_OK);
}

/* One mapping with these rights of the capability and of the request. */
static void
check_rights(bool is_code, uint8_t has, uint8_t want)
{
	enum arch_access access, expected = ARCH_READ;
	enum status status;
	paddr_t physical;
	bool is_legal = want == 1 || want == (is_code ? 5 : 3);

	copy = slot_find(&process->table, world_grant(process, original, 0, has, 0));
	status = frame_map(copy, AT, want);
	assert_int_equal(status == E_OK, is_legal && (want & ~has) == 0);
	if (want != 1) {
		expected = is_code ? ARCH_READ_EXECUTE : ARCH_READ_WRITE;
	}
	if (status == E_OK) {
		assert_true(fake_space_lookup(&process->space, AT, &physical, &access));
		assert_int_equal(access, expected);
	}
	world_delete(copy);
}

/* Never writable and executable, never more than the capability has, never less than was asked. */
static void
test_all_rights(void **state)
{
	(void)state;
	for (int is_code = 0; is_code < 2; is_code++) {
		original = world_make(KIND_FRAME, 1, 3);
		if (is_code) {
			assert_int_equal(frame_seal(original), E_OK);
		}
		for (uint32_t i = 0; i < 7 * 256; i++) {
			check_rights(is_code, (uint8_t)(1 + i / 256), (uint8_t)i);
		}
	}
}

static void
test_seal(void **state)
{
	(void)state;
	make(2, 7);
	/* Two capabilities: somebody else may hold it writable. */
	assert_int_equal(frame_seal(copy), E_STATE);
	assert_int_equal(frame_seal(original), E_STATE);
	world_delete(copy);
	assert_int_equal(frame_map(original, AT, RIGHT_READ | RIGHT_WRITE), E_OK);
	assert_int_equal(frame_seal(original), E_STATE);
	while (frame_unmap_step(original)) {
	}
	assert_int_equal(frame_seal(original), E_OK);
	assert_int_equal(fake_executable_bytes(), 2 * PAGE_BYTES);
	assert_int_equal(frame_seal(original), E_STATE);
	assert_int_equal(frame_map(original, AT, RIGHT_READ | RIGHT_WRITE), E_ARGUMENT);
	assert_int_equal(frame_map(original, AT, RIGHT_READ | RIGHT_EXECUTE), E_OK);
	while (frame_unmap_step(original)) {
	}
}

static void
test_device(void **state)
{
	enum arch_access access;
	paddr_t physical;

	(void)state;
	make(1, 7);
	frame_init((struct frame *)copy->object, 0x9000000, 1, FRAME_DEVICE);
	assert_int_equal(frame_seal(copy), E_STATE);
	assert_int_equal(frame_map(copy, AT, RIGHT_READ | RIGHT_EXECUTE), E_ARGUMENT);
	assert_int_equal(frame_map(copy, AT, RIGHT_READ | RIGHT_WRITE), E_OK);
	assert_true(fake_space_lookup(&process->space, AT, &physical, &access));
	assert_int_equal(access, ARCH_DEVICE);
	assert_int_equal(physical, 0x9000000);
}

/* Memory that a device uses, too: an address, and syncs of what lies in it, for who may write it.
 */
static void
test_dma(void **state)
{
	static const struct {
		uint32_t offset, length;
		enum status status;
	} calls[] = {
		{0, 3 * PAGE_BYTES, E_OK},
		{3 * PAGE_BYTES - 1, 1, E_OK},
		{70, 100, E_OK},
		{3 * PAGE_BYTES, 1, E_ARGUMENT},
		{3 * PAGE_BYTES - 1, 2, E_ARGUMENT},
		{1, 3 * PAGE_BYTES, E_ARGUMENT},
		{UINT32_MAX, 2, E_ARGUMENT},
		{1, UINT32_MAX, E_ARGUMENT},
	};
	enum arch_access access;
	paddr_t physical, address;
	size_t bytes;

	(void)state;
	make(3, RIGHT_READ | RIGHT_WRITE);
	struct frame *frame = (struct frame *)copy->object;
	assert_int_equal(frame_address(frame, &address), E_STATE);
	assert_int_equal(frame_sync(copy, 0, 1), E_STATE);
	frame_init(frame, frame->address, 3, FRAME_DMA);
	assert_int_equal(frame_address(frame, &address), E_OK);
	assert_int_equal(address, frame->address);
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		(void)arch_memory_sync(fake_ram, 0);
		assert_int_equal(
			frame_sync(copy, calls[i].offset, calls[i].length), calls[i].status);
		const uint8_t *start = fake_synced(&bytes);
		if (calls[i].status == E_OK) {
			assert_ptr_equal(start, (uint8_t *)arch_pointer(address) + calls[i].offset);
		}
		assert_int_equal(bytes, calls[i].status == E_OK ? calls[i].length : 0);
	}
	/* It is memory to the process, and never code. */
	assert_int_equal(frame_map(copy, AT, RIGHT_READ | RIGHT_WRITE), E_OK);
	assert_true(fake_space_lookup(&process->space, AT, &physical, &access));
	assert_int_equal(access, ARCH_READ_WRITE);
	while (frame_unmap_step(copy)) {
	}
	world_delete(copy);
	assert_int_equal(frame_seal(original), E_STATE);
	/* Who may only read it must not make others' writes, or the device's, go or come. */
	copy = slot_find(&process->table, world_grant(process, original, 0, RIGHT_READ, 0));
	assert_int_equal(frame_sync(copy, 0, 1), E_ARGUMENT);
}

/* Page tables come out of the process's own account; without pages a map is refused whole. */
static void
test_tables_are_paid(void **state)
{
	size_t free_pages, mapped = 0;
	vaddr_t address = AT;
	enum status status;

	(void)state;
	make(1, 7);
	free_pages = untyped_free_pages(process->account);
	assert_int_equal(frame_map(copy, address, RIGHT_READ), E_OK);
	assert_int_equal(untyped_free_pages(process->account), free_pages - 1);
	while (frame_unmap_step(copy)) {
	}
	for (address = AT; (status = frame_map(copy, address, RIGHT_READ)) == E_OK;
		address += UINT64_C(2) << 20) {
		mapped++;
		while (frame_unmap_step(copy)) {
		}
	}
	assert_int_equal(status, E_MEMORY);
	assert_int_equal(mapped, free_pages);
	assert_int_equal(fake_space_pages(&process->space), 0);
	assert_int_equal(frame_map(copy, AT, RIGHT_READ), E_OK);
}

static void
test_overlap(void **state)
{
	const struct slot *second;
	struct slot *other;

	(void)state;
	make(4, 7);
	second = world_make(KIND_FRAME, 2, 3);
	other = slot_find(&process->table, world_grant(process, second, 0, 7, 0));
	assert_int_equal(frame_map(copy, AT, RIGHT_READ), E_OK);
	for (uint64_t page = 0; page < 4; page++) {
		assert_int_equal(frame_map(other, AT + page * PAGE_BYTES, RIGHT_READ), E_STATE);
	}
	assert_int_equal(frame_map(other, AT - PAGE_BYTES, RIGHT_READ), E_STATE);
	assert_int_equal(frame_map(other, AT - 2 * PAGE_BYTES, RIGHT_READ), E_OK);
}

/* Memory that is taken back is mapped nowhere, the buffer of a thread included. */
static void
test_reset_unmaps(void **state)
{
	struct slot *small = world_make(KIND_UNTYPED, 8 * PAGE_BYTES, 3);
	struct slot *placed = NULL;
	uint32_t handle;

	(void)state;
	assert_int_equal(world_retype(small, KIND_FRAME, 2, 3, &placed), E_OK);
	handle = world_grant(process, placed, 0, 7, 0);
	assert_int_equal(frame_map(slot_find(&process->table, handle), AT, RIGHT_READ), E_OK);
	while (untyped_reset_step(small)) {
	}
	assert_int_equal(fake_space_pages(&process->space), 0);
	assert_null(slot_find(&process->table, handle));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, world_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_map),
		TEST(test_bad_addresses),
		TEST(test_all_rights),
		TEST(test_seal),
		TEST(test_device),
		TEST(test_dma),
		TEST(test_tables_are_paid),
		TEST(test_overlap),
		TEST(test_reset_unmaps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
