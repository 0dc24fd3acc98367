/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Names that nothing has yet. All that newlib has in one file stand together here: a program that
 * uses one of them gets these, and never both. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "gatehouse/syscall.h"

#define UNKNOWN "XXXXXX"
#define LETTERS (sizeof(UNKNOWN) - 1)
#define TRIES   1000

int mkostemp(char *name, int flags);
int mkstemps(char *name, int suffix_bytes);
int mkostemps(char *name, int suffix_bytes, int flags);
char *mktemp(char *name);

/* The time makes the first, the others are near; that it is new is found out by making it. */
static void
next_name(char *letters)
{
	static uint32_t count;
	uint64_t value = sys_clock() / 1000 + __atomic_add_fetch(&count, 1, __ATOMIC_RELAXED);

	for (size_t i = 0; i < LETTERS; i++, value /= 36) {
		letters[i] = "0123456789abcdefghijklmnopqrstuvwxyz"[value % 36];
	}
}

/* Where the letters stand that are to be replaced, or NULL with errno. */
static char *
find_letters(char *name, int suffix_bytes)
{
	size_t bytes = strlen(name);
	size_t behind = (size_t)suffix_bytes + LETTERS;

	if (suffix_bytes < 0 || bytes < behind ||
		memcmp(name + bytes - behind, UNKNOWN, LETTERS) != 0) {
		errno = EINVAL;
		return NULL;
	}
	return name + bytes - behind;
}

int
mkostemps(char *name, int suffix_bytes, int flags)
{
	char *letters = find_letters(name, suffix_bytes);
	int fd = -1;

	for (int i = 0; letters != NULL && i < TRIES && fd < 0; i++) {
		next_name(letters);
		fd = open(name, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
		if (fd < 0 && errno != EEXIST) {
			break;
		}
	}
	return fd;
}

int
mkostemp(char *name, int flags)
{
	return mkostemps(name, 0, flags);
}

int
mkstemps(char *name, int suffix_bytes)
{
	return mkostemps(name, suffix_bytes, 0);
}

int
mkstemp(char *name)
{
	return mkostemps(name, 0, 0);
}

char *
mkdtemp(char *name)
{
	char *letters = find_letters(name, 0);

	for (int i = 0; letters != NULL && i < TRIES; i++) {
		next_name(letters);
		if (mkdir(name, 0700) == 0) {
			return name;
		}
		if (errno != EEXIST) {
			break;
		}
	}
	return NULL;
}

char *
mktemp(char *name)
{
	char *letters = find_letters(name, 0);

	if (letters == NULL) {
		*name = '\0';
	} else {
		next_name(letters);
	}
	return name;
}
