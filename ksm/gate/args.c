/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* args.c: options anywhere among the words; `--` ends them. */
#include "args.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "suggest.h"
#include "verbs.h"

#define OPTION_COUNT_MAX  16u
#define OPTION_LENGTH_MAX 32u

struct args
args_begin(int argc, char **argv)
{
	return (struct args){.verb = argv[0], .words = argv, .count = argc, .at = 1};
}

bool
args_more(struct args *a)
{
	if (a->at < a->count && !a->only_words && strcmp(a->words[a->at], "--") == 0) {
		a->only_words = true;
		a->at++;
	}
	return a->at < a->count;
}

/* Returns the next word if it may be an option, else NULL. */
static const char *
option_next(struct args *a)
{
	if (!args_more(a) || a->only_words || a->words[a->at][0] != '-' ||
		a->words[a->at][1] == '\0') {
		return NULL;
	}
	return a->words[a->at];
}

bool
args_flag(struct args *a, const char *name)
{
	const char *option = option_next(a);

	if (option == NULL || strcmp(option, name) != 0) {
		return false;
	}
	a->at++;
	return true;
}

const char *
args_value(struct args *a, const char *name)
{
	const char *option = option_next(a);
	size_t length = strlen(name);

	if (option == NULL || strncmp(option, name, length) != 0) {
		return NULL;
	}
	if (option[length] == '=') {
		a->at++;
		return option + length + 1;
	}
	if (option[length] != '\0' || a->at + 1 >= a->count) {
		return NULL;
	}
	a->at += 2;
	return a->words[a->at - 1];
}

const char *
args_word(struct args *a)
{
	if (option_next(a) != NULL || !args_more(a)) {
		return NULL;
	}
	return a->words[a->at++];
}

/* Cuts the options out of a usage text. Returns how many there are. */
static size_t
options_of(const char *usage, char options[OPTION_COUNT_MAX][OPTION_LENGTH_MAX])
{
	size_t count = 0;

	while (*usage != '\0' && count < OPTION_COUNT_MAX) {
		size_t length = 0;

		while (usage[length] == '-' || isalpha((unsigned char)usage[length])) {
			length++;
		}
		if (usage[0] == '-' && length > 1 && length < OPTION_LENGTH_MAX) {
			(void)memcpy(options[count], usage, length);
			options[count][length] = '\0';
			count++;
		}
		usage += length > 0 ? length : 1;
	}
	return count;
}

int
args_refuse(struct args *a)
{
	const struct verb *verb = verb_find(a->verb);
	char options[OPTION_COUNT_MAX][OPTION_LENGTH_MAX];
	const char *candidates[OPTION_COUNT_MAX];
	size_t count = verb == NULL ? 0 : options_of(verb->arguments, options);
	const char *nearest = NULL;
	bool known = false;

	for (size_t i = 0; i < count; i++) {
		candidates[i] = options[i];
		known = known || (args_more(a) && strcmp(options[i], a->words[a->at]) == 0);
	}
	if (!args_more(a)) {
		(void)fprintf(stderr, "gate %s: something is missing\n", a->verb);
	} else if (known) {
		(void)fprintf(stderr, "gate %s: `%s` needs a value\n", a->verb, a->words[a->at]);
	} else {
		(void)fprintf(stderr, "gate %s: `%s` is no option\n", a->verb, a->words[a->at]);
		nearest = suggest_nearest(a->words[a->at], candidates, count);
	}
	if (nearest != NULL) {
		(void)fprintf(stderr, "did you mean `%s`?\n", nearest);
	}
	if (verb != NULL) {
		(void)fprintf(stderr, "usage: gate %s %s\n", verb->name, verb->arguments);
	}
	return 2;
}
