/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_why.c: gate why: what the policy says to one message, and which line says it. */
#include <stdio.h>
#include <string.h>

#include "args.h"
#include "ast.h"
#include "ast_rule.h"
#include "blob.h"
#include "compile.h"
#include "explain.h"
#include "l1.h"
#include "least.h"
#include "message_words.h"
#include "options.h"
#include "policy.h"
#include "step.h"
#include "verbs.h"

static bool
is_file(const char *word)
{
	size_t length = strlen(word);

	return length > 5 && strcmp(word + length - 5, ".gate") == 0;
}

static int
answer(struct policy *p, struct compile *c, const struct sema_options *options, const char *path,
	const char *words)
{
	const struct ast_step *step = message_words(c, words);
	struct step_message message;
	struct l1_verdict verdict;
	struct l1_memory memory = {0};

	if (step == NULL || !step_read(p->sema, step, &message)) {
		return 1;
	}
	memory.words = arena_array(&c->arena, p->l1->word_count + 1, sizeof *memory.words);
	verdict = l1_eval(p->l1, &message.query, &memory);
	(void)printf("%s%s%s: %s\n", verdict.reason == KSM_GRANTED ? "granted" : "denied",
		verdict.reason == KSM_GRANTED ? "" : ", ",
		verdict.reason == KSM_GRANTED ? "" : ksm_reason_text(verdict.reason), message.text);
	explain_print(p->sema, &message, &verdict, stdout);
	if (verdict.reason != KSM_GRANTED && message.query.event == L1_CALL) {
		least_print(
			&(struct least_question){
				.policy = p,
				.options = options,
				.path = path,
				.words = words,
				.message = &message,
				.endpoint = step->event.endpoint.text,
				.verdict = &verdict,
			},
			stdout);
	}
	return 0;
}

int
verb_why(int argc, char **argv)
{
	struct args a = args_begin(argc, argv);
	struct options options;
	struct compile c;
	struct policy policy;
	struct buffer words;
	const char *file = "product.gate";
	int result = 1;

	options_begin(&options);
	compile_init(&c);
	buffer_init(&words, &c.arena);
	while (args_more(&a)) {
		const char *word = a.words[a.at];

		/* `->` is a word of the message and no option. */
		if (strcmp(word, "->") != 0 && options_read(&a, &options)) {
			continue;
		}
		a.at++;
		if (words.size == 0 && is_file(word)) {
			file = word;
			continue;
		}
		buffer_text(&words, words.size == 0 ? "" : " ");
		buffer_text(&words, word);
	}
	if (words.size == 0) {
		compile_release(&c);
		return args_refuse(&a);
	}
	if (options_end(&options, &c) && policy_make(&policy, &c, &options.sema, file)) {
		c.diags.first = NULL; /* warnings are for `gate check` */
		result = answer(&policy, &c, &options.sema, file, words.bytes);
	}
	result |= compile_report(&c, options.json);
	compile_release(&c);
	return result;
}
