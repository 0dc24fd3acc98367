/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Serves Pipe and Store until the broker goes. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/mman.h>

#include "ksm/hosts/linux/client.h"
#include "tests/hosts/rig/rig.h"

#define GIVES_PIPE 0u
#define SIGNALLED  UINT32_C(0x100)

static uint32_t puts_seen;
static uint32_t bells;
static uint32_t labels; /* of Public; of Private is one more */

/* A descriptor with a text, for the caller; its own copy is closed behind the answer. */
static void
store_open(struct ksm_message *message)
{
	uint32_t is_private = message->bytes[0];
	uint32_t word = INTERFACE_DOC << 16 | (labels + is_private);
	int file = memfd_create("doc", MFD_CLOEXEC);

	CHECK(file >= 0 && write(file, is_private ? "private" : "public", 7) == 7);
	memcpy(message->bytes, &word, sizeof(word));
	message->head.info = info_make(0, sizeof(word));
	message->descriptors[0] = file;
	message->descriptor_count = 1;
}

static void
store_give(struct ksm_message *message)
{
	char text[8] = "";

	CHECK(message->descriptor_count == 1);
	CHECK(pread(message->descriptors[0], text, 7, 0) == 7 && strcmp(text, "a draft") == 0);
	(void)close(message->descriptors[0]);
	message->descriptor_count = 0;
	message->head.info = 0;
}

/* Returns the ticket to answer, or 0: not now. */
static uint32_t
serve(struct ksm_message *message)
{
	uint32_t ticket = message->head.handle;
	uint32_t method = info_method(message->head.info);

	if (message->head.badge >> BADGE_GIVES_SHIFT != GIVES_PIPE) {
		if (method == METHOD_OPEN) {
			store_open(message);
		} else {
			store_give(message);
		}
	} else if (method == METHOD_PUT) {
		puts_seen++;
		message->head.info = info_make(0, 4);
	} else if (method == METHOD_WAIT) {
		return 0;
	} else {
		uint32_t count = bells << 24 | (puts_seen & 0xffffff);

		memcpy(message->bytes, &count, sizeof(count));
		message->head.info = info_make(0, sizeof(count));
	}
	return ticket;
}

void
receiver_run(const char *folder)
{
	const uint32_t wants = KSM_WIRE_WANT_REQUEST | KSM_WIRE_WANT_BITS;
	static struct ksm_message message;
	struct ksm_client client;
	uint32_t ticket = 0;

	rig_open(&client, folder, "receiver");
	labels = client.resource_label;
	for (;;) {
		int answered = message.descriptor_count != 0 ? message.descriptors[0] : -1;

		if (ticket == 0) {
			ksm_client_receive(&client, wants, &message, 0);
		} else {
			ksm_client_reply_receive(&client, ticket, KSM_WIRE_WANT_BITS, &message, 0);
		}
		if (answered >= 0) {
			(void)close(answered);
		}
		ticket = 0;
		if (message.head.kind == KSM_WIRE_REQUEST) {
			ticket = serve(&message);
		} else if (message.head.kind == KSM_WIRE_NOTIFY) {
			bells += message.head.badge == SIGNALLED;
		} else if (message.head.status == E_DIED) {
			return;
		}
	}
}
