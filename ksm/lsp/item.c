/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* item.c: the parser is asked what may stand in an item, and how it may end. */
#include "item.h"

#include <string.h>

#include "ksm/gate/buffer.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/parse.h"
#include "refs_walk.h"

/* How many pieces the parser may ask for, one behind the other. */
#define PIECES_MAX 8u

/* What `accept` wants behind a name; before it is there, the name itself is the error. */
static const char needs_end[] = ".needs";

/* Pieces of what may follow in an item, `zq` for a name; those first that end something. */
static const char *const pieces[] = {")", " }", " zq", ": zq", " -> zq", ".zq", " = 1", " 1", " 1s",
	" \"x\"", "]", ">", " {", "(", " because", ",", " per", " max", " rate", " for", " then",
	" when", " of", " only", " through", " is", " in", " grant", " allow", " upward", " held",
	" enter"};

struct endings {
	const struct item_head *head;
	const char *rest;    /* stands behind the ending */
	uint32_t left;       /* how many may still be tried */
	struct vector begun; /* those that nothing is wrong with but that they go on */
};

size_t
item_trial(const struct item_head *head, struct compile *c, const char *word, const char *tail,
	size_t *limit, struct ast_file **file)
{
	struct buffer text;

	compile_init(c);
	buffer_init(&text, &c->arena);
	buffer_text(&text, head->above);
	buffer_text(&text, head->before);
	buffer_text(&text, word);
	*limit = text.size;
	buffer_text(&text, tail);
	*file = parse_source(c, source_add(c, "<item>", text.bytes, text.size));
	if (c->diags.first == NULL) {
		return SIZE_MAX;
	}
	return c->diags.first->at.offset;
}

bool
item_takes(const struct item_head *head, const char *word)
{
	struct compile c;
	struct ast_file *file;
	size_t limit;
	size_t error = item_trial(head, &c, word, " ", &limit, &file);

	compile_release(&c);
	return error >= limit;
}

/* Whether the parser says that it would take a piece: "expected `,` or `)`, found ...". */
static bool
is_expected(struct arena *a, const char *sentence, const char *piece)
{
	const char *end = strstr(sentence, ", found ");
	const char *word = piece + strspn(piece, " ");
	const char *mark = strcmp(word, "zq") == 0 ? "name"
			   : word[0] == '"'        ? "text"
						   : arena_format(a, "`%s`", word);
	const char *at = strstr(sentence, mark);

	return end != NULL && at != NULL && at < end;
}

/*
 * Tries an ending, and as long as the parser says what it would take, that behind it: the way to
 * the end of a rule in a template is long, and at each place there are many pieces. Returns what
 * stands behind the probe then, or NULL. Recursion is bounded by depth.
 */
static const char *
ending_follow(struct endings *e, const char *tail, uint32_t depth)
{
	struct arena *a = e->head->a;
	const char *behind = arena_format(a, "%s%s", tail, e->rest);
	const char *sentence;
	const char *found = NULL;
	struct compile c;
	struct ast_file *file;
	size_t limit;
	size_t error;

	if (e->left == 0) {
		return NULL;
	}
	e->left--;
	error = item_trial(e->head, &c, PROBE_WORD, behind, &limit, &file);
	sentence = error == SIZE_MAX ? "" : arena_format(a, "%s", c.diags.first->sentence);
	compile_release(&c);
	if (error == SIZE_MAX) {
		return behind;
	}
	if (error < limit + strlen(tail)) {
		return NULL;
	}
	*(const char **)vector_push(&e->begun, a, sizeof tail) = tail;
	for (size_t n = 0; n < sizeof pieces / sizeof pieces[0] && depth < PIECES_MAX; n++) {
		if (found == NULL && is_expected(a, sentence, pieces[n])) {
			found = ending_follow(
				e, arena_format(a, "%s%s", tail, pieces[n]), depth + 1);
		}
	}
	return found;
}

const char *
item_ending(const struct item_head *head, const char *rest, uint32_t max)
{
	struct endings e = {.head = head, .rest = rest, .left = max};
	const char *found = ending_follow(&e, "", 0);

	found = found == NULL ? ending_follow(&e, needs_end, 0) : found;
	for (uint32_t i = 0; i < e.begun.count && e.left > 0; i++) {
		const char *tail = ((const char **)e.begun.elements)[i];

		for (size_t n = 0; n < sizeof pieces / sizeof pieces[0] && found == NULL; n++) {
			found = ending_follow(
				&e, arena_format(head->a, "%s%s", tail, pieces[n]), PIECES_MAX - 1);
		}
	}
	return found;
}
