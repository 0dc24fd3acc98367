/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* digests.c: the SHA-256 and size of each program, as the image tool wrote them. */
#include "digests.h"

#include <stdio.h>
#include <string.h>

#include "compile.h"
#include "sema.h"
#include "sema_options.h"

#define LINE_WORDS 5u

static int
nibble(char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool
hex_read(const char *hex, uint8_t digest[32])
{
	if (strlen(hex) != 64) {
		return false;
	}
	for (uint32_t i = 0; i < 32; i++) {
		int high = nibble(hex[2 * i]);
		int low = nibble(hex[2 * i + 1]);

		if (high < 0 || low < 0) {
			return false;
		}
		digest[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

static bool
pages_read(const char *word, uint32_t *pages)
{
	uint32_t value = 0;

	for (; *word >= '0' && *word <= '9' && value < 1000000; word++) {
		value = value * 10 + (uint32_t)(*word - '0');
	}
	*pages = value;
	return *word == '\0';
}

/* Splits a line at blanks. Returns the number of words, LINE_WORDS + 1 if there are more. */
static uint32_t
words_split(char *line, char **words)
{
	uint32_t count = 0;

	for (char *word = strtok(line, " \r"); word != NULL; word = strtok(NULL, " \r")) {
		if (count == LINE_WORDS) {
			return LINE_WORDS + 1;
		}
		words[count++] = word;
	}
	return count;
}

static bool
entry_read(struct compile *c, char *line, struct digests_entry *entry)
{
	char *words[LINE_WORDS];
	uint32_t count = words_split(line, words);

	if (count != LINE_WORDS || !hex_read(words[1], entry->digest) ||
		!pages_read(words[2], &entry->text_pages) ||
		!pages_read(words[3], &entry->data_pages) ||
		!pages_read(words[4], &entry->bss_pages)) {
		return false;
	}
	entry->program = arena_copy(&c->arena, words[0], strlen(words[0]));
	return true;
}

const struct digests *
digests_read(struct compile *c, const char *path)
{
	const struct source *source = source_read(c, path);
	struct digests *digests = arena_alloc(&c->arena, sizeof *digests);
	struct digests_entry **end = &digests->first;
	uint32_t number = 1;
	char *text;

	if (source == NULL) {
		return NULL;
	}
	digests->path = path;
	text = arena_copy(&c->arena, source->text, source->size);
	for (char *line = text; *line != '\0'; number++) {
		char *newline = strchr(line, '\n');
		char *next = newline == NULL ? line + strlen(line) : newline + 1;

		if (newline != NULL) {
			*newline = '\0';
		}
		*end = arena_alloc(&c->arena, sizeof **end);
		if (!entry_read(c, line, *end)) {
			struct span at = span_of_file(source);

			at.line = number;
			at.col = 1;
			diag_help(diag_error(c, at, "P5",
					  "a line here is `name sha256 text_pages data_pages "
					  "bss_pages`"),
				"the build writes this file: make image");
			return NULL;
		}
		end = &(*end)->next;
		line = next;
	}
	return digests;
}

const struct digests_entry *
digests_find(const struct digests *digests, const char *program)
{
	const struct digests_entry *entry = digests == NULL ? NULL : digests->first;

	while (entry != NULL && !sema_same(entry->program, program)) {
		entry = entry->next;
	}
	return entry;
}

void
digests_give(struct sema *s)
{
	if (s->options->digests == NULL || s->system == NULL) {
		return;
	}
	for (uint32_t i = 1; i < s->l1->instance_count; i++) {
		struct l1_instance *instance = &s->l1->instances[i];
		const struct digests_entry *entry =
			digests_find(s->options->digests, instance->class->program);
		struct diag *d;

		if (entry != NULL) {
			instance->digest = arena_alloc(&s->c->arena, sizeof entry->digest);
			memcpy(instance->digest, entry->digest, sizeof entry->digest);
			continue;
		}
		for (uint32_t n = 1; n < s->instances.count; n++) {
			if (sema_instance(s, n)->number == i) {
				d = diag_error(s->c, sema_instance(s, n)->at, "P5",
					"%s has no program `%s`", s->options->digests->path,
					instance->class->program);
				diag_help(d,
					"build it into the archive, or say `program` in process "
					"`%s`",
					instance->class->name);
			}
		}
	}
}
