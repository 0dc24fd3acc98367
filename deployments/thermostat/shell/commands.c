/* SPDX-License-Identifier: 0BSD */
/* The commands of the demonstration's shell. */
#include "commands.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gen/core/power.h"
#include "manage.h"
#include "policies.h"
#include "process_shell.h"
#include "trace.h"
#include "words.h"

#define LINE_BYTES  480
#define WORDS_BYTES 900

/* A list of the audit server: one numbered line a call, until it says `absent`. */
typedef uint32_t (*line_function)(uint32_t capability, uint32_t number, void *out_line,
	uint32_t out_line_capacity, uint32_t *out_line_bytes);

static uint32_t
fetch(line_function function, uint32_t number, char *line, uint32_t *bytes)
{
	uint32_t status = E_RESTARTED;

	for (int i = 0; i < TRIES && status == E_RESTARTED; i++) {
		status = function(SHELL_JOURNAL, number, line, LINE_BYTES, bytes);
	}
	return status;
}

/* Prints a list from `number` on; returns how many lines it had. */
static uint32_t
print_list(line_function function, uint32_t number)
{
	static char line[LINE_BYTES];
	uint32_t bytes;
	uint32_t lines = 0;
	uint32_t status = fetch(function, number, line, &bytes);

	while (status == E_OK) {
		printf("%.*s\n", (int)bytes, line);
		lines++;
		status = fetch(function, number + lines, line, &bytes);
	}
	if (status != JOURNAL_ERROR_ABSENT) {
		printf("the audit server does not answer: %s\n", status_text(status));
	}
	return lines;
}

static void
run_help(const char *argument)
{
	(void)argument;
	for (const struct command *command = commands; command->name != NULL; command++) {
		printf("  %-9s%-9s%s\n", command->name, command->argument, command->help);
	}
}

static void
run_ps(const char *argument)
{
	(void)argument;
	printf("name        class         state    starts faults denied   cpu ms stack used\n");
	print_list(journal_instance, 1);
	manage_tell_stopped();
}

static void
run_ipc(const char *argument)
{
	(void)argument;
	printf("from        to          interface      granted   denied\n");
	print_list(journal_edge, 1);
}

/* Who writes this down can tell later whether the journal was changed. */
static void
print_chain(void)
{
	uint8_t digest[32];
	uint32_t number, dropped, forgotten;
	uint32_t bytes = 0;

	if (journal_head(SHELL_JOURNAL, &number, &dropped, &forgotten, digest, sizeof(digest),
		    &bytes) != E_OK) {
		return;
	}
	printf("chain: %lu entries, %lu dropped, %lu forgotten, ", (unsigned long)number,
		(unsigned long)dropped, (unsigned long)forgotten);
	for (uint32_t i = 0; i < 8; i++) {
		printf("%02x", digest[i]);
	}
	printf("\n");
}

static void
run_audit(const char *argument)
{
	uint32_t newest = 0;
	uint32_t lost = 0;

	(void)argument;
	uint32_t status = journal_count(SHELL_JOURNAL, &newest, &lost);
	if (status == E_RESTARTED) {
		status = journal_count(SHELL_JOURNAL, &newest, &lost);
	}
	uint32_t first = newest > 20 ? newest - 19 : 1;
	if (print_list(journal_record, first) == 0) {
		if (status == E_OK) {
			printf("nothing was denied so far\n");
		}
		print_chain();
		return;
	}
	if (first > 1) {
		printf("(the last 20 of %lu)\n", (unsigned long)newest);
	}
	print_chain();
	printf("to see why: why N\n");
}

static void
run_policy(const char *argument)
{
	if (*argument != '\0') {
		policies_command(argument);
		return;
	}
	print_list(journal_rule, 1);
	printf("what no line allows is denied\n");
}

/* The number in front of a line of `audit`; false after a sentence. */
static bool
record_number(const char *command, const char *argument, uint32_t *record)
{
	char *end;
	unsigned long long number = strtoull(argument, &end, 10);

	if (*argument < '0' || *argument > '9' || *end != '\0') {
		printf("%s what? type audit, then %s and the number in front of the line\n",
			command, command);
		return false;
	}
	*record = number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
	return true;
}

static void
print_absent(const char *argument, uint32_t status)
{
	if (status == JOURNAL_ERROR_ABSENT) {
		printf("there is no record %s; type audit\n", argument);
	} else {
		printf("the audit server does not answer: %s\n", status_text(status));
	}
}

static void
run_why(const char *argument)
{
	static char words[WORDS_BYTES];
	uint32_t record;
	uint32_t bytes;

	if (!record_number("why", argument, &record)) {
		return;
	}
	uint32_t status = journal_why(SHELL_JOURNAL, record, words, sizeof(words), &bytes);
	if (status == E_OK) {
		printf("%.*s", (int)bytes, words);
	} else {
		print_absent(argument, status);
	}
}

static void
run_entry(const char *argument)
{
	uint8_t entry[56];
	uint32_t record;
	uint32_t bytes;

	if (!record_number("entry", argument, &record)) {
		return;
	}
	uint32_t status = journal_entry(SHELL_JOURNAL, record, entry, sizeof(entry), &bytes);
	if (status != E_OK) {
		print_absent(argument, status);
		return;
	}
	for (uint32_t i = 0; i < bytes; i++) {
		printf("%02x", entry[i]);
	}
	printf("\n");
}

struct report {
	uint32_t cycles;
	uint32_t restarts;
	int16_t tenths;
	int16_t target;
	uint16_t opening;
};

static bool
get_report(struct report *report)
{
	uint32_t status = E_RESTARTED;

	for (int i = 0; i < TRIES && status == E_RESTARTED; i++) {
		status = status_report(SHELL_STATUS, &report->cycles, &report->restarts,
			&report->tenths, &report->target, &report->opening);
	}
	return status == E_OK;
}

static void
print_report(void)
{
	struct report report;

	if (!get_report(&report)) {
		printf("the controller does not answer\n");
		return;
	}
	printf("cycle %3lu   %2d.%d degrees (target %d.%d)   valve %3u.%u %%\n",
		(unsigned long)report.cycles, report.tenths / 10, report.tenths % 10,
		report.target / 10, report.target % 10, report.opening / 10u, report.opening % 10u);
	fflush(stdout);
}

static void
run_watch(const char *argument)
{
	const struct timespec period = {.tv_sec = 1};
	int lines = *argument == '\0' ? 5 : atoi(argument);

	for (int i = 0; i < lines && i < 60; i++) {
		print_report();
		if (i + 1 < lines) {
			nanosleep(&period, NULL);
		}
	}
}

static uint32_t
attack(uint8_t kind, uint16_t *answer)
{
	uint32_t status = E_RESTARTED;

	for (int i = 0; i < TRIES && status == E_RESTARTED; i++) {
		status = attack_run(SHELL_ATTACK, kind, answer);
	}
	return status;
}

/* Contained: the kernel refused, or the intruder died of it. */
static bool
attack_and_tell(uint8_t kind, const char *what)
{
	uint16_t answer = 0;
	uint32_t status = attack(kind, &answer);
	bool died = status == E_DIED;
	bool contained = died || (status == E_OK && answer != E_OK);

	printf("  %u  %-25s %-10s %s\n", kind, what, contained ? "contained" : "NOT STOPPED",
		died ? "it was stopped in the act, and started anew"
		     : status_text(status == E_OK ? answer : status));
	fflush(stdout);
	return contained;
}

static void
run_attack(const char *argument)
{
	static const char *const what[] = {"a guessed handle", "an unknown method",
		"a forbidden destination", "an argument out of range", "a reply it does not owe",
		"a write to its own code"};
	const uint8_t count = sizeof(what) / sizeof(what[0]);
	uint8_t contained = 0;

	(void)argument;
	if (manage_is_stopped("intruder")) {
		printf("the intruder does not run; type start intruder\n");
		return;
	}
	for (uint8_t kind = 1; kind <= count; kind++) {
		contained = (uint8_t)(contained + attack_and_tell(kind, what[kind - 1]));
	}
	printf("%u of %u contained; the thermostat goes on:\n", contained, count);
	print_report();
	printf("each is on record: type audit, then why and a number\n");
}

static void
run_crash(const char *argument)
{
	static const struct {
		const char *name;
		uint32_t capability;
	} victims[] = {
		{"sensor", SHELL_SENSOR}, {"driver", SHELL_DRIVER}, {"control", SHELL_CONTROL}};

	for (size_t i = 0; i < sizeof(victims) / sizeof(victims[0]); i++) {
		if (strcmp(victims[i].name, argument) != 0) {
			continue;
		}
		uint32_t status = crash_now(victims[i].capability);
		if (status == E_RESTARTED) {
			status = crash_now(victims[i].capability);
		}
		printf("%s: %s\n", argument, status_text(status));
		return;
	}
	printf("crash what? sensor, driver or control\n");
}

static void
run_poweroff(const char *argument)
{
	(void)argument;
	fflush(stdout);
	printf("%s\n", status_text(power_off(SHELL_POWER, 0)));
}

const struct command commands[] = {
	{"help", "", "this list", run_help},
	{"ps", "", "processes: state, starts, faults, denials, CPU time, stack", run_ps},
	{"ipc", "", "who may talk to whom, and the kernel's counts", run_ipc},
	{"audit", "", "what was denied", run_audit},
	{"why", "N", "why record N was denied, and what to do", run_why},
	{"entry", "N", "record N in hex, for gate why --record on a host", run_entry},
	{"policy", "[WORD]", "the rules in force; list, load NAME, confirm, revert: others",
		run_policy},
	{"attack", "", "let the intruder try", run_attack},
	{"watch", "[N]", "what the controller does, N seconds", run_watch},
	{"trace", "N|on|off", "what the kernel does, for N milliseconds or until off", run_trace},
	{"crash", "NAME", "make sensor, driver or control fail", run_crash},
	{"start", "NAME", "start what is stopped", manage_start},
	{"stop", "NAME", "end it until it is started again", manage_stop},
	{"restart", "NAME", "end it and start it at once", manage_restart},
	{"kill", "NAME", "end it as a fault does; its policy decides", manage_kill},
	{"poweroff", "", "end", run_poweroff},
	{NULL, NULL, NULL, NULL},
};
