/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Reads and writes whole files. */
#include "tools/image/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define PATH_BYTES_MAX 4096

bool
file_read(const char *path, struct bytes *content, struct problem *problem)
{
	uint8_t part[65536];
	size_t got = 0;
	FILE *file = fopen(path, "rb");
	bool is_good;

	if (file == NULL) {
		return problem_set(problem, "cannot open it: %s", strerror(errno));
	}
	while (content->length <= BYTES_LENGTH_MAX - sizeof(part) &&
		(got = fread(part, 1, sizeof(part), file)) > 0) {
		bytes_append(content, part, got);
	}
	is_good = ferror(file) == 0 && feof(file) != 0;
	fclose(file);
	return is_good || problem_set(problem, "cannot read it, or it is longer than %zu MB",
				  BYTES_LENGTH_MAX >> 20);
}

/* Where the bytes wait for their commit. */
static bool
temporary_path(const char *path, char temporary[PATH_BYTES_MAX], struct problem *problem)
{
	int length = snprintf(temporary, PATH_BYTES_MAX, "%s.tmp", path);

	if (length < 0 || length >= PATH_BYTES_MAX) {
		return problem_set(problem, "the path is too long");
	}
	return true;
}

bool
file_write(const char *path, const struct bytes *content, struct problem *problem)
{
	char temporary[PATH_BYTES_MAX];
	FILE *file;
	bool is_good;

	if (!temporary_path(path, temporary, problem)) {
		return false;
	}
	file = fopen(temporary, "wb");
	if (file == NULL) {
		return problem_set(problem, "cannot write it: %s", strerror(errno));
	}
	is_good = fwrite(content->data, 1, content->length, file) == content->length;
	is_good = fclose(file) == 0 && is_good;
	if (!is_good) {
		problem_set(problem, "cannot write it: %s", strerror(errno));
		remove(temporary);
	}
	return is_good;
}

bool
file_commit(const char *path, struct problem *problem)
{
	char temporary[PATH_BYTES_MAX];

	if (!temporary_path(path, temporary, problem)) {
		return false;
	}
	if (rename(temporary, path) != 0) {
		problem_set(problem, "cannot rename it: %s", strerror(errno));
		remove(temporary);
		return false;
	}
	return true;
}

void
file_drop(const char *path)
{
	char temporary[PATH_BYTES_MAX];
	struct problem ignored;

	if (temporary_path(path, temporary, &ignored)) {
		remove(temporary);
	}
}
