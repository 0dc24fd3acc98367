/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The host file: users and executables of instances. */
#define _GNU_SOURCE
#include "ksm/hosts/linux/identity.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ksm/hosts/system.h"

#define WORDS_MAX 7

struct identity {
	bool is_known;
	uid_t user;
	char exe[PATH_MAX]; /* "": any */
};

static struct identity identities[SYSTEM_INSTANCES_MAX];

static bool
user_read(const char *word, uid_t *user)
{
	const struct passwd *entry;
	char *end;

	if (strcmp(word, "self") == 0) {
		*user = getuid();
		return true;
	}
	errno = 0;
	unsigned long number = strtoul(word, &end, 10);
	if (word[0] >= '0' && word[0] <= '9' && *end == '\0' && errno == 0 && number < UINT32_MAX) {
		*user = (uid_t)number;
		return true;
	}
	entry = getpwnam(word);
	if (entry != NULL) {
		*user = entry->pw_uid;
	}
	return entry != NULL;
}

static uint32_t
words_split(char *line, char **words)
{
	uint32_t count = 0;
	char *hash = strchr(line, '#');

	if (hash != NULL) {
		*hash = '\0';
	}
	for (char *word = strtok(line, " \t\r\n"); word != NULL && count < WORDS_MAX;
		word = strtok(NULL, " \t\r\n")) {
		words[count++] = word;
	}
	return count;
}

/* Returns NULL, or what is wrong. */
static const char *
line_read(char **words, uint32_t count)
{
	const struct system_member *members = system_member(0);
	const struct system_member *member;
	struct identity *identity;

	if ((count != 4 && count != 6) || strcmp(words[0], "instance") != 0 ||
		strcmp(words[2], "uid") != 0 || (count == 6 && strcmp(words[4], "exe") != 0)) {
		return "a line says: instance NAME uid USER [exe PATH]";
	}
	member = system_named(words[1]);
	if (member == NULL) {
		return "the system has no instance of this name";
	}
	identity = &identities[member - members];
	if (identity->is_known) {
		return "this instance has a line already";
	}
	if (!user_read(words[3], &identity->user)) {
		return "there is no such user";
	}
	if (count == 6 && (words[5][0] != '/' || realpath(words[5], identity->exe) == NULL)) {
		return "there is no such executable; write its whole path";
	}
	identity->is_known = true;
	return NULL;
}

bool
identity_read(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[PATH_MAX + 256];
	const char *error = NULL;
	uint32_t number = 0;

	if (file == NULL) {
		(void)fprintf(
			stderr, "%s: error: cannot read this file: %s\n", path, strerror(errno));
		return false;
	}
	while (error == NULL && fgets(line, sizeof(line), file) != NULL) {
		char *words[WORDS_MAX];
		bool is_whole = strchr(line, '\n') != NULL || feof(file);
		uint32_t count = words_split(line, words);

		number++;
		if (!is_whole) {
			error = "this line is too long";
		} else if (count != 0) {
			error = line_read(words, count);
		}
	}
	(void)fclose(file);
	if (error != NULL) {
		(void)fprintf(stderr, "%s:%u: error: %s\n", path, number, error);
	}
	return error == NULL;
}

bool
identity_is_known(uint32_t member)
{
	return identities[member].is_known;
}

uid_t
identity_user(uint32_t member)
{
	return identities[member].user;
}

const char *
identity_check(uint32_t member, uid_t user, pid_t process)
{
	const struct identity *identity = &identities[member];
	char link[64];
	char exe[PATH_MAX];

	if (!identity->is_known || user != identity->user) {
		return "another user than the host file says";
	}
	if (identity->exe[0] == '\0') {
		return NULL;
	}
	(void)snprintf(link, sizeof(link), "/proc/%ld/exe", (long)process);
	ssize_t length = readlink(link, exe, sizeof(exe) - 1);
	if (length < 0) {
		return "its executable cannot be seen";
	}
	exe[length] = '\0';
	return strcmp(exe, identity->exe) == 0 ? NULL
					       : "another executable than the host file says";
}
