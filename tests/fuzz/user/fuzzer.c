/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Random system calls of a process with the rights that every process has. It may break itself in
 * every way that the policy leaves it; it must not break anything else.
 */
#include "fuzz/generate.h"

#include "gatehouse/ipc.h"
#include "gatehouse/process.h"
#include "gen/core/core_abi.h"
#include "gen/core/untyped.h"
#include "process_left.h"

#define BLOCK_NS UINT64_C(20000) /* nothing that it waits for takes longer */
#define SLOTS    64u
#define CLIENTS  4u

static struct request request;
static uint64_t calls_made;

/* It would only end the test to stop its own thread or process, or to make a call that is none:
 * tests/target/calls does that. A guess may be a copy of its own thread, and nobody would start
 * that one again. */
static bool
is_suicide(void)
{
	uint32_t method = info_method(request.message.info);

	return request.number >= SYSCALL_COUNT ||
	       (request.number == SYS_call &&
		       ((method == THREAD_STOP && (request.handle == HANDLE_THREAD ||
							  !generate_knows(request.handle))) ||
			       (request.handle == HANDLE_PROCESS && method == PROCESS_EXIT)));
}

static void
learn(uint32_t info, uint8_t kind)
{
	uint32_t made;

	if (info == info_make(UNTYPED_RETYPE, UNTYPED_RETYPE_CALL_BYTES) &&
		request.message.info == info_make(0, 4)) {
		__builtin_memcpy(&made, request.message.bytes, sizeof(made));
		generate_know(kind, made);
	}
}

static void
perform(void)
{
	struct caller caller;
	uint32_t bits = 0;
	uint32_t info = request.message.info;
	uint8_t kind = request.message.bytes[UNTYPED_RETYPE_KIND_OFFSET];

	switch (request.number) {
	case SYS_call:
		if (sys_call(request.handle, &request.message) == E_OK) {
			learn(info, kind);
		}
		break;
	case SYS_reply_recv:
		sys_reply_recv(request.handle, &request.message, &caller);
		break;
	case SYS_recv:
		sys_recv(request.handle, &request.message, &caller);
		break;
	case SYS_reply:
		(void)sys_reply(request.handle, &request.message);
		break;
	case SYS_signal:
		(void)sys_signal(request.handle);
		break;
	case SYS_wait:
		(void)sys_wait(request.handle, &bits);
		break;
	case SYS_poll:
		(void)sys_poll(request.handle, &bits);
		break;
	case SYS_yield:
		sys_yield();
		break;
	default:
		(void)sys_clock();
		break;
	}
}

static void
call_once(void)
{
	do {
		generate_request(&request);
	} while (is_suicide());
	uint64_t end_ns = sys_clock() + generate_below(BLOCK_NS);
	(void)sys_deadline(end_ns);
	perform();
}

static void
know_own(void)
{
	generate_forget();
	generate_bounds(SLOTS, CLIENTS);
	for (uint32_t i = 0; i < 4; i++) {
		generate_know(KIND_UNTYPED, HANDLE_ACCOUNT);
		generate_know(KIND_PROCESS, HANDLE_PROCESS);
		generate_know(KIND_ENDPOINT, HANDLE_ENDPOINT);
		generate_know(KIND_NOTIFICATION, HANDLE_NOTIFICATION);
		generate_know(KIND_THREAD, HANDLE_THREAD);
		generate_know(KIND_REPLY, HANDLE_REPLY);
	}
}

static uint32_t
run(void *context, const struct caller *caller, uint64_t seed, uint32_t count)
{
	struct message message = {.info = info_make(0, 0)};

	(void)context;
	(void)caller;
	(void)sys_reply(0, &message);
	generate_seed(seed);
	know_own();
	for (uint32_t i = 0; i < count; i++) {
		call_once();
		calls_made++;
	}
	(void)sys_deadline(0);
	return GATE_LATER;
}

static uint32_t
made(void *context, const struct caller *caller, uint64_t *out_calls)
{
	(void)context;
	(void)caller;
	*out_calls = calls_made;
	return E_OK;
}

static uint32_t
account(void *context, const struct caller *caller, uint64_t *out_free_bytes, uint32_t *out_handle)
{
	(void)context;
	(void)caller;
	(void)untyped_info(HANDLE_ACCOUNT, out_free_bytes, 0);
	(void)untyped_retype(HANDLE_ACCOUNT, 0, 0, KIND_REPLY, out_handle);
	return E_OK;
}

static uint32_t
small(void *context, const struct caller *caller, uint32_t value, uint32_t *out_value)
{
	(void)context;
	(void)caller;
	*out_value = value;
	return E_OK;
}

static uint32_t
ranged(void *context, const struct caller *caller, uint8_t value, uint8_t *out_value)
{
	(void)context;
	(void)caller;
	*out_value = value;
	return value % 2 == 0 ? E_OK : PEER_ERROR_ODD;
}

static uint32_t
large(void *context, const struct caller *caller, const void *data, uint32_t data_bytes,
	void *out_data, uint32_t out_data_capacity, uint32_t *out_data_bytes)
{
	(void)context;
	(void)caller;
	*out_data_bytes = data_bytes < out_data_capacity ? data_bytes : out_data_capacity;
	__builtin_memmove(out_data, data, *out_data_bytes);
	return E_OK;
}

int
main(void)
{
	static const struct fuzz_server fuzz = {.run = run, .made = made, .account = account};
	static const struct peer_server peer = {.small = small, .ranged = ranged, .large = large};
	static struct message message;
	struct received received;

	for (;;) {
		ipc_recv(HANDLE_ENDPOINT, &message, &received);
		if (received.kind == RECEIVED_MESSAGE &&
			left_serve(&received.caller, &message, &fuzz, &peer)) {
			(void)ipc_reply(0, &message);
		} else if (received.kind == RECEIVED_FAILED && received.status == E_STATE) {
			/* It took somebody's request by chance and owes the answer. */
			message.info = info_make(0, 0);
			(void)sys_reply(0, &message);
		} else if (received.kind == RECEIVED_FAILED) {
			/* It has thrown away what it is reached by; its next life has it again. */
			return 1;
		}
	}
}
