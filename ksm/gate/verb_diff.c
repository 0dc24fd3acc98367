/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_diff.c: gate diff: what a policy lets happen that another does not. */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "args.h"
#include "compile.h"
#include "diff.h"
#include "diff_print.h"
#include "diff_system.h"
#include "options.h"
#include "sema.h"
#include "verbs.h"

struct side {
	struct options options;
	const char *file;
	struct compile compile;
	struct sema sema;
	const struct l1 *l1;
};

struct diff_options {
	struct side sides[DIFF_SIDES];
	bool only_more;
	bool is_timed;
};

/* Returns false after an error, which is printed. */
static bool
side_read(struct side *side)
{
	bool is_read = options_end(&side->options, &side->compile);

	side->l1 = is_read ? sema_run(&side->sema, &side->compile, &side->options.sema, side->file)
			   : NULL;
	if (side->l1 != NULL && side->sema.system == NULL) {
		diag_help(diag_error(&side->compile, span_of_file(side->sema.root->source), "P6",
				  "this file has no system"),
			"name the deployment's product.gate");
	}
	if (side->l1 != NULL && side->compile.diags.error_count == 0) {
		return true; /* warnings are for `gate check` */
	}
	(void)compile_report(&side->compile, side->options.json);
	return false;
}

static int
compare(struct diff_options *options)
{
	struct sema *old = &options->sides[DIFF_OLD].sema;
	struct sema *new = &options->sides[DIFF_NEW].sema;
	struct diff diff;
	clock_t start = clock();
	uint32_t more;
	uint32_t lines = 0;

	diff_policies(&diff, options->sides[DIFF_OLD].l1, options->sides[DIFF_NEW].l1,
		&options->sides[DIFF_NEW].compile.arena);
	if (options->is_timed) {
		(void)fprintf(stderr, "compared %" PRIu32 " places in %ld ms\n", diff.places,
			(long)((clock() - start) * 1000 / CLOCKS_PER_SEC));
	}
	more = diff_print(&diff, options->only_more, stdout);
	more += diff_objects_print(&diff, options->only_more, &lines, stdout);
	if (options->only_more) {
		(void)printf(more == 0 ? "nothing is granted that was not\n"
				       : "%" PRIu32 " differences may grant more\n",
			more);
		return more != 0;
	}
	lines += diff_system_print(old, new, stdout);
	if (diff.entries.count == 0 && lines == 0) {
		(void)puts("both grant the same");
		return 0;
	}
	(void)printf("%" PRIu32 " differences; %" PRIu32 " may grant more\n",
		diff.entries.count + lines, more);
	return 1;
}

static bool
option_read(struct args *a, struct diff_options *options)
{
	struct options *old = &options->sides[DIFF_OLD].options;
	const char *root;

	if (args_flag(a, "--only-more")) {
		options->only_more = true;
		return true;
	}
	if (args_flag(a, "--time")) {
		options->is_timed = true;
		return true;
	}
	root = args_value(a, "--old-root");
	if (root == NULL) {
		return options_read(a, &options->sides[DIFF_NEW].options);
	}
	if (old->sema.root_count == OPTIONS_ROOTS_MAX) {
		return false;
	}
	old->roots[old->sema.root_count++] = root;
	return true;
}

static int
run(struct diff_options *options)
{
	struct side *old = &options->sides[DIFF_OLD];
	struct side *new = &options->sides[DIFF_NEW];
	int result = 2;

	if (old->options.sema.root_count == 0) {
		old->options = new->options;
	} else {
		old->options.sema.board_name = new->options.sema.board_name;
		old->options.json = new->options.json;
	}
	compile_init(&old->compile);
	compile_init(&new->compile);
	if (side_read(old) && side_read(new)) {
		result = compare(options);
	}
	compile_release(&old->compile);
	compile_release(&new->compile);
	return result;
}

int
verb_diff(int argc, char **argv)
{
	struct args a = args_begin(argc, argv);
	struct diff_options options = {0};

	options_begin(&options.sides[DIFF_OLD].options);
	options_begin(&options.sides[DIFF_NEW].options);
	options.sides[DIFF_OLD].options.sema.forgets_rules = true;
	options.sides[DIFF_NEW].options.sema.forgets_rules = true;
	while (args_more(&a)) {
		const char *word;

		if (option_read(&a, &options)) {
			continue;
		}
		word = args_word(&a);
		if (word == NULL || options.sides[DIFF_NEW].file != NULL) {
			return args_refuse(&a);
		}
		options.sides[options.sides[DIFF_OLD].file != NULL].file = word;
	}
	if (options.sides[DIFF_NEW].file == NULL) {
		return args_refuse(&a);
	}
	return run(&options);
}
