/* SPDX-License-Identifier: 0BSD */
/* The commands that start and end processes: the manager is asked, the policy has the last word. */
#include "manage.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "process_shell.h"
#include "words.h"

#define NAME_BYTES    32
#define TROUBLE_BYTES 160 /* servers/init/init.gate */

typedef uint32_t (*wish)(uint32_t capability, uint16_t who);

struct process {
	uint32_t starts;
	enum supervisor_life life;
	uint32_t name_bytes;
	char name[NAME_BYTES];
};

/* E_RESTARTED comes once for each restart of the manager. */
static uint32_t
look(uint16_t number, struct process *process)
{
	uint32_t status = E_RESTARTED;
	uint16_t place;

	for (int i = 0; i < TRIES && status == E_RESTARTED; i++) {
		process->name_bytes = 0;
		status = supervisor_look(SHELL_MANAGER, number, &process->starts, &place,
			&process->life, process->name, sizeof(process->name) - 1,
			&process->name_bytes);
	}
	return status;
}

/* Looks for a name. Returns E_OK and the number, or a status that is none. */
static uint32_t
seek(const char *name, uint16_t *number, struct process *process)
{
	uint32_t status = E_OK;

	for (*number = 1; status == E_OK; (*number)++) {
		status = look(*number, process);
		if (status == E_OK && strlen(name) == process->name_bytes &&
			memcmp(name, process->name, process->name_bytes) == 0) {
			return E_OK;
		}
	}
	return status;
}

bool
manage_is_stopped(const char *name)
{
	struct process process;
	uint16_t number;

	return seek(name, &number, &process) == E_OK && process.life == SUPERVISOR_LIFE_STOPPED;
}

/* The number of the process, or 0 after a sentence that says why there is none. */
static uint16_t
find(const char *command, const char *name)
{
	struct process process;
	uint16_t number;

	if (*name == '\0') {
		printf("%s what? type ps for the names\n", command);
		return 0;
	}
	uint32_t status = seek(name, &number, &process);
	if (status == E_OK) {
		return number;
	}
	if (status == SUPERVISOR_ERROR_ABSENT) {
		printf("there is no process '%s'; type ps for the names\n", name);
	} else {
		printf("the manager does not answer: %s\n", status_text(status));
	}
	return 0;
}

/* Says what init says of an instance whose last start failed: who, at what, and why. Returns E_OK,
 * SUPERVISOR_ERROR_FINE, or why nobody knows. */
static uint32_t
tell_trouble(uint16_t number)
{
	char text[TROUBLE_BYTES];
	uint32_t bytes = 0;
	uint32_t status = E_RESTARTED;

	for (int i = 0; i < TRIES && status == E_RESTARTED; i++) {
		status = supervisor_trouble(SHELL_MANAGER, number, text, sizeof(text), &bytes);
	}
	if (status == E_OK) {
		printf("%.*s\n", (int)bytes, text);
	}
	return status;
}

void
manage_tell_stopped(void)
{
	uint32_t status = E_OK;

	for (uint16_t number = 1; status == E_OK || status == SUPERVISOR_ERROR_FINE; number++) {
		status = tell_trouble(number);
	}
}

/* Its start failed. */
static void
tell_failed_start(uint16_t number, const char *name)
{
	if (tell_trouble(number) != E_OK) {
		printf("%s cannot be started; type audit to see what was denied\n", name);
	}
}

static uint32_t
ask(wish function, uint16_t who)
{
	uint32_t status = E_RESTARTED;

	for (int i = 0; i < TRIES && status == E_RESTARTED; i++) {
		status = function(SHELL_MANAGER, who);
	}
	return status;
}

/* What is no answer of the supervisor, the same for all wishes. */
static void
tell_failure(const char *command, const char *name, uint32_t status)
{
	if (status == E_DENIED) {
		printf("the policy does not let the shell %s %s; audit and why tell the rule\n",
			command, name);
	} else {
		printf("the manager does not answer: %s\n", status_text(status));
	}
}

void
manage_start(const char *name)
{
	uint16_t who = find("start", name);
	uint32_t status = who == 0 ? E_OK : ask(supervisor_start, who);

	if (who == 0) {
		return;
	}
	if (status == E_OK) {
		printf("%s: started\n", name);
	} else if (status == SUPERVISOR_ERROR_BUSY) {
		printf("%s runs already; type restart %s for a new life\n", name, name);
	} else if (status == SUPERVISOR_ERROR_FAILED) {
		tell_failed_start(who, name);
	} else {
		tell_failure("start", name, status);
	}
}

void
manage_stop(const char *name)
{
	uint16_t who = find("stop", name);
	uint32_t status = who == 0 ? E_OK : ask(supervisor_stop, who);

	if (who == 0) {
		return;
	}
	if (status == E_OK) {
		printf("%s: stopped, until you type start %s\n", name, name);
	} else if (status == SUPERVISOR_ERROR_IDLE) {
		printf("%s is stopped already; type start %s\n", name, name);
	} else {
		tell_failure("stop", name, status);
	}
}

void
manage_restart(const char *name)
{
	uint16_t who = find("restart", name);
	uint32_t status = who == 0 ? E_OK : ask(supervisor_restart, who);

	if (who == 0) {
		return;
	}
	if (status == E_OK) {
		printf("%s: restarted\n", name);
	} else if (status == SUPERVISOR_ERROR_FAILED) {
		tell_failed_start(who, name);
	} else {
		tell_failure("restart", name, status);
	}
}

void
manage_kill(const char *name)
{
	uint16_t who = find("kill", name);
	uint32_t status = who == 0 ? E_OK : ask(supervisor_kill, who);

	if (who == 0) {
		return;
	}
	if (status == E_OK) {
		printf("%s: killed; its restart policy decides what comes\n", name);
	} else if (status == SUPERVISOR_ERROR_IDLE) {
		printf("%s does not run; type start %s\n", name, name);
	} else {
		tell_failure("kill", name, status);
	}
}
