/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_fmt.c: gate fmt: sets files in canonical form, in place and all or nothing. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "args.h"
#include "compile.h"
#include "fmt.h"
#include "verbs.h"

struct fmt_options {
	bool check;
	bool json;
};

/* Writes all bytes to a new file next to path, with its mode, and renames it. Returns errno. */
static int
file_replace(const char *path, char *temporary, const char *bytes, size_t size)
{
	struct stat old;
	FILE *out;
	int fd = mkstemp(temporary);
	int error = 0;

	if (fd < 0) {
		return errno;
	}
	out = fdopen(fd, "wb");
	if (out == NULL || stat(path, &old) != 0 || fchmod(fd, old.st_mode & 07777) != 0 ||
		fwrite(bytes, 1, size, out) != size || fflush(out) != 0 || fsync(fd) != 0) {
		error = errno;
	}
	if (out != NULL ? fclose(out) != 0 : close(fd) != 0) {
		error = error != 0 ? error : errno;
	}
	if (error == 0 && rename(temporary, path) != 0) {
		error = errno;
	}
	if (error != 0) {
		(void)unlink(temporary);
	}
	return error;
}

/* A link stays a link: what it points at is replaced. Returns 0, or 1 after a sentence. */
static int
file_write(struct compile *c, const char *path, const char *bytes, size_t size)
{
	char *real = realpath(path, NULL);
	int error = real == NULL ? errno : 0;

	if (error == 0) {
		error = file_replace(real, arena_format(&c->arena, "%s.XXXXXX", real), bytes, size);
	}
	free(real);
	if (error != 0) {
		(void)fprintf(stderr, "gate fmt: cannot write %s: %s\n", path, strerror(error));
	}
	return error != 0;
}

/* Returns 0, or 1 if there is something to say about the file. */
static int
file_format(struct compile *c, const struct fmt_options *options, const char *path)
{
	struct source *source = source_read(c, path);
	size_t size;
	const char *text = source == NULL ? NULL : fmt_source(c, source, &size);
	bool equal;

	if (text == NULL) {
		return 1;
	}
	equal = size == source->size && memcmp(text, source->text, size) == 0;
	if (options->check) {
		if (!equal) {
			(void)fprintf(stderr, "%s: not in canonical form; type: gate fmt %s\n",
				source->path, path);
		}
		return equal ? 0 : 1;
	}
	if (strcmp(path, "-") == 0) {
		return fwrite(text, 1, size, stdout) == size && fflush(stdout) == 0 ? 0 : 1;
	}
	return equal ? 0 : file_write(c, path, text, size);
}

int
verb_fmt(int argc, char **argv)
{
	struct args a = args_begin(argc, argv);
	struct fmt_options options = {0};
	struct compile c;
	int file_count = 0;
	int result = 0;

	compile_init(&c);
	while (args_more(&a)) {
		const char *path;

		if (args_flag(&a, "--check")) {
			options.check = true;
			continue;
		}
		if (args_flag(&a, "--json")) {
			options.json = true;
			continue;
		}
		path = args_word(&a);
		if (path == NULL) {
			compile_release(&c);
			return args_refuse(&a);
		}
		result |= file_format(&c, &options, path);
		file_count++;
	}
	if (file_count == 0) {
		compile_release(&c);
		return args_refuse(&a);
	}
	result |= compile_report(&c, options.json);
	compile_release(&c);
	return result;
}
