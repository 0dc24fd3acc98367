/* SPDX-License-Identifier: 0BSD */
/* json FILE...: whether each file is JSON, and it again with one member a line. Of what is not, the
 * line and column where it ends to be. - is what is typed. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cJSON.h>

#define FIRST_BYTES 1024u

/* All of a stream and a zero behind it, or NULL with errno. */
static char *
read_all(FILE *stream, size_t *bytes)
{
	size_t room = FIRST_BYTES;
	char *text = malloc(room);

	*bytes = 0;
	while (text != NULL) {
		size_t count = fread(text + *bytes, 1, room - *bytes - 1, stream);
		if (count == 0) {
			break;
		}
		*bytes += count;
		if (*bytes + 1 == room) {
			room *= 2;
			char *more = realloc(text, room);
			if (more == NULL) {
				free(text);
			}
			text = more;
		}
	}
	if (text == NULL) {
		return NULL;
	}
	if (ferror(stream)) {
		free(text);
		return NULL;
	}
	text[*bytes] = '\0';
	return text;
}

static void
complain(const char *name, const char *text, size_t bytes, const char *at)
{
	unsigned line = 1;
	unsigned column = 1;

	for (const char *c = text; c < at && c < text + bytes; c++) {
		line += *c == '\n';
		column = *c == '\n' ? 1 : column + 1;
	}
	fprintf(stderr, "json: %s:%u:%u: this is not JSON from here on\n", name, line, column);
}

static int
print_text(const char *name, const char *text, size_t bytes)
{
	const char *at = text;
	cJSON *value = cJSON_ParseWithLengthOpts(text, bytes + 1, &at, 1);

	if (value == NULL) {
		complain(name, text, bytes, at);
		return EXIT_FAILURE;
	}
	char *again = cJSON_Print(value);
	cJSON_Delete(value);
	if (again == NULL) {
		fprintf(stderr, "json: %s: there is no memory to print it\n", name);
		return EXIT_FAILURE;
	}
	int written = puts(again);
	free(again);
	return written == EOF ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int
print_file(const char *name)
{
	size_t bytes;
	FILE *stream = strcmp(name, "-") == 0 ? stdin : fopen(name, "rb");
	char *text = stream == NULL ? NULL : read_all(stream, &bytes);
	int problem = errno;

	if (stream != NULL && stream != stdin) {
		fclose(stream);
	}
	if (text == NULL) {
		fprintf(stderr, "json: %s: %s\n", name, strerror(problem));
		return EXIT_FAILURE;
	}
	int status = print_text(name, text, bytes);
	free(text);
	return status;
}

int
main(int count, char **arguments)
{
	int status = EXIT_SUCCESS;

	if (count < 2) {
		fprintf(stderr, "usage: json FILE...   (- is what is typed)\n");
		return EXIT_FAILURE;
	}
	for (int i = 1; i < count; i++) {
		if (print_file(arguments[i]) != EXIT_SUCCESS) {
			status = EXIT_FAILURE;
		}
	}
	return status;
}
