/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * complete.c: which words may follow. The parser itself is asked: a word of the language is offered
 * if no error stands at or before it. For names a made-up one is put there, the item is ended in
 * whatever way the parser takes, and the walk over its tree says what the name is for.
 */
#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "ksm/gate/ast.h"
#include "ksm/gate/buffer.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/lex.h"
#include "ksm/gate/parse.h"
#include "ksm/gate/sema.h"
#include "analysis.h"
#include "handlers.h"
#include "item.h"
#include "offer.h"
#include "refs_walk.h"
#include "server.h"
#include "text.h"

/* How many ways to end an item are tried. */
#define ENDINGS_MAX 1500u
/* The same, if more of the item stands on the lines behind. */
#define ENDINGS_BEFORE_MAX 300u
/* More names than these are not compiled one by one. */
#define TRIED_MAX 40u
/* A longer item is read too slowly to be tried: no person writes one. */
#define ITEM_BYTES_MAX ((size_t)64 * 1024)

enum outcome {
	OUTCOME_RIGHT,
	OUTCOME_WRONG,
	OUTCOME_ELSEWHERE,
};

struct complete {
	struct call *c;
	struct document *d;
	struct analysis run;
	size_t from;   /* where the word under way begins ... */
	size_t behind; /* ... and ends */
	struct item_head head;
	const char *rest; /* the item behind the word, "" if nothing */
	size_t first;     /* where the item begins ... */
	size_t end;       /* ... and ends */
	bool is_first;    /* the word begins a line of its own in column 1 */
	uint32_t depth;   /* of braces and parentheses around it */
	struct vector offers;
};

static bool
is_word_byte(char byte)
{
	return isalnum((unsigned char)byte) || byte == '_';
}

/* --- where the item is ----------------------------------------------------------------------- */

static bool
begins_item(const struct token *t)
{
	return t->first_on_line && t->span.col == 1 &&
	       (token_begins_item((enum token_kind)t->kind) || t->kind == TOKEN_DOC);
}

static bool
is_in_comment(const struct lex *lex, size_t offset)
{
	for (uint32_t i = 0; i < lex->comment_count; i++) {
		const struct span *at = &lex->comments[i].span;

		if (offset > at->offset && offset <= at->offset + at->length) {
			return true;
		}
	}
	return false;
}

static void
depth_count(struct complete *k, const struct token *t)
{
	if (t->kind == TOKEN_LBRACE || t->kind == TOKEN_LPAREN) {
		k->depth++;
	} else if ((t->kind == TOKEN_RBRACE || t->kind == TOKEN_RPAREN) && k->depth > 0) {
		k->depth--;
	}
}

/* Finds the item around the word. Returns false where no word may stand: in a comment or a
 * text. */
static bool
item_find(struct complete *k, size_t offset)
{
	const struct document *d = k->d;
	const struct lex *lex;
	size_t first = 0;
	size_t end = d->size;

	k->from = offset;
	while (k->from > 0 && is_word_byte(d->text[k->from - 1])) {
		k->from--;
	}
	k->behind = offset;
	while (k->behind < d->size && is_word_byte(d->text[k->behind])) {
		k->behind++;
	}
	k->is_first = k->from == 0 || d->text[k->from - 1] == '\n';
	lex = lex_source(k->run.c, source_add(k->run.c, "<whole>", d->text, d->size));
	if (is_in_comment(lex, offset)) {
		return false;
	}
	for (uint32_t i = 0; i < lex->token_count; i++) {
		const struct token *t = &lex->tokens[i];
		bool is_around =
			t->span.offset < k->from && k->from < t->span.offset + t->span.length;

		if (is_around &&
			(t->kind == TOKEN_STRING || t->kind == TOKEN_BAD || t->kind == TOKEN_DOC)) {
			return false;
		}
		if (begins_item(t) && t->span.offset < k->from) {
			first = t->span.offset;
			k->depth = 0;
		}
		if (begins_item(t) && t->span.offset > k->from && end == d->size) {
			end = t->span.offset;
		}
		if (t->span.offset < k->from) {
			depth_count(k, t);
		}
	}
	if (k->is_first && first > 0) {
		first = k->from; /* a new item */
		k->depth = 0;
		end = k->behind;
	}
	if (end - first > ITEM_BYTES_MAX) {
		return false;
	}
	k->first = first;
	k->end = end;
	k->head.a = k->c->a;
	k->head.above = first == 0 ? "" : "edition 1\nconst zq = 1\n";
	k->head.before = arena_copy(k->c->a, d->text + first, k->from - first);
	k->rest = arena_copy(k->c->a, d->text + k->behind, end < k->behind ? 0 : end - k->behind);
	return true;
}

/* --- words of the language ------------------------------------------------------------------- */

/* Which `any` the item does not take: an allow wants `any!`, all others `any`. */
static const char *
any_refused(const char *before)
{
	const char *allow = NULL;
	const char *forbid = NULL;

	for (const char *p = before; (p = strstr(p, "allow")) != NULL; p++) {
		allow = p;
	}
	for (const char *p = before; (p = strstr(p, "forbid")) != NULL; p++) {
		forbid = p;
	}
	return allow != NULL && (forbid == NULL || allow > forbid) ? "any" : "any!";
}

static void
words_offer(struct complete *k)
{
	bool is_name = item_takes(&k->head, PROBE_WORD);
	size_t count;
	const char *const *words = token_words(&count);
	const char *refused = any_refused(k->head.before);

	if (item_takes(&k->head, "else") && item_takes(&k->head, "attr")) {
		return; /* where every word is a name */
	}
	for (size_t i = 0; i < count; i++) {
		enum token_kind kind = token_word_find(words[i], strlen(words[i]));

		/* Where a name may stand, a soft word would be one; an item begins in column 1. */
		if ((is_name && token_is_soft_word(kind)) ||
			(token_begins_item(kind) && !k->is_first && k->depth == 0) ||
			(k->is_first && !token_begins_item(kind) && kind != TOKEN_EDITION &&
				kind != TOKEN_UNIT)) {
			continue;
		}
		if (kind == TOKEN_TRUE || kind == TOKEN_FALSE || strcmp(words[i], refused) == 0) {
			continue; /* values are offered by their type */
		}
		if (item_takes(&k->head, words[i])) {
			offer_add(k->run.s, &k->offers, words[i], "word");
		}
	}
}

/* --- names ----------------------------------------------------------------------------------- */

/* Whether gate finds an error in the item, or else anywhere. */
static enum outcome
outcome_of(const struct complete *k)
{
	struct analysis run = analysis_check(k->c->a, k->c->server, k->d->path);

	for (const struct diag *d = run.c->diags.first; d != NULL; d = d->next) {
		if (d->severity == DIAG_ERROR && d->at.file == run.s->root->source->id &&
			d->at.offset >= k->first && d->at.offset < k->end) {
			return OUTCOME_WRONG;
		}
	}
	return run.l1 == NULL ? OUTCOME_ELSEWHERE : OUTCOME_RIGHT;
}

static enum outcome
offer_try(struct complete *k, const struct offer *offer)
{
	size_t length = strlen(offer->word);

	if (document_replace(k->d, k->from, k->behind, offer->word, length)) {
		k->end += length - (k->behind - k->from);
		k->behind = k->from + length;
	}
	return outcome_of(k);
}

/* Whether the file compiles with one of the words of the language. */
static bool
words_try(struct complete *k, uint32_t count)
{
	bool is_right = false;

	for (uint32_t i = 0; i < count && !is_right; i++) {
		is_right = offer_try(k, &((struct offer *)k->offers.elements)[i]) == OUTCOME_RIGHT;
	}
	return is_right;
}

/*
 * Leaves those names with which the file compiles. If there are none, and something may follow,
 * all of them; if the errors are elsewhere, and are there without the item, too, nothing is known:
 * then those that are not wrong in the item. The same where nothing is written behind it yet.
 */
static void
offers_try(struct complete *k, uint32_t first, bool is_last)
{
	struct offer *list = k->offers.elements;
	uint32_t count = k->offers.count;
	enum outcome *outcomes = arena_array(k->c->a, count + 1u, sizeof *outcomes);
	enum outcome wanted = OUTCOME_ELSEWHERE;
	enum outcome other;
	bool is_open = is_last && k->end == k->d->size;

	if (count - first > TRIED_MAX) {
		return;
	}
	for (uint32_t i = first; i < count; i++) {
		outcomes[i] = offer_try(k, &list[i]);
		wanted = outcomes[i] == OUTCOME_RIGHT ? OUTCOME_RIGHT : wanted;
	}
	if (wanted == OUTCOME_ELSEWHERE && words_try(k, first)) {
		wanted = OUTCOME_RIGHT;
	} else if (wanted == OUTCOME_ELSEWHERE && is_last) {
		return;
	}
	other = wanted;
	if ((wanted == OUTCOME_ELSEWHERE || is_open) &&
		document_replace(k->d, k->first, k->end, "", 0)) {
		k->end = k->first;
		other = outcome_of(k);
		wanted = wanted == OUTCOME_ELSEWHERE ? other : wanted;
	}
	k->offers.count = first;
	for (uint32_t i = first; i < count; i++) {
		if (outcomes[i] == wanted || outcomes[i] == other) {
			list[k->offers.count++] = list[i];
		}
	}
}

static void
names_offer(struct complete *k)
{
	struct probe probe = {0};
	struct walk w = {.s = k->run.s, .unit = k->run.s->root, .probe = &probe};
	struct vector refs = {0};
	struct compile c;
	struct ast_file *file;
	uint32_t first = k->offers.count;
	size_t limit;
	bool is_last = k->rest[strspn(k->rest, " \t\r\n")] == '\0';
	bool is_whole;
	const char *ending;

	if (!item_takes(&k->head, PROBE_WORD) && !item_takes(&k->head, PROBE_WORD ".needs")) {
		return;
	}
	is_whole = item_trial(&k->head, &c, PROBE_WORD, k->rest, &limit, &file) == SIZE_MAX;
	compile_release(&c);
	if (!is_whole && strchr("\r\n", k->rest[strspn(k->rest, " \t")]) == NULL) {
		return; /* what stands behind on the line wants something else here */
	}
	ending = is_whole ? k->rest : NULL;
	if (ending == NULL && !is_last) {
		ending = item_ending(&k->head, k->rest, ENDINGS_BEFORE_MAX);
	}
	if (ending == NULL) {
		ending = item_ending(&k->head, "", ENDINGS_MAX);
	}
	if (ending == NULL) {
		return;
	}
	(void)item_trial(&k->head, &c, PROBE_WORD, ending, &limit, &file);
	w.refs = &refs;
	for (const struct ast_item *item = file->items; item != NULL; item = item->next) {
		walk_item(&w, item);
		if (probe.kind != PROBE_NONE) {
			offer_names(k->run.s, item, &probe, is_whole, &k->offers);
			break;
		}
	}
	if (is_whole) {
		offers_try(k, first, is_last);
	}
}

static void
offers_write(const struct complete *k, struct buffer *b)
{
	/* CompletionItemKind: Keyword, Variable */
	const struct offer *list = k->offers.elements;

	buffer_text(b, "[");
	for (uint32_t i = 0; i < k->offers.count; i++) {
		bool is_word = strcmp(list[i].what, "word") == 0;

		buffer_text(b, i == 0 ? "{" : ",{");
		text_key(b, "label");
		text_json(b, list[i].word, strlen(list[i].word));
		text_key(b, "kind");
		text_number(b, is_word ? 14 : 6);
		if (!is_word) {
			text_key(b, "detail");
			text_json(b, list[i].what, strlen(list[i].what));
		}
		buffer_text(b, "}");
	}
	buffer_text(b, "]");
}

void
complete_answer(struct call *c)
{
	struct complete k = {.c = c, .d = call_document(c)};
	size_t offset;

	if (k.d == NULL || !call_position(c, k.d, &offset)) {
		return;
	}
	k.run = analysis_names(c->a, c->server, k.d->path);
	if (k.run.s->root == NULL || !item_find(&k, offset)) {
		buffer_text(c->result, "[]");
		return;
	}
	words_offer(&k);
	names_offer(&k);
	offers_write(&k, c->result);
}
