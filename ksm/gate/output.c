/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * output.c: files that gate writes: whole, or not at all. What is no file, as a pipe, a device or a
 * link, stays what it is and is written into.
 */
#include "output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether a new file may take the place of what is there. */
static bool
is_replaced(const struct output *output)
{
	struct stat s;

	return lstat(output->path, &s) != 0 || S_ISREG(s.st_mode);
}

static char *
path_beside(const char *path)
{
	static const char suffix[] = ".new";
	char *beside = malloc(strlen(path) + sizeof suffix);

	if (beside != NULL) {
		strcpy(beside, path);
		strcat(beside, suffix);
	}
	return beside;
}

static bool
fail(const char *path)
{
	(void)fprintf(stderr, "gate: cannot write %s: %s\n", path, strerror(errno));
	return false;
}

static bool
write_into(const struct output *output, const char *path)
{
	FILE *file = path == NULL ? NULL : fopen(path, "wb");
	bool is_right = false;

	if (file != NULL) {
		is_right = fwrite(output->bytes, 1, output->size, file) == output->size;
		is_right = fclose(file) == 0 && is_right;
	}
	return is_right || fail(output->path);
}

static bool
write_beside(const struct output *output)
{
	char *beside = path_beside(output->path);
	bool is_right = !is_replaced(output) || write_into(output, beside);

	free(beside);
	return is_right;
}

static void
remove_beside(const struct output *output)
{
	char *beside = path_beside(output->path);

	if (beside != NULL && is_replaced(output)) {
		(void)unlink(beside);
	}
	free(beside);
}

static bool
rename_beside(const struct output *output)
{
	char *beside = path_beside(output->path);
	bool is_right;

	if (!is_replaced(output)) {
		free(beside);
		return write_into(output, output->path);
	}
	is_right = beside != NULL && rename(beside, output->path) == 0;
	free(beside);
	return is_right || fail(output->path);
}

bool
output_write(const struct output *outputs, size_t count)
{
	bool is_right = true;

	for (size_t i = 0; is_right && i < count; i++) {
		is_right = write_beside(&outputs[i]);
	}
	for (size_t i = 0; is_right && i < count; i++) {
		is_right = rename_beside(&outputs[i]);
	}
	for (size_t i = 0; !is_right && i < count; i++) {
		remove_beside(&outputs[i]);
	}
	return is_right;
}

bool
output_text_begin(struct output_text *text, const char *path)
{
	*text = (struct output_text){.path = path, .stream = stdout};
	if (path != NULL) {
		text->stream = open_memstream(&text->bytes, &text->size);
	}
	return text->stream != NULL || fail(path);
}

bool
output_text_end(struct output_text *text, bool is_right)
{
	if (text->path == NULL) {
		return is_right;
	}
	if (fclose(text->stream) != 0) {
		is_right = is_right && fail(text->path);
	}
	is_right =
		is_right && output_write(&(struct output){text->path, text->bytes, text->size}, 1);
	free(text->bytes);
	return is_right;
}
