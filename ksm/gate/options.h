/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* options.h: the options that all verbs share which read a whole policy. */
#ifndef GATE_OPTIONS_H
#define GATE_OPTIONS_H

#include <stdbool.h>

#include "sema_options.h"

struct args;
struct compile;

#define OPTIONS_ROOTS_MAX 32u

struct options {
	const char *roots[OPTIONS_ROOTS_MAX];
	struct sema_options sema;
	const char *digests_path; /* NULL: none */
	bool json;
};

/* Makes them empty. */
void options_begin(struct options *o);

/* Takes the next word, and its value, if it is one of -I, --board, --strict, --json, --today,
 * --digests. Returns whether it was. */
bool options_read(struct args *a, struct options *o);

/* Takes the next word if it is one of these options or, while there is none, the file. Returns
 * whether it was. */
bool options_or_file(struct args *a, struct options *o, const char **file);

/* After the last option: `.` is the root if none was said; reads the digests. Returns false after
 * an error. */
bool options_end(struct options *o, struct compile *c);

/* A verb of these options and one file: reads its words and calls run. Returns the exit code. */
int options_one_file(int argc, char **argv,
	int (*run)(struct compile *c, struct options *options, const char *path));

#endif
