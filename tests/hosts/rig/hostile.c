/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A component that breaks every rule of the wire, on purpose and at random. It is `other`, which
 * may call two methods; whatever it does, a connection that keeps to the rules works again behind
 * it. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>

#include "ksm/hosts/linux/client.h"
#include "tests/hosts/rig/rig.h"

#define BOMB        250 /* descriptors of one packet; the kernel takes 253 */
#define CONNECTIONS 64
#define PACKETS_MAX 8

static uint64_t state;
static const char *where;

static uint32_t
random_below(uint32_t limit)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 32) % limit;
}

static void
send_raw(const struct ksm_client *client, const void *bytes, size_t length, int descriptors)
{
	static union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(BOMB * sizeof(int))];
	} control;
	struct iovec part = {(void *)(uintptr_t)bytes, length};
	struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
	int null = -1;

	if (descriptors != 0) {
		size_t size = (size_t)descriptors * sizeof(int);
		int all[BOMB] = {0};

		null = open("/dev/null", O_RDONLY | O_CLOEXEC);
		for (int i = 0; i < descriptors; i++) {
			all[i] = null;
		}
		header.msg_control = &control;
		header.msg_controllen = CMSG_SPACE(size);
		control.align.cmsg_level = SOL_SOCKET;
		control.align.cmsg_type = SCM_RIGHTS;
		control.align.cmsg_len = CMSG_LEN(size);
		memcpy(CMSG_DATA(&control.align), all, size);
	}
	/* The broker may have closed already, which is as good. */
	(void)sendmsg(client->socket, &header, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (null >= 0) {
		(void)close(null);
	}
}

/* A connection that keeps to the rules. */
static void
prove_alive(void)
{
	struct ksm_client client;

	rig_open(&client, where, "other");
	(void)rig_end(&client);
	ksm_client_close(&client);
}

/* What is sent is no packet: the broker closes the connection. */
static void
attack_closed(const void *bytes, size_t length, int descriptors)
{
	struct ksm_message answer;
	struct ksm_client client;

	rig_open(&client, where, "other");
	send_raw(&client, bytes, length, descriptors);
	CHECK(ksm_client_next(&client, &answer) != 0);
	ksm_client_close(&client);
	prove_alive();
}

static void
attack(const void *bytes, size_t length, int descriptors, int times)
{
	struct ksm_client client;

	rig_open(&client, where, "other");
	for (int i = 0; i < times; i++) {
		send_raw(&client, bytes, length, descriptors);
	}
	ksm_client_close(&client);
	prove_alive();
}

static void
break_form(void)
{
	static struct ksm_message m = {.head = {.kind = KSM_WIRE_CALL, .handle = HANDLE_PIPE}};
	size_t head = sizeof(m.head);

	attack_closed(&m, 0, 0);
	attack_closed(&m, 10, 0);
	attack_closed(&m, head - 1, 0);
	m.head.info = info_make(METHOD_WAIT, 4);
	attack_closed(&m, head, 0);                          /* half of a message */
	attack_closed(&m, head + 5, 0);                      /* and a byte more */
	attack_closed(&m, head + KSM_WIRE_BYTES_MAX + 1, 0); /* more than there is room for */
	m.head.info = info_make(METHOD_WAIT, 4) | UINT32_C(1) << 30;
	attack(&m, head + 4, 0, 1);
	m.head.info = info_make(METHOD_WAIT, 4);
	attack(&m, head + 4, 0, 1);    /* gone in the middle of a call */
	attack(&m, head + 4, 0, 2000); /* does not wait for an answer */
	attack(&m, head + 4, 4, 1);    /* descriptors that nobody asked for */
	attack(&m, head + 4, BOMB, 20);
	attack_closed(&m, head + 4, BOMB);
	for (uint32_t kind = 0; kind < 32; kind++) {
		m.head.kind = kind;
		attack(&m, head + 4, 0, 1);
	}
}

/* Answers to calls that nobody made, through every number that could be one. */
static void
guess_tickets(void)
{
	struct ksm_message message = {.descriptor_count = 0};
	struct ksm_client client;

	rig_open(&client, where, "other");
	for (uint32_t i = 0; i < 2000; i++) {
		memset(&message.head, 0, sizeof(message.head));
		CHECK(ksm_client_reply(&client, i * 7, &message) == E_HANDLE);
	}
	ksm_client_close(&client);
	prove_alive();
}

static void
guess_handles(void)
{
	struct ksm_message message = {.descriptor_count = 0};
	struct ksm_client client;

	rig_open(&client, where, "other");
	for (uint32_t i = 0; i < 2000; i++) {
		uint32_t handle = i < 1000 ? i : HANDLE_INITIAL(i);

		CHECK(rig_call(&client, handle, 1, &message, "", 0) ==
			(handle == HANDLE_PIPE ? E_DENIED : E_HANDLE));
	}
	ksm_client_close(&client);
	prove_alive();
}

static void
crowd(void)
{
	struct ksm_client clients[CONNECTIONS];
	uint32_t open_count = 0;
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/other", where);
	for (uint32_t i = 0; i < CONNECTIONS; i++) {
		open_count += ksm_client_open(&clients[i], path) == 0;
	}
	CHECK(open_count == 16);
	for (uint32_t i = 0; i < CONNECTIONS; i++) {
		ksm_client_close(&clients[i]);
	}
	prove_alive();
}

static void
packet_random(const struct ksm_client *client)
{
	static union {
		struct ksm_message message;
		uint8_t bytes[2048];
	} packet;
	struct ksm_message *m = &packet.message;
	uint32_t length = random_below(8) == 0 ? random_below(1200) : random_below(24);

	for (uint32_t i = 0; i < sizeof(m->head) + 24; i++) {
		packet.bytes[i] = (uint8_t)(random_below(4) == 0 ? random_below(256) : 0);
	}
	m->head.kind = random_below(9);
	m->head.handle = random_below(3) == 0 ? HANDLE_INITIAL(random_below(16)) : HANDLE_PIPE;
	if (random_below(8) != 0) {
		m->head.info = info_make(random_below(6), length & 0x3ff);
		length &= 0x3ff;
	}
	m->head.timeout_ns = random_below(2) == 0 ? 1 + random_below(1000000) : 0;
	send_raw(client, packet.bytes, sizeof(m->head) + length,
		random_below(8) == 0 ? (int)random_below(BOMB) : 0);
}

static void
fuzz(uint32_t rounds)
{
	for (uint32_t i = 0; i < rounds; i++) {
		struct ksm_client client;

		rig_open(&client, where, "other");
		for (uint32_t n = random_below(PACKETS_MAX); n != 0; n--) {
			struct ksm_message answer;

			packet_random(&client);
			/* Now and then it waits for what it asked for. */
			if (random_below(2) == 0) {
				struct timeval most = {.tv_usec = 2000};

				(void)setsockopt(client.socket, SOL_SOCKET, SO_RCVTIMEO, &most,
					sizeof(most));
				(void)ksm_client_next(&client, &answer);
			}
		}
		ksm_client_close(&client);
	}
	prove_alive();
}

void
hostile_run(const char *folder, uint32_t seed, uint32_t rounds)
{
	where = folder;
	state = UINT64_C(0x9e3779b97f4a7c15) + seed;
	break_form();
	guess_tickets();
	guess_handles();
	crowd();
	fuzz(rounds);
	(void)printf("hostile: seed %u, %u rounds\n", seed, rounds);
}
