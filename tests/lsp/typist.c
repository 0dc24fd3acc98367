/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * typist FILE PROGRAM WORD...: types a file letter by letter into a language server, and waits
 * behind each for what gate finds, as a person does who looks at the screen. Prints
 *     LETTERS MEAN WORST LINE:COLUMN ASKED
 * with times in microseconds by the clock: of a letter on average, of the dearest one and where it
 * is, and of the dearest completion, asked for behind every 7th letter. What took longer than all
 * before it is done up to four times again, and the shortest counts: others use this machine, too.
 * The last letter must leave no finding. Exit code: 0, or 1 with a sentence on stderr.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BODY_BYTES_MAX ((size_t)1 << 20)
#define TEXT_BYTES_MAX ((size_t)1 << 20)
#define TRIES          5
#define TIME_S_MAX     600u /* for all of it: a server that says nothing ends this */
#define ASKED_EVERY    7u
#define ASKED_FIRST    1000u /* the number of the first completion */

struct place {
	unsigned line;
	unsigned column;
};

static FILE *to;
static FILE *from;
static char body[BODY_BYTES_MAX + 1]; /* of the message that came last */
static char uri[4096];
static unsigned version;
static struct place at; /* where the next letter goes */

static _Noreturn void
fail(const char *what, const char *more)
{
	(void)fprintf(stderr, "%u:%u: %s%.300s\n", at.line + 1, at.column + 1, what, more);
	exit(1);
}

static long
now_us(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

static void
say(const char *format, ...)
{
	char text[2 * sizeof(uri)];
	va_list args;
	int size;

	va_start(args, format);
	size = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (fprintf(to, "Content-Length: %d\r\n\r\n%s", size, text) < 0 || fflush(to) != 0) {
		fail("the server takes nothing more", "");
	}
}

/* Reads messages up to one that has this in it. */
static void
await(const char *mark)
{
	do {
		size_t size = 0;
		char head[128];

		while (fgets(head, sizeof(head), from) != NULL && head[0] != '\r') {
			(void)sscanf(head, "Content-Length: %zu", &size);
		}
		if (size == 0 || size > BODY_BYTES_MAX || fread(body, 1, size, from) != size) {
			fail("the server ended, or sent what is no message", "");
		}
		body[size] = '\0';
		if (strstr(body, "gave up") != NULL || strstr(body, "\"error\":") != NULL) {
			fail("it says ", body);
		}
	} while (strstr(body, mark) == NULL);
}

/* Sets a text in the place of what stands between two places. Returns how long that took. */
static long
change_us(struct place first, struct place end, const char *text)
{
	char mark[sizeof(uri) + 64];
	long begun = now_us();

	version++;
	say("{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didChange\",\"params\":{"
	    "\"textDocument\":{\"uri\":\"%s\",\"version\":%u},\"contentChanges\":[{\"range\":{"
	    "\"start\":{\"line\":%u,\"character\":%u},\"end\":{\"line\":%u,\"character\":%u}},"
	    "\"text\":\"%s\"}]}}",
		uri, version, first.line, first.column, end.line, end.column, text);
	(void)snprintf(mark, sizeof(mark), "\"version\":%u,\"uri\":\"%s\",", version, uri);
	await(mark);
	return now_us() - begun;
}

/* Types one letter, and again if it took longer than worst. Returns the shortest time. */
static long
letter_us(char letter, long worst)
{
	static const char special[] = "\n\t\"\\";
	static const char *const escapes[] = {"\\n", "\\t", "\\\"", "\\\\"};
	const char *found = strchr(special, letter);
	char plain[2] = {letter, '\0'};
	const char *text = found == NULL ? plain : escapes[found - special];
	struct place behind = {at.line + (letter == '\n'), letter == '\n' ? 0 : at.column + 1};
	long best = change_us(at, at, text);

	for (int i = 1; i < TRIES && best > worst; i++) {
		long again;

		(void)change_us(at, behind, "");
		again = change_us(at, at, text);
		best = again < best ? again : best;
	}
	at = behind;
	return best;
}

/* Asks what may follow, and again if it took longer than worst. Returns the shortest time. */
static long
asked_us(long worst)
{
	static unsigned id = ASKED_FIRST;
	long best = 0;

	for (int i = 0; i < TRIES && (i == 0 || best > worst); i++) {
		char mark[64];
		long begun = now_us();
		long took;

		say("{\"jsonrpc\":\"2.0\",\"id\":%u,\"method\":\"textDocument/completion\","
		    "\"params\":{\"textDocument\":{\"uri\":\"%s\"},\"position\":{\"line\":%u,"
		    "\"character\":%u}}}",
			++id, uri, at.line, at.column);
		(void)snprintf(mark, sizeof(mark), "\"id\":%u,\"result\":", id);
		await(mark);
		took = now_us() - begun;
		best = i == 0 || took < best ? took : best;
	}
	return best;
}

static pid_t
server_start(char **words)
{
	int in[2];
	int out[2];
	pid_t child;

	if (pipe(in) != 0 || pipe(out) != 0 || (child = fork()) < 0) {
		fail("no process: ", words[0]);
	}
	if (child == 0) {
		(void)dup2(in[0], STDIN_FILENO);
		(void)dup2(out[1], STDOUT_FILENO);
		(void)close(in[1]);
		(void)close(out[0]);
		(void)execv(words[0], words);
		perror(words[0]);
		_exit(127);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	to = fdopen(in[1], "w");
	from = fdopen(out[0], "r");
	return child;
}

static void
server_end(pid_t child)
{
	int status = -1;

	say("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"shutdown\"}");
	await("\"id\":2,");
	say("{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");
	(void)fclose(to);
	if (waitpid(child, &status, 0) != child || status != 0) {
		fail("the server did not end well", "");
	}
}

static void
file_type(const char *text, size_t size)
{
	struct place worst_at = at;
	long worst = 0;
	long asked = 0;
	long sum = 0;

	for (size_t i = 0; i < size; i++) {
		struct place here = at;
		long took = letter_us(text[i], worst);

		sum += took;
		if (took > worst) {
			worst = took;
			worst_at = here;
		}
		if (i + 1 == size && strstr(body, "\"diagnostics\":[]") == NULL) {
			fail("the whole of it has findings: ", body);
		}
		if (i % ASKED_EVERY == 0) {
			took = asked_us(asked);
			asked = took > asked ? took : asked;
		}
	}
	(void)printf("%zu %ld %ld %u:%u %ld\n", size, sum / (long)size, worst, worst_at.line + 1,
		worst_at.column + 1, asked);
}

int
main(int argc, char **argv)
{
	static char text[TEXT_BYTES_MAX];
	char folder[sizeof(uri) / 2];
	FILE *file = argc < 3 ? NULL : fopen(argv[1], "r");
	size_t size;
	pid_t child;

	if (file == NULL || getcwd(folder, sizeof(folder)) == NULL) {
		(void)fprintf(stderr, "usage: typist FILE PROGRAM WORD...; FILE is below here\n");
		return 2;
	}
	size = fread(text, 1, sizeof(text), file);
	if (size == 0 || size == sizeof(text) || memchr(text, '\0', size) != NULL) {
		(void)fprintf(stderr, "typist: %s is empty, or no text, or too long\n", argv[1]);
		return 2;
	}
	(void)snprintf(uri, sizeof(uri), "file://%s/%s", folder, argv[1]);
	(void)alarm(TIME_S_MAX);
	child = server_start(argv + 2);
	say("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{"
	    "\"capabilities\":{},\"rootUri\":null}}");
	await("\"id\":1,");
	say("{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\",\"params\":{"
	    "\"textDocument\":{\"uri\":\"%s\",\"version\":0,\"text\":\"\"}}}",
		uri);
	file_type(text, size);
	server_end(child);
	return 0;
}
