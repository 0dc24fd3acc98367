/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Entry code of the fake machine: the short way first, as vectors.S does it. */
#include <string.h>

#include "abi/abi.h"
#include "arch_fast.h"
#include "kernel/fast.h"
#include "kernel/thread.h"

static struct arch_context *entered;
static bool is_short_way = true;
static uint32_t taken[SYSCALL_COUNT];
static direct_function *const ways[FAKE_WAYS] = {
	[FAKE_JUDGED] = direct_call,
	[FAKE_WAITED] = direct_wait,
	[FAKE_TURNED] = direct_turn,
	[FAKE_YIELDED] = direct_yield,
};
static uint32_t gone[FAKE_WAYS];

void
fake_short_way(bool is_taken)
{
	is_short_way = is_taken;
	memset(taken, 0, sizeof(taken));
	memset(gone, 0, sizeof(gone));
}

uint32_t
fake_short_taken(uint32_t number)
{
	return taken[number];
}

uint32_t
fake_short_direct(enum fake_way way)
{
	return gone[way];
}

static struct arch_context *
short_way(struct arch_context *context, uint32_t number)
{
	uint32_t handle = arch_argument(context, 0);
	uint32_t info = arch_argument(context, 1);

	if (!is_short_way) {
		return NULL;
	}
	switch (number) {
	case SYS_call:
		return fast_call(handle, info);
	case SYS_reply_recv:
		return fast_reply_recv(handle, info);
	case SYS_signal:
		return fast_signal(handle, info);
	case SYS_wait:
		return fast_wait(handle, info);
	case SYS_poll:
		return fast_poll(handle, info);
	case SYS_yield:
		return fast_yield(handle, info);
	default:
		return NULL;
	}
}

static bool
has_landed(struct arch_context *context)
{
	return context != NULL &&
	       (container_of(context, struct thread, context)->slow & SLOW_LANDED) != 0;
}

struct arch_context *
fake_syscall(struct arch_context *context, uint32_t number)
{
	bool had_landed = has_landed(context);

	entered = context;
	struct arch_context *next = short_way(context, number);
	gone[FAKE_DROPPED] += number == SYS_reply_recv && had_landed && !has_landed(context);

	if (next == NULL) {
		return kernel_syscall(context, number);
	}
	taken[number]++;
	return next;
}

struct arch_context *
arch_fast_context(void)
{
	return entered;
}

struct arch_context *
arch_fast_refuse(uint32_t handle, uint32_t info)
{
	(void)handle;
	(void)info;
	return NULL;
}

static void
copy_payload(struct arch_context *to, uint32_t length)
{
	memcpy(to->payload, entered->payload, ARCH_PAYLOAD_BYTES);
	if (length > ARCH_PAYLOAD_BYTES) {
		memcpy(to->buffer + ARCH_PAYLOAD_BYTES, entered->buffer + ARCH_PAYLOAD_BYTES,
			length - ARCH_PAYLOAD_BYTES);
	}
}

struct arch_context *
arch_fast_receive(struct arch_context *to, uint32_t badge, uint32_t identity, uint32_t info)
{
	copy_payload(to, info_length(info));
	arch_received(
		to, badge, (uint16_t)identity, (uint16_t)(identity >> 16), info, info_length(info));
	return to;
}

struct arch_context *
arch_fast_answer(struct arch_context *to, uint32_t info)
{
	copy_payload(to, info_length(info));
	arch_result(to, E_OK, info, info_length(info));
	return to;
}

struct arch_context *
arch_fast_result(uint32_t status, uint32_t info)
{
	arch_result(entered, status, info, 0);
	return entered;
}

struct arch_context *
arch_fast_continue(void)
{
	return arch_fast_status(E_OK);
}

struct arch_context *
arch_fast_status(uint32_t status)
{
	arch_result(entered, status, 0, 0);
	return entered;
}

uint64_t
arch_fast_ticks(void)
{
	return arch_ticks();
}

void
arch_fast_wake(struct arch_context *context, uint32_t status, uint32_t info)
{
	arch_result(context, status, info, 0);
}

struct arch_context *
arch_fast_resume(struct arch_context *to)
{
	return to;
}

uint64_t
arch_fast_clock_ns(void)
{
	return arch_clock_ns();
}

struct arch_context *
arch_fast_deny(uint32_t handle, uint32_t info)
{
	return fast_deny(handle, info);
}

struct arch_context *
arch_fast_direct(direct_function *way, const struct slot *slot, uint32_t handle, uint32_t info)
{
	(void)handle;
	for (uint32_t i = 0; i < FAKE_WAYS; i++) {
		gone[i] += ways[i] == way;
	}
	return way(entered, slot, info);
}

struct arch_context *
arch_context_give(struct arch_context *from, struct arch_context *to, uint32_t badge,
	uint32_t identity, uint32_t info)
{
	entered = from;
	gone[FAKE_LANDED] += has_landed(to);
	return badge == 0 && identity == 0 ? arch_fast_answer(to, info)
					   : arch_fast_receive(to, badge, identity, info);
}
