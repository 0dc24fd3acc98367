/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stdio over files of services. */
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

/* A stream that can only be read; one that can only be written, to where there is no room. */
static FILE *reading;
static FILE *full;

static void
open_both(void)
{
	reading = fopen(TEXT, "r");
	full = fopen("/dev/full", "w");
	expect(reading != NULL && full != NULL);
}

static void
close_both(void)
{
	expect_equal(fclose(reading), 0);
	(void)fclose(full);
}

/* What a call on the wrong kind of stream gives, and errno says. */
#define wrong(call, failure)                                                                       \
	do {                                                                                       \
		errno = 0;                                                                         \
		expect((call) == (failure));                                                       \
		posix_saw(errno);                                                                  \
	} while (0)

void
test_fopen(void)
{
	FILE *file = fopen("/fopen", "w+");

	expect(file != NULL);
	expect_equal(fputs("one", file), 0);
	expect_equal(fclose(file), 0);
	file = fopen("/fopen", "a");
	expect_equal(fputs(" two", file), 0);
	expect_equal(fclose(file), 0);
	expect_equal(strcmp(posix_read("/fopen"), "one two"), 0);
	fails_null(fopen("/absent", "r"), ENOENT);
	fails_null(fopen("/fopen", "q"), EINVAL);
	expect_equal(unlink("/fopen"), 0);
}

void
test_freopen(void)
{
	char line[32] = "";
	FILE *file = fopen("/dev/null", "r");

	file = freopen(TEXT, "r", file);
	expect(file != NULL);
	expect(fgets(line, sizeof(line), file) != NULL);
	expect_equal(strcmp(line, LINE), 0);
	fails_null(freopen("/absent", "r", file), ENOENT);
}

void
test_fdopen(void)
{
	int fd = open(TEXT, O_RDONLY);
	FILE *file = fdopen(fd, "r");

	expect_equal(fgetc(file), 't');
	expect_equal(fclose(file), 0);
	errno = 0;
	file = fdopen(fd, "r");
	/* newlib opens it and learns at the first read. */
	expect(file == NULL || fgetc(file) == EOF);
	expect_equal(errno, EBADF);
	posix_saw(errno);
	if (file != NULL) {
		(void)fclose(file);
	}
}

void
test_fclose(void)
{
	FILE *file = fopen("/dev/full", "w");

	expect_equal(fputs("x", file) >= 0, 1);
	wrong(fclose(file), EOF);
	file = fopen("/fclose", "w");
	expect_equal(fputs("kept", file) >= 0, 1);
	expect_equal(fclose(file), 0);
	expect_equal(strcmp(posix_read("/fclose"), "kept"), 0);
	expect_equal(unlink("/fclose"), 0);
}

void
test_fread(void)
{
	char text[64];

	open_both();
	expect_equal(fread(text, 1, sizeof(text), reading), 45);
	expect_equal(memcmp(text, LINE, strlen(LINE)), 0);
	expect(feof(reading));
	wrong(fread(text, 1, 1, full), 0);
	expect(ferror(full));
	close_both();
}

void
test_fwrite(void)
{
	static char large[20000];
	FILE *file = fopen("/fwrite", "w");
	struct stat status;

	expect_equal(fwrite(large, 1, sizeof(large), file), sizeof(large));
	expect_equal(fwrite("x", 1, 1, file), 1);
	expect_equal(fclose(file), 0);
	expect_equal(stat("/fwrite", &status), 0);
	expect_equal(status.st_size, sizeof(large) + 1);
	expect_equal(unlink("/fwrite"), 0);
	open_both();
	wrong(fwrite("x", 1, 1, reading), 0);
	close_both();
}

void
test_fflush(void)
{
	FILE *file = fopen("/fflush", "w");

	expect_equal(fputs("at once", file) >= 0, 1);
	expect_equal(strcmp(posix_read("/fflush"), ""), 0);
	expect_equal(fflush(file), 0);
	expect_equal(strcmp(posix_read("/fflush"), "at once"), 0);
	expect_equal(fclose(file), 0);
	expect_equal(unlink("/fflush"), 0);
	open_both();
	expect_equal(fputc('x', full), 'x');
	wrong(fflush(full), EOF);
	close_both();
}

void
test_fgetc(void)
{
	open_both();
	expect_equal(fgetc(reading), 't');
	expect_equal(fgetc(reading), 'h');
	wrong(fgetc(full), EOF);
	close_both();
}

void
test_getc(void)
{
	open_both();
	expect_equal(getc(reading), 't');
	wrong(getc(full), EOF);
	close_both();
}

void
test_fgets(void)
{
	char line[32] = "";

	open_both();
	expect(fgets(line, 5, reading) == line);
	expect_equal(strcmp(line, "the "), 0);
	expect(fgets(line, sizeof(line), reading) == line);
	expect_equal(strcmp(line, "first line\n"), 0);
	wrong(fgets(line, sizeof(line), full), NULL);
	close_both();
}

void
test_fputc(void)
{
	open_both();
	expect_equal(fputc('x', full), 'x');
	wrong(fputc('x', reading), EOF);
	close_both();
}

void
test_putc(void)
{
	open_both();
	expect_equal(putc('x', full), 'x');
	wrong(putc('x', reading), EOF);
	close_both();
}

void
test_fputs(void)
{
	open_both();
	expect(fputs("x", full) >= 0);
	wrong(fputs("x", reading), EOF);
	close_both();
}

/* With standard output in a file, then where there is no room. */
static int saved;

static void
divert(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	fflush(stdout);
	saved = dup(1);
	expect_equal(dup2(fd, 1), 1);
	expect_equal(close(fd), 0);
}

static void
divert_end(void)
{
	clearerr(stdout);
	expect_equal(dup2(saved, 1), 1);
	expect_equal(close(saved), 0);
}

/* A call printed to where there is no room: it says so itself, or fflush does. Nothing can be said
 * until standard output is back. */
static void
no_room(bool said)
{
	bool failed = said || fflush(stdout) == EOF;
	int error = errno;

	divert_end();
	/* What could not go out is thrown away. */
	(void)fflush(stdout);
	expect(failed);
	expect_equal(error, ENOSPC);
	posix_saw(error);
}

void
test_puts(void)
{
	divert("/puts");
	expect(puts("a line") >= 0);
	expect_equal(fflush(stdout), 0);
	divert_end();
	expect_equal(strcmp(posix_read("/puts"), "a line\n"), 0);
	expect_equal(unlink("/puts"), 0);
	divert("/dev/full");
	no_room(puts("x") == EOF);
}

void
test_putchar(void)
{
	divert("/putchar");
	expect_equal(putchar('c'), 'c');
	expect_equal(fflush(stdout), 0);
	divert_end();
	expect_equal(strcmp(posix_read("/putchar"), "c"), 0);
	expect_equal(unlink("/putchar"), 0);
	divert("/dev/full");
	no_room(putchar('c') == EOF);
}

void
test_printf(void)
{
	divert("/printf");
	expect_equal(printf("%d %s %.3f %lld", -5, "text", 2.5, 1234567890123LL), 27);
	expect_equal(fflush(stdout), 0);
	divert_end();
	expect_equal(strcmp(posix_read("/printf"), "-5 text 2.500 1234567890123"), 0);
	expect_equal(unlink("/printf"), 0);
	divert("/dev/full");
	no_room(printf("%d", 1) < 0);
}

void
test_fprintf(void)
{
	FILE *file = fopen("/fprintf", "w");

	expect_equal(fprintf(file, "%s-%x", "a", 255), 4);
	expect_equal(fclose(file), 0);
	expect_equal(strcmp(posix_read("/fprintf"), "a-ff"), 0);
	expect_equal(unlink("/fprintf"), 0);
	open_both();
	errno = 0;
	expect(fprintf(reading, "x") < 0);
	posix_saw(errno);
	close_both();
}

void
test_dprintf(void)
{
	int fd = open("/dprintf", O_WRONLY | O_CREAT, 0666);

	expect_equal(dprintf(fd, "%d", 42), 2);
	expect_equal(close(fd), 0);
	expect_equal(strcmp(posix_read("/dprintf"), "42"), 0);
	expect_equal(unlink("/dprintf"), 0);
	errno = 0;
	expect(dprintf(fd, "%d", 42) < 0);
	posix_saw(errno);
}

void
test_fscanf(void)
{
	char word[16] = "";
	int number = 0;
	FILE *file;

	expect(posix_write("/fscanf", "17 words"));
	file = fopen("/fscanf", "r");
	expect_equal(fscanf(file, "%d %15s", &number, word), 2);
	expect_equal(number, 17);
	expect_equal(strcmp(word, "words"), 0);
	expect_equal(fscanf(file, "%d", &number), EOF);
	expect_equal(fclose(file), 0);
	expect_equal(unlink("/fscanf"), 0);
}

void
test_ungetc(void)
{
	open_both();
	expect_equal(fgetc(reading), 't');
	expect_equal(ungetc('T', reading), 'T');
	expect_equal(fgetc(reading), 'T');
	expect_equal(fgetc(reading), 'h');
	expect_equal(ungetc(EOF, reading), EOF);
	close_both();
}

void
test_fseek(void)
{
	open_both();
	expect_equal(fseek(reading, 4, SEEK_SET), 0);
	expect_equal(fgetc(reading), 'f');
	expect_equal(fseek(reading, -1, SEEK_END), 0);
	expect_equal(fgetc(reading), '\n');
	fails(fseek(reading, -1, SEEK_SET), EINVAL);
	close_both();
}

void
test_fseeko(void)
{
	open_both();
	expect_equal(fseeko(reading, 4, SEEK_SET), 0);
	expect_equal(fgetc(reading), 'f');
	fails(fseeko(reading, -1, SEEK_SET), EINVAL);
	close_both();
}

void
test_ftell(void)
{
	open_both();
	expect_equal(fgetc(reading), 't');
	expect_equal(ftell(reading), 1);
	close_both();
	fails(ftell(stdin), ESPIPE);
}

void
test_ftello(void)
{
	open_both();
	expect_equal(fgetc(reading), 't');
	expect_equal(ftello(reading), 1);
	close_both();
	fails(ftello(stdin), ESPIPE);
}

void
test_rewind(void)
{
	open_both();
	expect_equal(fgetc(reading), 't');
	rewind(reading);
	expect_equal(fgetc(reading), 't');
	close_both();
}

void
test_fgetpos(void)
{
	fpos_t position;

	open_both();
	expect_equal(fgetpos(reading, &position), 0);
	close_both();
	errno = 0;
	expect(fgetpos(stdin, &position) != 0);
	posix_saw(errno);
}

void
test_fsetpos(void)
{
	fpos_t position;

	open_both();
	expect_equal(fgetc(reading), 't');
	expect_equal(fgetpos(reading, &position), 0);
	expect_equal(fgetc(reading), 'h');
	expect_equal(fgetc(reading), 'e');
	expect_equal(fsetpos(reading, &position), 0);
	expect_equal(fgetc(reading), 'h');
	close_both();
}

void
test_setvbuf(void)
{
	FILE *file = fopen("/setvbuf", "w");

	expect_equal(setvbuf(file, NULL, _IONBF, 0), 0);
	expect_equal(fputc('x', file), 'x');
	expect_equal(strcmp(posix_read("/setvbuf"), "x"), 0);
	expect(setvbuf(file, NULL, 77, 0) != 0);
	expect_equal(fclose(file), 0);
	expect_equal(unlink("/setvbuf"), 0);
}

void
test_fileno(void)
{
	open_both();
	expect(fileno(reading) > 2);
	expect_equal(fileno(stdout), 1);
	close_both();
}
