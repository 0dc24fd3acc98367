/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* main.c: gate VERB ...: finds the verb and runs it. */
#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "suggest.h"
#include "verbs.h"

#define VERB_COUNT_MAX 32u

/* Pieces of memory as large as this stay apart. A C library that learns from what is given back
 * would soon keep them among the small ones, where they cannot grow but by a copy: then both are
 * there. */
#define APART_MIN_BYTES (256 * 1024)

static int help_print(FILE *out, const char *name);
static int verb_refuse(const char *name);

int
main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : NULL;
	const struct verb *verb;

	(void)mallopt(M_MMAP_THRESHOLD, APART_MIN_BYTES);
	if (name == NULL) {
		(void)help_print(stderr, NULL);
		return 2;
	}
	if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
		return help_print(stdout, argc > 2 ? argv[2] : NULL);
	}
	verb = verb_find(name);
	return verb == NULL ? verb_refuse(name) : verb->run(argc - 1, argv + 1);
}

/* Prints one verb's usage, or what all verbs do if name is NULL. Returns the exit code. */
static int
help_print(FILE *out, const char *name)
{
	const struct verb *verb = name == NULL ? NULL : verb_find(name);
	size_t count;
	const struct verb *verbs = verb_table(&count);

	if (name != NULL && verb == NULL) {
		return verb_refuse(name);
	}
	if (verb != NULL) {
		(void)fprintf(
			out, "usage: gate %s %s\n%s\n", verb->name, verb->arguments, verb->help);
		return 0;
	}
	(void)fputs("gate: compiles policies (*.gate); each verb:\n", out);
	for (size_t i = 0; i < count; i++) {
		(void)fprintf(out, "  gate %-6s %s\n", verbs[i].name, verbs[i].help);
	}
	(void)fputs("  gate help VERB   how to call it\n"
		    "exit code: 0 all is well, 1 there was a finding, 2 called wrongly\n",
		out);
	return 0;
}

static int
verb_refuse(const char *name)
{
	const char *names[VERB_COUNT_MAX] = {"help"};
	size_t count;
	const struct verb *verbs = verb_table(&count);
	const char *nearest;

	for (size_t i = 0; i < count && i + 1 < VERB_COUNT_MAX; i++) {
		names[i + 1] = verbs[i].name;
	}
	nearest = suggest_nearest(
		name, names, count + 1 < VERB_COUNT_MAX ? count + 1 : VERB_COUNT_MAX);
	(void)fprintf(stderr, "gate: there is no verb `%s`\n", name);
	if (nearest != NULL) {
		(void)fprintf(stderr, "did you mean `gate %s`?\n", nearest);
	} else {
		(void)fputs("type `gate help`\n", stderr);
	}
	return 2;
}
