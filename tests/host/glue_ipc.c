/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Messages of every length arrive whole, whatever share of them travels in registers. */
/* test: libc-glue/ipc.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "gatehouse/ipc.h"

/* A kernel that answers with the request's bytes, each plus one, moved as the ABI says. */
const uint32_t sys_payload_bytes = 16;
static uint8_t buffer[MESSAGE_BYTES_MAX];
static uint8_t seen[MESSAGE_BYTES_MAX];
static uint32_t seen_info;
static uint32_t seen_handle;
static uint32_t next_info;

uint8_t *
ipc_buffer(void)
{
	return buffer;
}

static uint8_t *
place_of(struct message *message, uint32_t i)
{
	return i < sys_payload_bytes ? &message->bytes[i] : &buffer[i];
}

static void
take(const struct message *message)
{
	seen_info = message->info;
	for (uint32_t i = 0; i < info_length(message->info) && i < MESSAGE_BYTES_MAX; i++) {
		seen[i] = *place_of((struct message *)(uintptr_t)message, i);
	}
}

static void
give(struct message *message)
{
	for (uint32_t i = 0; i < info_length(next_info); i++) {
		*place_of(message, i) = (uint8_t)(i * 7 + 1);
	}
	message->info = next_info;
}

uint32_t
sys_call(uint32_t handle, struct message *message)
{
	seen_handle = handle;
	take(message);
	give(message);
	return E_OK;
}

uint32_t
sys_reply(uint32_t handle, const struct message *message)
{
	seen_handle = handle;
	take(message);
	return E_OK;
}

void
sys_recv(uint32_t handle, struct message *message, struct caller *caller)
{
	seen_handle = handle;
	*caller = (struct caller){.badge = 77, .label = 5, .instance = 3};
	give(message);
}

void
sys_reply_recv(uint32_t handle, struct message *message, struct caller *caller)
{
	take(message);
	sys_recv(handle, message, caller);
}

static void
fill(struct message *message, uint32_t method, uint32_t length)
{
	memset(message, 0, sizeof(*message));
	for (uint32_t i = 0; i < length; i++) {
		message->bytes[i] = (uint8_t)(i * 3 + 1);
	}
	message->info = info_make(method, length);
	memset(buffer, 0xee, sizeof(buffer));
	memset(seen, 0, sizeof(seen));
}

static void
check_seen(uint32_t length)
{
	assert_int_equal(info_length(seen_info), length);
	for (uint32_t i = 0; i < length; i++) {
		assert_int_equal(seen[i], (uint8_t)(i * 3 + 1));
	}
}

static void
check_given(const struct message *message, uint32_t length)
{
	assert_int_equal(info_length(message->info), length);
	for (uint32_t i = 0; i < length; i++) {
		assert_int_equal(message->bytes[i], (uint8_t)(i * 7 + 1));
	}
}

static const uint32_t lengths[] = {0, 1, 15, 16, 17, 31, 64, 128, 129, 1023, 1024};
#define LENGTHS (sizeof(lengths) / sizeof(lengths[0]))

static void
test_call(void **state)
{
	struct message message;

	(void)state;
	for (size_t i = 0; i < LENGTHS; i++) {
		for (size_t k = 0; k < LENGTHS; k++) {
			fill(&message, 0, lengths[i]);
			next_info = info_make(2, lengths[k]);
			assert_int_equal(ipc_call(9, 4, &message), E_OK);
			assert_int_equal(seen_handle, 9);
			assert_int_equal(info_method(seen_info), 4);
			check_seen(lengths[i]);
			assert_int_equal(info_method(message.info), 2);
			check_given(&message, lengths[k]);
		}
	}
}

static void
test_too_long(void **state)
{
	struct message message;

	(void)state;
	/* The kernel refuses it; nothing is copied from behind the message. */
	fill(&message, 0, 0);
	message.info = info_make(0, MESSAGE_BYTES_MAX + 1);
	next_info = 0;
	memset(buffer, 0xee, sizeof(buffer));
	ipc_reply(0, &message);
	assert_int_equal(buffer[16], 0xee);
	assert_int_equal(buffer[MESSAGE_BYTES_MAX - 1], 0xee);
}

static void
test_server(void **state)
{
	struct message message;
	struct received received;

	(void)state;
	next_info = info_make(1, 200);
	ipc_recv(3, &message, &received);
	assert_int_equal(received.kind, RECEIVED_MESSAGE);
	assert_int_equal(received.caller.badge, 77);
	assert_int_equal(received.caller.label, 5);
	assert_int_equal(received.caller.instance, 3);
	check_given(&message, 200);

	fill(&message, 6, 300);
	next_info = INFO_NOTIFICATION;
	ipc_reply_recv(3, &message, &received);
	check_seen(300);
	assert_int_equal(info_method(seen_info), 6);
	assert_int_equal(received.kind, RECEIVED_NOTIFICATION);
	assert_int_equal(received.bits, 77);

	next_info = INFO_FAILED | E_TIMEOUT;
	ipc_recv(3, &message, &received);
	assert_int_equal(received.kind, RECEIVED_FAILED);
	assert_int_equal(received.status, E_TIMEOUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_call),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_server),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
