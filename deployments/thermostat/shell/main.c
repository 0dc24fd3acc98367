/* SPDX-License-Identifier: 0BSD */
/* The shell: a line, a command, the next line. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "gatehouse/process.h"
#include "process_shell.h"

#define LINE_BYTES 258 /* what console.read gives at most, its end, and that of the text */

const uint32_t gatehouse_console_handle = SHELL_CONSOLE;

static const struct command *
find(const char *name)
{
	for (const struct command *command = commands; command->name != NULL; command++) {
		if (strcmp(command->name, name) == 0) {
			return command;
		}
	}
	return NULL;
}

static void
run(char *line)
{
	char *name = line + strspn(line, " \t");
	char *end = name + strcspn(name, " \t");
	char *argument = end + strspn(end, " \t");

	if (*name == '\0') {
		return;
	}
	*end = '\0';
	const struct command *command = find(name);
	if (command == NULL) {
		printf("there is no command '%s'; type help\n", name);
		return;
	}
	command->run(argument);
}

int
main(void)
{
	static char line[LINE_BYTES];

	setvbuf(stdout, NULL, _IOFBF, 960);
	printf("\n"
	       "  A thermostat, and a process that should not be trusted.\n"
	       "  Type attack to let the intruder loose, help for everything else.\n"
	       "\n");
	for (;;) {
		printf("gatehouse> ");
		fflush(stdout);
		if (fgets(line, sizeof(line), stdin) == NULL) {
			clearerr(stdin);
			continue;
		}
		line[strcspn(line, "\r\n")] = '\0';
		run(line);
		fflush(stdout);
	}
}
