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
	bool has_gap = false;

	while (text < end) {
		const char *begin = text;
		bool is_text = false;

		if (*text == '#') {
			while (text < end && *text != '\n') {
				text++;
			}
			has_gap = true;
			continue;
		}
		if (is_blank(*text)) {
			has_gap = true;
			text++;
			continue;
		}
		if (has_gap && b->size != 0) {
			buffer_text(b, " ");
		}
		has_gap = false;
		do {
			is_text = *text == '"' ? !is_text : is_text;
			text++;
		} while (text < end && (is_text || (*text != '#' && !is_blank(*text))));
		buffer_add(b, begin, (size_t)(text - begin));
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

void
rule_text(struct compile *c, const struct ast_rule *rule, struct l1_rule *out)
{
	static const char word[] = "because";
	const struct source *source = source_find(c, rule->span.file);
	const char *begin = source->text + rule->span.offset;
	const char *end = begin + rule->span.length;
	struct buffer b;
	bool is_there;

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
	is_there = b.size <= rule->span.length && memcmp(begin, b.bytes, b.size) == 0;
	out->text_begin = is_there ? begin : arena_copy(&c->arena, b.bytes, b.size);
	out->text_bytes = (uint32_t)b.size;
}

bool
rule_text_same(const struct l1_rule *a, const struct l1_rule *b)
{
	return a->text_bytes == b->text_bytes &&
	       memcmp(a->text_begin, b->text_begin, a->text_bytes) == 0;
}

void
rule_text_set(struct l1_rule *rule, const char *text)
{
	rule->text_begin = text;
	rule->text_bytes = (uint32_t)strlen(text);
}

void
rule_text_add(
	struct compile *c, const struct l1_rule *other, const char *remark, struct l1_rule *out)
{
	rule_text_set(out, arena_format(&c->arena, "%.*s  # %s", (int)other->text_bytes,
				   other->text_begin, remark));
}

void
rule_text_applied(struct sema *s, struct span apply)
{
	struct l1_rule *rule;

	if (s->rules.count == 0) {
		return;
	}
	rule = &((struct l1_rule *)s->rules.elements)[s->rules.count - 1];
	rule_text_add(s->c, rule, source_line(s->c, apply), rule);
}
