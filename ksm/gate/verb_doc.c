/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_doc.c: gate doc: a policy as a document for reviewers, in Markdown or HTML. */
#include <stdio.h>

#include "args.h"
#include "compile.h"
#include "doc.h"
#include "doc_out.h"
#include "options.h"
#include "policy.h"
#include "verbs.h"

static int
document(struct compile *c, struct options *options, const char *path, bool is_html)
{
	const struct doc_out out = {stdout, is_html};
	struct policy policy;

	if (!options_end(options, c) || !policy_make(&policy, c, &options->sema, path)) {
		return compile_report(c, options->json);
	}
	c->diags.first = NULL; /* warnings are for `gate check` */
	return doc_write(&policy, &out) && compile_report(c, options->json) == 0 ? 0 : 1;
}

int
verb_doc(int argc, char **argv)
{
	struct args a = args_begin(argc, argv);
	struct options options;
	struct compile c;
	const char *file = NULL;
	bool is_html = false;
	int result;

	options_begin(&options);
	while (args_more(&a)) {
		if (args_flag(&a, "--html")) {
			is_html = true;
		} else if (options_read(&a, &options)) {
			continue;
		} else if (file != NULL || (file = args_word(&a)) == NULL) {
			return args_refuse(&a);
		}
	}
	if (file == NULL) {
		return args_refuse(&a);
	}
	compile_init(&c);
	result = document(&c, &options, file, is_html);
	compile_release(&c);
	return result;
}
