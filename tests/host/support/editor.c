/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* An editor that speaks to `gate lsp`: it keeps the text of its own, and knows what is to come. */
#define _GNU_SOURCE /* fopencookie */
#include "tests/host/support/editor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include <cmocka.h>

#include "ksm/lsp/node.h"
#include "ksm/lsp/server.h"
#include "ksm/lsp/text.h"
#include "tests/host/support/random.h"

#define URI    "file:///nowhere/case.gate"
#define BEYOND 1000000000u /* behind the longest line */

struct place {
	size_t offset;
	uint64_t line;
	uint64_t character;
};

/* What is read by the server, and where it stands. */
struct feed {
	const struct editor *editor;
	const struct server *server;
	size_t at;
};

void
editor_frame(struct editor *e, const char *bytes, size_t size)
{
	buffer_text(&e->session, arena_format(&e->arena, "Content-Length: %zu\r\n\r\n", size));
	buffer_add(&e->session, bytes, size);
}

static void
say(struct editor *e, const char *text)
{
	editor_frame(e, text, strlen(text));
}

void
editor_begin(struct editor *e)
{
	*e = (struct editor){.next_id = 1};
	buffer_init(&e->session, &e->arena);
	buffer_init(&e->text, &e->arena);
	say(e, "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{}}");
}

void
editor_open(struct editor *e, const char *text, size_t size)
{
	struct buffer b;
	const struct node *told;

	/* What is no character becomes one on its way. */
	buffer_init(&b, &e->arena);
	text_json(&b, text, size);
	told = node_read(&e->arena, b.bytes, b.size);
	assert_non_null(told);
	buffer_add(&e->text, told->text, told->length);
	buffer_init(&b, &e->arena);
	buffer_text(&b, "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\",\"params\":{"
			"\"textDocument\":{\"uri\":\"" URI "\",\"version\":0,\"text\":");
	text_json(&b, text, size);
	buffer_text(&b, "}}}");
	editor_frame(e, b.bytes, b.size);
}

/* How many bytes the character there has, and how many units of UTF-16; an end of a line: 0. */
static size_t
step(const struct buffer *text, size_t at, uint64_t *units)
{
	unsigned char byte = (unsigned char)text->bytes[at];

	*units = byte >= 0xf0 ? 2 : 1;
	if (byte == '\n' || byte == '\r') {
		*units = 0;
		return byte == '\r' && at + 1 < text->size && text->bytes[at + 1] == '\n' ? 2 : 1;
	}
	return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

/* The place at or behind a byte, counted from the beginning. */
static struct place
place_count(const struct editor *e, size_t offset)
{
	struct place p = {0};

	while (p.offset < offset && p.offset < e->text.size) {
		uint64_t units;

		p.offset += step(&e->text, p.offset, &units);
		p.character = units == 0 ? 0 : p.character + units;
		p.line += units == 0;
	}
	return p;
}

/* Somewhere; sometimes said as behind the end of its line, or of the text, or within a pair. */
static struct place
place_any(const struct editor *e)
{
	struct place p = place_count(e, e->text.size == 0 ? 0 : random_below(e->text.size + 1));
	uint64_t units = 0;

	switch (random_below(8)) {
	case 0:
		while (p.offset < e->text.size) {
			size_t length = step(&e->text, p.offset, &units);

			if (units == 0) {
				break;
			}
			p.offset += length;
		}
		p.character += BEYOND;
		break;
	case 1:
		p.offset = e->text.size;
		p.line += BEYOND;
		break;
	case 2:
		if (p.offset < e->text.size) {
			(void)step(&e->text, p.offset, &units);
			p.character += units == 2;
		}
		break;
	default:
		break;
	}
	return p;
}

static const char *
place_text(struct editor *e, const struct place *p)
{
	return arena_format(&e->arena, "{\"line\":%llu,\"character\":%llu}",
		(unsigned long long)p->line, (unsigned long long)p->character);
}

void
editor_edit(struct editor *e, const char *piece, size_t size)
{
	struct place from = place_any(e);
	struct place end = random_below(2) == 0 ? from : place_any(e);
	struct buffer whole;
	struct buffer b;

	if (end.offset < from.offset || (end.offset > from.offset + 200 && random_below(8) != 0)) {
		end = from;
	}
	buffer_init(&whole, &e->arena);
	buffer_add(&whole, e->text.bytes, from.offset);
	buffer_add(&whole, piece, size);
	buffer_add(&whole, e->text.bytes + end.offset, e->text.size - end.offset);
	e->text = whole;
	buffer_init(&b, &e->arena);
	buffer_text(
		&b, arena_format(&e->arena,
			    "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didChange\","
			    "\"params\":{\"textDocument\":{\"uri\":\"" URI "\",\"version\":%u},"
			    "\"contentChanges\":[{\"range\":{\"start\":%s,\"end\":%s},\"text\":",
			    ++e->version, place_text(e, &from), place_text(e, &end)));
	text_json(&b, piece, size);
	buffer_text(&b, "}]}}");
	editor_frame(e, b.bytes, b.size);
}

void
editor_request(struct editor *e, const char *method, const char *rest)
{
	say(e, arena_format(&e->arena,
		       "{\"jsonrpc\":\"2.0\",\"id\":%u,\"method\":\"%s\",\"params\":{"
		       "\"textDocument\":{\"uri\":\"" URI "\"},%s}}",
		       e->next_id++, method, rest));
}

void
editor_ask(struct editor *e)
{
	static const char *const methods[] = {"completion", "completion", "hover", "definition",
		"references", "prepareRename", "rename", "formatting", "nonsense"};
	struct place p = place_any(e);

	editor_request(e,
		arena_format(&e->arena, "textDocument/%s",
			methods[random_below(sizeof methods / sizeof methods[0])]),
		arena_format(&e->arena,
			"\"position\":%s,\"newName\":\"other\",\"context\":"
			"{\"includeDeclaration\":true},\"options\":{}",
			place_text(e, &p)));
}

void
editor_end(struct editor *e)
{
	e->tail = e->session.size;
	say(e, arena_format(&e->arena, "{\"jsonrpc\":\"2.0\",\"id\":%u,\"method\":\"shutdown\"}",
		       e->next_id++));
	say(e, "{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");
}

/* Before `shutdown` and `exit` are handed out, the document stands there as all edits left it. */
static ssize_t
feed_read(void *cookie, char *bytes, size_t size)
{
	struct feed *feed = cookie;
	const struct editor *e = feed->editor;
	const char *all = e->session.bytes;
	const struct document *d = document_find(&feed->server->documents, URI);

	if (feed->at == e->session.size) {
		return 0;
	}
	if (!e->is_lost && feed->at == e->tail) {
		assert_non_null(d);
		assert_int_equal(d->size, e->text.size);
		assert_memory_equal(d->text, e->text.bytes, d->size);
	}
	(void)size;
	bytes[0] = all[feed->at++];
	return 1;
}

/* Whether an answer has a result or an error, and not both. Returns its id, or -1 for none. */
static int64_t
answer_check(const struct node *root)
{
	const struct node *id = node_of(root, "id", NODE_NUMBER);
	const struct node *error = node_of(root, "error", NODE_OBJECT);

	assert_true((node_member(root, "result") != NULL) != (error != NULL));
	if (error != NULL) {
		assert_non_null(node_of(error, "code", NODE_NUMBER));
		assert_non_null(node_of(error, "message", NODE_TEXT));
	}
	return id == NULL ? -1 : id->number;
}

static void
said_check(struct editor *e, const char *said, size_t size)
{
	const char *at = said;
	int64_t due = 0;

	while (at < said + size) {
		char *body;
		unsigned long length;
		const struct node *root;

		assert_memory_equal(at, "Content-Length: ", 16);
		length = strtoul(at + 16, &body, 10);
		assert_memory_equal(body, "\r\n\r\n", 4);
		assert_true(length <= (size_t)(said + size - body - 4));
		root = node_read(&e->arena, body + 4, length);
		assert_non_null(root);
		assert_null(memmem(body, length, "gave up", 7));
		if (node_of(root, "method", NODE_TEXT) == NULL && answer_check(root) == due) {
			due++;
		}
		at = body + 4 + length;
	}
	assert_true(e->is_lost || due == (int64_t)e->next_id);
}

void
editor_check(struct editor *e)
{
	struct server server = {0};
	struct feed feed = {.editor = e, .server = &server};
	char *said = NULL;
	size_t size = 0;
	int code;

	server.in = fopencookie(&feed, "r", (cookie_io_functions_t){.read = feed_read});
	server.out = open_memstream(&said, &size);
	assert_non_null(server.in);
	assert_non_null(server.out);
	assert_int_equal(setvbuf(server.in, NULL, _IONBF, 0), 0);
	server_root_add(&server, ".");
	code = server_run(&server);
	assert_true(e->is_lost || code == 0);
	(void)fclose(server.in);
	(void)fclose(server.out);
	said_check(e, said, size);
	free(said);
}

void
editor_release(struct editor *e)
{
	arena_release(&e->arena);
}
