/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_check.c: gate check: reads files and says what is wrong with them. */
#include <stdio.h>
#include <string.h>

#include "args.h"
#include "ast_dump.h"
#include "compile.h"
#include "dump_l1.h"
#include "lex.h"
#include "normal.h"
#include "options.h"
#include "sema.h"
#include "parse.h"
#include "verbs.h"

#define FILES_MAX 1024u

struct check_options {
	struct options common;
	bool syntax;
	bool normal;
	bool dump_l1;
	bool dump_tokens;
	bool dump_ast;
};

static void
tokens_dump(FILE *out, const struct lex *lex)
{
	for (uint32_t i = 0; i < lex->token_count; i++) {
		const struct token *t = &lex->tokens[i];

		(void)fprintf(out, "%u:%u %s %.*s\n", t->span.line, t->span.col,
			token_kind_name((enum token_kind)t->kind), (int)t->span.length,
			lex->source->text + t->span.offset);
	}
}

static void
syntax_check(struct compile *c, const struct check_options *options, const char *path)
{
	struct source *source = source_read(c, path);
	struct lex *lex;
	struct ast_file *file;

	if (source == NULL) {
		return;
	}
	lex = lex_source(c, source);
	if (options->dump_tokens) {
		tokens_dump(stdout, lex);
	}
	file = parse_tokens(c, lex);
	if (options->dump_ast) {
		ast_dump(stdout, file);
	}
}

/* Each file is a compilation of its own: what one declares is nothing to the next. */
static int
file_check(const struct check_options *options, const char *path)
{
	struct options common = options->common;
	struct compile c;
	struct sema s;
	const struct l1 *l1 = NULL;
	int result;

	compile_init(&c);
	if (options->syntax || options->dump_tokens || options->dump_ast) {
		syntax_check(&c, options, path);
	} else if (options_end(&common, &c)) {
		l1 = sema_run(&s, &c, &common.sema, path);
	}
	if (l1 != NULL && options->dump_l1) {
		dump_l1(l1, stdout);
	}
	if (l1 != NULL && options->normal) {
		normal_print(&s, stdout);
	}
	result = compile_report(&c, common.json);
	compile_release(&c);
	return result;
}

/* Returns whether the next word was an option. */
static bool
option_read(struct args *a, struct check_options *options)
{
	int at = a->at;
	const char *dump;

	if (args_flag(a, "--syntax")) {
		options->syntax = true;
		return true;
	}
	if (args_flag(a, "--normal")) {
		options->normal = true;
		return true;
	}
	if (options_read(a, &options->common)) {
		return true;
	}
	dump = args_value(a, "--dump");
	if (dump == NULL) {
		return false;
	}
	options->dump_tokens = options->dump_tokens || strcmp(dump, "tokens") == 0;
	options->dump_ast = options->dump_ast || strcmp(dump, "ast") == 0;
	options->dump_l1 = options->dump_l1 || strcmp(dump, "l1") == 0;
	if (strcmp(dump, "tokens") != 0 && strcmp(dump, "ast") != 0 && strcmp(dump, "l1") != 0) {
		a->at = at;
		return false;
	}
	return true;
}

int
verb_check(int argc, char **argv)
{
	struct args a = args_begin(argc, argv);
	struct check_options options = {0};
	const char *files[FILES_MAX];
	uint32_t file_count = 0;
	int result = 0;

	options_begin(&options.common);
	while (args_more(&a)) {
		const char *path;

		if (option_read(&a, &options)) {
			continue;
		}
		path = args_word(&a);
		if (path == NULL || file_count == FILES_MAX) {
			return args_refuse(&a);
		}
		files[file_count++] = path;
	}
	if (file_count == 0) {
		return args_refuse(&a);
	}
	for (uint32_t i = 0; i < file_count; i++) {
		result |= file_check(&options, files[i]);
	}
	return result;
}
