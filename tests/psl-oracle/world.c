/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* world.c: the names that gate import wrote down. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

const char *class_names[CLASSES_MAX];
const char *class_gates[CLASSES_MAX];
bool class_runs[CLASSES_MAX];
int class_count;
struct method methods[METHODS_MAX];
int method_count;
struct field fields[FIELDS_MAX];
int field_count;

int
class_find(const char *name)
{
	for (int i = 0; i < class_count; i++) {
		if (strcmp(class_names[i], name) == 0) {
			return i;
		}
	}
	return -1;
}

/* The latest method is the one that its fields follow. */
static struct field *
field_find(const char *direction, const char *path)
{
	struct field *f = field_count == 0 ? NULL : &fields[field_count - 1];

	if (f != NULL && f->method == &methods[method_count - 1] && f->direction == direction[0] &&
		strcmp(f->path, path) == 0) {
		return f;
	}
	if (field_count == FIELDS_MAX) {
		fail("too many fields", path);
	}
	f = &fields[field_count++];
	f->method = &methods[method_count - 1];
	f->direction = direction[0];
	f->path = strdup(path);
	return f;
}

static void
method_add(char *const *part)
{
	if (method_count == METHODS_MAX) {
		fail("too many methods", part[2]);
	}
	methods[method_count++] = (struct method){strdup(part[0]), strdup(part[1]), strdup(part[2]),
		strdup(part[3]), strdup(part[4]), strdup(part[5]), strdup(part[6])};
}

static void
line_read(char *line)
{
	char *part[11] = {0};
	int count = 0;
	const char *word = strtok(line, " \n");

	if (word == NULL) {
		return;
	}
	/* A text is all of the line that is left. */
	while (count < 10 &&
		(part[count] = strtok(NULL, word[0] == 't' && count == 7 ? "\n" : " \n")) != NULL) {
		count++;
	}
	if (strcmp(word, "class") == 0 && class_count < CLASSES_MAX) {
		class_names[class_count] = strdup(part[0]);
		class_gates[class_count++] = strdup(part[1]);
	} else if (strcmp(word, "method") == 0) {
		method_add(part);
	} else {
		struct field *f = field_find(part[3], part[4]);

		f->gate = strdup(part[5]);
		f->is_text = word[0] == 't';
		if (f->is_text) {
			f->text_words[f->text_count] = strdup(part[6]);
			f->texts[f->text_count++] = strdup(part[7] == NULL ? "" : part[7]);
		} else {
			f->low = strtoll(part[6], NULL, 10);
			f->high = strtoll(part[7], NULL, 10);
			f->unit = part[8] == NULL ? 0 : (int)strtol(part[8], NULL, 10);
		}
	}
}

void
world_read(const char *path)
{
	static char line[4096];
	FILE *in = fopen(path, "r");

	if (in == NULL) {
		fail("cannot read", path);
	}
	while (fgets(line, sizeof line, in) != NULL) {
		line_read(line);
	}
	(void)fclose(in);
}
