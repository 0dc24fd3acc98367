/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* How a program begins that posix_spawn started: in which folder, with which descriptors. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "abi/process.h"
#include "gatehouse/process.h"
#include "words.h"

#define EXIT_BEGINNING 127 /* POSIX: what a child ends with that cannot be as it was asked for */

static _Noreturn void
give_up(const char *what)
{
	const char *parts[] = {process_info()->name, ": ", what, ": ", strerror(errno), "\n"};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		(void)write(STDERR_FILENO, parts[i], strlen(parts[i]));
	}
	_exit(EXIT_BEGINNING);
}

/* Reads a number, and the blank behind it. */
static int
take_number(const char **text)
{
	char *end;
	long value = strtol(*text, &end, 10);

	*text = end + (*end == ' ');
	return (int)value;
}

static void
become(int from, int fd, const char *what)
{
	if (from < 0 || dup2(from, fd) != fd) {
		give_up(what);
	}
}

static void
obey_open(const char *word)
{
	int fd = take_number(&word);
	int flags = take_number(&word);
	int file = open(word, flags, 0666);

	become(file, fd, word);
	if (file != fd) {
		(void)close(file);
	}
}

static void
obey_same(const char *word)
{
	int fd = take_number(&word);

	become(take_number(&word), fd, "descriptor");
}

void
glue_words_obey(void)
{
	for (const char *word = glue_word_next(NULL); word != NULL; word = glue_word_next(word)) {
		const char *text = word + 1;

		switch (*word) {
		case WORD_FOLDER:
			/* Its tree may be another one: then it begins at the root. */
			(void)chdir(text);
			break;
		case WORD_OPEN:
			obey_open(text);
			break;
		case WORD_SAME:
			obey_same(text);
			break;
		case WORD_CLOSE:
			(void)close(take_number(&text));
			break;
		default:
			break;
		}
	}
}
