/* SPDX-License-Identifier: 0BSD */
/* The table of commands, and those that are about the shell itself. */
#include "commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "gatehouse/syscall.h"
#include "gen/core/power.h"
#include "process_shell.h"

#define NS_PER_US     UINT64_C(1000)
#define SECONDS_LEAST 1000000000 /* of 2001: nothing that runs began then */

int
command_failed(const char *what)
{
	printf("%s: %s\n", what, strerror(errno));
	return 1;
}

static int
run_help(int count, char **words)
{
	(void)count;
	(void)words;
	for (const struct command *command = commands; command->name != NULL; command++) {
		printf("  %-8s %-17s %s\n", command->name, command->arguments, command->help);
	}
	printf("  > NAME, >> NAME and < NAME: output to a file, behind its end, input from one\n");
	return 0;
}

/* The words behind `time` are a command of their own. */
static int
run_time(int count, char **words)
{
	const struct command *command = command_find(words[1]);
	uint64_t start = sys_clock();

	if (command == NULL) {
		printf("there is no command '%s'; type help\n", words[1]);
		return 1;
	}
	if (count - 2 < command->least || count - 2 > command->most) {
		printf("%s %s\n", command->name, command->arguments);
		return 1;
	}
	int code = command->run(count - 1, words + 1);
	printf("%llu us\n", (unsigned long long)((sys_clock() - start) / NS_PER_US));
	return code;
}

/* Without a calendar the clock begins in 1970. */
static int
run_date(int count, char **words)
{
	char text[64];
	time_t now = time(NULL);

	(void)count;
	(void)words;
	if (now < SECONDS_LEAST) {
		printf("the calendar does not know; the machine has run for %lu s\n",
			(unsigned long)now);
		return 1;
	}
	strftime(text, sizeof(text), "%a %b %e %H:%M:%S UTC %Y", gmtime(&now));
	printf("%s\n", text);
	return 0;
}

static int
run_poweroff(int count, char **words)
{
	(void)count;
	(void)words;
	fflush(stdout);
	printf("%s\n", status_text(power_off(SHELL_POWER, 0)));
	return 1;
}

const struct command commands[] = {
	{"help", "", "this list", 0, 0, run_help},
	{"ls", "[NAME]", "what is in a folder", 0, 1, run_ls},
	{"cat", "[NAME...]", "what is in files, or what is typed until Ctrl-D", 0, 20, run_cat},
	{"hexdump", "NAME", "bytes of a file", 1, 1, run_hexdump},
	{"echo", "[WORD...]", "the words", 0, 20, run_echo},
	{"cp", "FROM TO", "copy a file", 2, 2, run_cp},
	{"mv", "FROM TO", "give a file or folder another name", 2, 2, run_mv},
	{"rm", "NAME...", "remove files", 1, 20, run_rm},
	{"mkdir", "NAME", "make a folder", 1, 1, run_mkdir},
	{"rmdir", "NAME", "remove an empty folder", 1, 1, run_rmdir},
	{"cd", "[NAME]", "go to a folder", 0, 1, run_cd},
	{"pwd", "", "which folder that is", 0, 0, run_pwd},
	{"df", "", "how much files take, and may take", 0, 0, run_df},
	{"mount", "", "which services the tree is made of", 0, 0, run_mount},
	{"ps", "", "processes: state, starts, faults, denials, CPU time, stack", 0, 0, run_ps},
	{"top", "[N]", "CPU, memory, messages and denials every second; q leaves", 0, 1, run_top},
	{"run", "[CLASS [WORD...]]", "start a program of the image; & at the end: do not wait", 0,
		22, run_run},
	{"start", "NAME", "start what is stopped", 1, 1, run_start},
	{"stop", "NAME", "end it until it is started again", 1, 1, run_stop},
	{"restart", "NAME", "end it and start it at once", 1, 1, run_restart},
	{"kill", "NAME", "end it as a fault does; its policy decides", 1, 1, run_kill},
	{"log", "", "what was denied", 0, 0, run_log},
	{"why", "N", "why record N was denied, and what to do", 1, 1, run_why},
	{"time", "COMMAND...", "how long a command takes", 1, 20, run_time},
	{"date", "", "which day and time it is", 0, 0, run_date},
	{"poweroff", "", "end", 0, 0, run_poweroff},
	{NULL, NULL, NULL, 0, 0, NULL},
};

const struct command *
command_find(const char *name)
{
	for (const struct command *command = commands; command->name != NULL; command++) {
		if (strcmp(command->name, name) == 0) {
			return command;
		}
	}
	return NULL;
}
