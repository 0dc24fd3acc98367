/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_suggest.c: gate suggest: the least rule for what an audit record says was denied. */
#include <stdio.h>
#include <string.h>

#include "args.h"
#include "compile.h"
#include "draft.h"
#include "ksm/names/names.h"
#include "options.h"
#include "policy.h"
#include "sema.h"
#include "verbs.h"

#define RECORDS_MAX 256u
#define LINE_BYTES  1024u

struct suggest_options {
	struct options common;
	const char *file;
	const char *with;
	const char *records[RECORDS_MAX];
	uint32_t record_count;
};

/* Whether a line shows a denial that none before it showed; then it is kept. */
static bool
is_new(const char *line, struct vector *seen, struct arena *a)
{
	const char *what = strstr(line, " denied ");
	const char *const *list = seen->elements;
	const char **slot;

	if (what == NULL || strstr(line, " -> ") == NULL) {
		return false;
	}
	for (uint32_t i = 0; i < seen->count; i++) {
		if (strcmp(list[i], what) == 0) {
			return false;
		}
	}
	slot = vector_push(seen, a, sizeof *slot);
	*slot = arena_copy(a, what, strlen(what));
	return true;
}

/* Each denial that a log shows, once; what else stands in a log is no record. */
static int
log_answer(const struct draft_question *q, FILE *log)
{
	char line[LINE_BYTES];
	struct vector seen = {0};
	int result = 0;

	while (fgets(line, sizeof line, log) != NULL) {
		line[strcspn(line, "\r\n")] = '\0';
		if (is_new(line, &seen, &q->policy->sema->c->arena)) {
			result |= !draft_print(q, line);
		}
	}
	if (seen.count == 0) {
		(void)fputs("gate suggest: no line shows a denial\n", stderr);
		return 1;
	}
	return result;
}

static int
records_answer(struct policy *p, const struct suggest_options *o)
{
	struct names names;
	struct draft_question q = {.policy = p,
		.options = &o->common.sema,
		.path = o->file,
		.names = &names,
		.with = o->with};
	int result = 0;

	if (!names_open(&names, (const uint8_t *)p->blob.bytes, p->blob.size)) {
		(void)fputs("gate suggest: the policy has no names\n", stderr);
		return 1;
	}
	for (uint32_t i = 0; i < o->record_count; i++) {
		result |= strcmp(o->records[i], "-") == 0 ? log_answer(&q, stdin)
							  : !draft_print(&q, o->records[i]);
	}
	return result;
}

int
verb_suggest(int argc, char **argv)
{
	struct args a = args_begin(argc, argv);
	struct suggest_options o = {.with = ""};
	struct compile c;
	struct policy policy;
	int result = 1;

	options_begin(&o.common);
	while (args_more(&a)) {
		const char *word = a.words[a.at];
		const char *value = args_value(&a, "--with");

		if (value != NULL) {
			o.with = value;
		} else if (!options_read(&a, &o.common)) {
			if ((strncmp(word, "--", 2) == 0) || o.record_count == RECORDS_MAX) {
				return args_refuse(&a);
			}
			a.at++;
			if (o.file == NULL) {
				o.file = word;
			} else {
				o.records[o.record_count++] = word;
			}
		}
	}
	if (o.record_count == 0) {
		return args_refuse(&a);
	}
	compile_init(&c);
	if (options_end(&o.common, &c) && policy_make(&policy, &c, &o.common.sema, o.file)) {
		c.diags.first = NULL; /* warnings are for `gate check` */
		result = records_answer(&policy, &o);
	}
	result |= compile_report(&c, o.common.json);
	compile_release(&c);
	return result;
}
