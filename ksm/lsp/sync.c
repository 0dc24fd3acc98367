/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sync.c: what stands in the editor, and what gate finds in it. */
#include <string.h>

#include "ksm/gate/buffer.h"

#include "findings.h"
#include "handlers.h"
#include "job.h"
#include "server.h"
#include "uri.h"
#include "text.h"

static const char gave_up[] =
	"{\"range\":{\"start\":{\"line\":0,\"character\":0},\"end\":{\"line\":0,\"character\":0}},"
	"\"severity\":1,\"source\":\"gate\","
	"\"message\":\"gate gave up on this text; please report it\"}";

static const struct finding_list *
findings_of(const struct document *d, const char *path)
{
	for (const struct finding_list *f = d->findings; f != NULL; f = f->next) {
		if (strcmp(f->path, path) == 0) {
			return f;
		}
	}
	return NULL;
}

/* What the looks at all open documents found in one file, nothing twice. */
static void
items_join(struct call *c, const char *path, struct buffer *b)
{
	size_t begin = b->size;

	for (const struct document *d = c->server->documents.first; d != NULL; d = d->next) {
		const struct finding_list *f = findings_of(d, path);

		if (f == NULL || f->items[0] == '\0' ||
			(b->size > begin && strstr(b->bytes + begin, f->items) != NULL)) {
			continue;
		}
		buffer_text(b, b->size > begin ? "," : "");
		buffer_text(b, f->items);
	}
}

static void
publish(struct call *c, const char *path)
{
	const char *uri = uri_of(c->a, path);
	struct buffer b;

	buffer_init(&b, c->a);
	buffer_text(&b, "{");
	for (const struct document *d = c->server->documents.first; d != NULL; d = d->next) {
		if (strcmp(d->path, path) == 0) {
			uri = d->uri;
			text_key(&b, "version");
			buffer_text(&b, arena_format(c->a, "%lld", (long long)d->version));
		}
	}
	text_key(&b, "uri");
	text_json(&b, uri, strlen(uri));
	text_key(&b, "diagnostics");
	buffer_text(&b, "[");
	items_join(c, path, &b);
	buffer_text(&b, "]}");
	server_notify(c->server, "textDocument/publishDiagnostics", b.bytes);
}

/* Looks at one document anew. Files in which there was or is something are told; it always is. */
static void
look(struct call *c, struct document *d)
{
	struct findings_job job = {.server = c->server, .document = d};
	struct buffer said;
	const struct finding_list *old = NULL;
	struct finding_list **end = (struct finding_list **)&old;

	for (const struct finding_list *f = d->findings; f != NULL; f = f->next) {
		struct finding_list *copy = arena_alloc(c->a, sizeof *copy);

		copy->path = arena_copy(c->a, f->path, strlen(f->path));
		copy->items = arena_copy(c->a, f->items, strlen(f->items));
		*end = copy;
		end = &copy->next;
	}
	buffer_init(&said, c->a);
	if (!job_run(findings_work, &job, &said)) {
		buffer_add(&said, d->path, strlen(d->path) + 1);
		buffer_add(&said, gave_up, sizeof gave_up);
	}
	document_findings_set(d, said.bytes, said.size);
	publish(c, d->path);
	for (const struct finding_list *f = d->findings; f != NULL; f = f->next) {
		if (strcmp(f->path, d->path) != 0 && f->items[0] != '\0') {
			publish(c, f->path);
		}
	}
	for (; old != NULL; old = old->next) {
		const struct finding_list *now = findings_of(d, old->path);

		if (old->items[0] != '\0' && strcmp(old->path, d->path) != 0 &&
			(now == NULL || now->items[0] == '\0')) {
			publish(c, old->path);
		}
	}
}

/* A file that came or went: who could not find it may find it now. */
static void
look_at_all(struct call *c)
{
	for (struct document *d = c->server->documents.first; d != NULL; d = d->next) {
		look(c, d);
	}
}

/* The document, and the other open ones that read it the last time. */
static void
look_around(struct call *c, struct document *changed)
{
	look(c, changed);
	for (struct document *d = c->server->documents.first; d != NULL; d = d->next) {
		if (d != changed && findings_of(d, changed->path) != NULL) {
			look(c, d);
		}
	}
}

/* Sets *version to a number of the document, 0 if it says none. */
static int64_t
version_of(const struct call *c)
{
	const struct node *n =
		node_of(node_member(c->params, "textDocument"), "version", NODE_NUMBER);

	return n == NULL || !n->is_whole ? 0 : n->number;
}

void
sync_open(struct call *c)
{
	const struct node *item = node_of(c->params, "textDocument", NODE_OBJECT);
	const struct node *uri = node_of(item, "uri", NODE_TEXT);
	const struct node *text = node_of(item, "text", NODE_TEXT);

	if (uri == NULL || uri->length == 0 || text == NULL) {
		call_fail(c, ERROR_INVALID_PARAMS,
			"params.textDocument wants uri and text, both texts");
	} else if (text->length > DOCUMENT_SIZE_MAX) {
		call_fail(c, ERROR_INVALID_PARAMS, "a document has at most 16 MiB");
	} else {
		(void)document_open(
			&c->server->documents, uri->text, text->text, text->length, version_of(c));
		look_at_all(c);
	}
}

/* Sets at to a member of a range. Returns whether it is one. */
static bool
position_read(const struct node *range, const char *key, struct text_position *at)
{
	const struct node *n = node_of(range, key, NODE_OBJECT);

	return node_number(n, "line", UINT32_MAX / 2, &at->line) &&
	       node_number(n, "character", UINT32_MAX / 2, &at->character);
}

/* One change; without a range it is the whole text. Returns false after call_fail. */
static bool
change_make(struct call *c, struct document *d, const struct node *change)
{
	const struct node *range = node_member(change, "range");
	const struct node *text = node_of(change, "text", NODE_TEXT);
	struct text_position first;
	struct text_position behind;
	size_t from = 0;
	size_t end = d->size;

	if (text == NULL) {
		call_fail(c, ERROR_INVALID_PARAMS, "a change wants a text");
		return false;
	}
	if (range != NULL &&
		(!position_read(range, "start", &first) || !position_read(range, "end", &behind))) {
		call_fail(c, ERROR_INVALID_PARAMS,
			"range wants start and end, each with line and character");
		return false;
	}
	if (range != NULL) {
		from = text_offset(d->text, d->size, first);
		end = text_offset(d->text, d->size, behind);
	}
	if (from > end) {
		call_fail(c, ERROR_INVALID_PARAMS, "range ends before it begins");
		return false;
	}
	if (!document_replace(d, from, end, text->text, text->length)) {
		call_fail(c, ERROR_INVALID_PARAMS, "a document has at most 16 MiB");
		return false;
	}
	return true;
}

void
sync_change(struct call *c)
{
	struct document *d = call_document(c);
	const struct node *changes = node_of(c->params, "contentChanges", NODE_ARRAY);

	if (d == NULL) {
		return;
	}
	if (changes == NULL) {
		call_fail(c, ERROR_INVALID_PARAMS, "params.contentChanges is missing or no array");
		return;
	}
	for (const struct node *n = changes->first; n != NULL; n = n->next) {
		if (!change_make(c, d, n)) {
			break;
		}
	}
	d->version = version_of(c);
	look_around(c, d);
}

void
sync_close(struct call *c)
{
	struct document *d = call_document(c);
	const char *path;

	if (d == NULL) {
		return;
	}
	path = arena_copy(c->a, d->path, strlen(d->path));
	document_findings_set(d, "", 0);
	publish(c, path);
	document_close(&c->server->documents, d);
	look_at_all(c);
}

/* Another program may have changed what it uses. */
void
sync_save(struct call *c)
{
	struct document *d = call_document(c);

	if (d != NULL) {
		look_around(c, d);
	}
}
