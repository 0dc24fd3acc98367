/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* rule_text.c: a rule of the source as one line for people. */
#include "rule_text.h"

#include <string.h>

#include "ast_rule.h"
#include "buffer.h"
#include "compile.h"
#include "sema.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ';';
}

/* Comments do not begin inside a text; texts hold no line ends and no quotes. */
static void
words_add(struct buffer *b, const char *text, const char *end)
{
	bool is_text = false;
	bool has_gap = false;

	for (; text < end; text++) {
		if (*text == '#' && !is_text) {
			while (text < end && *text != '\n') {
				text++;
			}
			has_gap = true;
			continue;
		}
		if (is_blank(*text) && !is_text) {
			has_gap = true;
			continue;
		}
		if (has_gap && b->size != 0) {
			buffer_text(b, " ");
		}
		has_gap = false;
		is_text = *text == '"' ? !is_text : is_text;
		buffer_add(b, text, 1);
	}
}

const char *
source_line(struct compile *c, struct span span)
{
	const struct source *source = source_find(c, span.file);
	struct arena scratch;
	struct buffer b;
	const char *line;

	arena_init(&scratch);
	buffer_init(&b, &scratch);
	words_add(&b, source->text + span.offset, source->text + span.offset + span.length);
	line = arena_copy(&c->arena, b.bytes, b.size);
	arena_release(&scratch);
	return line;
}

const char *
rule_text(struct compile *c, const struct ast_rule *rule)
{
	static const char word[] = "because";
	const struct source *source = source_find(c, rule->span.file);
	const char *begin = source->text + rule->span.offset;
	const char *end = begin + rule->span.length;
	struct buffer b;

	buffer_init(&b, &c->scratch);
	if (rule->because != NULL) {
		end = source->text + rule->because->span.offset;
	}
	words_add(&b, begin, end);
	if (rule->because != NULL && b.size > strlen(word)) {
		b.size -= strlen(word); /* the word before the text */
		buffer_trim(&b);
	}
	if (rule->because != NULL && rule->until != NULL) {
		buffer_text(&b, " until \"");
		buffer_text(&b, rule->until->bytes);
		buffer_text(&b, "\"");
	}
	return arena_copy(&c->arena, b.bytes, b.size);
}

void
rule_text_applied(struct sema *s, struct span apply)
{
	struct l1_rule *rule;

	if (s->rules.count == 0) {
		return;
	}
	rule = &((struct l1_rule *)s->rules.elements)[s->rules.count - 1];
	rule->text = arena_format(&s->c->arena, "%s  # %s", rule->text, source_line(s->c, apply));
}
