/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_stubs.c: gate stubs: C headers for the programs of a system, or for the kernel's objects. */
#include <stdio.h>

#include "args.h"
#include "boards.h"
#include "compile.h"
#include "options.h"
#include "sema.h"
#include "output.h"
#include "stubs.h"
#include "verbs.h"

struct stubs_options {
	struct options common;
	const char *file;
	const char *directory;
	const char *depfile;
};

/* Writes `DIRECTORY: file file ...` for make: every file that was read. */
static bool
depfile_write(const struct compile *c, const struct stubs_options *options)
{
	struct arena scratch;
	struct buffer b;
	bool is_right;

	arena_init(&scratch);
	buffer_init(&b, &scratch);
	buffer_text(&b, options->directory);
	buffer_text(&b, ":");
	for (uint32_t i = 0; i < c->source_count; i++) {
		buffer_text(&b, " ");
		buffer_text(&b, source_find(c, i)->path);
	}
	buffer_text(&b, "\n");
	is_right = output_write(
		&(struct output){.path = options->depfile, .bytes = b.bytes, .size = b.size}, 1);
	arena_release(&scratch);
	return is_right;
}

static int
stubs_fail(const struct stubs *stubs)
{
	(void)fprintf(stderr, "%s:%u:%u: error: %s\n", stubs->where.file, stubs->where.line,
		stubs->where.column, stubs->sentence);
	if (stubs->help != NULL) {
		(void)fprintf(stderr, "help: %s\n", stubs->help);
	}
	return 1;
}

static int
run(struct compile *c, struct stubs_options *options)
{
	struct sema s;
	struct stubs stubs;
	const struct l1 *l1 = NULL;
	const char *sentence;
	int result;

	if (options_end(&options->common, c)) {
		l1 = sema_run(&s, c, &options->common.sema, options->file);
	}
	result = compile_report(c, options->common.json);
	if (l1 == NULL || result != 0) {
		return 1;
	}
	if (!stubs_make(&stubs, &c->arena, l1, s.board)) {
		return stubs_fail(&stubs);
	}
	sentence = stubs_write(&stubs, options->directory);
	if (sentence != NULL) {
		(void)fprintf(stderr, "gate: %s\n", sentence);
		return 1;
	}
	return options->depfile == NULL || depfile_write(c, options) ? 0 : 1;
}

static bool
option_read(struct args *a, struct stubs_options *options)
{
	const char *value = args_value(a, "-o");

	if (value != NULL) {
		options->directory = value;
		return true;
	}
	value = args_value(a, "--depfile");
	if (value != NULL) {
		options->depfile = value;
		return true;
	}
	return options_read(a, &options->common);
}

int
verb_stubs(int argc, char **argv)
{
	struct args a = args_begin(argc, argv);
	struct stubs_options options = {0};
	struct compile c;
	int result;

	options_begin(&options.common);
	while (args_more(&a)) {
		const char *word;

		if (option_read(&a, &options)) {
			continue;
		}
		word = args_word(&a);
		if (word == NULL || options.file != NULL) {
			return args_refuse(&a);
		}
		options.file = word;
	}
	if (options.file == NULL || options.directory == NULL) {
		return args_refuse(&a);
	}
	compile_init(&c);
	result = run(&c, &options);
	compile_release(&c);
	return result;
}
