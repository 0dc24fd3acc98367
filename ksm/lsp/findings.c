/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* findings.c: what gate finds in a document. */
#include "findings.h"
#include "text.h"

#include <string.h>

#include "ksm/gate/buffer.h"

#include "analysis.h"
#include "ksm/gate/compile.h"
#include "server.h"
#include "uri.h"

#define SEVERITY_ERROR   1u
#define SEVERITY_WARNING 2u

static void
text_add(struct buffer *b, const char *key, const char *text)
{
	text_key(b, key);
	text_json(b, text, strlen(text));
}

/* A whole file is its first line. */
static void
range_add(struct buffer *b, const struct source *s, struct span at)
{
	text_key(b, "range");
	text_range(b, s->text, s->size, at.line == 0 ? 0 : at.offset, at.line == 0 ? 0 : at.length);
}

static void
note_add(struct buffer *b, const struct compile *c, const struct diag_note *note)
{
	const struct source *s = source_find(c, note->at.file);

	buffer_text(b, "{\"location\":{");
	text_add(b, "uri", uri_of(b->arena, s->path));
	range_add(b, s, note->at);
	buffer_text(b, "}");
	text_add(b, "message", note->sentence);
	buffer_text(b, "}");
}

static void
finding_add(struct buffer *b, const struct compile *c, const struct source *s, const struct diag *d)
{
	buffer_text(b, "{");
	range_add(b, s, d->at);
	text_key(b, "severity");
	text_number(b, d->severity == DIAG_ERROR ? SEVERITY_ERROR : SEVERITY_WARNING);
	if (d->clause != NULL) {
		text_add(b, "code", d->clause);
	}
	text_add(b, "source", "gate");
	text_add(b, "message",
		d->help == NULL ? d->sentence
				: arena_format(b->arena, "%s\nhelp: %s", d->sentence, d->help));
	if (d->notes != NULL) {
		text_key(b, "relatedInformation");
		buffer_text(b, "[");
		for (const struct diag_note *n = d->notes; n != NULL; n = n->next) {
			note_add(b, c, n);
			buffer_text(b, n->next == NULL ? "" : ",");
		}
		buffer_text(b, "]");
	}
	buffer_text(b, "}");
}

void
findings_work(void *data, struct buffer *out)
{
	const struct findings_job *job = data;
	struct analysis a = analysis_check(out->arena, job->server, job->document->path);

	for (const struct source *s = a.c->sources; s != NULL; s = s->next) {
		bool is_first = true;

		buffer_add(out, s->path, strlen(s->path) + 1);
		for (const struct diag *d = a.c->diags.first; d != NULL; d = d->next) {
			if (d->at.file == s->id) {
				buffer_text(out, is_first ? "" : ",");
				finding_add(out, a.c, s, d);
				is_first = false;
			}
		}
		buffer_add(out, "", 1);
	}
}
