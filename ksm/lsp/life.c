/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* life.c: initialize, shutdown, exit. */
#include <limits.h>
#include <stdlib.h>

#include "ksm/gate/buffer.h"

#include "handlers.h"
#include "server.h"
#include "uri.h"

static const char abilities[] =
	"{\"capabilities\":{"
	"\"positionEncoding\":\"utf-16\","
	"\"textDocumentSync\":{\"openClose\":true,\"change\":2,\"save\":true},"
	"\"completionProvider\":{\"triggerCharacters\":[\".\",\" \",\"(\"]},"
	"\"hoverProvider\":true,\"definitionProvider\":true,\"referencesProvider\":true,"
	"\"renameProvider\":{\"prepareProvider\":true},"
	"\"documentFormattingProvider\":true},"
	"\"serverInfo\":{\"name\":\"gate\"}}";

static void
root_add(struct call *c, const struct node *uri)
{
	const char *path = uri == NULL ? "" : uri_path(c->a, uri->text);

	if (path[0] == '/') {
		server_root_add(c->server, path);
	}
}

void
life_initialize(struct call *c)
{
	const struct node *folders = node_of(c->params, "workspaceFolders", NODE_ARRAY);

	if (c->params == NULL || c->params->kind != NODE_OBJECT) {
		call_fail(c, ERROR_INVALID_PARAMS, "params is missing or no object");
		return;
	}
	for (const struct node *f = folders == NULL ? NULL : folders->first; f != NULL;
		f = f->next) {
		root_add(c, node_of(f, "uri", NODE_TEXT));
	}
	root_add(c, node_of(c->params, "rootUri", NODE_TEXT));
	c->server->state = SERVER_RUNNING;
	buffer_text(c->result, abilities);
}

void
life_nothing(struct call *c)
{
	(void)c;
}

void
life_shutdown(struct call *c)
{
	c->server->state = SERVER_DOWN;
	c->server->was_down = true;
}

void
life_exit(struct call *c)
{
	c->server->state = SERVER_EXITED;
}
