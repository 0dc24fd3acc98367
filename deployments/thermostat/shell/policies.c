/* SPDX-License-Identifier: 0BSD */
/* The commands about the image's policies: the keeper is asked, the policy has the last word. */
#include "policies.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process_shell.h"
#include "words.h"

#define NAME_BYTES    32
#define TRIAL_SECONDS 60
#define MS_PER_SECOND 1000u
#define SECONDS_MAX   86400ul

struct policy {
	uint64_t version;
	bool is_in_force;
	char name[NAME_BYTES];
};

/* E_RESTARTED comes once for each restart of the keeper. */
static uint32_t
look(uint8_t number, struct policy *policy)
{
	uint32_t status = E_RESTARTED;
	uint32_t bytes = 0;

	for (int i = 0; i < TRIES && status == E_RESTARTED; i++) {
		status = policies_look(SHELL_POLICIES, number, &policy->version,
			&policy->is_in_force, policy->name, NAME_BYTES - 1, &bytes);
	}
	policy->name[bytes] = '\0';
	return status;
}

static void
print_loaded(uint32_t status)
{
	switch (status) {
	case E_OK:
		printf("in force, on trial: type policy confirm or policy revert\n");
		break;
	case POLICIES_ERROR_ABSENT:
		printf("the image has no such policy; type policy list\n");
		break;
	case POLICIES_ERROR_OLDER:
		printf("it is older than what was confirmed\n");
		break;
	case POLICIES_ERROR_REFUSED:
		printf("it is in force already, or another is on trial\n");
		break;
	default:
		printf("%s\n", status_text(status));
		break;
	}
}

static void
print_ended(uint32_t status, const char *done)
{
	if (status == E_OK) {
		printf("%s\n", done);
	} else if (status == POLICIES_ERROR_IDLE) {
		printf("no policy is on trial\n");
	} else {
		printf("%s\n", status_text(status));
	}
}

static void
list(void)
{
	struct policy policy;
	uint64_t floor;
	uint32_t epoch;
	uint32_t left_ms = 0;
	uint32_t status = look(0, &policy);

	for (uint8_t number = 1; status == E_OK; number++) {
		printf("  %-20s version %llu%s\n", policy.name, (unsigned long long)policy.version,
			policy.is_in_force ? "  in force" : "");
		status = look(number, &policy);
	}
	if (status != POLICIES_ERROR_ABSENT) {
		printf("%s\n", status_text(status));
	} else if (policies_trial(SHELL_POLICIES, &floor, &epoch, &left_ms) == E_OK &&
		   left_ms != 0) {
		printf("on trial for %lu s more: type policy confirm or policy revert\n",
			(unsigned long)((left_ms + MS_PER_SECOND - 1) / MS_PER_SECOND));
	}
}

/* words: a name, perhaps seconds. */
static void
load(const char *words)
{
	size_t length = strcspn(words, " ");
	unsigned long seconds = strtoul(words + length, NULL, 10);
	struct policy policy;
	uint8_t number = 0;
	uint32_t status;

	if (seconds == 0 || seconds > SECONDS_MAX) {
		seconds = TRIAL_SECONDS;
	}
	for (status = look(0, &policy); status == E_OK; status = look(++number, &policy)) {
		if (strlen(policy.name) == length && memcmp(policy.name, words, length) == 0) {
			status = policies_load(
				SHELL_POLICIES, number, (uint32_t)seconds * MS_PER_SECOND);
			break;
		}
	}
	print_loaded(status);
}

void
policies_command(const char *words)
{
	if (strcmp(words, "list") == 0) {
		list();
	} else if (strncmp(words, "load ", 5) == 0) {
		load(words + 5);
	} else if (strcmp(words, "confirm") == 0) {
		print_ended(policies_confirm(SHELL_POLICIES), "it stays");
	} else if (strcmp(words, "revert") == 0) {
		print_ended(policies_revert(SHELL_POLICIES), "the one before it is in force");
	} else {
		printf("policy list, load NAME [SECONDS], confirm or revert\n");
	}
}
