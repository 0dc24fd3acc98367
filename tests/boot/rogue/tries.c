/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * init as it is, but for the moment after boot: somebody has taken it over and tries what it could
 * do before. What is not refused as it should be ends in a fault, which is the machine's end.
 */
#include "servers/init/supervise.h"

_Noreturn static void try_all(struct estate *estate);

#define supervise try_all
#include "servers/init/main.c"
#undef supervise

#include "gen/core/frame.h"
#include "gen/core/process.h"
#include "gen/core/untyped.h"

/* The panic then says the address: the number of the attempt, and what was answered. */
static void
must_be(uint32_t status, uint32_t wanted)
{
	static uint32_t attempt;

	attempt++;
	if (status != wanted) {
		*(volatile uint32_t *)(uintptr_t)(attempt << 8 | status << 2) = 0;
	}
}

_Noreturn static void
try_all(struct estate *estate)
{
	const struct instance *victim = &estate->instances[0];
	uint32_t handle = 0;

	/* Memory out of the whole machine's, for itself and for somebody else. */
	must_be(untyped_retype(HANDLE_ACCOUNT, 1, LABEL_NONE, KIND_FRAME, &handle), E_HANDLE);
	must_be(process_grant(victim->process, HANDLE_ACCOUNT, 0, estate->layout.instances[0].label,
			KIND_UNTYPED, RIGHT_MANAGE, &handle),
		E_HANDLE);
	must_be(untyped_reset(HANDLE_ACCOUNT), E_HANDLE);
	/* The registers of a device, and the image once more. */
	must_be(frame_map(HANDLE_INITIAL(BOOT_SLOT_DEVICES), PROCESS_DEVICES + 0x8000000,
			RIGHT_READ | RIGHT_WRITE),
		E_HANDLE);
	must_be(frame_unmap(HANDLE_INITIAL(BOOT_SLOT_BUNDLE)), E_HANDLE);
	/* An account's memory under somebody else's name; a program that nobody knows. */
	must_be(untyped_retype(victim->own, 0, LABEL_INIT, KIND_NOTIFICATION, &handle), E_DENIED);
	must_be(process_start(victim->process, 1, 2, 3, 4), E_DENIED);
	must_be(power_off(HANDLE_INITIAL(BOOT_SLOT_POWER), 0), E_DENIED);
	must_be(power_run(HANDLE_INITIAL(BOOT_SLOT_POWER)), E_DENIED);
	supervise(estate);
}
