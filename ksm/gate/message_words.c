/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* message_words.c: a message that somebody typed, as a step of a test would name it. */
#include "message_words.h"

#include "ast.h"
#include "ast_rule.h"
#include "buffer.h"
#include "compile.h"
#include "parse.h"

const struct ast_step *
message_words(struct compile *c, const char *words)
{
	struct buffer b;
	const struct ast_file *file;
	uint32_t errors = c->diags.error_count;

	buffer_init(&b, &c->arena);
	buffer_text(&b,
		arena_format(&c->arena, "edition %u test \"why\" { grant ", compile_edition(c)));
	buffer_text(&b, words);
	buffer_text(&b, " }\n");
	file = parse_source(c, source_add(c, "<message>", b.bytes, b.size));
	if (c->diags.error_count != errors || file->items == NULL ||
		file->items->kind != AST_ITEM_TEST || file->items->test->steps == NULL ||
		file->items->test->steps->next != NULL) {
		return NULL;
	}
	return file->items->test->steps;
}
