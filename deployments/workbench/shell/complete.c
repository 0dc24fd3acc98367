/* SPDX-License-Identifier: 0BSD */
/* What Tab makes of a word: commands, classes, processes, files. */
#define _POSIX_C_SOURCE 200809L

#include "complete.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "commands.h"
#include "process_shell.h"

#define NAME_BYTES 64
#define SHOWN_MOST 200 /* names that are listed */

/* What is known of the names that begin as the word does. */
struct found {
	const char *word; /* not terminated */
	size_t word_bytes;
	char common[NAME_BYTES]; /* what all of them begin with */
	char end;                /* what stands behind it if it is the only one */
	unsigned count;
	bool is_listed; /* the second time: to print them */
};

/* A name with a blank would need quotes, which the word has not got. */
static void
add(struct found *found, const char *name, size_t bytes, char end)
{
	if (bytes >= NAME_BYTES || bytes < found->word_bytes ||
		memcmp(name, found->word, found->word_bytes) != 0 || memchr(name, ' ', bytes)) {
		return;
	}
	if (found->is_listed) {
		if (found->count < SHOWN_MOST) {
			printf("%.*s%c ", (int)bytes, name, end == '/' ? '/' : ' ');
		}
	} else if (found->count == 0) {
		snprintf(found->common, sizeof(found->common), "%.*s", (int)bytes, name);
		found->end = end;
	} else {
		size_t same = 0;
		while (same < bytes && found->common[same] == name[same]) {
			same++;
		}
		found->common[same] = '\0';
	}
	found->count++;
}

static void
add_commands(struct found *found)
{
	for (const struct command *command = commands; command->name != NULL; command++) {
		add(found, command->name, strlen(command->name), ' ');
	}
}

/* Instances; or templates, each by the name that its first one has in front of its number. */
static void
add_processes(struct found *found, bool are_templates)
{
	struct instance instance;
	uint16_t number = 1;

	while (instance_look(number++, &instance) == E_OK) {
		if (!are_templates) {
			add(found, instance.name, instance.name_bytes, ' ');
		} else if (instance.place == 1) {
			add(found, instance.name, instance.name_bytes - 1, ' ');
		}
	}
}

static char
end_of(const char *folder, const char *name)
{
	char path[2 * PATH_MAX];
	struct stat status;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return stat(path, &status) == 0 && S_ISDIR(status.st_mode) ? '/' : ' ';
}

static void
add_files(struct found *found, const char *folder)
{
	DIR *all = opendir(folder);
	struct dirent *entry;

	while (all != NULL && (entry = readdir(all)) != NULL) {
		if (entry->d_name[0] != '.') {
			add(found, entry->d_name, strlen(entry->d_name),
				end_of(folder, entry->d_name));
		}
	}
	if (all != NULL) {
		(void)closedir(all);
	}
}

/* Takes the folder off the word; `folder` gets its name. */
static void
take_folder(struct found *found, char folder[PATH_MAX])
{
	size_t bytes = found->word_bytes;

	while (bytes > 0 && found->word[bytes - 1] != '/') {
		bytes--;
	}
	if (bytes == 0) {
		strcpy(folder, ".");
	} else if (bytes < PATH_MAX) {
		snprintf(folder, PATH_MAX, "%.*s", (int)bytes, found->word);
	} else {
		*folder = '\0';
	}
	found->word += bytes;
	found->word_bytes -= bytes;
}

/* --- where the word stands ------------------------------------------------------------------- */

enum kind { COMMANDS, CLASSES, PROCESSES, FILES };

static bool
is_word(const char *word, size_t bytes, const char *name)
{
	return strlen(name) == bytes && memcmp(word, name, bytes) == 0;
}

/* What the words before it say that it is. */
static enum kind
kind_of(const char *line, const char *word)
{
	static const char *const about[] = {"kill", "stop", "start", "restart"};
	enum kind kind = COMMANDS;

	while (line < word) {
		size_t bytes = strcspn(line, " ");

		if (bytes == 0) {
			line++;
			continue;
		}
		if (kind == COMMANDS && is_word(line, bytes, "run")) {
			kind = CLASSES;
		} else if (kind != COMMANDS || !is_word(line, bytes, "time")) {
			kind = FILES;
		}
		for (size_t i = 0; i < sizeof(about) / sizeof(about[0]); i++) {
			kind = is_word(line, bytes, about[i]) ? PROCESSES : kind;
		}
		line += bytes;
	}
	return kind;
}

static void
find(struct found *found, enum kind kind, const char *folder)
{
	found->count = 0;
	if (kind == COMMANDS) {
		add_commands(found);
	} else if (kind == FILES) {
		add_files(found, folder);
	} else {
		add_processes(found, kind == CLASSES);
	}
}

/* Puts a text into the line; what does not fit is left out. */
static void
insert(char *line, size_t capacity, size_t *at, const char *text, size_t bytes)
{
	size_t length = strlen(line);

	if (bytes > capacity - 1 - length) {
		return;
	}
	memmove(line + *at + bytes, line + *at, length - *at + 1);
	memcpy(line + *at, text, bytes);
	*at += bytes;
}

bool
complete(char *line, size_t capacity, size_t *at)
{
	struct found found = {0};
	char folder[PATH_MAX] = "";
	size_t start = *at;

	while (start > 0 && strchr(" <>", line[start - 1]) == NULL) {
		start--;
	}
	bool is_redirected = start > 0 && line[start - 1] != ' ';
	enum kind kind = is_redirected ? FILES : kind_of(line, line + start);
	found.word = line + start;
	found.word_bytes = *at - start;
	if (kind == FILES) {
		take_folder(&found, folder);
	}
	find(&found, kind, folder);
	size_t more = found.count == 0 ? 0 : strlen(found.common) - found.word_bytes;
	if (found.count > 1 && more == 0) {
		found.is_listed = true;
		printf("\n");
		find(&found, kind, folder);
		printf("\n");
		return true;
	}
	insert(line, capacity, at, found.common + found.word_bytes, more);
	if (found.count == 1 && line[*at] != found.end) {
		insert(line, capacity, at, &found.end, 1);
	}
	return false;
}
