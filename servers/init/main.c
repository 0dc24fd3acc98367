/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* init: makes the system that the system blob describes, then supervises it. */
#include "abi/abi.h"
#include "abi/process.h"
#include "abi/system.h"
#include "archive.h"
#include "bundle.h"
#include "gatehouse/ipc.h"
#include "gen/core/frame.h"
#include "gen/core/power.h"
#include "gen/core/untyped.h"
#include "instance.h"
#include "life.h"
#include "program.h"
#include "supervise.h"

/* Where the instances' rows are: in reach of the page table of init's text. */
#define ROWS UINT64_C(0x00500000)

static struct estate estate;

/* Where the kernel enters. */
_Noreturn void _start(const struct boot_info *boot);

/* init has one thread and no thread pointer (gatehouse/ipc.h). */
uint8_t *
ipc_buffer(void)
{
	return (uint8_t *)(uintptr_t)PROCESS_BUFFER;
}

static bool
open_all(const struct boot_info *boot, struct bundle *bundle)
{
	if (boot->magic != BOOT_INFO_MAGIC || boot->version != 1) {
		return false;
	}
	return bundle_open((const uint8_t *)(uintptr_t)BOOT_BUNDLE, boot->bundle_bytes, bundle) &&
	       archive_open(&bundle->archive) &&
	       layout_open(&bundle->system, boot->device_count, &estate.layout);
}

/* A row for each instance in a frame: init is as large as the system. False: there is no memory,
 * even for that. */
static bool
make_rows(void)
{
	uint32_t bytes = estate.layout.instance_count * (uint32_t)sizeof(*estate.instances);
	uint32_t pages = bytes / PAGE_BYTES + 1;
	uint32_t frame;
	uint32_t status = untyped_retype(
		HANDLE_INITIAL(BOOT_SLOT_REST), pages, LABEL_NONE, KIND_FRAME, &frame);

	if (status != E_OK) {
		status = untyped_retype(HANDLE_ACCOUNT, pages, LABEL_NONE, KIND_FRAME, &frame);
	}
	if (status != E_OK || frame_map(frame, ROWS, RIGHT_READ | RIGHT_WRITE) != E_OK) {
		return false;
	}
	estate.instances = (struct instance *)(uintptr_t)ROWS;
	return true;
}

/* Who may read the policy gets a frame with it and nothing else of the image; its label is that of
 * the capabilities that ask for it. */
static void
make_policy_frame(const struct bundle *bundle)
{
	const struct layout *layout = &estate.layout;

	for (uint32_t i = 0; i < layout->capability_count; i++) {
		if (layout->capabilities[i].kind != SYSTEM_POLICY) {
			continue;
		}
		uint32_t status = program_fill_two(HANDLE_ACCOUNT, layout->capabilities[i].label,
			&bundle->policy, &bundle->system, &estate.policy_frame,
			&estate.system_offset);
		estate.policy_bytes = estate.system_offset + bundle->system.length_bytes;
		if (status != E_OK) {
			estate.policy_frame = 0;
		}
		return;
	}
}

_Noreturn void
_start(const struct boot_info *boot)
{
	struct bundle bundle;

	if (!open_all(boot, &bundle) || !make_rows()) {
		/* The kernel takes init's fault for the end of the machine, which it is. */
		__builtin_trap();
	}
	estate.archive = bundle.archive;
	make_policy_frame(&bundle);
	life_start_all(&estate);
	/* From here on init is judged like everybody else, and holds no memory but the instances'.
	 */
	if (power_run(HANDLE_INITIAL(BOOT_SLOT_POWER)) != E_OK) {
		__builtin_trap();
	}
	supervise(&estate);
}
