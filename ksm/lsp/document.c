/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* document.c: the texts that an editor holds. */
#include "document.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ksm/gate/source.h"
#include "uri.h"

struct document *
document_find(const struct document_list *list, const char *uri)
{
	struct document *d = list->first;

	while (d != NULL && strcmp(d->uri, uri) != 0) {
		d = d->next;
	}
	return d;
}

static void
text_set(struct document *d, const char *text, size_t size)
{
	struct arena old = d->arena;

	arena_init(&d->arena);
	d->text = arena_copy(&d->arena, text, size);
	d->size = size;
	arena_release(&old);
}

struct document *
document_open(
	struct document_list *list, const char *uri, const char *text, size_t size, int64_t version)
{
	struct document *d = document_find(list, uri);

	if (d == NULL) {
		struct arena names;

		arena_init(&names);
		d = arena_alloc(&names, sizeof *d);
		d->uri = arena_copy(&names, uri, strlen(uri));
		d->path = uri_path(&names, d->uri);
		d->names = names;
		d->next = list->first;
		list->first = d;
	}
	text_set(d, text, size);
	d->version = version;
	return d;
}

void
document_close(struct document_list *list, struct document *d)
{
	struct document **place = &list->first;
	struct arena names = d->names;

	while (*place != d) {
		place = &(*place)->next;
	}
	*place = d->next;
	arena_release(&d->arena);
	arena_release(&d->found_arena);
	arena_release(&names); /* the document itself lies in it */
}

void
document_close_all(struct document_list *list)
{
	while (list->first != NULL) {
		document_close(list, list->first);
	}
}

bool
document_replace(struct document *d, size_t from, size_t end, const char *text, size_t size)
{
	struct arena scratch = {0};
	size_t rest = d->size - end;
	char *whole;

	if (size > DOCUMENT_SIZE_MAX || from + size + rest > DOCUMENT_SIZE_MAX) {
		return false;
	}
	whole = arena_alloc(&scratch, from + size + rest + 1);
	memcpy(whole, d->text, from);
	memcpy(whole + from, text, size);
	memcpy(whole + from + size, d->text + end, rest);
	text_set(d, whole, from + size + rest);
	arena_release(&scratch);
	return true;
}

/* Path and items of each file, each with a NUL behind. */
void
document_findings_set(struct document *d, const char *bytes, size_t size)
{
	struct finding_list **end = &d->findings;
	const char *at;
	const char *stop;

	arena_release(&d->found_arena);
	d->findings = NULL;
	at = arena_copy(&d->found_arena, bytes, size);
	stop = at + size;
	while (at < stop) {
		struct finding_list *f = arena_alloc(&d->found_arena, sizeof *f);

		f->path = at;
		f->items = at + strlen(at) + 1 < stop ? at + strlen(at) + 1 : "";
		at = f->items[0] == '\0' && f->items < at ? stop : f->items + strlen(f->items) + 1;
		*end = f;
		end = &f->next;
	}
}

static bool
is_same_file(const char *a, const char *b)
{
	struct stat left;
	struct stat right;

	return strcmp(a, b) == 0 ||
	       (a[0] == '/' && stat(a, &left) == 0 && stat(b, &right) == 0 &&
		       left.st_dev == right.st_dev && left.st_ino == right.st_ino);
}

static const char *
overlay_text(void *data, const char *path, size_t *size)
{
	const struct document_list *list = data;

	for (const struct document *d = list->first; d != NULL; d = d->next) {
		if (is_same_file(d->path, path)) {
			*size = d->size;
			return d->text;
		}
	}
	return NULL;
}

struct source_overlay
document_overlay(struct document_list *list)
{
	return (struct source_overlay){.text = overlay_text, .data = list};
}
