/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Messages between two processes with every register and the whole buffer watched. */
#include "machine/exchange.h"

#include "abi/process.h"
#include "check.h"
#include "gatehouse/process.h"
#include "process_driver.h"
#include "registers/registers.h"

static struct registers before;
static struct registers after;

static void
exchange(uint32_t length)
{
	uint8_t *buffer = (uint8_t *)(uintptr_t)PROCESS_BUFFER;
	uint32_t answer = answer_length(length);

	registers_fill(&before, DRIVER_SEED);
	buffer_fill(buffer, DRIVER_SEED);
	before.r[0] = DRIVER_MIRROR;
	before.r[1] = info_make(MIRROR_EXCHANGE, length);
	after = before;
	registers_call(&after, SYS_call);
	/* Before anything else uses the buffer. */
	uint32_t wrong = buffer_check(buffer, DRIVER_SEED, MIRROR_SEED, answer);
	expect_equal(wrong, 0);
	expect_equal(after.r[0], E_OK);
	expect_equal(after.r[1], info_make(0, answer));
	expect_equal(registers_check(&before, &after, MIRROR_SEED, answer, false), 0);
}

static void
check_mirror(uint32_t count)
{
	static uint32_t total;
	uint32_t received;
	uint32_t wrong;
	uint32_t badge;
	uint16_t label;
	uint16_t instance;

	total += count;
	expect_equal(
		mirror_report(DRIVER_MIRROR, &received, &wrong, &badge, &label, &instance), E_OK);
	expect_equal(received, total);
	expect_equal(wrong, 0);
	expect_equal(label, process_info()->label);
	expect_equal(instance, process_info()->instance);
	expect_equal(badge, process_info()->instance); /* the first interface that it gives */
}

static void
exchange_range(uint32_t first, uint32_t last)
{
	for (uint32_t length = first; length <= last; length++) {
		exchange(length);
	}
	check_mirror(last - first + 1);
}

void
exchange_test(void)
{
	check_test("registers: 0 to 40 bytes there, 984 to 1024 back");
	exchange_range(0, 40);
	check_test("registers: 100 to 150 bytes there, 874 to 924 back");
	exchange_range(100, 150);
	check_test("registers: 508 to 516 bytes");
	exchange_range(508, 516);
	check_test("registers: 880 to 1024 bytes there, 0 to 144 back");
	exchange_range(880, 1024);
}
