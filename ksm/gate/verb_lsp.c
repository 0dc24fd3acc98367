/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_lsp.c: gate lsp: serves an editor over stdin and stdout. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "args.h"
#include "ksm/lsp/server.h"
#include "options.h"
#include "verbs.h"

/* Nothing but messages goes to the editor: whatever else writes to stdout goes to stderr. */
static FILE *
output_take(void)
{
	int fd = dup(STDOUT_FILENO);
	FILE *out = fd < 0 ? NULL : fdopen(fd, "wb");

	if (out == NULL || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
		(void)fprintf(stderr, "gate lsp: cannot write: %s\n", strerror(errno));
		return NULL;
	}
	return out;
}

int
verb_lsp(int argc, char **argv)
{
	struct args a = args_begin(argc, argv);
	struct options options;
	struct server server = {.in = stdin};

	options_begin(&options);
	while (args_more(&a)) {
		/* Editors say it; there is no other way here. */
		if (!args_flag(&a, "--stdio") && !options_read(&a, &options)) {
			return args_refuse(&a);
		}
	}
	for (uint32_t i = 0; i < options.sema.root_count; i++) {
		char *path = realpath(options.roots[i], NULL);

		if (path == NULL) {
			(void)fprintf(
				stderr, "gate lsp: -I %s: %s\n", options.roots[i], strerror(errno));
			return 2;
		}
		server_root_add(&server, path);
		free(path);
	}
	server.board = options.sema.board_name;
	server.out = output_take();
	if (server.out == NULL) {
		return 2;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	return server_run(&server);
}
