/* SPDX-License-Identifier: 0BSD */
/* Commands about processes and about what was denied. The policy has the last word on each. */
#define _POSIX_C_SOURCE 200809L

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "process_shell.h"

#define TRIES         3 /* E_RESTARTED comes once for each restart of the server */
#define LINE_BYTES    240
#define WORDS_BYTES   900
#define TROUBLE_BYTES 160 /* servers/init/init.gate */
#define LOG_LINES     20u

typedef uint32_t (*line_function)(uint32_t capability, uint32_t number, void *out_line,
	uint32_t out_line_capacity, uint32_t *out_line_bytes);

/* Prints a list of the audit server from `number` on. Returns how many lines it had. */
static uint32_t
print_list(line_function function, uint32_t number)
{
	static char line[LINE_BYTES];
	uint32_t status = E_RESTARTED;
	uint32_t lines = 0;
	uint32_t bytes;

	for (int tries = 0; status == E_OK || (status == E_RESTARTED && tries < TRIES);) {
		bytes = 0;
		status = function(SHELL_JOURNAL, number + lines, line, LINE_BYTES, &bytes);
		if (status == E_OK) {
			printf("%.*s\n", (int)bytes, line);
			lines++;
		} else {
			tries++;
		}
	}
	if (status != JOURNAL_ERROR_ABSENT) {
		printf("the audit server does not answer: %s\n", status_text(status));
	}
	return lines;
}

int
run_log(int count, char **words)
{
	uint32_t newest = 0;
	uint32_t lost = 0;
	uint32_t status = E_RESTARTED;

	(void)count;
	(void)words;
	for (int i = 0; i < TRIES && status == E_RESTARTED; i++) {
		status = journal_count(SHELL_JOURNAL, &newest, &lost);
	}
	uint32_t first = newest > LOG_LINES ? newest - LOG_LINES + 1 : 1;
	if (print_list(journal_record, first) == 0) {
		printf("nothing was denied so far\n");
	} else {
		printf("to see why: why N\n");
	}
	return status != E_OK;
}

int
explain_newest(void)
{
	static char text[WORDS_BYTES];
	uint32_t newest = 0;
	uint32_t lost = 0;
	uint32_t bytes = 0;
	uint32_t status = E_RESTARTED;

	for (int i = 0; i < TRIES && status == E_RESTARTED; i++) {
		status = journal_count(SHELL_JOURNAL, &newest, &lost);
	}
	if (status == E_OK) {
		status = journal_why(SHELL_JOURNAL, newest, text, sizeof(text), &bytes);
	}
	if (status != E_OK) {
		printf("why, the audit server cannot say; type log\n");
		return 1;
	}
	printf("%.*s", (int)bytes, text);
	return 0;
}

int
run_why(int count, char **words)
{
	static char text[WORDS_BYTES];
	char *end;
	unsigned long number = strtoul(words[1], &end, 10);
	uint32_t bytes = 0;

	(void)count;
	if (*end != '\0' || number == 0) {
		printf("why what? type log, then why and the number in front of the line\n");
		return 1;
	}
	uint32_t status = journal_why(SHELL_JOURNAL, (uint32_t)number, text, sizeof(text), &bytes);
	if (status == E_OK) {
		printf("%.*s", (int)bytes, text);
	} else if (status == JOURNAL_ERROR_ABSENT) {
		printf("there is no record %s; type log\n", words[1]);
	} else {
		printf("the audit server does not answer: %s\n", status_text(status));
	}
	return status != E_OK;
}

/* --- the manager ---------------------------------------------------------------------------- */

uint32_t
instance_look(uint16_t number, struct instance *out)
{
	enum supervisor_life life;
	uint32_t starts;
	uint32_t status;

	do {
		status = supervisor_look(SHELL_MANAGER, number, &starts, &out->place, &life,
			out->name, sizeof(out->name), &out->name_bytes);
	} while (status == E_RESTARTED);
	return status;
}

/* Says what init says of an instance whose last start failed: who, at what, and why. Returns E_OK,
 * SUPERVISOR_ERROR_FINE, or why nobody knows. */
static uint32_t
tell_trouble(uint16_t number)
{
	char text[TROUBLE_BYTES];
	uint32_t bytes = 0;
	uint32_t status;

	do {
		status = supervisor_trouble(SHELL_MANAGER, number, text, sizeof(text), &bytes);
	} while (status == E_RESTARTED);
	if (status == E_OK) {
		printf("%.*s\n", (int)bytes, text);
	}
	return status;
}

int
run_ps(int count, char **words)
{
	uint32_t status = E_OK;

	(void)count;
	(void)words;
	printf("name        class         state    starts faults denied   cpu ms stack used\n");
	bool is_told = print_list(journal_instance, 1) != 0;
	for (uint16_t number = 1; status == E_OK || status == SUPERVISOR_ERROR_FINE; number++) {
		status = tell_trouble(number);
	}
	return !is_told;
}

/* The number of the process of that name, or 0 after a sentence. */
static uint16_t
find(const char *name)
{
	struct instance instance;
	uint16_t number = 1;
	uint32_t status;

	for (; (status = instance_look(number, &instance)) == E_OK; number++) {
		if (strlen(name) == instance.name_bytes &&
			memcmp(name, instance.name, instance.name_bytes) == 0) {
			return number;
		}
	}
	if (status == SUPERVISOR_ERROR_ABSENT) {
		printf("there is no process '%s'; type ps for the names\n", name);
	} else {
		printf("the manager does not answer: %s\n", status_text(status));
	}
	return 0;
}

static int
ask(uint32_t (*wish)(uint32_t capability, uint16_t who), const char *verb, const char *name,
	const char *otherwise)
{
	uint16_t who = find(name);
	uint32_t status = who == 0 ? E_OK : wish(SHELL_MANAGER, who);

	if (who == 0) {
		return 1;
	}
	if (status == E_OK) {
		printf("%s: %s\n", name, verb);
	} else if (status == E_DENIED) {
		printf("the policy does not let the shell do that to %s; log and why tell the "
		       "rule\n",
			name);
	} else if (status != SUPERVISOR_ERROR_FAILED || tell_trouble(who) != E_OK) {
		printf("%s: %s\n", name, otherwise);
	}
	return status != E_OK;
}

int
run_start(int count, char **words)
{
	(void)count;
	return ask(supervisor_start, "started", words[1], "it runs, or cannot be started");
}

int
run_stop(int count, char **words)
{
	(void)count;
	return ask(supervisor_stop, "stopped", words[1], "it is stopped already");
}

int
run_kill(int count, char **words)
{
	(void)count;
	return ask(supervisor_kill, "killed", words[1], "it does not run");
}

int
run_restart(int count, char **words)
{
	(void)count;
	return ask(supervisor_restart, "restarted", words[1], "it cannot be started");
}
