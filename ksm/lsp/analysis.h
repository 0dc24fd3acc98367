/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* analysis.h: gate run over what stands in the editor. */
#ifndef LSP_ANALYSIS_H
#define LSP_ANALYSIS_H

struct arena;
struct compile;
struct l1;
struct sema;
struct sema_options;
struct server;

/* One run; it lives and dies in a job, so nothing is given back. */
struct analysis {
	struct compile *c;
	struct sema *s;
	const struct sema_options *options;
	const struct l1 *l1; /* NULL after an error */
};

/* Reads the file at path as gate check does; findings are in c. */
struct analysis analysis_check(struct arena *a, struct server *server, const char *path);

/*
 * Reads the file and what it uses; items with an error are left out. Names are declared, nothing
 * more, and findings mean nothing. s->root is NULL if the file itself cannot be read.
 */
struct analysis analysis_names(struct arena *a, struct server *server, const char *path);

#endif
