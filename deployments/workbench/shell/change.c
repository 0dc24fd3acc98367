/* SPDX-License-Identifier: 0BSD */
/* Commands that change files. */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands.h"
#include "interrupt.h"

#define PIECE_BYTES 4096

/* `to`, or the last part of `from` in it if it is a folder. */
static const char *
target(const char *from, const char *to, char *name, size_t name_bytes)
{
	struct stat status;
	const char *last = strrchr(from, '/');

	if (stat(to, &status) != 0 || !S_ISDIR(status.st_mode)) {
		return to;
	}
	snprintf(name, name_bytes, "%s/%s", to, last == NULL ? from : last + 1);
	return name;
}

static int
is_same(int from, const char *to)
{
	struct stat a;
	struct stat b;

	return fstat(from, &a) == 0 && stat(to, &b) == 0 && a.st_dev == b.st_dev &&
	       a.st_ino == b.st_ino;
}

static int
copy(int from, const char *name, int to, const char *to_name)
{
	static char bytes[PIECE_BYTES];
	ssize_t count;

	while ((count = read(from, bytes, sizeof(bytes))) > 0 && !interrupt_seen()) {
		ssize_t wrote = write(to, bytes, (size_t)count);

		if (wrote != count) {
			errno = wrote < 0 ? errno : ENOSPC;
			return command_failed(to_name);
		}
	}
	return count < 0 ? command_failed(name) : 0;
}

int
run_cp(int count, char **words)
{
	char name[2 * PATH_MAX];
	const char *to_name = target(words[1], words[2], name, sizeof(name));
	int from = open(words[1], O_RDONLY);

	(void)count;
	if (from < 0) {
		return command_failed(words[1]);
	}
	/* To empty a file in order to copy it there would be the end of it. */
	if (is_same(from, to_name)) {
		printf("%s and %s are the same file\n", words[1], to_name);
		(void)close(from);
		return 1;
	}
	int to = open(to_name, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	int code = to < 0 ? command_failed(to_name) : copy(from, words[1], to, to_name);
	if (to >= 0) {
		(void)close(to);
	}
	(void)close(from);
	return code;
}

/* Between two services a file is copied, then removed. */
int
run_mv(int count, char **words)
{
	char name[2 * PATH_MAX];
	const char *to_name = target(words[1], words[2], name, sizeof(name));

	if (rename(words[1], to_name) == 0) {
		return 0;
	}
	if (errno != EXDEV) {
		return command_failed(words[1]);
	}
	if (run_cp(count, words) != 0) {
		return 1;
	}
	return unlink(words[1]) == 0 ? 0 : command_failed(words[1]);
}

int
run_rm(int count, char **words)
{
	int code = 0;

	for (int i = 1; i < count; i++) {
		if (unlink(words[i]) != 0) {
			code = command_failed(words[i]);
		}
	}
	return code;
}

int
run_mkdir(int count, char **words)
{
	(void)count;
	return mkdir(words[1], 0777) == 0 ? 0 : command_failed(words[1]);
}

int
run_rmdir(int count, char **words)
{
	(void)count;
	return rmdir(words[1]) == 0 ? 0 : command_failed(words[1]);
}
