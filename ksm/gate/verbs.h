/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verbs.h: the verbs of the command line; each has a file verb_NAME.c. */
#ifndef GATE_VERBS_H
#define GATE_VERBS_H

#include <stddef.h>

/*
 * A verb gets the words behind `gate`, argv[0] being its own name. Returns the exit code: 0 all is
 * well, 1 there was a finding, 2 it was called wrongly.
 */
#define VERB(name, arguments, help) int verb_##name(int argc, char **argv);
#include "verbs.def"
#undef VERB

struct verb {
	const char *name;
	const char *arguments;
	const char *help;
	int (*run)(int argc, char **argv);
};

/* Returns the verb of that name, or NULL. */
const struct verb *verb_find(const char *name);

/* Returns all verbs, *count of them. */
const struct verb *verb_table(size_t *count);

#endif
