/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* args.h: the words behind a verb, one after the other. */
#ifndef GATE_ARGS_H
#define GATE_ARGS_H

#include <stdbool.h>
#include <stddef.h>

struct args {
	const char *verb;
	char **words;
	int count;
	int at;
	bool only_words; /* `--` was seen */
};

/* Begins behind argv[0]. */
struct args args_begin(int argc, char **argv);

/* Returns whether a word is left; takes `--` if it is next. */
bool args_more(struct args *a);

/* Takes the next word if it is the option name ("--json"). Returns whether it was. */
bool args_flag(struct args *a, const char *name);

/*
 * Takes the next word if it is name=VALUE, or it and the one after it if it is name. Returns the
 * value, or NULL: it is another word, or the value is missing and args_refuse says so.
 */
const char *args_value(struct args *a, const char *name);

/* Takes the next word if it is no option ("-" is none). Returns it, or NULL. */
const char *args_word(struct args *a);

/*
 * Says that the next word is no option of the verb, or that something is missing if no word is
 * left, with the verb's usage and a suggestion out of its usage. Returns 2, the exit code.
 */
int args_refuse(struct args *a);

#endif
