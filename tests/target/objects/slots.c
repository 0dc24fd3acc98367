/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The table of capabilities: full, and its slots used again in the order in which they came free.
 */
#include "abi/abi.h"
#include "check.h"
#include "gen/core/audit.h"
#include "gen/core/notification.h"
#include "gen/core/untyped.h"
#include "objects/tests.h"

#define SLOTS  4096u /* at most; init has as many as its instances need */
#define REUSED 64u

static uint32_t handles[SLOTS];

static uint32_t
fill(uint32_t untyped)
{
	uint32_t count = 0;
	uint32_t status = E_OK;

	while (count < SLOTS) {
		status = untyped_retype(untyped, 0, 0, KIND_NOTIFICATION, &handles[count]);
		if (status != E_OK) {
			break;
		}
		count++;
	}
	expect_equal(status, E_LIMIT);
	return count;
}

static uint32_t
index_of(uint32_t handle)
{
	return handle & HANDLE_INDEX_MASK;
}

static uint32_t
generation_of(uint32_t handle)
{
	return handle >> HANDLE_INDEX_BITS;
}

static void
test_reuse(uint32_t large, uint32_t small)
{
	uint32_t count = fill(large);

	expect(count > 200 && count < SLOTS);
	for (uint32_t i = 1; i < count; i++) {
		expect_equal(handles[i], handles[i - 1] + 1); /* fresh ones in order */
	}
	check_case("full");
	uint32_t none;
	uint64_t before = free_bytes(small);
	expect_equal(untyped_retype(small, 0, 0, KIND_NOTIFICATION, &none), E_LIMIT);
	expect_equal(untyped_retype(small, 1, 0, KIND_FRAME, &none), E_LIMIT);
	expect_equal(untyped_retype(small, 16, 0, KIND_PROCESS, &none), E_LIMIT);
	expect_equal(free_bytes(small), before);
	check_case("given back");
	expect_equal(untyped_reset(large), E_OK);
	for (uint32_t i = 0; i < count; i += 97) {
		expect_equal(notification_clear(handles[i]), E_HANDLE);
	}
}

/* A slot that came free waits until all that came free before it were used. */
static void
test_order(uint32_t small)
{
	static uint32_t again[REUSED];
	static uint32_t more[REUSED];

	for (uint32_t i = 0; i < REUSED; i++) {
		again[i] = make(small, 0, 0, KIND_NOTIFICATION);
		expect(generation_of(again[i]) >= 2);
		expect_equal(notification_clear(again[i]), E_OK);
		expect_equal(notification_clear(again[i] - (1u << HANDLE_INDEX_BITS)), E_HANDLE);
	}
	expect_equal(untyped_reset(small), E_OK);
	for (uint32_t i = 0; i < REUSED; i++) {
		more[i] = make(small, 0, 0, KIND_NOTIFICATION);
		for (uint32_t k = 0; k < REUSED; k++) {
			expect(index_of(more[i]) != index_of(again[k]));
		}
	}
	expect_equal(untyped_reset(small), E_OK);
}

/* One slot's generation goes up each time that it is used, and old handles stay dead. */
static void
test_generations(uint32_t small)
{
	static uint32_t seen[SLOTS];
	uint32_t wrong = 0;

	for (uint32_t round = 0; round < 3 * SLOTS; round++) {
		uint32_t handle = make(small, 0, 0, KIND_NOTIFICATION);
		uint32_t index = index_of(handle);
		if (seen[index] != 0 && generation_of(handle) != seen[index] + 1) {
			wrong++;
		}
		seen[index] = generation_of(handle);
		expect_equal(untyped_reset(small), E_OK);
	}
	expect_equal(wrong, 0);
}

/* A process whose capability is refused leaves no trace, even when its memory is used again. */
static void
test_refused_process(void)
{
	uint8_t state = 0;
	uint32_t process;
	uint32_t untyped = make(HANDLE_ACCOUNT, 16 * PAGE_BYTES, LABEL_DUMMY, KIND_UNTYPED);

	expect_equal(untyped_retype(untyped, 16, LABEL_KERNEL, KIND_PROCESS, &process), E_DENIED);
	expect_equal(untyped_reset(untyped), E_OK);
	(void)make(untyped, 8, 0, KIND_FRAME); /* cleared: nothing of the process is left */
	for (uint32_t i = 0; i < 32; i++) {
		(void)make(untyped, 0, 0, KIND_NOTIFICATION);
	}
	expect_equal(audit_instance(HANDLE_AUDIT, 0, 0, 0, 0, 0, 0, 0, &state, 0), E_OK);
	expect_equal(state, 1); /* init runs: it asks */
	expect_equal(untyped_reset(untyped), E_OK);
}

void
slots_test(void)
{
	uint32_t large = make(HANDLE_ACCOUNT, 0x80000, LABEL_DUMMY, KIND_UNTYPED);
	uint32_t small = make(HANDLE_ACCOUNT, 16 * PAGE_BYTES, LABEL_DUMMY, KIND_UNTYPED);

	check_test("a table that is full");
	test_reuse(large, small);
	check_test("slots are used again in the order in which they came free");
	test_order(small);
	check_test("generations go up by one");
	test_generations(small);
	check_test("a process whose capability is refused leaves no trace");
	test_refused_process();
}
