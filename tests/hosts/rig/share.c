/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Descriptors, a signal, deadlines, a swap that a process asks for: what must work, what must not.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "ksm/hosts/linux/client.h"
#include "tests/hosts/rig/rig.h"

#define NS_PER_MS UINT64_C(1000000)

static uint32_t
open_document(const struct ksm_client *client, struct ksm_message *message, uint8_t is_private)
{
	return rig_call(client, HANDLE_STORE, METHOD_OPEN, message, &is_private, 1);
}

static uint32_t
give(const struct ksm_client *client, uint32_t word, int *descriptors, uint32_t count)
{
	struct ksm_message message;
	uint32_t status;

	memcpy(message.descriptors, descriptors, count * sizeof(int));
	message.descriptor_count = count;
	status = rig_call(client, HANDLE_STORE, METHOD_GIVE, &message, &word, sizeof(word));
	CHECK(message.descriptor_count == 0);
	return status;
}

static void
share_documents(const struct ksm_client *client)
{
	struct ksm_message message = {.descriptor_count = 0};
	uint32_t own = INTERFACE_DOC << 16 | client->resource_label;
	char text[8] = "";
	int files[4];

	CHECK(open_document(client, &message, 0) == E_OK && message.descriptor_count == 1);
	CHECK(pread(message.descriptors[0], text, 7, 0) == 7 && strcmp(text, "public") == 0);
	(void)close(message.descriptors[0]);
	message.descriptor_count = 0;
	/* No rule names sender and Private: nothing of the answer arrives. */
	CHECK(open_document(client, &message, 1) == E_DENIED && message.descriptor_count == 0);

	files[0] = memfd_create("draft", MFD_CLOEXEC);
	CHECK(write(files[0], "a draft", 7) == 7);
	files[1] = files[2] = files[3] = files[0];
	CHECK(give(client, own, files, 1) == E_OK);
	CHECK(give(client, own, files, 0) == E_HANDLE);          /* none */
	CHECK(give(client, own, files, 2) == E_HANDLE);          /* one too many */
	CHECK(give(client, own + 1, files, 1) == E_HANDLE);      /* another's label */
	CHECK(give(client, own & 0xffff, files, 1) == E_DENIED); /* another interface */
	(void)close(files[0]);
}

static void
signal_bell(const struct ksm_client *client)
{
	uint32_t before = rig_end(client) >> 24;

	CHECK(ksm_client_signal(client, HANDLE_BELL) == E_OK);
	CHECK(ksm_client_signal(client, HANDLE_PIPE) == E_HANDLE);
	CHECK(rig_end(client) >> 24 == before + 1);
}

static void
meet_deadlines(const struct ksm_client *client)
{
	struct ksm_message message = {.descriptor_count = 0};

	memset(&message.head, 0, sizeof(message.head));
	message.head.info = info_make(0, 4);
	CHECK(ksm_client_call(client, HANDLE_PIPE, METHOD_WAIT, &message, 20 * NS_PER_MS) ==
		E_TIMEOUT);
	ksm_client_receive(client, KSM_WIRE_WANT_REQUEST, &message, 10 * NS_PER_MS);
	CHECK(message.head.kind == KSM_WIRE_FAILED && message.head.status == E_TIMEOUT);
	CHECK(rig_call(client, HANDLE_STORE, METHOD_LEND, &message, "\1\0\0\0", 4) == E_LEASE);
	(void)rig_end(client); /* all is well behind it */
}

/* Policy 1 is stop.gate, in which put is not allowed. */
static void
swap(const struct ksm_client *client)
{
	const uint8_t load[8] = {1, 0, 0, 0, 0xe8, 0x03}; /* number 1, trial_ms 1000 */
	struct ksm_message message = {.descriptor_count = 0};
	const uint32_t number = 7;

	CHECK(rig_call(client, HANDLE_PIPE, METHOD_PUT, &message, &number, 4) == E_OK);
	CHECK(rig_call(client, HANDLE_SWAP, 1, &message, load, 8) == E_OK);
	CHECK(rig_call(client, HANDLE_SWAP, 1, &message, load, 8) == E_STATE);
	CHECK(rig_call(client, HANDLE_PIPE, METHOD_PUT, &message, &number, 4) == E_DENIED);
	CHECK(rig_call(client, HANDLE_SWAP, 3, &message, "", 0) == E_OK);
	CHECK(rig_call(client, HANDLE_SWAP, 3, &message, "", 0) == E_STATE);
	CHECK(rig_call(client, HANDLE_PIPE, METHOD_PUT, &message, &number, 4) == E_OK);
}

void
share_run(const char *folder)
{
	struct ksm_client client;

	rig_open(&client, folder, "sender");
	share_documents(&client);
	signal_bell(&client);
	meet_deadlines(&client);
	swap(&client);
	ksm_client_close(&client);
	(void)puts("shared");
}
