/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* server.h: what a language server remembers between messages, and one message under way. */
#ifndef LSP_SERVER_H
#define LSP_SERVER_H

#include <stdio.h>

#include "document.h"
#include "node.h"

#define SERVER_ROOTS_MAX 30u

/* Numbers of JSON-RPC and LSP 3.17. */
#define ERROR_PARSE           (-32700)
#define ERROR_INVALID_REQUEST (-32600)
#define ERROR_NO_METHOD       (-32601)
#define ERROR_INVALID_PARAMS  (-32602)
#define ERROR_INTERNAL        (-32603)
#define ERROR_NOT_INITIALIZED (-32002)
#define ERROR_REQUEST_FAILED  (-32803)

enum server_state {
	SERVER_NEW, /* `initialize` is due */
	SERVER_RUNNING,
	SERVER_DOWN, /* after `shutdown`: `exit` is due */
	SERVER_EXITED,
};

struct server {
	FILE *in;
	FILE *out;
	const char *board; /* NULL: what the policy says */
	enum server_state state;
	bool was_down;                       /* `shutdown` came before `exit` */
	bool is_broken;                      /* nobody reads what is written */
	struct arena arena;                  /* of roots */
	const char *roots[SERVER_ROOTS_MAX]; /* where units are looked for, absolute */
	uint32_t root_count;
	uint32_t option_root_count; /* those of the command line come first */
	struct document_list documents;
};

/* One request or notification. */
struct call {
	struct server *server;
	struct arena *a;
	const struct node *params; /* or NULL */
	struct buffer *result;     /* a value of JSON; empty: null */
	int error;                 /* 0: there is a result */
	const char *message;       /* of an error */
};

/* Adds a root if it is none yet and there is room. */
void server_root_add(struct server *s, const char *path);

/* Says that the call went wrong; the first reason counts. */
void call_fail(struct call *c, int error, const char *message);

/* Returns params.textDocument as an open document; NULL after call_fail. */
struct document *call_document(struct call *c);

/* Sets offset to params.position in d. Returns false after call_fail. */
bool call_position(struct call *c, const struct document *d, size_t *offset);

/* Sends a notification: params is an object of JSON. */
void server_notify(struct server *s, const char *method, const char *params);

/* Serves until `exit` or the end of the input. Returns the exit code: 0 only after `shutdown`. */
int server_run(struct server *s);

#endif
