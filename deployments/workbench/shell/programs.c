/* SPDX-License-Identifier: 0BSD */
/* `run`: programs of the image as children. Which of them, the policy says. */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "commands.h"
#include "interrupt.h"
#include "line.h"
#include "process_shell.h"

#define NAME_BYTES 32

static const struct line *present;

void
programs_line(const struct line *line)
{
	present = line;
}

/* What can be started: templates, each named by its first instance. */
static int
print_classes(void)
{
	struct instance instance;
	uint16_t number = 1;
	uint32_t status;

	while ((status = instance_look(number++, &instance)) == E_OK) {
		if (instance.place == 1) {
			printf("%.*s\n", (int)instance.name_bytes - 1, instance.name);
		}
	}
	return status != SUPERVISOR_ERROR_ABSENT;
}

static int
print_end(const char *name, int status)
{
	if (WIFEXITED(status)) {
		if (WEXITSTATUS(status) != 0) {
			printf("%s ended with code %d\n", name, WEXITSTATUS(status));
		}
		return WEXITSTATUS(status);
	}
	if (WTERMSIG(status) == SIGKILL) {
		printf("%s was ended\n", name);
	} else {
		printf("%s ended by a fault (%s)\n", name, strsignal(WTERMSIG(status)));
	}
	return 128 + WTERMSIG(status);
}

static int
print_refusal(const char *name, int error)
{
	switch (error) {
	case EACCES:
		printf("%s: the policy does not allow that it starts:\n", name);
		(void)explain_newest();
		break;
	case ENOENT:
		printf("there is no class '%s' in this image, and no other programs start; "
		       "type run for those that can\n",
			name);
		break;
	case ENOEXEC:
		printf("%s is not to be started by people: it runs with the system\n", name);
		break;
	case EAGAIN:
		printf("%s: as many run as there can be (ps shows them)\n", name);
		break;
	case E2BIG:
		printf("%s: more than 3072 bytes of words\n", name);
		break;
	default:
		printf("%s does not start: %s\n", name, strerror(error));
		break;
	}
	return 1;
}

static int
add_files(posix_spawn_file_actions_t *actions)
{
	int flags = O_WRONLY | O_CREAT | (present->appends ? O_APPEND : O_TRUNC);
	int error = 0;

	if (present->input != NULL) {
		error = posix_spawn_file_actions_addopen(
			actions, STDIN_FILENO, present->input, O_RDONLY, 0);
	}
	if (error == 0 && present->output != NULL) {
		error = posix_spawn_file_actions_addopen(
			actions, STDOUT_FILENO, present->output, flags, 0666);
	}
	return error;
}

/* What programs find: a home, and the folder where C has its temporary files, which is gone when
 * the service of it was away. */
static void
prepare(void)
{
	(void)setenv("HOME", "/", 1);
	(void)mkdir("/tmp", 0777);
}

/* The child opens what its output goes to itself, by its own rights. */
int
run_run(int count, char **words)
{
	bool is_waited_for = strcmp(words[count - 1], "&") != 0;
	posix_spawn_file_actions_t actions;
	pid_t child;
	int status = 0;

	if (count == 1) {
		return print_classes();
	}
	if (!is_waited_for) {
		words[--count] = NULL;
	}
	int error = count == 1 ? EINVAL : posix_spawn_file_actions_init(&actions);
	if (error != 0) {
		return print_refusal("&", error);
	}
	error = add_files(&actions);
	prepare();
	fflush(stdout);
	if (error == 0) {
		error = posix_spawn(&child, words[1], &actions, NULL, words + 1, environ);
	}
	(void)posix_spawn_file_actions_destroy(&actions);
	if (error != 0) {
		return print_refusal(words[1], error);
	}
	if (!is_waited_for) {
		printf("%s runs as %ld\n", words[1], (long)child);
		return 0;
	}
	interrupt_child(child);
	pid_t ended = waitpid(child, &status, 0);
	interrupt_child(0);
	if (ended != child) {
		return command_failed(words[1]);
	}
	return print_end(words[1], status);
}

void
programs_reap(void)
{
	char name[NAME_BYTES];
	int status;
	pid_t child;

	while ((child = waitpid(-1, &status, WNOHANG)) > 0) {
		snprintf(name, sizeof(name), "%ld", (long)child);
		if (print_end(name, status) == 0) {
			printf("%s is done\n", name);
		}
	}
}
