/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* analysis.c: gate run over what stands in the editor. */
#include "analysis.h"

#include <string.h>
#include <unistd.h>

#include "ksm/gate/compile.h"
#include "ksm/gate/scope.h"
#include "ksm/gate/sema.h"
#include "ksm/gate/sema_options.h"
#include "ksm/gate/unit.h"
#include "server.h"

/* The nearest folder above the file in which the system's own units begin, or NULL. */
static const char *
system_root(struct arena *a, const char *path)
{
	char *folder = arena_copy(a, path, strlen(path));
	char *slash;

	while ((slash = strrchr(folder, '/')) != NULL) {
		*slash = '\0';
		if (access(arena_format(a, "%s/kernel/core.gate", folder), R_OK) == 0) {
			return folder;
		}
	}
	return NULL;
}

static const struct sema_options *
options_make(struct arena *a, const struct server *server, const char *path)
{
	struct sema_options *options = arena_alloc(a, sizeof *options);
	const char **roots = arena_array(a, server->root_count + 1u, sizeof *roots);
	const char *root = system_root(a, path);

	memcpy(roots, server->roots, server->root_count * sizeof *roots);
	roots[server->root_count] = root;
	options->roots = roots;
	options->root_count = server->root_count + (root == NULL ? 0 : 1);
	options->board_name = server->board;
	return options;
}

static struct analysis
analysis_begin(struct arena *a, struct server *server, const char *path)
{
	struct source_overlay *overlay = arena_alloc(a, sizeof *overlay);
	struct analysis begun = {
		.c = arena_alloc(a, sizeof *begun.c),
		.s = arena_alloc(a, sizeof *begun.s),
		.options = options_make(a, server, path),
	};

	*overlay = document_overlay(&server->documents);
	compile_init(begun.c);
	begun.c->overlay = overlay;
	begun.s->c = begun.c;
	begun.s->options = begun.options;
	return begun;
}

struct analysis
analysis_check(struct arena *a, struct server *server, const char *path)
{
	struct analysis run = analysis_begin(a, server, path);

	run.l1 = sema_run(run.s, run.c, run.options, path);
	return run;
}

struct analysis
analysis_names(struct arena *a, struct server *server, const char *path)
{
	struct analysis run = analysis_begin(a, server, path);

	(void)unit_load_all(run.s, path);
	if (run.s->root != NULL) {
		scope_declare(run.s);
	}
	return run;
}
