/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A thread in a process of the test: does what its argument says, then sleeps, or ends the process.
 * It has no data, and a few hundred bytes of stack. */
#include "gatehouse/ipc.h"
#include "gen/core/process.h"
#include "gen/core/reply.h"
#include "objects/objects.h"

_Noreturn void _start(uintptr_t argument);

/* Threads have different buffers; only short messages are sent. */
uint8_t *
ipc_buffer(void)
{
	return (uint8_t *)(uintptr_t)PROCESS_BUFFER;
}

static void
serve(uint32_t endpoint, uint32_t reply)
{
	struct message message;
	struct caller caller;

	for (;;) {
		sys_recv(endpoint, &message, &caller);
		if ((message.info & INFO_FAILED) != 0) {
			return;
		}
		if (reply != 0) {
			struct message hold = {.info = info_make(REPLY_HOLD, 0)};
			(void)sys_call(reply, &hold);
		}
		message.info = info_make(0, sizeof(uint32_t));
		(void)sys_reply(0, &message);
	}
}

static void
call(uint32_t endpoint)
{
	struct message message = {.info = info_make(1, sizeof(uint32_t))};

	(void)sys_call(endpoint, &message);
}

static void
act(enum worker_mode mode, uint32_t slot)
{
	uint32_t handle = HANDLE_INITIAL(slot);
	uint32_t bits;

	switch (mode) {
	case WORKER_EXIT:
		(void)process_exit(HANDLE_PROCESS, 0);
		break;
	case WORKER_CALL:
		call(handle);
		break;
	case WORKER_SERVE:
		serve(handle, 0);
		break;
	case WORKER_HOLD:
		serve(handle, HANDLE_INITIAL(slot + 1));
		break;
	case WORKER_WAIT:
		(void)sys_wait(handle, &bits);
		break;
	case WORKER_FAULT:
		*(volatile uint32_t *)(uintptr_t)PAGE_BYTES = 1;
		break;
	default:
		for (;;) {
		}
	}
}

_Noreturn void
_start(uintptr_t argument)
{
	uint32_t bits;

	act((enum worker_mode)(argument & 0xff), (uint32_t)argument >> 8);
	for (;;) {
		(void)sys_deadline(UINT64_MAX >> 2);
		(void)sys_wait(0, &bits);
	}
}
