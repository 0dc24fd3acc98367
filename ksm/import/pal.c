/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* pal.c: tests that stand in a policy. */
#include <string.h>

#include "ksm/gate/compile.h"
#include "psl.h"
#include "psl_parse.h"
#include "reader.h"

/* short = name "~>" name ":" [endpoint "."] method: the last part of the name is the method. */
static void
short_parse(struct reader *r, struct pal_step *step)
{
	const char *name;
	const char *dot;

	step->event = PSL_REQUEST;
	step->selector.src_at = r->word.span;
	step->selector.src = reader_name(r, "who calls");
	reader_expect(r, "~>");
	step->selector.dst_at = r->word.span;
	step->selector.dst = reader_name(r, "who is called");
	reader_expect(r, ":");
	step->selector.endpoint_at = r->word.span;
	step->selector.method_at = r->word.span;
	name = reader_name(r, "endpoint and method");
	dot = strrchr(name, '.');
	step->selector.method = dot == NULL ? name : dot + 1;
	if (dot != NULL) {
		step->selector.endpoint =
			arena_copy(&r->compile->arena, name, (size_t)(dot - name));
	}
}

/* step = [name "<-"] ["grant"|"deny"|"any"] [TEXT] (event selector | short) [record] */
static struct pal_step *
step_parse(struct reader *r)
{
	struct pal_step *step = arena_alloc(&r->compile->arena, sizeof *step);
	struct reader ahead = *r;

	step->at = r->word.span;
	if (r->word.kind == WORD_NAME) {
		reader_next(&ahead);
		if (reader_is(&ahead, "<-")) {
			step->variable = reader_name(r, "a name");
			reader_next(r);
		}
	}
	if (reader_take(r, "deny")) {
		step->want = PAL_DENY;
	} else if (reader_take(r, "any")) {
		step->want = PAL_ANY;
	} else {
		(void)reader_take(r, "grant");
	}
	if (r->word.kind == WORD_TEXT) {
		step->title = reader_text(r, "a title");
	}
	if (psl_event_parse(r, &step->event)) {
		psl_selector_parse(r, &step->selector);
	} else {
		short_parse(r, step);
	}
	if (reader_is(r, "{")) {
		step->values = psl_expr_parse(r);
	}
	(void)(reader_take(r, ",") || reader_take(r, ";"));
	return step;
}

/* steps = "{" {step} "}" */
static struct pal_step *
steps_parse(struct reader *r)
{
	struct pal_step *first = NULL;
	struct pal_step **end = &first;

	reader_expect(r, "{");
	while (!reader_take(r, "}") && !r->failed) {
		*end = step_parse(r);
		end = &(*end)->next;
	}
	return first;
}

/* set = TEXT "{" ["setup" steps] {"sequence" TEXT steps} ["finally" steps] "}" */
void
pal_parse(struct psl *p, struct reader *r)
{
	const char *set = reader_text(r, "the name of a set of tests");
	struct pal_test **first = p->tests_end;
	struct pal_step *setup = NULL;
	struct pal_step *finally = NULL;

	reader_expect(r, "{");
	while (!reader_take(r, "}") && !r->failed) {
		struct pal_test *test;

		if (reader_take(r, "setup")) {
			setup = steps_parse(r);
			continue;
		}
		if (reader_take(r, "finally")) {
			finally = steps_parse(r);
			continue;
		}
		reader_expect(r, "sequence");
		test = arena_alloc(&p->compile->arena, sizeof *test);
		test->set = set;
		test->at = r->word.span;
		test->name = reader_text(r, "the name of a test");
		test->steps = steps_parse(r);
		*p->tests_end = test;
		p->tests_end = &test->next;
	}
	for (struct pal_test *t = *first; t != NULL; t = t->next) {
		t->setup = setup;
		t->finally = finally;
	}
}
