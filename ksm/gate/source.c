/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* source.c: reads files whole, bounded, and joins spans. */
#include "source.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "compile.h"

/* Reads at most SOURCE_SIZE_MAX + 1 bytes, so that a file that is too long can be told. */
static int
stream_read(FILE *in, struct arena *a, char **bytes, size_t *size)
{
	size_t capacity = (size_t)64 * 1024;
	char *text = arena_alloc(a, capacity + 1);

	*size = 0;
	while (*size <= SOURCE_SIZE_MAX) {
		size_t got = fread(text + *size, 1, capacity - *size, in);

		*size += got;
		if (got == 0) {
			break;
		}
		if (*size == capacity) {
			text = arena_resize(a, text, capacity + 1, capacity / 2 * 3 + 1);
			capacity = capacity / 2 * 3;
		}
	}
	*bytes = text;
	return ferror(in) ? errno : 0;
}

static struct source *
source_insert(struct compile *c, const char *path, const char *text, size_t size)
{
	struct source *s = arena_alloc(&c->arena, sizeof(*s));

	s->id = c->source_count;
	s->path = arena_copy(&c->arena, path, strlen(path));
	s->text = text;
	s->size = size;
	s->next = c->sources;
	c->sources = s;
	c->source_count++;
	return s;
}

/* NULL: the file counts, or its text is too long. */
static struct source *
overlay_read(struct compile *c, const char *path)
{
	size_t size = 0;
	const char *text =
		c->overlay == NULL ? NULL : c->overlay->text(c->overlay->data, path, &size);

	return text == NULL || size > SOURCE_SIZE_MAX ? NULL : source_add(c, path, text, size);
}

bool
source_exists(const struct compile *c, const char *path)
{
	size_t size;

	return access(path, R_OK) == 0 ||
	       (c->overlay != NULL && c->overlay->text(c->overlay->data, path, &size) != NULL);
}

static struct source *
file_read(struct compile *c, const char *path)
{
	int from_stdin = strcmp(path, "-") == 0;
	const char *shown = from_stdin ? "<stdin>" : path;
	FILE *in = from_stdin ? stdin : fopen(path, "rb");
	struct source *s = source_insert(c, shown, "", 0);
	size_t size = 0;
	char *text = NULL;
	int error = in == NULL ? errno : stream_read(in, &c->arena, &text, &size);

	if (in != NULL && !from_stdin) {
		(void)fclose(in);
	}
	if (error != 0) {
		(void)diag_error(
			c, span_of_file(s), "G1", "cannot read this file: %s", strerror(error));
		return NULL;
	}
	if (size > SOURCE_SIZE_MAX) {
		struct diag *d = diag_error(c, span_of_file(s), "G1",
			"this file has more than %zu bytes", SOURCE_SIZE_MAX);

		diag_help(d, "split it; no policy that people can read is that long");
		return NULL;
	}
	text[size] = '\0';
	s->text = text;
	s->size = size;
	return s;
}

struct source *
source_read(struct compile *c, const char *path)
{
	struct source *held = overlay_read(c, path);

	return held == NULL ? file_read(c, path) : held;
}

struct source *
source_add(struct compile *c, const char *path, const char *text, size_t size)
{
	assert(size <= SOURCE_SIZE_MAX);
	return source_insert(c, path, arena_copy(&c->arena, text, size), size);
}

struct source *
source_find(const struct compile *c, uint32_t id)
{
	struct source *s = c->sources;

	while (s != NULL && s->id != id) {
		s = s->next;
	}
	assert(s != NULL);
	return s;
}

struct span
span_join(struct span a, struct span b)
{
	assert(a.file == b.file && a.offset <= b.offset);
	a.length = b.offset - a.offset + b.length;
	return a;
}

struct span
span_after(struct span a)
{
	a.offset += a.length;
	a.col += a.length;
	a.length = 0;
	return a;
}

struct span
span_of_file(const struct source *s)
{
	return (struct span){.file = s->id};
}
