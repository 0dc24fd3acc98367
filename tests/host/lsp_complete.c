/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What `gate lsp` offers at the words of whole policies: each word is taken out, and what stood
 * there is offered again; with each name that is offered the file compiles; each word of the
 * language is taken by the parser. Then the same with nothing behind the cursor in its item, as it
 * is typed. COMPLETE_EVERY=1 takes every word, COMPLETE_SHOW=1 says which offers were wrong,
 * COMPLETE_ONLY is a pattern of paths. `lsp_complete test_typed` does only that half.
 */
/* test: gate tests/host/support/gate_text.c */
#include <fnmatch.h>
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/gate/ast.h"
#include "ksm/gate/buffer.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/lex.h"
#include "ksm/gate/sema.h"
#include "ksm/lsp/analysis.h"
#include "ksm/lsp/handlers.h"
#include "ksm/lsp/job.h"
#include "ksm/lsp/refs.h"
#include "ksm/lsp/server.h"
#include "ksm/lsp/text.h"
#include "tests/host/support/gate_text.h"

#define EVERY_DEFAULT 149u

/* A policy is read hundreds of times a second: what is given back is kept for a while, not for the
 * whole run, or half of the time goes into fresh pages. */
const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "quarantine_size_mb=8";
}

static const char *const policies[] = {
	"docs/policy/examples/*.gate",
	"docs/policy/products/*.gate",
	"deployments/*/product.gate",
	"deployments/examples/*/product.gate",
	"servers/*/*.gate",
};

struct counts {
	uint32_t asked;
	uint32_t used;
	uint32_t missing;
	uint32_t offered;
	uint32_t wrong;
};

static bool
is_shown(void)
{
	return getenv("COMPLETE_SHOW") != NULL;
}

static void
ask_work(void *data, struct buffer *out)
{
	struct call *c = data;

	complete_answer(c);
	assert_int_equal(c->error, 0);
	buffer_add(out, c->result->bytes, c->result->size);
}

/* What is offered at a byte of the document, as the server says it. */
static const struct node *
ask(struct server *s, struct arena *a, const struct document *d, size_t offset)
{
	struct text_position at = text_position(d->text, d->size, offset);
	const char *text = arena_format(a,
		"{\"textDocument\":{\"uri\":\"%s\"},\"position\":{\"line\":%u,\"character\":%u}}",
		d->uri, at.line, at.character);
	struct buffer result;
	struct buffer said;
	struct call c = {
		.server = s, .a = a, .params = node_read(a, text, strlen(text)), .result = &result};

	buffer_init(&result, a);
	buffer_init(&said, a);
	assert_true(job_run(ask_work, &c, &said));
	return node_read(a, said.bytes, said.size);
}

static bool
is_offered(const struct node *offers, const char *word)
{
	size_t length = strlen(word);

	for (const struct node *o = offers->first; o != NULL; o = o->next) {
		const char *label = node_of(o, "label", NODE_TEXT)->text;
		size_t size = strlen(label);

		/* What has only a length is offered with it, what is a word with its system. */
		if (strcmp(label, word) == 0 ||
			(strncmp(label, word, length) == 0 &&
				strcmp(label + length, ".len") == 0) ||
			(size > length && label[size - length - 1] == '.' &&
				strcmp(label + size - length, word) == 0 &&
				token_is_hard_word(token_word_find(word, length)))) {
			return true;
		}
	}
	return false;
}

/* The first error of the text with a name in the place of another, or NULL. */
static const char *
error_with(struct server *s, struct arena *a, struct document *d, size_t from, size_t length,
	const char *word)
{
	struct analysis run;
	const char *text = arena_copy(a, d->text, d->size);
	size_t size = d->size;
	const char *found = NULL;

	assert_true(document_replace(d, from, from + length, word, strlen(word)));
	run = analysis_check(a, s, d->path);
	for (const struct diag *g = run.c->diags.first; g != NULL && found == NULL; g = g->next) {
		if (g->severity == DIAG_ERROR) {
			found = arena_format(a, "%u: %s [%s]", g->at.line, g->sentence, g->clause);
		}
	}
	compile_release(run.c);
	assert_true(document_replace(d, 0, d->size, text, size));
	return found;
}

/* Of a unit `a.b` may be offered at `a`. */
static bool
is_begun(const struct node *offers, const char *word)
{
	size_t length = strlen(word);

	for (const struct node *o = offers->first; o != NULL; o = o->next) {
		const char *label = node_of(o, "label", NODE_TEXT)->text;

		if (strncmp(label, word, length) == 0 &&
			(label[length] == '\0' || label[length] == '.')) {
			return true;
		}
	}
	return false;
}

/* What stood there is offered if it is the use of a name. */
static void
word_expect(const struct document *d, const struct token *t, const char *word,
	const struct node *offers, bool is_used, struct counts *n)
{
	n->used += is_used;
	if (is_used && !is_offered(offers, word) && !is_begun(offers, word)) {
		n->missing++;
		if (is_shown()) {
			print_message("%s:%u:%u: `%s` is not offered\n", d->path, t->span.line,
				t->span.col, word);
		}
	}
}

/* The word at a token is taken out; the rest stays. */
static void
middle_check(struct server *s, struct document *d, const struct token *t, const char *word,
	bool is_used, const char *whole_error, struct counts *n)
{
	struct arena a = {0};
	const struct node *offers;

	assert_true(document_replace(d, t->span.offset, t->span.offset + t->span.length, "", 0));
	offers = ask(s, &a, d, t->span.offset);
	n->asked++;
	word_expect(d, t, word, offers, is_used, n);
	for (const struct node *o = offers->first; o != NULL; o = o->next) {
		const char *label = node_of(o, "label", NODE_TEXT)->text;
		const char *error;

		if (node_member(o, "detail") == NULL) {
			continue;
		}
		n->offered++;
		/* With what stood there it is the whole again. */
		error = strcmp(label, word) == 0 ? whole_error
						 : error_with(s, &a, d, t->span.offset, 0, label);
		if (error != NULL) {
			n->wrong++;
			if (is_shown()) {
				print_message("%s:%u:%u: with `%s` for `%s`: %s\n", d->path,
					t->span.line, t->span.col, label, word, error);
			}
		}
	}
	assert_true(document_replace(d, t->span.offset, t->span.offset, word, strlen(word)));
	arena_release(&a);
}

/* Typed as far as this: nothing stands behind the word in its item. What is offered is taken. */
static void
end_check(struct server *s, struct document *d, const struct token *t, const char *word,
	bool is_used, struct counts *n)
{
	struct arena a = {0};
	const char *whole = arena_copy(&a, d->text, d->size);
	size_t size = d->size;
	const struct node *offers;

	assert_true(document_replace(d, t->span.offset, d->size, "", 0));
	offers = ask(s, &a, d, t->span.offset);
	n->asked++;
	word_expect(d, t, word, offers, is_used, n);
	for (const struct node *o = offers->first; o != NULL; o = o->next) {
		const char *label = node_of(o, "label", NODE_TEXT)->text;
		size_t end = d->size + strlen(label);
		struct analysis run;

		n->offered++;
		assert_true(document_replace(d, d->size, d->size, label, strlen(label)));
		run = analysis_check(&a, s, d->path);
		for (const struct diag *g = run.c->diags.first; g != NULL; g = g->next) {
			bool is_own = strcmp(source_find(run.c, g->at.file)->path, d->path) == 0;

			/* Grammar and names: what an unfinished rule means is not known yet. */
			if (g->severity == DIAG_ERROR && is_own &&
				strchr("GN", g->clause[0]) != NULL && g->at.offset < end &&
				g->at.offset + g->at.length > t->span.offset) {
				n->wrong++;
				if (is_shown()) {
					print_message("%s:%u:%u: typed `%s` for `%s`: %s [%s]\n",
						d->path, t->span.line, t->span.col, label, word,
						g->sentence, g->clause);
				}
				break;
			}
		}
		compile_release(run.c);
		assert_true(document_replace(d, t->span.offset, d->size, "", 0));
	}
	assert_true(document_replace(d, 0, d->size, whole, size));
	arena_release(&a);
}

/* States of a machine are declared where they are listed, all of them. */
static bool
is_declared_there(const struct ref *r)
{
	const struct ast_item *item = r->target.item;

	return r->target.kind == REF_STATE && r->at.offset > item->span.offset &&
	       r->at.offset < item->span.offset + item->span.length;
}

/* Whether it is a name that is declared elsewhere; before it, if it is typed. */
static bool
is_used(const struct analysis *names, const struct vector *refs, const struct token *t,
	bool is_typed)
{
	const struct ref *r = refs_find(refs, names->s->root->source->id, t->span.offset);

	if (r != NULL && r->target.kind == REF_UNIT) {
		return r->target.name->span.file != r->at.file;
	}
	return r != NULL && r->at.offset == t->span.offset && r->at.length == t->span.length &&
	       !is_declared_there(r) &&
	       (r->target.name->span.file != r->at.file ||
		       (is_typed ? r->target.name->span.offset < r->at.offset
				 : r->target.name->span.offset != r->at.offset));
}

static void
policy_check(const char *path, uint32_t every, bool is_typed, struct counts *n)
{
	struct gate_text text = gate_text_read(path);
	struct server s = {0};
	struct arena a = {0};
	struct compile c;
	const struct lex *lex;
	struct document *d;
	struct analysis names;
	struct vector refs = {0};
	const char *whole_error;

	assert_non_null(text.bytes);
	compile_init(&c);
	server_root_add(&s, ".");
	server_root_add(&s, "servers");
	lex = lex_source(&c, source_add(&c, path, text.bytes, text.size));
	d = document_open(&s.documents, path, text.bytes, text.size, 0);
	whole_error = error_with(&s, &a, d, 0, 0, "");
	names = analysis_names(&a, &s, path);
	refs_collect(names.s, &refs);
	for (uint32_t i = 3; i + 1 < lex->token_count; i += every) {
		const struct token *t = &lex->tokens[i];
		const char *word =
			arena_copy(&c.arena, text.bytes + t->span.offset, t->span.length);
		bool is_name = t->kind == TOKEN_NAME;

		if (!is_name && !token_is_hard_word((enum token_kind)t->kind) &&
			!token_is_soft_word((enum token_kind)t->kind)) {
			continue;
		}
		if (is_typed) {
			end_check(&s, d, t, word, is_used(&names, &refs, t, is_typed), n);
		} else {
			middle_check(&s, d, t, word, is_used(&names, &refs, t, is_typed),
				whole_error, n);
		}
	}
	compile_release(names.c);
	arena_release(&a);
	compile_release(&c);
	document_close_all(&s.documents);
	arena_release(&s.arena);
	free(text.bytes);
}

static void
policies_check(bool is_typed)
{
	const char *said = getenv("COMPLETE_EVERY");
	uint32_t every = said == NULL ? EVERY_DEFAULT : (uint32_t)strtoul(said, NULL, 10);
	const char *only = getenv("COMPLETE_ONLY");
	struct counts n = {0};

	for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++) {
		glob_t paths;

		assert_int_equal(glob(policies[i], 0, NULL, &paths), 0);
		for (size_t p = 0; p < paths.gl_pathc; p++) {
			if (only == NULL || fnmatch(only, paths.gl_pathv[p], 0) == 0) {
				policy_check(
					paths.gl_pathv[p], every == 0 ? 1 : every, is_typed, &n);
			}
		}
		globfree(&paths);
	}
	print_message("%u words; of %u names %u not offered; %u offers, %u wrong\n", n.asked,
		n.used, n.missing, n.offered, n.wrong);
	assert_int_equal(n.wrong, 0);
	/* Names with which a file does not compile as far as it is written are not offered. */
	assert_true(n.missing * 250 <= n.used);
}

static void
test_middle(void **state)
{
	(void)state;
	policies_check(false);
}

static void
test_typed(void **state)
{
	(void)state;
	policies_check(true);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_middle),
		cmocka_unit_test(test_typed),
	};

	if (argc == 2) {
		cmocka_set_test_filter(argv[1]);
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
