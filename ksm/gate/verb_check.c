/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_check.c: gate check: reads files and says what is wrong with them. */
#include <stdio.h>
#include <string.h>

#include "args.h"
#include "ast_dump.h"
#include "compile.h"
#include "dump_l1.h"
#include "evolve.h"
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
	const char *against; /* the same file as it was; NULL: none */
	struct options old;
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

/* Interfaces as they were against those as they are. Returns 2 if OLD could not be read. */
static int
evolution_check(const struct check_options *options, struct sema *new)
{
	struct options old_options = options->old;
	struct compile c;
	struct sema old;
	int result = 2;

	compile_init(&c);
	if (options_end(&old_options, &c) &&
		sema_run(&old, &c, &old_options.sema, options->against) != NULL) {
		evolve_check(&old, new);
		result = 0;
	} else {
		(void)compile_report(&c, old_options.json);
	}
	compile_release(&c);
	return result;
}

/* Each file is a compilation of its own: what one declares is nothing to the next. */
static int
file_check(const struct check_options *options, const char *path)
{
	struct options common = options->common;
	struct compile c;
	struct sema s;
	const struct l1 *l1 = NULL;
	int result = 0;

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
	if (l1 != NULL && options->against != NULL) {
		result = evolution_check(options, &s);
	}
	result |= compile_report(&c, common.json);
	compile_release(&c);
	return result;
}

/* Returns whether the next word was an option about OLD. */
static bool
old_read(struct args *a, struct check_options *options)
{
	const char *value = args_value(a, "--against");

	if (value != NULL) {
		options->against = value;
		return true;
	}
	if (options->old.sema.root_count == OPTIONS_ROOTS_MAX) {
		return false;
	}
	value = args_value(a, "--old-root");
	if (value != NULL) {
		options->old.roots[options->old.sema.root_count++] = value;
	}
	return value != NULL;
}

/* OLD is one file, as it was when programs were built, and only a whole check knows places. */
static bool
against_fits(const struct check_options *options, uint32_t file_count)
{
	bool is_part = options->syntax || options->dump_tokens || options->dump_ast;

	if (options->against == NULL ? options->old.sema.root_count == 0
				     : file_count == 1 && !is_part) {
		return true;
	}
	(void)fprintf(stderr, options->against == NULL
				      ? "gate check: `--old-root` is where the units of `--against "
					"OLD` are: say both\n"
				      : "gate check: `--against OLD` compares one FILE as a whole "
					"with what it was; "
					"leave `--syntax`, `--dump` and other files out\n");
	return false;
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
	if (options_read(a, &options->common) || old_read(a, options)) {
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
	options_begin(&options.old);
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
	if (!against_fits(&options, file_count)) {
		return 2;
	}
	if (options.old.sema.root_count == 0) {
		options.old = options.common;
	}
	options.old.json = options.common.json;
	options.old.sema.board_name = options.common.sema.board_name;
	for (uint32_t i = 0; i < file_count; i++) {
		result |= file_check(&options, files[i]);
	}
	return result;
}
