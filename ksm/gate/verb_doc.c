/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_doc.c: gate doc: a policy as a document for reviewers, in Markdown or HTML. */
#include <stdio.h>

#include "args.h"
#include "compile.h"
#include "doc.h"
#include "doc_out.h"
#include "options.h"
#include "output.h"
#include "policy.h"
#include "verbs.h"

static int
document(struct compile *c, struct options *options, const char *path, const char *to, bool is_html)
{
	struct output_text text;
	struct policy policy;
	bool is_right;

	if (!options_end(options, c) || !policy_make(&policy, c, &options->sema, path)) {
		return compile_report(c, options->json);
	}
	c->diags.first = NULL; /* warnings are for `gate check` */
	if (!output_text_begin(&text, to)) {
		return 1;
	}
	is_right = doc_write(&policy, &(struct doc_out){text.stream, is_html});
	is_right = compile_report(c, options->json) == 0 && is_right;
	return output_text_end(&text, is_right) ? 0 : 1;
}

int
verb_doc(int argc, char **argv)
{
	struct args a = args_begin(argc, argv);
	struct options options;
	struct compile c;
	const char *file = NULL;
	const char *to = NULL;
	bool is_html = false;
	int result;

	options_begin(&options);
	while (args_more(&a)) {
		const char *value = args_value(&a, "-o");

		if (value != NULL) {
			to = value;
		} else if (args_flag(&a, "--html")) {
			is_html = true;
		} else if (!options_or_file(&a, &options, &file)) {
			return args_refuse(&a);
		}
	}
	if (file == NULL) {
		return args_refuse(&a);
	}
	compile_init(&c);
	result = document(&c, &options, file, to, is_html);
	compile_release(&c);
	return result;
}
