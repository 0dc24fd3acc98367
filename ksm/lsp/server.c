/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* server.c: messages in, answers out: JSON-RPC 2.0 as LSP 3.17 uses it. */
#include "server.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

#include "ksm/gate/buffer.h"

#include "handlers.h"
#include "job.h"
#include "packet.h"

enum method_kind {
	METHOD_HERE,
	METHOD_JOB,
	METHOD_NOTE,
};

struct method {
	const char *name;
	void (*take)(struct call *c);
	enum method_kind kind;
};

static const struct method methods[] = {
#define METHOD(name, function, kind) {name, function, METHOD_##kind},
#include "methods.def"
#undef METHOD
};

static const struct method *
method_find(const char *name)
{
	for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
		if (strcmp(methods[i].name, name) == 0) {
			return &methods[i];
		}
	}
	return NULL;
}

void
call_fail(struct call *c, int error, const char *message)
{
	if (c->error == 0) {
		c->error = error;
		c->message = message;
	}
}

struct document *
call_document(struct call *c)
{
	const struct node *uri = node_of(node_member(c->params, "textDocument"), "uri", NODE_TEXT);
	struct document *d = NULL;

	if (uri == NULL) {
		call_fail(c, ERROR_INVALID_PARAMS, "params.textDocument.uri is missing or no text");
	} else if ((d = document_find(&c->server->documents, uri->text)) == NULL) {
		call_fail(c, ERROR_INVALID_PARAMS,
			"params.textDocument.uri names no open document: send didOpen first");
	}
	return d;
}

bool
call_position(struct call *c, const struct document *d, size_t *offset)
{
	const struct node *at = node_of(c->params, "position", NODE_OBJECT);
	struct text_position p;

	if (!node_number(at, "line", UINT32_MAX / 2, &p.line) ||
		!node_number(at, "character", UINT32_MAX / 2, &p.character)) {
		call_fail(c, ERROR_INVALID_PARAMS,
			"params.position wants line and character, numbers from 0 on");
		return false;
	}
	*offset = text_offset(d->text, d->size, p);
	return true;
}

void
server_root_add(struct server *s, const char *path)
{
	for (uint32_t i = 0; i < s->root_count; i++) {
		if (strcmp(s->roots[i], path) == 0) {
			return;
		}
	}
	if (s->root_count < SERVER_ROOTS_MAX) {
		s->roots[s->root_count++] = arena_copy(&s->arena, path, strlen(path));
	}
}

static void
send(struct server *s, const struct buffer *b)
{
	s->is_broken = s->is_broken || !packet_write(s->out, b->bytes, b->size);
}

void
server_notify(struct server *s, const char *method, const char *params)
{
	struct arena a = {0};
	struct buffer b;

	buffer_init(&b, &a);
	buffer_text(&b, "{\"jsonrpc\":\"2.0\"");
	text_key(&b, "method");
	text_json(&b, method, strlen(method));
	text_key(&b, "params");
	buffer_text(&b, params);
	buffer_text(&b, "}");
	send(s, &b);
	arena_release(&a);
}

/* A notification gets no answer: what was wrong with it goes to the editor's log. */
static void
complain(struct server *s, struct arena *a, const char *method, const char *message)
{
	const char *line = arena_format(a, "gate lsp: %s: %s", method, message);
	struct buffer b;

	buffer_init(&b, a);
	buffer_text(&b, "{\"type\":1");
	text_key(&b, "message");
	text_json(&b, line, strlen(line));
	buffer_text(&b, "}");
	server_notify(s, "window/logMessage", b.bytes);
}

/* id NULL: it could not be read. */
static void
answer_send(struct server *s, struct arena *a, const struct node *id, const struct call *c)
{
	struct buffer b;

	buffer_init(&b, a);
	buffer_text(&b, "{\"jsonrpc\":\"2.0\"");
	text_key(&b, "id");
	buffer_add(&b, id == NULL ? "null" : id->raw, id == NULL ? 4 : id->raw_length);
	if (c->error != 0) {
		text_key(&b, "error");
		buffer_text(&b, arena_format(a, "{\"code\":%d", c->error));
		text_key(&b, "message");
		text_json(&b, c->message, strlen(c->message));
		buffer_text(&b, "}");
	} else {
		text_key(&b, "result");
		buffer_text(
			&b, c->result == NULL || c->result->size == 0 ? "null" : c->result->bytes);
	}
	buffer_text(&b, "}");
	send(s, &b);
}

static void
refuse(struct server *s, struct arena *a, const struct node *id, int error, const char *message)
{
	answer_send(s, a, id, &(struct call){.error = error, .message = message});
}

struct job {
	struct call *call;
	void (*take)(struct call *c);
};

/* In the process of its own: `R` and the result, or `E`, the number of the error, its message. */
static void
job_work(void *data, struct buffer *out)
{
	struct job *job = data;
	struct call *c = job->call;

	job->take(c);
	if (c->error != 0) {
		buffer_text(out, arena_format(c->a, "E%d %s", c->error, c->message));
	} else {
		buffer_text(out, "R");
		buffer_text(out, c->result->size == 0 ? "null" : c->result->bytes);
	}
}

static void
job_answer(struct call *c, const struct method *m)
{
	struct job job = {.call = c, .take = m->take};
	struct buffer said;
	char *message;

	buffer_init(&said, c->a);
	if (!job_run(job_work, &job, &said) || said.size < 2) {
		call_fail(c, ERROR_INTERNAL,
			"gate gave up on this request; the server goes on, please report it");
	} else if (said.bytes[0] == 'E') {
		c->error = (int)strtol(said.bytes + 1, &message, 10);
		c->message = *message == ' ' ? message + 1 : message;
	} else {
		buffer_add(c->result, said.bytes + 1, said.size - 1);
	}
}

static void
request_take(struct server *s, struct call *c, const struct node *id, const char *name)
{
	const struct method *m = method_find(name);
	bool is_first = strcmp(name, "initialize") == 0;

	if (s->state == SERVER_NEW && !is_first) {
		call_fail(c, ERROR_NOT_INITIALIZED, "send initialize first");
	} else if (s->state == SERVER_DOWN) {
		call_fail(
			c, ERROR_INVALID_REQUEST, "the server was shut down: only exit may follow");
	} else if (m == NULL) {
		call_fail(c, ERROR_NO_METHOD,
			arena_format(c->a, "gate lsp knows no method `%s`", name));
	} else if (m->kind == METHOD_NOTE) {
		call_fail(c, ERROR_INVALID_REQUEST,
			arena_format(c->a, "`%s` is a notification: it has no id", name));
	} else if (is_first && s->state != SERVER_NEW) {
		call_fail(c, ERROR_INVALID_REQUEST, "initialize was sent before");
	} else if (m->kind == METHOD_JOB) {
		job_answer(c, m);
	} else {
		m->take(c);
	}
	answer_send(s, c->a, id, c);
}

/* Unknown notifications are ignored, as LSP wants it. */
static void
notification_take(struct server *s, struct call *c, const char *name)
{
	const struct method *m = method_find(name);

	if (m == NULL || (s->state != SERVER_RUNNING && m->take != life_exit)) {
		return;
	}
	if (m->kind != METHOD_NOTE) {
		call_fail(c, ERROR_INVALID_REQUEST, "this is a request: it needs an id");
	} else {
		m->take(c);
	}
	if (c->error != 0) {
		complain(s, c->a, name, c->message);
	}
}

static bool
is_id(const struct node *id)
{
	return id->kind == NODE_TEXT || (id->kind == NODE_NUMBER && id->is_whole);
}

static void
message_take(struct server *s, struct arena *a, const char *bytes, size_t size)
{
	const struct node *root = node_read(a, bytes, size);
	const struct node *id = node_member(root, "id");
	const struct node *method = node_of(root, "method", NODE_TEXT);
	const struct node *version = node_of(root, "jsonrpc", NODE_TEXT);
	const struct node *params = node_member(root, "params");
	struct buffer result;
	struct call c = {.server = s, .a = a, .params = params, .result = &result};

	buffer_init(&result, a);
	if (root == NULL) {
		refuse(s, a, NULL, ERROR_PARSE, "this is no JSON in UTF-8");
	} else if (root->kind != NODE_OBJECT) {
		refuse(s, a, NULL, ERROR_INVALID_REQUEST, "a message is one object");
	} else if (id != NULL && !is_id(id)) {
		refuse(s, a, NULL, ERROR_INVALID_REQUEST,
			"id is neither a text nor a whole number");
	} else if (version == NULL || strcmp(version->text, "2.0") != 0) {
		refuse(s, a, id, ERROR_INVALID_REQUEST, "jsonrpc is not \"2.0\"");
	} else if (method == NULL && id != NULL &&
		   (node_member(root, "result") != NULL || node_member(root, "error") != NULL)) {
		return; /* an answer: this server asks nothing */
	} else if (method == NULL) {
		refuse(s, a, id, ERROR_INVALID_REQUEST, "method is missing or no text");
	} else if (params != NULL && params->kind != NODE_OBJECT && params->kind != NODE_ARRAY &&
		   params->kind != NODE_NULL) {
		refuse(s, a, id, ERROR_INVALID_REQUEST, "params is neither an object nor an array");
	} else if (id != NULL) {
		request_take(s, &c, id, method->text);
	} else {
		notification_take(s, &c, method->text);
	}
}

int
server_run(struct server *s)
{
	struct arena a = {0};
	bool goes_on = true;

	while (goes_on && s->state != SERVER_EXITED && !s->is_broken) {
		char *bytes;
		size_t size;

		switch (packet_read(s->in, &a, &bytes, &size)) {
		case PACKET_OK:
			message_take(s, &a, bytes, size);
			break;
		case PACKET_BROKEN:
			refuse(s, &a, NULL, ERROR_PARSE,
				"a header wants `Content-Length`, a colon and a number, then an "
				"empty line");
			break;
		case PACKET_TOO_LONG:
			refuse(s, &a, NULL, ERROR_INVALID_REQUEST,
				"a message has at most 64 MiB; this one was skipped");
			break;
		case PACKET_END:
			goes_on = false;
			break;
		}
		arena_release(&a);
	}
	document_close_all(&s->documents);
	arena_release(&s->arena);
	return s->state == SERVER_EXITED && s->was_down ? 0 : 1;
}
