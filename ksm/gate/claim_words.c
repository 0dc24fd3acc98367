/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* claim_words.c: the words behind `gate query` and `gate prove`. */
#include "claim_words.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "args.h"
#include "ast.h"
#include "buffer.h"
#include "compile.h"
#include "options.h"
#include "parse.h"
#include "sema.h"

/* `->` and `*` are words of a claim and no options. */
static bool
is_option(const char *word)
{
	return word[0] == '-' && word[1] != '>' && word[1] != '\0';
}

static int
args_take(struct claim_words *w, struct args *a)
{
	struct buffer words;

	buffer_init(&words, &w->compile->arena);
	while (args_more(a)) {
		const char *word = a->words[a->at];

		if (is_option(word)) {
			if (args_flag(a, "--time")) {
				w->is_timed = true;
			} else if (!options_read(a, w->options)) {
				return args_refuse(a);
			}
			continue;
		}
		a->at++;
		if (w->file == NULL) {
			w->file = word;
			continue;
		}
		buffer_text(&words, words.size == 0 ? "" : " ");
		buffer_text(&words, word);
	}
	w->words = words.bytes;
	return w->words == NULL ? args_refuse(a) : -1;
}

/* Returns -1 if the file is compiled, else the exit code, and everything is said. */
static int
begin(struct claim_words *w, int argc, char **argv)
{
	struct args a = args_begin(argc, argv);
	int result;

	options_begin(w->options);
	w->options->sema.forgets_rules = true;
	compile_init(w->compile);
	result = args_take(w, &a);
	if (result >= 0) {
		return result;
	}
	if (!options_end(w->options, w->compile) ||
		sema_run(w->sema, w->compile, &w->options->sema, w->file) == NULL) {
		return compile_report(w->compile, w->options->json);
	}
	if (w->sema->system == NULL) {
		diag_help(diag_error(w->compile, span_of_file(w->sema->root->source), "P6",
				  "this file has no system"),
			"name the deployment's product.gate");
		return compile_report(w->compile, w->options->json);
	}
	w->compile->diags.first = NULL; /* warnings are for `gate check` */
	return -1;
}

const struct ast_claim *
claim_words_read(struct claim_words *w, const char *before)
{
	struct compile *c = w->compile;
	const struct ast_file *file;
	struct buffer b;

	buffer_init(&b, &c->arena);
	buffer_text(&b, arena_format(&c->arena, "edition %u ", compile_edition(c)));
	buffer_text(&b, before);
	buffer_text(&b, w->words);
	buffer_text(&b, "\n");
	file = parse_source(c, source_add(c, "<words>", b.bytes, b.size));
	if (c->diags.error_count != 0) {
		return NULL;
	}
	if (file->items == NULL || file->items->kind != AST_ITEM_CLAIM ||
		file->items->next != NULL) {
		diag_help(diag_error(c, span_of_file(file->source), "G26", "this is not one claim"),
			"write one as it stands in a file: `no data A -> B`");
		return NULL;
	}
	return file->items->claim;
}

int
claim_words_run(int argc, char **argv, int (*answer)(struct claim_words *w))
{
	struct options options = {0};
	struct compile compile;
	struct sema sema;
	struct claim_words w = {.options = &options, .compile = &compile, .sema = &sema};
	int result = begin(&w, argc, argv);

	if (result < 0) {
		long start = (long)clock();

		result = answer(&w);
		if (w.is_timed) {
			(void)fprintf(stderr, "answered in %ld ms\n",
				((long)clock() - start) * 1000 / (long)CLOCKS_PER_SEC);
		}
		result |= compile_report(&compile, options.json);
	}
	compile_release(&compile);
	return result;
}
