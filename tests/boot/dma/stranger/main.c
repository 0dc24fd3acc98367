/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Asks for the address of what it has, and for syncs: the policy lets no one but the driver. */
#include <stdio.h>

#include "abi/abi.h"
#include "gen/core/frame.h"
#include "gen/core/untyped.h"
#include "process_stranger.h"

const uint32_t gatehouse_console_handle = STRANGER_CONSOLE;

int
main(void)
{
	uint64_t address = 0;
	uint32_t frame = 0;
	uint32_t made = untyped_retype(HANDLE_ACCOUNT, 1, 0, KIND_FRAME, &frame);

	printf("stranger: own frame %u, address %u, sync %u\n", (unsigned)made,
		(unsigned)frame_address(frame, &address), (unsigned)frame_sync(frame, 0, 64));
	printf("stranger: registers' address %u, sync %u\n",
		(unsigned)frame_address(STRANGER_GPIO_REGISTERS, &address),
		(unsigned)frame_sync(STRANGER_GPIO_REGISTERS, 0, 64));
	return 0;
}
