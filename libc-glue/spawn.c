/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* posix_spawn: a program is a class of the image, and starts in a free instance of its template. */
#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "abi/process.h"
#include "files.h"
#include "gatehouse/process.h"
#include "gatehouse/uses.h"
#include "gen/manager/programs.h"
#include "child.h"
#include "signals.h"

struct words {
	uint32_t bytes;
	char text[WORDS_BYTES_MAX];
};

uint32_t
glue_programs(void)
{
	struct use use;

	return uses_of("servers.manager.Programs", &use) ? use.handle : 0;
}

static int
add(struct words *words, char kind, const char *text)
{
	size_t bytes = strlen(text) + 2;

	if (bytes > sizeof(words->text) - words->bytes) {
		return E2BIG;
	}
	words->text[words->bytes] = kind;
	memcpy(words->text + words->bytes + 1, text, bytes - 1);
	words->bytes += (uint32_t)bytes;
	return 0;
}

static int
add_all(struct words *words, char kind, char *const list[])
{
	int error = 0;

	for (; list != NULL && *list != NULL && error == 0; list++) {
		error = add(words, kind, *list);
	}
	return error;
}

static int
fill(struct words *words, const posix_spawn_file_actions_t *actions, char *const arguments[],
	char *const environment[])
{
	char here[PATH_BYTES];

	words->bytes = 0;
	glue_place_here(here);
	int error = add(words, WORD_FOLDER, here);
	if (error == 0) {
		error = add_all(words, WORD_ARGUMENT, arguments);
	}
	if (error == 0) {
		error = add_all(words, WORD_SETTING, environment);
	}
	if (error == 0 && actions != NULL && *actions != NULL) {
		uint32_t bytes = (*actions)->bytes;

		if (bytes > sizeof(words->text) - words->bytes) {
			return E2BIG;
		}
		memcpy(words->text + words->bytes, (*actions)->words, bytes);
		words->bytes += bytes;
	}
	return error;
}

static int
run_errno(uint32_t status)
{
	switch (status) {
	case E_OK:
		return 0;
	case PROGRAMS_ERROR_ALONE:
		return ENOEXEC;
	case PROGRAMS_ERROR_FULL:
		return EAGAIN;
	case PROGRAMS_ERROR_SCARCE:
		return ENOMEM;
	case PROGRAMS_ERROR_LARGE:
		return E2BIG;
	case PROGRAMS_ERROR_REFUSED:
	case E_DENIED:
		return EACCES;
	default:
		return EIO;
	}
}

int
posix_spawn(pid_t *restrict child, const char *restrict path,
	const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *restrict attributes,
	char *const arguments[], char *const environment[])
{
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	uint32_t programs = glue_programs();
	uint32_t status = E_OK;
	uint32_t number = 0;
	uint16_t place;
	uint16_t of;

	(void)attributes; /* what a child would not do was refused (spawn_attributes.c) */
	if (programs == 0) {
		return ENOSYS;
	}
	if (*name == '\0' || strlen(name) >= sizeof(process_info()->name)) {
		return ENOENT;
	}
	struct words *words = malloc(sizeof(*words));
	if (words == NULL) {
		return ENOMEM;
	}
	int error = fill(words, actions, arguments, environment);
	if (error == 0) {
		glue_retry(
			status, programs_find(programs, name, (uint32_t)strlen(name), &of, &place));
		error = status == PROGRAMS_ERROR_ABSENT ? ENOENT : run_errno(status);
	}
	if (error == 0) {
		glue_retry(status, programs_run(programs, of, words->text, words->bytes, &number));
		error = run_errno(status);
	}
	free(words);
	if (error == 0 && child != NULL) {
		*child = (pid_t)number;
	}
	return error;
}

/* There is one place where programs are, and no PATH to it. */
int
posix_spawnp(pid_t *restrict child, const char *restrict file,
	const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *restrict attributes,
	char *const arguments[], char *const environment[])
{
	return posix_spawn(child, file, actions, attributes, arguments, environment);
}

int
glue_signal_child(int pid, bool look)
{
	uint32_t status = E_RESTARTED;

	if (glue_programs() == 0) {
		return ESRCH;
	}
	while (status == E_RESTARTED) {
		status = programs_kill(glue_programs(), (uint32_t)pid, look);
	}
	switch (status) {
	case E_OK:
		return 0;
	case PROGRAMS_ERROR_ABSENT:
		return ESRCH;
	case E_DENIED:
		return EPERM;
	default:
		return EIO;
	}
}
