/* SPDX-License-Identifier: 0BSD */
/* Counts lines, words and bytes of files, or of its input. The least of programs that `run` starts.
 */
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct counts {
	unsigned long lines;
	unsigned long words;
	unsigned long bytes;
};

static bool
count_file(FILE *file, struct counts *counts)
{
	bool in_word = false;
	int byte;

	while ((byte = getc(file)) != EOF) {
		counts->bytes++;
		counts->lines += byte == '\n';
		counts->words += !in_word && !isspace(byte);
		in_word = !isspace(byte);
	}
	return !ferror(file);
}

static int
count(const char *name, FILE *file)
{
	struct counts counts = {0};

	if (file == NULL || !count_file(file, &counts)) {
		fprintf(stderr, "wc: %s: %s\n", name, strerror(errno));
		return 1;
	}
	printf("%7lu %7lu %7lu  %s\n", counts.lines, counts.words, counts.bytes, name);
	return 0;
}

int
main(int argc, char **argv)
{
	int code = argc < 2 ? count("input", stdin) : 0;

	for (int i = 1; i < argc; i++) {
		FILE *file = fopen(argv[i], "r");

		code |= count(argv[i], file);
		if (file != NULL) {
			(void)fclose(file);
		}
	}
	return code;
}
