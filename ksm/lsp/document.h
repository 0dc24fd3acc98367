/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* document.h: the texts that an editor holds; they stand for the files of the same paths. */
#ifndef LSP_DOCUMENT_H
#define LSP_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ksm/gate/arena.h"
struct source_overlay;

/* The longest text of a document. */
#define DOCUMENT_SIZE_MAX ((size_t)16 * 1024 * 1024)

/* What the last look at a document found in one file. */
struct finding_list {
	const char *path;
	const char *items; /* diagnostics of LSP, a comma between them; "" if there are none */
	struct finding_list *next;
};

struct document {
	const char *uri;
	const char *path;
	const char *text; /* size bytes of UTF-8 and a NUL */
	size_t size;
	int64_t version;
	struct arena arena;            /* of the text */
	struct arena names;            /* of uri and path */
	struct arena found_arena;      /* of ... */
	struct finding_list *findings; /* one for each file that was read with it */
	struct document *next;
};

struct document_list {
	struct document *first;
};

/* Returns the open document, or NULL. */
struct document *document_find(const struct document_list *list, const char *uri);

/* Opens it; one that is open is replaced. Requires: size is at most DOCUMENT_SIZE_MAX. */
struct document *document_open(struct document_list *list, const char *uri, const char *text,
	size_t size, int64_t version);

/* Closes it: the file on the disk counts again. */
void document_close(struct document_list *list, struct document *d);

/* Sets text in the place of the bytes from `from` to `end`. Errors: false if it became too long. */
bool document_replace(struct document *d, size_t from, size_t end, const char *text, size_t size);

/* Takes what gate read for another look at the document. */
void document_findings_set(struct document *d, const char *bytes, size_t size);

/* Returns an overlay (ksm/gate/source.h) in which open documents stand for files. */
struct source_overlay document_overlay(struct document_list *list);

/* Closes all. */
void document_close_all(struct document_list *list);

#endif
