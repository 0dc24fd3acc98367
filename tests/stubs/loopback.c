/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Generated client against generated server, with nothing between them: what goes in comes out. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "gen/process_client.h"
#include "gen/process_server.h"
#include "tests/stubs/loopback.h"

uint32_t cut_request_to;
uint32_t cut_answer_to;

static struct thing_server thing;
static struct other_server other;
static uint32_t refusals;       /* how many calls the transport refuses first ... */
static uint32_t refusal_status; /* ... and with what */
static uint32_t calls;
static uint32_t last_info;  /* of the last request */
static struct message held; /* what a server answers later with */
static bool is_held;
static bool is_answered;
static const void *lent[2]; /* what the client lends */

void
ipc_lend(uint32_t index, const void *memory)
{
	assert(index < 2);
	lent[index] = memory;
}

uint32_t
ipc_call(uint32_t handle, uint32_t method, struct message *message)
{
	struct caller caller = {.badge = 1, .label = 4, .instance = 2};

	calls++;
	if (refusals > 0) {
		refusals--;
		return refusal_status;
	}
	assert(handle == CLIENT_THING || handle == CLIENT_OTHER || handle == CLIENT_DATA);
	caller.badge |= (handle == CLIENT_THING         ? SERVER_GIVES_THING
				: handle == CLIENT_DATA ? SERVER_GIVES_DATA
							: SERVER_GIVES_OTHER)
			<< 24;
	message->info = info_make(
		method, cut_request_to != 0 ? cut_request_to : info_length(message->info));
	cut_request_to = 0;
	last_info = message->info;
	/* What lies behind the payload is not sent. */
	memset(message->bytes + info_length(message->info), 0xa5,
		MESSAGE_BYTES_MAX - info_length(message->info));
	is_answered = false;
	bool answers_now = server_serve(&caller, message, &thing, &other, &data_server);
	assert(!answers_now || !is_answered);
	if (is_answered) {
		message->info = 0;
	} else if (!answers_now) {
		is_held = true;
		thing_later_reply(&held, 77);
		*message = held;
	}
	if (cut_answer_to != 0) {
		message->info = info_make(info_method(message->info), cut_answer_to);
		cut_answer_to = 0;
	}
	assert(info_length(message->info) <= MESSAGE_BYTES_MAX);
	return E_OK;
}

static uint32_t answers; /* that were given before the work */
static uint32_t told;

uint32_t
ipc_reply(uint32_t handle, const struct message *message)
{
	assert(handle == 0 && message->info == 0 && told == 0);
	answers++;
	is_answered = true;
	return E_OK;
}

static uint32_t
serve_tell(void *context, const struct caller *caller, uint32_t value)
{
	(void)context;
	(void)caller;
	assert(answers == 1);
	told = value;
	return E_OK;
}

static uint32_t
serve_set(
	void *context, const struct caller *caller, uint8_t channel, int16_t tenths, bool default_)
{
	assert(context == &thing && caller->instance == 2);
	assert(tenths == -400 && default_);
	return channel == 7 ? THING_SET_ERROR_JAMMED : channel == 6 ? THING_ERROR_BUSY : E_OK;
}

static uint32_t
serve_wide(void *context, const struct caller *caller, uint8_t a, int8_t b, uint16_t c, int16_t d,
	uint32_t e, int32_t f, uint64_t g, int64_t h, uint8_t *out_a, int8_t *out_b,
	uint16_t *out_c, int16_t *out_d, uint32_t *out_e, int32_t *out_f, uint64_t *out_g,
	int64_t *out_h)
{
	(void)context;
	(void)caller;
	*out_a = a;
	*out_b = b;
	*out_c = c;
	*out_d = d;
	*out_e = e;
	*out_f = f;
	*out_g = g;
	*out_h = h;
	return E_OK;
}

static uint32_t
serve_mode(void *context, const struct caller *caller, enum thing_mode mode, bool on,
	enum thing_mode *out_mode, bool *out_on)
{
	(void)context;
	(void)caller;
	*out_mode = mode;
	*out_on = !on;
	return E_OK;
}

static uint32_t
serve_write(void *context, const struct caller *caller, uint32_t where, const void *data,
	uint32_t data_bytes)
{
	(void)context;
	(void)caller;
	assert(where == 0x12345678);
	assert(data_bytes == 0 || ((const uint8_t *)data)[data_bytes - 1] == 'x');
	return data_bytes == 0 ? THING_WRITE_ERROR_JAMMED : E_OK;
}

static uint32_t
serve_read(void *context, const struct caller *caller, uint16_t length, uint8_t *out_status,
	void *out_line, uint32_t out_line_capacity, uint32_t *out_line_bytes)
{
	(void)context;
	(void)caller;
	assert(out_line_capacity == 255);
	*out_status = 9;
	memset(out_line, 'l', length < out_line_capacity ? length : out_line_capacity);
	*out_line_bytes = length;
	return length == 1000 ? E_MEMORY : E_OK;
}

/* Writes the answer before it has read the whole request. */
static uint32_t
serve_echo(void *context, const struct caller *caller, const void *data, uint32_t data_bytes,
	void *out_data, uint32_t out_data_capacity, uint32_t *out_data_bytes)
{
	(void)context;
	(void)caller;
	assert(data_bytes <= out_data_capacity);
	for (uint32_t i = 0; i < data_bytes; i++) {
		((uint8_t *)out_data)[i] = ((const uint8_t *)data)[data_bytes - 1 - i];
	}
	*out_data_bytes = data_bytes;
	return E_OK;
}

static uint32_t
serve_get(void *context, const struct caller *caller, uint32_t *out_value)
{
	(void)context;
	(void)caller;
	*out_value = 42;
	return E_OK;
}

static uint32_t
serve_later(void *context, const struct caller *caller, uint32_t *out_value)
{
	(void)context;
	(void)caller;
	(void)out_value;
	return GATE_LATER;
}

static uint32_t
serve_lend(void *context, const struct caller *caller, uint64_t where, struct lease from,
	struct lease to, uint32_t *out_sum)
{
	(void)context;
	(void)caller;
	assert(where == UINT64_C(0x123456789a));
	assert(from.handle == 0 && from.index == 0 && to.handle == 0 && to.index == 1);
	*out_sum = from.length_bytes + to.length_bytes;
	return E_OK;
}

static uint32_t
serve_ping(void *context, const struct caller *caller)
{
	(void)context;
	(void)caller;
	return E_OK;
}

static void
test_fixed(void)
{
	uint8_t a;
	int8_t b;
	uint16_t c;
	int16_t d;
	uint32_t e;
	int32_t f;
	uint64_t g;
	int64_t h;
	enum thing_mode mode;
	bool on;

	assert(thing_set(CLIENT_THING, 1, -400, true) == E_OK);
	assert(info_length(last_info) == 4 && info_method(last_info) == THING_SET);
	assert(thing_set(CLIENT_THING, 7, -400, true) == 0x102);
	assert(thing_set(CLIENT_THING, 6, -400, true) == THING_ERROR_BUSY);
	assert(thing_wide(CLIENT_THING, 255, -128, 65535, -32768, UINT32_MAX, INT32_MIN, UINT64_MAX,
		       INT64_MIN, &a, &b, &c, &d, &e, &f, &g, &h) == E_OK);
	assert(a == 255 && b == -128 && c == 65535 && d == -32768);
	assert(e == UINT32_MAX && f == INT32_MIN && g == UINT64_MAX && h == INT64_MIN);
	assert(thing_wide(CLIENT_THING, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, &h) == E_OK);
	assert(h == 8);
	assert(thing_mode(CLIENT_THING, THING_MODE_HIGH, false, &mode, &on) == E_OK);
	assert(mode == THING_MODE_HIGH && on);
	assert(other_ping(CLIENT_OTHER) == E_OK);
	assert(other_tell(CLIENT_OTHER, 5) == E_OK && told == 5 && answers == 1);
}

static void
test_tails(void)
{
	static uint8_t bytes[1024];
	static uint8_t back[1024];
	uint32_t length;
	uint8_t status;

	memset(bytes, 'x', sizeof(bytes));
	assert(thing_write(CLIENT_THING, 0x12345678, bytes, 960) == E_OK);
	assert(info_length(last_info) == 964);
	calls = 0;
	assert(thing_write(CLIENT_THING, 0x12345678, bytes, 961) == E_ARGUMENT);
	assert(thing_write(CLIENT_THING, 0x12345678, bytes, UINT32_MAX) == E_ARGUMENT);
	assert(calls == 0);
	assert(thing_write(CLIENT_THING, 0x12345678, NULL, 0) == THING_WRITE_ERROR_JAMMED);
	assert(thing_read(CLIENT_THING, 255, &status, back, sizeof(back), &length) == E_OK);
	assert(length == 255 && status == 9 && back[254] == 'l' && back[255] == 0);
	assert(thing_read(CLIENT_THING, 20, &status, back, 19, &length) == E_LIMIT);
	assert(length == 20);
	assert(thing_read(CLIENT_THING, 0, &status, NULL, 0, &length) == E_OK && length == 0);
	/* A server that says more than fits, or a status that is none of its errors. */
	assert(thing_read(CLIENT_THING, 256, &status, back, sizeof(back), &length) ==
		GATE_ERROR + INFO_METHOD_MASK);
	assert(thing_read(CLIENT_THING, 1000, &status, back, sizeof(back), &length) ==
		GATE_ERROR + INFO_METHOD_MASK);
	for (uint32_t i = 0; i < sizeof(bytes); i++) {
		bytes[i] = (uint8_t)i;
	}
	assert(thing_echo(CLIENT_THING, bytes, sizeof(bytes), back, sizeof(back), &length) == E_OK);
	assert(length == sizeof(bytes));
	for (uint32_t i = 0; i < sizeof(bytes); i++) {
		assert(back[i] == bytes[sizeof(bytes) - 1 - i]);
	}
}

static void
test_leases(void)
{
	static uint8_t from[100];
	static uint8_t to[200];
	uint32_t sum = 0;

	assert(thing_lend(CLIENT_THING, UINT64_C(0x123456789a), from, 100, to, 200, &sum) == E_OK);
	assert(sum == 300 && lent[0] == from && lent[1] == to);
	assert(last_info == info_make(THING_LEND, 16));
	calls = 0;
	assert(thing_lend(CLIENT_THING, 0, from, 65537, to, 1, &sum) == E_ARGUMENT);
	assert(thing_lend(CLIENT_THING, 0, from, 1, to, (1 << 20) + 1, &sum) == E_ARGUMENT);
	assert(calls == 0);
}

static void
test_restart(void)
{
	uint32_t value = 0;

	calls = 0;
	refusals = 1;
	refusal_status = E_RESTARTED;
	assert(thing_get(CLIENT_THING, &value) == E_OK && value == 42 && calls == 2);
	calls = 0;
	refusals = 3;
	refusal_status = E_DIED;
	assert(thing_get(CLIENT_THING, &value) == E_DIED && calls == 3);
	calls = 0;
	refusals = 1;
	refusal_status = E_DENIED;
	assert(thing_get(CLIENT_THING, &value) == E_DENIED && calls == 1);
	calls = 0;
	refusals = 1;
	refusal_status = E_RESTARTED;
	assert(thing_set(CLIENT_THING, 1, -400, true) == E_RESTARTED && calls == 1);
	refusals = 0;
}

uint32_t
ipc_ask(uint32_t reply, uint16_t label, uint16_t interface, uint16_t method,
	const struct message *arguments)
{
	assert(reply == 7 && label == 9 && interface >= INTERFACE_USER && method == OTHER_MAY);
	assert(info_length(arguments->info) == 4);
	assert(memcmp(arguments->bytes, "\5abc", 4) == 0);
	return E_DENIED;
}

/* What is asked about has no client and no server, but its number. */
static void
test_ask(void)
{
	assert(other_ask_may(7, 9, 5, "abc", 3) == E_DENIED);
	assert(other_ask_may(7, 9, 5, "abcdefghi", 9) == E_ARGUMENT);
}

static void
test_dispatch(void)
{
	struct caller caller = {.badge = 3 << 24};
	struct message message = {.info = info_make(THING_SET, 4)};
	uint32_t value = 0;

	assert(thing_later(CLIENT_THING, &value) == E_OK && value == 77 && is_held);
	assert(server_serve(&caller, &message, &thing, &other, &data_server));
	assert(message.info == info_make(INFO_METHOD_MASK, 0));
	caller.badge = 0;
	message.info = info_make(99, 0);
	assert(server_serve(&caller, &message, &thing, &other, &data_server));
	assert(message.info == info_make(INFO_METHOD_MASK, 0));
	message.info = info_make(THING_WRITE, 3);
	assert(server_serve(&caller, &message, &thing, &other, &data_server));
	assert(message.info == info_make(INFO_METHOD_MASK, 0));
}

int
main(void)
{
	thing = (struct thing_server){&thing, serve_set, serve_wide, serve_mode, serve_write,
		serve_read, serve_echo, serve_get, serve_later, serve_lend};
	other = (struct other_server){NULL, serve_ping, serve_tell};
	assert(CLIENT_SPARE == HANDLE_INITIAL(HANDLE_FIRST_INDEX + 1));
	assert(SERVER_WATCHER == HANDLE_INITIAL(HANDLE_FIRST_INDEX));
	assert(CLIENT_SIGNALLED_BY_SERVER == 0x100);
	test_fixed();
	test_tails();
	test_leases();
	test_restart();
	test_data();
	test_dispatch();
	test_ask();
	puts("loopback: ok");
	return 0;
}
