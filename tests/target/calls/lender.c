/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The part of the server that uses what its callers lend. */
#include "calls/lender.h"

#include <string.h>

#include "gen/core/reply.h"
#include "registers/registers.h"

#define PIECE_BYTES 8192u

static _Alignas(4096) uint8_t piece[PIECE_BYTES];
static struct lease held;

static uint32_t
transfer(void *context, const struct caller *caller, struct lease from, struct lease to,
	uint32_t piece_bytes, uint32_t *out_status)
{
	(void)context;
	(void)caller;
	*out_status = E_OK;
	for (uint32_t at = 0; at < from.length_bytes && *out_status == E_OK; at += piece_bytes) {
		uint32_t left = from.length_bytes - at;
		uint32_t length = left < piece_bytes ? left : piece_bytes;
		*out_status = lease_read(&from, at, piece, length);
		if (*out_status == E_OK) {
			*out_status = lease_write(&to, at, piece, length);
		}
	}
	return E_OK;
}

static uint64_t
own_address(uint8_t own)
{
	switch (own) {
	case 0:
		return (uintptr_t)piece;
	case 1:
		return 0;
	default:
		return (uintptr_t)&lease_read; /* code: readable, not writable */
	}
}

/* The kernel may copy through any register; afterwards each is what the ABI says. */
static bool
is_registers_kept(uint32_t number, uint32_t index, const struct lease_copy *wanted,
	uint32_t *out_status, uint32_t *out_count)
{
	static struct registers before, after;

	registers_fill(&before, index);
	before.r[0] = 0;
	before.r[1] = index;
	memcpy(&before.r[2], wanted, sizeof(*wanted));
	after = before;
	registers_call(&after, number);
	*out_status = (uint32_t)after.r[0];
	*out_count = (uint32_t)after.r[1];
	return registers_check(&before, &after, 0, 0, false) == 0;
}

static uint32_t
probe(void *context, const struct caller *caller, struct lease from, struct lease to,
	uint32_t index, bool is_write, uint8_t own, uint32_t offset, uint32_t length,
	uint32_t *out_status, uint32_t *out_count)
{
	struct lease_copy wanted = {own_address(own), offset, length};

	(void)context;
	(void)caller;
	(void)from;
	(void)to;
	return is_registers_kept(is_write ? SYS_lease_write : SYS_lease_read, index, &wanted,
		       out_status, out_count)
		       ? E_OK
		       : E_CALL;
}

static uint32_t
later(void *context, const struct caller *caller, struct lease to)
{
	(void)context;
	(void)caller;
	held = to;
	held.handle = HANDLE_REPLY;
	return reply_hold(HANDLE_REPLY) == E_OK ? GATE_LATER : E_STATE;
}

static uint32_t
finish(void *context, const struct caller *caller, uint32_t *out_filled, uint32_t *out_answered,
	uint32_t *out_again)
{
	struct message message;

	(void)context;
	(void)caller;
	memset(piece, 0x5a, held.length_bytes);
	*out_filled = lease_write(&held, 0, piece, held.length_bytes);
	lend_later_reply(&message);
	*out_answered = ipc_reply(HANDLE_REPLY, &message);
	*out_again = lease_write(&held, 0, piece, held.length_bytes);
	return E_OK;
}

/* It was lent nothing, whatever an earlier caller lent. */
static uint32_t
idle(void *context, const struct caller *caller)
{
	struct lease_copy wanted = {(uintptr_t)piece, 0, 1};
	uint32_t count;

	(void)context;
	(void)caller;
	return sys_lease_read(0, 0, &wanted, &count) == E_LEASE ? E_OK : E_STATE;
}

const struct lend_server lender = {
	.transfer = transfer,
	.probe = probe,
	.later = later,
	.finish = finish,
	.idle = idle,
};
