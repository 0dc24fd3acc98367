/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Capabilities of init's own table: copied, moved, deleted, and taken back by whom they come from.
 */
#include "abi/abi.h"
#include "check.h"
#include "gen/core/frame.h"
#include "gen/core/notification.h"
#include "gen/core/process.h"
#include "gen/core/untyped.h"
#include "objects/tests.h"

#define COPIES 40u

static uint32_t
copy(uint32_t handle, uint16_t interface, uint8_t rights)
{
	uint32_t granted = 0;

	expect_equal(
		process_grant(HANDLE_PROCESS, handle, 0, LABEL_DUMMY, interface, rights, &granted),
		E_OK);
	return granted;
}

static void
test_revoke(uint32_t untyped)
{
	uint32_t original = make(untyped, 0, 0, KIND_NOTIFICATION);
	uint32_t first = copy(original, KIND_NOTIFICATION, RIGHT_MANAGE);
	uint32_t copies[COPIES];

	for (uint32_t i = 0; i < COPIES; i++) {
		copies[i] = copy(i % 2 == 0 ? first : original, KIND_NOTIFICATION, RIGHT_MANAGE);
	}
	check_case("of a copy");
	expect_equal(process_revoke(HANDLE_PROCESS, first), E_OK);
	for (uint32_t i = 0; i < COPIES; i++) {
		expect_equal(notification_clear(copies[i]), i % 2 == 0 ? E_HANDLE : E_OK);
	}
	expect_equal(notification_clear(first), E_OK);
	check_case("of the original");
	expect_equal(process_revoke(HANDLE_PROCESS, original), E_OK);
	expect_equal(notification_clear(first), E_HANDLE);
	expect_equal(notification_clear(copies[1]), E_HANDLE);
	expect_equal(notification_clear(original), E_OK);
	check_case("afterwards");
	first = copy(original, KIND_NOTIFICATION, RIGHT_MANAGE);
	expect_equal(notification_clear(first), E_OK);
	check_case("of memory");
	expect_equal(process_revoke(HANDLE_PROCESS, untyped), E_OK);
	expect_equal(notification_clear(original), E_HANDLE);
	expect_equal(notification_clear(first), E_HANDLE);
	expect_equal(process_revoke(HANDLE_PROCESS, original), E_HANDLE);
	expect_equal(untyped_reset(untyped), E_OK);
}

/* Who is deleted leaves his copies to whom he was derived from. */
static void
test_delete(uint32_t untyped)
{
	uint32_t original = make(untyped, 0, 0, KIND_NOTIFICATION);
	uint32_t older = copy(original, KIND_NOTIFICATION, RIGHT_MANAGE);
	uint32_t middle = copy(original, KIND_NOTIFICATION, RIGHT_MANAGE);
	uint32_t last = copy(middle, KIND_NOTIFICATION, RIGHT_MANAGE);

	expect_equal(process_delete(HANDLE_PROCESS, middle), E_OK);
	expect_equal(process_delete(HANDLE_PROCESS, middle), E_HANDLE);
	expect_equal(notification_clear(last), E_OK);
	expect_equal(process_revoke(HANDLE_PROCESS, older), E_OK);
	expect_equal(notification_clear(last), E_OK);
	expect_equal(process_revoke(HANDLE_PROCESS, original), E_OK);
	expect_equal(notification_clear(last), E_HANDLE);
	expect_equal(process_delete(HANDLE_PROCESS, original), E_OK);
	expect_equal(untyped_reset(untyped), E_OK);
}

/* A mapping moves with its capability, and so does what was derived from it. */
static void
test_move(uint32_t untyped)
{
	uint32_t moved = 0;
	uint32_t frame = make(untyped, 2, 0, KIND_FRAME);
	uint32_t derived = copy(frame, KIND_FRAME, RIGHT_READ);
	volatile uint32_t *words = (volatile uint32_t *)(uintptr_t)WINDOW;

	expect_equal(frame_map(frame, WINDOW, RIGHT_READ | RIGHT_WRITE), E_OK);
	words[0] = 0x55;
	expect_equal(process_move(HANDLE_PROCESS, frame, &moved), E_OK);
	expect(moved != frame && moved != 0);
	expect_equal(frame_unmap(frame), E_HANDLE);
	expect_equal(words[0], 0x55);
	expect_equal(frame_map(moved, WINDOW + 0x10000, RIGHT_READ), E_STATE);
	expect_equal(process_revoke(HANDLE_PROCESS, moved), E_OK);
	expect_equal(frame_unmap(derived), E_HANDLE);
	expect_equal(frame_unmap(moved), E_OK);
	expect_equal(frame_map(moved, WINDOW, RIGHT_READ), E_OK);
	expect_equal(process_move(HANDLE_PROCESS, frame, &moved), E_HANDLE);
	expect_equal(untyped_reset(untyped), E_OK);
	expect_equal(frame_unmap(moved), E_HANDLE);
}

void
capabilities_test(void)
{
	uint32_t untyped = make(HANDLE_ACCOUNT, 16 * PAGE_BYTES, LABEL_DUMMY, KIND_UNTYPED);

	check_test("what was derived is taken back");
	test_revoke(untyped);
	check_test("a deleted capability leaves its heirs to its parent");
	test_delete(untyped);
	check_test("a moved capability keeps its mapping and its heirs");
	test_move(untyped);
}
