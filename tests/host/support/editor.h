/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* An editor that speaks to `gate lsp`: it keeps the text of its own, and knows what is to come. */
#ifndef SUPPORT_EDITOR_H
#define SUPPORT_EDITOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ksm/gate/arena.h"
#include "ksm/gate/buffer.h"

struct editor {
	struct arena arena;
	struct buffer session; /* all that is sent */
	size_t tail;           /* where `shutdown` begins in it */
	struct buffer text;    /* what stands in the editor */
	uint32_t next_id;
	uint32_t version;
	bool is_lost; /* a frame was broken: what follows may be swallowed */
};

/* Begins a session: `initialize`. */
void editor_begin(struct editor *e);

/* Opens its one document. */
void editor_open(struct editor *e, const char *text, size_t size);

/* Replaces a random part of the text, anywhere or beyond the end. */
void editor_edit(struct editor *e, const char *piece, size_t size);

/* A random request at a random place. */
void editor_ask(struct editor *e);

/* A request about the document; rest: further members of params. */
void editor_request(struct editor *e, const char *method, const char *rest);

/* Any bytes in a frame of the right length. */
void editor_frame(struct editor *e, const char *bytes, size_t size);

/* Ends the session: `shutdown`, `exit`. */
void editor_end(struct editor *e);

/*
 * Lets a server take the session. What it says is well-formed, it gives up on nothing, answers each
 * request in turn, and holds the editor's text when all was sent; else the test fails.
 */
void editor_check(struct editor *e);

void editor_release(struct editor *e);

#endif
