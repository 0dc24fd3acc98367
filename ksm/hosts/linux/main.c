/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ksm-broker: processes of Linux speak with each other as far as a policy of Gatehouse allows. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/policy.h"
#include "ksm/format.h"
#include "ksm/hosts/linux/broker.h"
#include "ksm/hosts/linux/call.h"
#include "ksm/hosts/linux/control.h"
#include "ksm/hosts/linux/identity.h"
#include "ksm/hosts/linux/journal.h"
#include "ksm/hosts/linux/judge.h"
#include "ksm/hosts/linux/peer.h"
#include "ksm/hosts/system.h"

static const char usage[] =
	"usage: ksm-broker --policy FILE [--policy FILE]... --system FILE --hosts FILE DIR\n"
	"         judges what the instances say to each other; their sockets are in DIR\n"
	"       ksm-broker ask DIR status | edges | records | why NUMBER |\n"
	"                          load NUMBER MILLISECONDS | confirm | revert\n"
	"         asks the broker of DIR; NUMBER counts its policies from 0\n";

struct arguments {
	const char *policies[POLICIES_MAX];
	uint32_t policy_count;
	const char *system;
	const char *hosts;
	const char *folder;
};

static volatile sig_atomic_t is_over;

static void
stop(int number)
{
	(void)number;
	is_over = 1;
	broker_wake();
}

static int
refuse(const char *what, const char *word)
{
	(void)fprintf(stderr, "ksm-broker: error: %s%s%s\n%s", what, word == NULL ? "" : ": ",
		word == NULL ? "" : word, usage);
	return 2;
}

/* Returns 0, or the exit code. */
static int
arguments_read(int argc, char **argv, struct arguments *a)
{
	for (int i = 1; i < argc; i++) {
		bool has_value = strncmp(argv[i], "--", 2) == 0;
		const char *value = has_value && i + 1 < argc ? argv[i + 1] : NULL;

		if (has_value && value == NULL) {
			return refuse("no option, or its value is missing", argv[i]);
		}
		if (strcmp(argv[i], "--policy") == 0) {
			if (a->policy_count == POLICIES_MAX) {
				return refuse("there are too many policies", value);
			}
			a->policies[a->policy_count++] = value;
		} else if (strcmp(argv[i], "--system") == 0) {
			a->system = value;
		} else if (strcmp(argv[i], "--hosts") == 0) {
			a->hosts = value;
		} else if (has_value) {
			return refuse("this is no option", argv[i]);
		} else if (a->folder != NULL) {
			return refuse("one folder is enough", argv[i]);
		} else {
			a->folder = argv[i];
		}
		i += has_value;
	}
	if (a->policy_count == 0 || a->system == NULL || a->hosts == NULL || a->folder == NULL) {
		return refuse("a policy, a system, a host file and a folder are needed", NULL);
	}
	return 0;
}

/* The whole file, 8-aligned, or NULL after an error. */
static uint8_t *
file_read(const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	uint8_t *bytes = NULL;

	if (file != NULL && fseek(file, 0, SEEK_END) == 0) {
		long size = ftell(file);

		rewind(file);
		if (size < 0 || (unsigned long)size > FORMAT_LENGTH_MAX) {
			errno = EFBIG;
		} else {
			*length = (size_t)size;
			bytes = malloc(*length + 1);
		}
	}
	if (bytes != NULL && fread(bytes, 1, *length, file) != *length) {
		free(bytes);
		bytes = NULL;
	}
	if (bytes == NULL) {
		(void)fprintf(
			stderr, "%s: error: cannot read this file: %s\n", path, strerror(errno));
	}
	if (file != NULL) {
		(void)fclose(file);
	}
	return bytes;
}

static bool
policies_open(const struct arguments *a)
{
	const uint8_t *blobs[POLICIES_MAX];
	size_t lengths[POLICIES_MAX];
	uint32_t number = 0;
	const char *error;

	for (uint32_t i = 0; i < a->policy_count; i++) {
		blobs[i] = file_read(a->policies[i], &lengths[i]);
		if (blobs[i] == NULL) {
			return false;
		}
	}
	error = judge_open(blobs, lengths, a->policy_count, &number);
	if (error != NULL) {
		(void)fprintf(stderr, "%s: error: %s\n", a->policies[number], error);
	}
	return error == NULL;
}

static bool
system_read(const char *path)
{
	size_t length;
	const uint8_t *blob = file_read(path, &length);
	const char *error;

	if (blob == NULL) {
		return false;
	}
	error = system_open(blob, length, ksm_abi_digest(judge_blob(0)));
	if (error != NULL) {
		(void)fprintf(stderr, "%s: error: %s\n", path, error);
	}
	return error == NULL;
}

static bool
start(const struct arguments *a)
{
	if (!policies_open(a) || !system_read(a->system) || !identity_read(a->hosts)) {
		return false;
	}
	peer_init();
	if (!journal_open()) {
		(void)fputs("ksm-broker: error: the names in a policy are not sound\n", stderr);
		return false;
	}
	call_open();
	return broker_open(a->folder);
}

int
main(int argc, char **argv)
{
	struct sigaction action = {.sa_handler = stop};
	struct arguments arguments = {.policy_count = 0};
	int code;

	if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
		(void)fputs(usage, stdout);
		return 0;
	}
	if (argc > 1 && strcmp(argv[1], "ask") == 0) {
		return argc < 4 ? refuse("ask whom what", NULL)
				: control_ask(argv[2], argc - 3, argv + 3);
	}
	code = arguments_read(argc, argv, &arguments);
	if (code != 0) {
		return code;
	}
	(void)sigemptyset(&action.sa_mask);
	(void)sigaction(SIGINT, &action, NULL);
	(void)sigaction(SIGTERM, &action, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
	if (!start(&arguments)) {
		return 1;
	}
	(void)fputs("ksm-broker: ready\n", stderr);
	while (!is_over) {
		broker_step(-1);
	}
	broker_close();
	return 0;
}
