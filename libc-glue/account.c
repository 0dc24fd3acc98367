/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Memory out of the process's own account. */
#include "account.h"

#include "abi/abi.h"
#include "gen/core/frame.h"
#include "gen/core/untyped.h"

#define FRAME_BYTES UINT64_C(1048576) /* greatest frame asked for: the kernel bounds it */

uint32_t
glue_account_map(uint64_t vaddr, uint32_t pages)
{
	uint32_t frame;
	uint32_t status = untyped_retype(HANDLE_ACCOUNT, pages, LABEL_NONE, KIND_FRAME, &frame);

	return status == E_OK ? frame_map(frame, vaddr, RIGHT_READ | RIGHT_WRITE) : status;
}

uint64_t
glue_account_map_range(uint64_t vaddr, uint64_t bytes)
{
	uint64_t done = 0;

	while (done < bytes) {
		uint64_t left = bytes - done;
		uint64_t part = left < FRAME_BYTES ? left : FRAME_BYTES;

		if (glue_account_map(vaddr + done, (uint32_t)(part / PAGE_BYTES)) != E_OK) {
			break;
		}
		done += part;
	}
	return done;
}

uint32_t
glue_account_thread(uint32_t *handle)
{
	return untyped_retype(HANDLE_ACCOUNT, 0, LABEL_NONE, KIND_THREAD, handle);
}

uint32_t
glue_account_notification(uint32_t *handle)
{
	return untyped_retype(HANDLE_ACCOUNT, 0, LABEL_NONE, KIND_NOTIFICATION, handle);
}
