/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stdio over files of services: lines, files without a name, streams for one thread. */
#define _POSIX_C_SOURCE 200809L

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "posix.h"

#define TEXT "/rom/text"
#define LINE "the first line\n"

void
test_getline(void)
{
	char *line = NULL;
	size_t room = 0;
	FILE *reading = fopen(TEXT, "r");

	expect_equal(getline(&line, &room, reading), 15);
	expect_equal(strcmp(line, LINE), 0);
	expect_equal(getline(&line, &room, reading), 30);
	expect_equal(getline(&line, &room, reading), -1);
	fails(getline(NULL, &room, reading), EINVAL);
	free(line);
	expect_equal(fclose(reading), 0);
}

void
test_getdelim(void)
{
	char *part = NULL;
	size_t room = 0;
	FILE *reading = fopen(TEXT, "r");

	expect_equal(getdelim(&part, &room, ' ', reading), 4);
	expect_equal(strcmp(part, "the "), 0);
	fails(getdelim(&part, NULL, ' ', reading), EINVAL);
	free(part);
	expect_equal(fclose(reading), 0);
}

void
test_tmpfile(void)
{
	char text[2] = "";
	FILE *file;

	fails_null(tmpfile(), ENOENT);
	expect_equal(mkdir("/tmp", 0777), 0);
	file = tmpfile();
	expect(file != NULL);
	expect_equal(fputc('x', file), 'x');
	rewind(file);
	expect_equal(fread(text, 1, 1, file), 1);
	expect_equal(text[0], 'x');
	expect_equal(fclose(file), 0);
	/* It had no name. */
	expect_equal(rmdir("/tmp"), 0);
}

void
test_perror(void)
{
	int fd = open("/perror", O_WRONLY | O_CREAT, 0666);
	int old = dup(2);

	expect_equal(dup2(fd, 2), 2);
	errno = ENOENT;
	perror("why");
	expect_equal(dup2(old, 2), 2);
	expect_equal(close(old), 0);
	expect_equal(close(fd), 0);
	expect_equal(strncmp(posix_read("/perror"), "why: ", 5), 0);
	expect_equal(unlink("/perror"), 0);
}

void
test_flockfile(void)
{
	flockfile(stdout);
	expect_equal(ftrylockfile(stdout), 0);
	funlockfile(stdout);
	funlockfile(stdout);
}
