/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* options.c: the options that all verbs share which read a whole policy. */
#include "options.h"

#include <stdio.h>

#include "args.h"
#include "compile.h"
#include "digests.h"
#include "until.h"

void
options_begin(struct options *o)
{
	*o = (struct options){0};
}

bool
options_read(struct args *a, struct options *o)
{
	int at = a->at;
	const char *value;

	if (args_flag(a, "--strict")) {
		o->sema.strict = true;
		return true;
	}
	if (args_flag(a, "--json")) {
		o->json = true;
		return true;
	}
	value = args_value(a, "-I");
	if (value != NULL) {
		if (o->sema.root_count == OPTIONS_ROOTS_MAX) {
			a->at = at;
			return false;
		}
		o->roots[o->sema.root_count++] = value;
		return true;
	}
	value = args_value(a, "--board");
	if (value != NULL) {
		o->sema.board_name = value;
		return true;
	}
	value = args_value(a, "--today");
	if (value != NULL) {
		o->sema.has_today = until_day(value, &o->sema.today);
		if (!o->sema.has_today) {
			(void)fprintf(
				stderr, "gate: `%s` is no day, write it as 2027-03-31\n", value);
			a->at = at;
		}
		return o->sema.has_today;
	}
	value = args_value(a, "--digests");
	if (value != NULL) {
		o->digests_path = value;
		return true;
	}
	return false;
}

bool
options_end(struct options *o, struct compile *c)
{
	if (o->sema.root_count == 0) {
		o->roots[o->sema.root_count++] = ".";
	}
	o->sema.roots = o->roots;
	if (o->digests_path != NULL) {
		o->sema.digests = digests_read(c, o->digests_path);
		return o->sema.digests != NULL;
	}
	return true;
}

bool
options_or_file(struct args *a, struct options *o, const char **file)
{
	if (options_read(a, o)) {
		return true;
	}
	return *file == NULL && (*file = args_word(a)) != NULL;
}

int
options_one_file(int argc, char **argv,
	int (*run)(struct compile *c, struct options *options, const char *path))
{
	struct args a = args_begin(argc, argv);
	struct options options;
	struct compile c;
	const char *file = NULL;
	int result;

	options_begin(&options);
	while (args_more(&a)) {
		if (!options_or_file(&a, &options, &file)) {
			return args_refuse(&a);
		}
	}
	if (file == NULL) {
		return args_refuse(&a);
	}
	compile_init(&c);
	result = run(&c, &options, file);
	compile_release(&c);
	return result;
}
