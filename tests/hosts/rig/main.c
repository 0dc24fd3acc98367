/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* rig ROLE FOLDER [NUMBER]...: a process under the broker of a folder. */
#include "tests/hosts/rig/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "ksm/hosts/linux/client.h"

#define TRIES 50

void
check(int holds, const char *text, const char *file, int line)
{
	if (!holds) {
		(void)fprintf(
			stderr, "FAIL: %s:%d: %s (errno %s)\n", file, line, text, strerror(errno));
		exit(1);
	}
}

void
rig_open(struct ksm_client *client, const char *folder, const char *name)
{
	const struct timespec pause = {.tv_nsec = 20000000};
	char path[128];
	int tries = 0;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	while (ksm_client_open(client, path) != 0) {
		ksm_client_close(client);
		CHECK(++tries < TRIES);
		(void)nanosleep(&pause, NULL);
	}
}

uint32_t
rig_call(const struct ksm_client *client, uint32_t handle, uint32_t method,
	struct ksm_message *message, const void *bytes, uint32_t length)
{
	memset(&message->head, 0, sizeof(message->head));
	message->head.info = info_make(0, length);
	memcpy(message->bytes, bytes, length);
	return ksm_client_call(client, handle, method, message, 0);
}

uint32_t
rig_end(const struct ksm_client *client)
{
	struct ksm_message message = {.descriptor_count = 0};
	uint32_t count;

	CHECK(rig_call(client, HANDLE_PIPE, METHOD_END, &message, "", 0) == E_OK);
	memcpy(&count, message.bytes, sizeof(count));
	return count;
}

int
main(int argc, char **argv)
{
	const char *role = argc > 2 ? argv[1] : "";
	uint32_t first = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 0;
	uint32_t second = argc > 4 ? (uint32_t)strtoul(argv[4], NULL, 10) : 0;

	if (strcmp(role, "receiver") == 0) {
		receiver_run(argv[2]);
	} else if (strcmp(role, "sender") == 0) {
		sender_run(argv[2], first);
	} else if (strcmp(role, "share") == 0) {
		share_run(argv[2]);
	} else if (strcmp(role, "hostile") == 0) {
		hostile_run(argv[2], first, second);
	} else {
		(void)fputs("usage: rig receiver|share FOLDER\n"
			    "       rig sender FOLDER COUNT\n"
			    "       rig hostile FOLDER SEED ROUNDS\n",
			stderr);
		return 2;
	}
	return 0;
}
