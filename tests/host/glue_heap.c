/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* malloc's memory: grows by few frames, stops at the account's end, is zero when it is new. */
/* test: libc-glue/heap.c */
#define _DEFAULT_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#include "abi/abi.h"
#include "abi/process.h"
#include "libc-glue/account.h"

void *_sbrk(ptrdiff_t change);

static uint64_t account_pages;
static uint32_t frames;

uint32_t
glue_account_map(uint64_t vaddr, uint32_t pages)
{
	if (pages > account_pages) {
		return E_MEMORY;
	}
	void *at = mmap((void *)(uintptr_t)vaddr, (size_t)pages * PAGE_BYTES,
		PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	assert_ptr_equal(at, (void *)(uintptr_t)vaddr);
	account_pages -= pages;
	frames++;
	return E_OK;
}

static bool
is_zero(const uint8_t *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (bytes[i] != 0) {
			return false;
		}
	}
	return true;
}

/* One story, because the heap is one: small, given back, large, the account's last page. */
static void
test_heap(void **state)
{
	uint8_t *base = (uint8_t *)(uintptr_t)PROCESS_HEAP;

	(void)state;
	account_pages = 1024;
	assert_ptr_equal(_sbrk(0), base);
	assert_int_equal(frames, 0);
	assert_ptr_equal(_sbrk(100), base);
	assert_int_equal(frames, 1);
	assert_int_equal(account_pages, 1020);
	memset(base, 0xaa, 100);

	assert_ptr_equal(_sbrk(-60), base + 100);
	assert_ptr_equal(_sbrk(-41), (void *)-1);
	assert_ptr_equal(_sbrk(200), base + 40);
	assert_true(is_zero(base + 40, 200));
	assert_int_equal(base[39], 0xaa);
	assert_int_equal(frames, 1);

	/* Two MiB more in a handful of frames, all of them usable. */
	assert_ptr_equal(_sbrk(0x200000), base + 240);
	assert_true(is_zero(base + 240, 0x200000));
	memset(base + 240, 0xbb, 0x200000);
	assert_true(frames <= 5);

	/* More than there is: nothing changes for the caller. */
	assert_ptr_equal(_sbrk(0x400000), (void *)-1);
	assert_ptr_equal(_sbrk(0), base + 240 + 0x200000);

	/* Page by page to the last one. */
	uint64_t pages_before = account_pages;
	uint64_t count = 0;
	while (_sbrk(PAGE_BYTES) != (void *)-1) {
		count++;
		assert_true(count < 2048);
	}
	assert_true(count >= pages_before);
	assert_int_equal(account_pages, 0);
	assert_true(frames < 200);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
