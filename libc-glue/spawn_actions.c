/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* With which descriptors a child begins: kept as the words that it will read (abi/process.h). */
#include <errno.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/process.h"
#include "descriptor.h"
#include "child.h"

#define NUMBERS_BYTES 32 /* a letter, two numbers, two blanks */

static int
add(posix_spawn_file_actions_t *actions, const char *numbers, const char *name)
{
	size_t bytes = strlen(numbers) + strlen(name) + 1;
	uint32_t have = (*actions)->bytes;

	if (bytes > WORDS_BYTES_MAX - have) {
		return ENOMEM;
	}
	struct __posix_spawn_file_actions *more = realloc(*actions, sizeof(*more) + have + bytes);
	if (more == NULL) {
		return ENOMEM;
	}
	snprintf(more->words + have, bytes, "%s%s", numbers, name);
	more->bytes = have + (uint32_t)bytes;
	*actions = more;
	return 0;
}

static bool
is_descriptor(int fd)
{
	return fd >= 0 && fd < DESCRIPTORS_MAX;
}

int
posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions)
{
	*actions = calloc(1, sizeof(**actions));
	return *actions == NULL ? ENOMEM : 0;
}

int
posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions)
{
	free(*actions);
	*actions = NULL;
	return 0;
}

int
posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *restrict actions, int fd,
	const char *restrict name, int flags, mode_t mode)
{
	char numbers[NUMBERS_BYTES];

	(void)mode;
	if (!is_descriptor(fd)) {
		return EBADF;
	}
	snprintf(numbers, sizeof(numbers), "%c%d %d ", WORD_OPEN, fd, flags);
	return add(actions, numbers, name);
}

int
posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int from, int fd)
{
	char numbers[NUMBERS_BYTES];

	if (!is_descriptor(from) || !is_descriptor(fd)) {
		return EBADF;
	}
	snprintf(numbers, sizeof(numbers), "%c%d %d", WORD_SAME, fd, from);
	return add(actions, numbers, "");
}

int
posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int fd)
{
	char numbers[NUMBERS_BYTES];

	if (!is_descriptor(fd)) {
		return EBADF;
	}
	snprintf(numbers, sizeof(numbers), "%c%d", WORD_CLOSE, fd);
	return add(actions, numbers, "");
}
