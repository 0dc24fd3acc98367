/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* How objects are used, each kind in its own way, by init itself. */
#include "fuzz/core/verdict.h"
#include "gatehouse/ipc.h"
#include "gen/core/endpoint.h"
#include "gen/core/frame.h"
#include "gen/core/irq.h"
#include "gen/core/notification.h"
#include "gen/core/reply.h"
#include "gen/core/untyped.h"
#include "objects/objects.h"

#define LINE         (HANDLE_RTC + 1)
#define FRAME_WINDOW (PROCESS_HEAP + UINT64_C(0x400000))
#define FRAME_BYTES  UINT64_C(0x10000)

static void
use_untyped(struct thing *thing)
{
	uint64_t before = 0, after = 0;
	uint32_t handle;

	(void)untyped_info(thing->handle, &before, 0);
	if (untyped_retype(thing->handle, 0, 0, KIND_NOTIFICATION, &handle) == E_OK) {
		(void)untyped_info(thing->handle, &after, 0);
		check(after < before, "an object of no memory", after, before);
	}
	if (below(4) == 0) {
		check(untyped_reset(thing->handle) == E_OK, "reset of nested memory", 0, 0);
		copies_gone(thing);
	}
}

/* Anybody's request, and an answer, a held one, or none yet. */
static void
use_endpoint(const struct thing *thing)
{
	struct message message;
	struct caller caller;

	switch (below(4)) {
	case 0:
		(void)endpoint_restart(thing->handle);
		return;
	case 1:
		(void)endpoint_close(thing->handle);
		return;
	default:
		break;
	}
	(void)sys_deadline(1); /* long ago: it does not wait */
	sys_recv(below(2) == 0 ? HANDLE_ENDPOINT : thing->handle, &message, &caller);
	if ((message.info & INFO_FAILED) != 0) {
		return;
	}
	const struct thing *reply = any_of(KIND_REPLY);
	if (reply != NULL && below(2) == 0) {
		(void)reply_hold(reply->handle);
	}
	message.info = info_make(0, below(2) * sizeof(uint32_t));
	(void)sys_reply(0, &message);
}

static void
use_notification(const struct thing *thing)
{
	uint32_t bits = 0;

	if (below(4) == 0) {
		(void)irq_bind(LINE, thing->handle, 1 + below(3));
		return;
	}
	(void)sys_poll(thing->handle, &bits);
	if (notification_signal(thing->handle) == E_OK) {
		(void)sys_poll(thing->handle, &bits);
		/* Unless somebody waited for it, or was bound to it. */
		check(bits <= 1, "bits that nobody set", bits, 1);
	}
}

/* Zero when it is new, and what was written afterwards, wherever it is seen. */
static void
use_frame(struct thing *thing)
{
	uint64_t at = FRAME_WINDOW + (uint64_t)(thing - things) * FRAME_BYTES;
	volatile uint32_t *words = (volatile uint32_t *)(uintptr_t)at;

	if (below(8) == 0) {
		(void)frame_seal(thing->handle);
		return;
	}
	if (frame_map(thing->handle, at, RIGHT_READ | RIGHT_WRITE) != E_OK) {
		(void)frame_unmap(thing->handle);
		return;
	}
	for (uint32_t i = 0; i < PAGE_BYTES / sizeof(*words); i += 97) {
		uint32_t expected = thing->is_used ? thing->handle ^ i : 0;
		check(words[i] == expected, "memory of a frame", words[i], expected);
		words[i] = thing->handle ^ i;
	}
	thing->is_used = true;
}

static void
use_reply(const struct thing *thing)
{
	struct message message = {.info = info_make(0, sizeof(uint32_t))};

	(void)sys_reply(thing->handle, &message);
}

void
use(struct thing *thing)
{
	switch (thing->kind) {
	case KIND_UNTYPED:
		use_untyped(thing);
		break;
	case KIND_PROCESS:
		process_use(thing);
		break;
	case KIND_THREAD:
		thread_use(thing);
		break;
	case KIND_ENDPOINT:
		use_endpoint(thing);
		break;
	case KIND_NOTIFICATION:
		use_notification(thing);
		break;
	case KIND_FRAME:
		use_frame(thing);
		break;
	default:
		use_reply(thing);
		break;
	}
}
