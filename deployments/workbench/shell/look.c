/* SPDX-License-Identifier: 0BSD */
/* Commands that look at files. */
#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "commands.h"
#include "interrupt.h"
#include "gatehouse/process.h"

#define LINE_BYTES 16 /* of hexdump */
#define KIB        1024u

static int
print_entry(const char *folder, const struct dirent *entry)
{
	char name[PATH_MAX + NAME_MAX + 2];
	struct stat status;

	snprintf(name, sizeof(name), "%s/%s", folder, entry->d_name);
	if (stat(name, &status) != 0) {
		return command_failed(name);
	}
	if (S_ISDIR(status.st_mode)) {
		printf("         -  %s/\n", entry->d_name);
	} else {
		printf("%10lu  %s\n", (unsigned long)status.st_size, entry->d_name);
	}
	return 0;
}

int
run_ls(int count, char **words)
{
	const char *folder = count > 1 ? words[1] : ".";
	struct dirent **entries;
	int code = 0;
	int found = scandir(folder, &entries, NULL, alphasort);

	if (found < 0) {
		return command_failed(folder);
	}
	for (int i = 0; i < found; i++) {
		code |= print_entry(folder, entries[i]);
		free(entries[i]);
	}
	free(entries);
	return code;
}

static int
copy_out(const char *name, FILE *file)
{
	char bytes[512];
	size_t count;

	while ((count = fread(bytes, 1, sizeof(bytes), file)) > 0 && !interrupt_seen()) {
		fwrite(bytes, 1, count, stdout);
	}
	return ferror(file) ? command_failed(name) : 0;
}

/* What a person types ends with Ctrl-D, or Ctrl-C. */
static int
copy_typed(void)
{
	char line[258];

	while (fgets(line, sizeof(line), stdin) != NULL) {
		fputs(line, stdout);
		fflush(stdout);
	}
	return 0;
}

int
run_cat(int count, char **words)
{
	int code = 0;

	if (count == 1) {
		return isatty(STDIN_FILENO) ? copy_typed() : copy_out("input", stdin);
	}
	for (int i = 1; i < count; i++) {
		FILE *file = fopen(words[i], "r");

		if (file == NULL) {
			code = command_failed(words[i]);
			continue;
		}
		code |= copy_out(words[i], file);
		(void)fclose(file);
	}
	return code;
}

static void
print_bytes(unsigned long at, const unsigned char *bytes, size_t count)
{
	printf("%08lx ", at);
	for (size_t i = 0; i < LINE_BYTES; i++) {
		if (i < count) {
			printf(" %02x", bytes[i]);
		} else {
			printf("   ");
		}
	}
	printf("  ");
	for (size_t i = 0; i < count; i++) {
		putchar(bytes[i] >= ' ' && bytes[i] < 0x7f ? bytes[i] : '.');
	}
	putchar('\n');
}

int
run_hexdump(int count, char **words)
{
	unsigned char bytes[LINE_BYTES];
	unsigned long at = 0;
	size_t got;
	FILE *file = fopen(words[1], "r");

	(void)count;
	if (file == NULL) {
		return command_failed(words[1]);
	}
	while ((got = fread(bytes, 1, sizeof(bytes), file)) > 0 && !interrupt_seen()) {
		print_bytes(at, bytes, got);
		at += got;
	}
	int code = ferror(file) ? command_failed(words[1]) : 0;
	(void)fclose(file);
	return code;
}

/* Calls `print` with each service of attribute `mounts`, "ram:/ rom:/rom". */
static int
each_mount(int (*print)(const char *service, const char *at))
{
	const char *text = process_attribute("mounts");
	int code = 0;

	while (text != NULL && *text != '\0') {
		char word[PATH_MAX];
		size_t bytes = strcspn(text, " ");

		snprintf(word, sizeof(word), "%.*s", (int)bytes, text);
		char *colon = strchr(word, ':');
		if (colon != NULL) {
			*colon = '\0';
			code |= print(word, colon + 1);
		}
		text += bytes;
		text += strspn(text, " ");
	}
	return code;
}

static int
print_usage(const char *service, const char *at)
{
	struct statvfs status;

	if (statvfs(at, &status) != 0) {
		return command_failed(at);
	}
	unsigned long unit = status.f_frsize / KIB;
	printf("%-6s %8lu %8lu %8lu  %s\n", service, status.f_blocks * unit, status.f_bfree * unit,
		status.f_bavail * unit, at);
	return 0;
}

int
run_df(int count, char **words)
{
	(void)count;
	(void)words;
	printf("       KiB: all     free     ours  at\n");
	return each_mount(print_usage);
}

static int
print_mount(const char *service, const char *at)
{
	struct statvfs status;

	if (statvfs(at, &status) != 0) {
		return command_failed(at);
	}
	printf("%s at %s%s\n", service, at,
		(status.f_flag & ST_RDONLY) != 0 ? ", for reading" : "");
	return 0;
}

int
run_mount(int count, char **words)
{
	(void)count;
	(void)words;
	return each_mount(print_mount);
}

int
run_pwd(int count, char **words)
{
	char here[PATH_MAX];

	(void)count;
	(void)words;
	printf("%s\n", getcwd(here, sizeof(here)));
	return 0;
}

int
run_cd(int count, char **words)
{
	const char *folder = count > 1 ? words[1] : "/";

	return chdir(folder) == 0 ? 0 : command_failed(folder);
}

int
run_echo(int count, char **words)
{
	for (int i = 1; i < count; i++) {
		printf("%s%s", i > 1 ? " " : "", words[i]);
	}
	printf("\n");
	return 0;
}
