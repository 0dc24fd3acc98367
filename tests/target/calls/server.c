/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A server that breaks the rules when it is asked to, and says what came of it. */
#include <string.h>
#include <time.h>

#include "calls/lender.h"
#include "calls/passer.h"
#include "gatehouse/clock.h"
#include "gatehouse/server.h"
#include "gen/core/reply.h"
#include "process_server.h"

static uint32_t answer_status[2];

static uint32_t
echo(void *context, const struct caller *caller, const void *data, uint32_t data_bytes,
	void *out_data, uint32_t out_data_capacity, uint32_t *out_data_bytes)
{
	(void)context;
	(void)caller;
	*out_data_bytes = data_bytes < out_data_capacity ? data_bytes : out_data_capacity;
	memcpy(out_data, data, *out_data_bytes);
	return E_OK;
}

static uint32_t
ranged(void *context, const struct caller *caller, uint8_t value, uint8_t *out_value)
{
	(void)context;
	(void)caller;
	*out_value = value;
	return value == 3 ? WORK_ERROR_UNLUCKY : E_OK;
}

static uint32_t
spend(void *context, const struct caller *caller, uint8_t amount, uint8_t most,
	const uint16_t *steps, uint32_t steps_count)
{
	(void)context;
	(void)caller;
	(void)amount;
	(void)most;
	(void)steps;
	(void)steps_count;
	return E_OK;
}

static uint32_t
refused(void *context, const struct caller *caller)
{
	(void)context;
	(void)caller;
	return E_OK;
}

static uint32_t
later(void *context, const struct caller *caller, uint32_t *out_value)
{
	(void)context;
	(void)caller;
	(void)out_value;
	return reply_hold(HANDLE_REPLY) == E_OK ? GATE_LATER : E_STATE;
}

static uint32_t
release(void *context, const struct caller *caller, uint32_t value, uint32_t *out_status)
{
	struct message message;

	(void)context;
	(void)caller;
	memcpy(message.bytes, &value, sizeof(value));
	message.info = info_make(0, sizeof(value));
	*out_status = ipc_reply(HANDLE_REPLY, &message);
	return E_OK;
}

static uint32_t
slow(void *context, const struct caller *caller, uint64_t time_ns)
{
	(void)context;
	(void)caller;
	clock_sleep_until(sys_clock() + time_ns);
	return E_OK;
}

static uint32_t
receive_owing(void *context, const struct caller *caller, uint32_t *out_status)
{
	struct message message;
	struct received received;

	(void)context;
	(void)caller;
	ipc_recv(HANDLE_ENDPOINT, &message, &received);
	*out_status = received.kind == RECEIVED_FAILED ? received.status : E_OK;
	return E_OK;
}

static uint32_t
hold_wrong(void *context, const struct caller *caller, uint32_t *out_second)
{
	(void)context;
	(void)caller;
	*out_second = reply_hold(HANDLE_REPLY); /* `later` has filled it before */
	return E_OK;
}

/* Answers in a way of `how`: 0 is good, 1 an error of the interface, all others are wrong. */
static void
answer_info(uint32_t how, struct message *message)
{
	static const uint32_t infos[] = {
		0x00010000,                          /* one byte */
		0x00000001,                          /* the first error */
		0x00000000,                          /* too short */
		0x00020000,                          /* too long */
		0x00010000,                          /* value out of range, below */
		0x00000002,                          /* an error that it does not have */
		0x0000ffff,                          /* likewise */
		0x00010001,                          /* an error with payload */
		0x08010000,                          /* bit 27 */
		0x20010000,                          /* bit 29 */
		INFO_NOTIFICATION | 0x00010000,      /* as if it were a notification */
		INFO_FAILED | E_TIMEOUT,             /* as if the kernel had spoken */
		UINT32_C(1025) << INFO_LENGTH_SHIFT, /* longer than a message */
		UINT32_C(2047) << INFO_LENGTH_SHIFT,
	};

	message->info = how < sizeof(infos) / sizeof(infos[0]) ? infos[how] : 0;
	memset(message->bytes, how == 4 ? 8 : 5, 16);
}

static uint32_t
answer(void *context, const struct caller *caller, uint32_t how, uint8_t *out_value)
{
	struct message message;

	(void)context;
	(void)caller;
	(void)out_value;
	answer_info(how, &message);
	answer_status[0] = sys_reply(0, &message);
	answer_status[1] = sys_reply(0, &message);
	return GATE_LATER;
}

static uint32_t
last(void *context, const struct caller *caller, uint32_t *out_first, uint32_t *out_second)
{
	(void)context;
	(void)caller;
	*out_first = answer_status[0];
	*out_second = answer_status[1];
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct work_server work = {
		.echo = echo,
		.ranged = ranged,
		.refused = refused,
		.later = later,
		.release = release,
		.slow = slow,
		.receive_owing = receive_owing,
		.answer = answer,
		.last = last,
		.hold_wrong = hold_wrong,
		.spend = spend,
	};

	return server_serve(caller, message, &work, &lender, &passer);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
