/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Random methods on objects, all of them init's to call: whatever the order, the kernel answers,
 * and a reset gets every byte back. Seeds are fixed: a failure repeats.
 */
#include "abi/abi.h"
#include "check.h"
#include "gatehouse/ipc.h"
#include "gen/core/endpoint.h"
#include "gen/core/frame.h"
#include "gen/core/irq.h"
#include "gen/core/notification.h"
#include "gen/core/process.h"
#include "gen/core/reply.h"
#include "gen/core/thread.h"
#include "gen/core/untyped.h"
#include "objects/tests.h"

#define ROUNDS     8u
#define STEPS      2500u
#define KINDS      9u /* one more than the last that can be made */
#define MADE       8u /* handles of each that are remembered */
#define ROOT_BYTES (128 * PAGE_BYTES)
#define LINE       (HANDLE_RTC + 1)

static uint64_t state;
static uint32_t made[KINDS][MADE];
static uint32_t root;

/* xorshift64*, Vigna 2016. */
static uint32_t
below(uint32_t limit)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32_t)(state * UINT64_C(2685821657736338717) >> 32) % limit;
}

static uint32_t
any(void)
{
	return made[below(KINDS)][below(MADE)];
}

/* A handle of this kind, mostly. */
static uint32_t
some(enum object_kind kind)
{
	return below(8) == 0 ? any() : made[kind][below(MADE)];
}

static void
keep(uint32_t status, uint32_t kind, uint32_t handle)
{
	if (status == E_OK && handle != 0) {
		made[kind][below(MADE)] = handle;
	}
}

static uint64_t
any_address(void)
{
	static const uint64_t starts[] = {0, 0x1000, WINDOW, WINDOW + 0x1ff000, WINDOW + 0x3ff000,
		PROCESS_TOP - 2 * PAGE_BYTES, PROCESS_TOP};

	return starts[below(7)] + (uint64_t)below(8) * PAGE_BYTES;
}

static void
do_retype(void)
{
	static const uint8_t kinds[] = {KIND_UNTYPED, KIND_PROCESS, KIND_THREAD, KIND_ENDPOINT,
		KIND_NOTIFICATION, KIND_FRAME, KIND_REPLY};
	static const uint16_t labels[] = {0, 0, 0, LABEL_INIT, LABEL_DUMMY, LABEL_OTHER, 1, 99};
	uint8_t kind = kinds[below(sizeof(kinds))];
	uint32_t size = kind == KIND_UNTYPED   ? (1 + below(6)) * PAGE_BYTES
			: kind == KIND_PROCESS ? 16u << below(3)
			: kind == KIND_FRAME   ? below(4)
					       : below(8) / 7;
	uint32_t handle = 0;
	uint32_t from = below(2) == 0 ? root : some(KIND_UNTYPED);

	keep(untyped_retype(from, size, labels[below(8)], kind, &handle), kind, handle);
}

static void
do_grant(void)
{
	uint32_t kind = below(2) == 0 ? KIND_FRAME : below(KINDS);
	uint16_t label = (uint16_t)(below(2) == 0 ? LABEL_DUMMY : LABEL_INIT + below(3));
	uint32_t handle = 0;
	uint32_t to = below(4) == 0 ? HANDLE_PROCESS : some(KIND_PROCESS);
	uint16_t interface = (uint16_t)(below(4) == 0 ? below(18) : kind);
	uint32_t status = process_grant(to, below(16) == 0 ? 0 : some((enum object_kind)kind),
		below(8) / 7, label, interface, (uint8_t)below(8), &handle);

	if (to == HANDLE_PROCESS) {
		keep(status, kind, handle);
	}
}

/* Who became an instance is what most of the rest is about. */
static void
do_configure(void)
{
	uint32_t process = some(KIND_PROCESS);
	uint32_t status = process_configure(process, below(8) != 0 ? HANDLE_ENDPOINT : any(), 7,
		(uint16_t)(LABEL_DUMMY + below(4) / 3), (uint16_t)below(4), (uint8_t)below(34),
		false);

	for (uint32_t i = 0; i < MADE / 2; i++) {
		keep(status, KIND_PROCESS, process);
	}
}

static void
do_move(void)
{
	uint32_t kind = below(KINDS);
	uint32_t handle = 0;
	uint32_t status = process_move(HANDLE_PROCESS, some((enum object_kind)kind), &handle);

	keep(status, kind, handle);
}

static void
do_process(void)
{
	switch (below(9)) {
	case 0:
		do_configure();
		break;
	case 6:
		if (below(4) == 0) {
			(void)process_delete(HANDLE_PROCESS, any());
		}
		break;
	case 7:
		if (below(8) == 0) {
			(void)process_revoke(HANDLE_PROCESS, any());
		}
		break;
	case 8:
		do_move();
		break;
	case 1:
		(void)process_map(some(KIND_PROCESS), any_address(), HANDLE_INITIAL(1 + below(4)),
			(uint8_t)below(8));
		break;
	case 2:
		(void)process_unmap(some(KIND_PROCESS), HANDLE_INITIAL(1 + below(4)));
		break;
	case 3:
		(void)process_start(some(KIND_PROCESS), below(2), 0, 0, 0);
		break;
	case 4:
		if (below(32) == 0) { /* it is for ever, and an instance has one process */
			(void)process_stop(some(KIND_PROCESS));
		}
		break;
	default:
		do_grant();
		break;
	}
}

/* Only threads of other processes: one of init's own would run. */
static void
do_thread(void)
{
	switch (below(4)) {
	case 0:
		(void)thread_configure(
			some(KIND_THREAD), any_address(), some(KIND_PROCESS), (uint8_t)below(34));
		break;
	case 1:
		(void)thread_start(
			some(KIND_THREAD), any_address(), any_address(), any_address(), 0);
		break;
	case 2:
		(void)thread_stop(some(KIND_THREAD));
		break;
	default:
		(void)thread_bind(some(KIND_THREAD), some(KIND_NOTIFICATION));
		break;
	}
}

static void
do_frame(void)
{
	switch (below(3)) {
	case 0:
		(void)frame_map(some(KIND_FRAME), any_address(), (uint8_t)below(8));
		break;
	case 1:
		(void)frame_unmap(some(KIND_FRAME));
		break;
	default:
		(void)frame_seal(some(KIND_FRAME));
		break;
	}
}

static void
do_event(void)
{
	switch (below(7)) {
	case 0:
		(void)endpoint_restart(some(KIND_ENDPOINT));
		break;
	case 1:
		(void)endpoint_close(some(KIND_ENDPOINT));
		break;
	case 2:
		(void)notification_clear(some(KIND_NOTIFICATION));
		break;
	case 3:
		(void)notification_signal(some(KIND_NOTIFICATION));
		break;
	case 4:
		(void)irq_bind(LINE, some(KIND_NOTIFICATION), below(4));
		break;
	case 5:
		(void)irq_acknowledge(LINE);
		break;
	default:
		(void)reply_hold(some(KIND_REPLY));
		break;
	}
}

/* Nothing waits for long: the deadline has passed. */
static void
do_system_call(void)
{
	struct message message = {.info = info_make(below(4), below(20))};
	struct caller caller;
	uint32_t bits;

	(void)sys_deadline(1);
	switch (below(6)) {
	case 0:
		(void)sys_signal(some(KIND_NOTIFICATION));
		break;
	case 1:
		(void)sys_wait(some(KIND_NOTIFICATION), &bits);
		break;
	case 2:
		(void)sys_poll(some(KIND_NOTIFICATION), &bits);
		break;
	case 3:
		sys_recv(some(KIND_ENDPOINT), &message, &caller);
		break;
	case 4:
		(void)sys_reply(some(KIND_REPLY), &message);
		break;
	default:
		(void)sys_call(any(), &message);
		break;
	}
}

static void
do_reset(void)
{
	if (below(64) == 0) {
		(void)untyped_reset(some(KIND_UNTYPED));
	}
}

static void
run_round(uint32_t seed)
{
	static void (*const actions[])(void) = {do_retype, do_retype, do_process, do_grant,
		do_thread, do_frame, do_event, do_system_call, do_reset};

	state = (uint64_t)seed << 32 | 0x9e3779b9;
	for (uint32_t i = 0; i < KINDS * MADE; i++) {
		made[i / MADE][i % MADE] = 0;
	}
	for (uint32_t step = 0; step < STEPS; step++) {
		actions[below(sizeof(actions) / sizeof(actions[0]))]();
	}
}

void
random_test(void)
{
	check_test("20,000 random methods on objects");
	root = make(HANDLE_ACCOUNT, ROOT_BYTES, LABEL_DUMMY, KIND_UNTYPED);
	uint64_t full = free_bytes(root);
	for (uint32_t seed = 1; seed <= ROUNDS; seed++) {
		run_round(seed);
		expect_equal(untyped_reset(root), E_OK);
		expect_equal(free_bytes(root), full);
	}
}
