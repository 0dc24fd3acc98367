/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* format.c: the canonical form of a document, as one edit; none if it is in that form. */
#include <string.h>

#include "ksm/gate/buffer.h"

#include "ksm/gate/fmt.h"

#include "ksm/gate/compile.h"
#include "handlers.h"
#include "server.h"
#include "text.h"

/* A text with an error has no form: its diagnostics say why. */
void
format_answer(struct call *c)
{
	const struct document *d = call_document(c);
	struct compile compile;
	const char *text;
	size_t size;

	if (d == NULL) {
		return;
	}
	compile_init(&compile);
	text = fmt_source(&compile, source_add(&compile, d->path, d->text, d->size), &size);
	if (text == NULL) {
		return;
	}
	buffer_text(c->result, "[");
	if (size != d->size || memcmp(text, d->text, size) != 0) {
		buffer_text(c->result, "{");
		text_key(c->result, "range");
		text_range(c->result, d->text, d->size, 0, d->size);
		text_key(c->result, "newText");
		text_json(c->result, text, size);
		buffer_text(c->result, "}");
	}
	buffer_text(c->result, "]");
}
