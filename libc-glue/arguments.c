/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Arguments and environment: what whoever started it said, or the words of `args` and `env`. */
#include "arguments.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "abi/abi.h"
#include "account.h"
#include "gatehouse/process.h"
#include "layout.h"
#include "words.h"

extern char **environ;

/* What is left of the memory for words: pointers from below, text behind all of them. */
struct room {
	char **words;
	char *text;
};

static size_t
count_words(const char *text)
{
	size_t count = 0;

	for (bool in_word = false; *text != '\0'; text++) {
		count += !in_word && *text != ' ';
		in_word = *text != ' ';
	}
	return count;
}

/* One word, quotes taken away, from *text on. */
static void
take_word(struct room *room, const char **text)
{
	bool is_quoted = false;

	*room->words++ = room->text;
	for (; **text != '\0' && (**text != ' ' || is_quoted); ++*text) {
		if (**text == '\'') {
			is_quoted = !is_quoted;
		} else {
			*room->text++ = **text;
		}
	}
	*room->text++ = '\0';
}

static char **
take_words(struct room *room, const char *text)
{
	char **first = room->words;

	while (*(text += strspn(text, " ")) != '\0') {
		take_word(room, &text);
	}
	*room->words++ = NULL;
	return first;
}

static bool
make_room(struct room *room, size_t pointers, size_t bytes)
{
	bytes += pointers * sizeof(char *);
	room->words = (char **)(uintptr_t)LAYOUT_ARGUMENTS;
	room->text = (char *)(room->words + pointers);
	return glue_account_map(
		       LAYOUT_ARGUMENTS, (uint32_t)((bytes + PAGE_BYTES - 1) / PAGE_BYTES)) == E_OK;
}

/* The words of a kind that whoever started this process said. */
static char **
take_said(struct room *room, char kind)
{
	char **first = room->words;

	for (const char *word = glue_word_next(NULL); word != NULL; word = glue_word_next(word)) {
		if (*word == kind) {
			*room->words++ = room->text;
			room->text = stpcpy(room->text, word + 1) + 1;
		}
	}
	*room->words++ = NULL;
	return first;
}

static bool
read_said(struct arguments *arguments)
{
	struct room room;
	size_t pointers = 2;

	for (const char *word = glue_word_next(NULL); word != NULL; word = glue_word_next(word)) {
		pointers++;
	}
	if (!make_room(&room, pointers, process_info()->words_bytes)) {
		return false;
	}
	arguments->words = take_said(&room, WORD_ARGUMENT);
	arguments->count = (int)(room.words - arguments->words) - 1;
	environ = take_said(&room, WORD_SETTING);
	return true;
}

bool
glue_arguments_read(struct arguments *arguments)
{
	static char name[sizeof(process_info()->name)];
	static char *alone[] = {name, NULL};
	const char *args = process_attribute("args");
	const char *env = process_attribute("env");
	struct room room;

	if (glue_word_next(NULL) != NULL) {
		return read_said(arguments);
	}

	memcpy(name, process_info()->name, sizeof(name) - 1);
	*arguments = (struct arguments){.count = 1, .words = alone};
	if (args == NULL && env == NULL) {
		return true;
	}
	args = args == NULL ? "" : args;
	env = env == NULL ? "" : env;
	/* Quotes make words fewer and text shorter; each word has a NUL where a blank was. */
	size_t pointers = count_words(args) + count_words(env) + 3;
	if (!make_room(&room, pointers, strlen(args) + strlen(env) + 2)) {
		return false;
	}
	*room.words++ = name;
	arguments->words = take_words(&room, args) - 1;
	arguments->count = (int)(room.words - arguments->words) - 1;
	environ = take_words(&room, env);
	return true;
}
