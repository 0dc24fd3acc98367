/* SPDX-License-Identifier: 0BSD */
/* The shell: a line, a command, the next line. */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "editor.h"
#include "interrupt.h"
#include "line.h"

#define LINE_BYTES 320 /* a line, with room for what line_cut inserts */

/* A standard stream that stands for a file while a command runs. */
struct diversion {
	int fd;
	int saved; /* -1: it was not diverted */
};

static bool
divert(struct diversion *diversion, int fd, const char *name, int flags)
{
	*diversion = (struct diversion){.fd = fd, .saved = -1};
	if (name == NULL) {
		return true;
	}
	int file = open(name, flags, 0666);
	if (file < 0) {
		command_failed(name);
		return false;
	}
	diversion->saved = dup(fd);
	(void)dup2(file, fd);
	(void)close(file);
	return true;
}

static void
divert_end(struct diversion *diversion)
{
	if (diversion->saved >= 0) {
		(void)dup2(diversion->saved, diversion->fd);
		(void)close(diversion->saved);
	}
}

static void
run_diverted(const struct command *command, struct line *line)
{
	int flags = O_WRONLY | O_CREAT | (line->appends ? O_APPEND : O_TRUNC);
	struct diversion input;
	struct diversion output;

	if (!divert(&input, STDIN_FILENO, line->input, O_RDONLY)) {
		return;
	}
	if (divert(&output, STDOUT_FILENO, line->output, flags)) {
		(void)command->run(line->count, line->words);
		int error = fflush(stdout) == EOF ? errno : 0;
		divert_end(&output);
		if (error != 0) {
			clearerr(stdout);
			printf("%s: %s\n", line->output, strerror(error));
		}
	}
	divert_end(&input);
	clearerr(stdin);
}

/* What a program's input and output are is the program's to open (run_run). */
static bool
is_run(const struct line *line)
{
	return strcmp(line->words[0], "run") == 0 ||
	       (line->count > 1 && strcmp(line->words[0], "time") == 0 &&
		       strcmp(line->words[1], "run") == 0);
}

static void
run(char *text)
{
	struct line line;
	const char *sentence = line_cut(&line, text);

	if (sentence != NULL) {
		printf("%s\n", sentence);
		return;
	}
	if (line.count == 0) {
		return;
	}
	const struct command *command = command_find(line.words[0]);
	bool is_program = is_run(&line);
	programs_line(&line);
	if (command == NULL) {
		printf("there is no command '%s'; type help\n", line.words[0]);
	} else if (line.count - 1 < command->least || line.count - 1 > command->most) {
		printf("it is: %s %s\n", command->name, command->arguments);
	} else if (is_program) {
		(void)command->run(line.count, line.words);
	} else {
		run_diverted(command, &line);
	}
}

int
main(void)
{
	static char line[LINE_BYTES];
	char typed[HISTORY_BYTES];

	setvbuf(stdout, NULL, _IOFBF, 960);
	run((char[]){"cat /rom/welcome"});
	for (;;) {
		programs_reap();
		if (editor_read("gatehouse> ", typed)) {
			strcpy(line, typed);
			interrupt_begin();
			run(line);
			fflush(stdout);
		}
	}
}
