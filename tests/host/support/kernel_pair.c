/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A server of high priority and a client of low priority in the kernel world, and what they hold.
 */
#include "tests/host/support/kernel_pair.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "fake_arch.h"
#include "fake_monitor.h"
#include "kernel/process.h"
#include "kernel/slot.h"
#include "kernel/thread.h"
#include "tests/host/support/kernel_world.h"

#define INTERFACE 16u

struct pair pair;

int
pair_start(void **state)
{
	world_start(state);
	pair.endpoint = world_make(KIND_ENDPOINT, 0, 3);
	pair.server_process = world_process(1);
	pair.client_process = world_process(2);
	pair.receive = world_grant(pair.server_process, pair.endpoint, 0, RIGHT_RECEIVE, 0);
	pair.reply = world_grant(pair.server_process, world_make(KIND_REPLY, 0, 3), 8, 7, 0);
	pair.call =
		world_grant(pair.client_process, pair.endpoint, INTERFACE, RIGHT_SEND, PAIR_BADGE);
	pair.server = world_thread(pair.server_process, 20);
	pair.client = world_thread(pair.client_process, 10);
	return 0;
}

int
pair_start_plain(void **state)
{
	pair_start(state);
	fake_monitor_set_plain();
	return 0;
}

void
pair_fill(uint8_t *bytes, uint32_t length, uint8_t first)
{
	for (uint32_t i = 0; i < length; i++) {
		bytes[i] = (uint8_t)(first + i);
	}
}

struct thread *
pair_call(uint32_t length, uint8_t first)
{
	uint8_t bytes[MESSAGE_BYTES_MAX];

	world_run_as(pair.client);
	pair_fill(bytes, sizeof(bytes), first);
	memcpy(pair.client->buffer, bytes, sizeof(bytes));
	return world_syscall(SYS_call, pair.call, info_make(PAIR_METHOD, length), bytes);
}

void
pair_check_received(const struct thread *thread, uint32_t length, uint8_t first)
{
	uint8_t bytes[MESSAGE_BYTES_MAX];
	uint32_t head = length < ARCH_PAYLOAD_BYTES ? length : ARCH_PAYLOAD_BYTES;

	pair_fill(bytes, sizeof(bytes), first);
	assert_int_equal(world_received_info(thread), info_make(PAIR_METHOD, length));
	assert_int_equal(thread->context.badge, PAIR_BADGE);
	assert_int_equal(thread->context.label, LABEL_INIT + 2);
	assert_int_equal(thread->context.instance, 2);
	assert_memory_equal(thread->context.payload, bytes, head);
	assert_memory_equal(thread->buffer + head, bytes + head, length - head);
	for (uint32_t i = head; i < ARCH_PAYLOAD_BYTES; i++) {
		assert_int_equal(thread->context.payload[i], 0);
	}
}
