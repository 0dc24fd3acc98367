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
#include "nearest.h"
#include "options.h"
#include "policy.h"
#include "record_ask.h"
#include "record_read.h"
#include "servers/audit/describe.h"
#include "servers/audit/explain.h"
#include "step.h"
#include "verbs.h"

#define WHY_BYTES  4096u
#define LINE_BYTES 1024u

static bool
is_file(const char *word)
{
	size_t length = strlen(word);

	return length > 5 && strcmp(word + length - 5, ".gate") == 0;
}

/* The board's words, then what the board cannot know: which change would grant it. */
static int
record_answer(struct policy *p, const struct sema_options *options, const char *path,
	const struct names *names, const char *line)
{
	char bytes[WHY_BYTES];
	struct text text = {.bytes = bytes, .capacity = sizeof bytes};
	struct record_words words;
	struct record_message as;
	struct step_message message;
	struct l1_verdict verdict;
	const struct record *r = &words.record;
	const char *wrong = record_read(p->l1, names, line, &words);

	if (wrong != NULL) {
		(void)fprintf(stderr, "gate why: this is no record: %s\n    %s\n", wrong, line);
		return 1;
	}
	describe_record(names, r, words.number, &text);
	text_add(&text, "\n");
	if (words.is_line && r->reason == KSM_CAPABILITY && r->event == KSM_CALL) {
		text_add(&text, "  the line does not say which handle it was; its entry does\n");
	} else {
		explain_record(names, r, &text);
	}
	(void)printf("%.*s", (int)text.length, bytes);
	if (r->event != KSM_CALL || r->reason < KSM_DEFAULT || r->reason > KSM_STATE ||
		r->method == 0) {
		return 0;
	}
	if (!record_ask(p, r, &as, &message, &verdict)) {
		(void)puts("    the record does not tell enough of the message to try a change: "
			   "ask with all of its fields");
		return 0;
	}
	least_print(
		&(struct least_question){
			.policy = p,
			.options = options,
			.path = path,
			.words = as.words,
			.message = &message,
			.endpoint = as.endpoint,
			.verdict = &verdict,
			.is_record = true,
			.known = as.known,
		},
		stdout);
	return 0;
}

/* One record, or with `-` each line of the standard input. */
static int
records_answer(
	struct policy *p, const struct sema_options *options, const char *path, const char *word)
{
	char line[LINE_BYTES];
	struct names names;
	int result = 0;

	if (!names_open(&names, (const uint8_t *)p->blob.bytes, p->blob.size)) {
		(void)fputs("gate why: the policy has no names\n", stderr);
		return 1;
	}
	if (strcmp(word, "-") != 0) {
		return record_answer(p, options, path, &names, word);
	}
	while (fgets(line, sizeof line, stdin) != NULL) {
		line[strcspn(line, "\r\n")] = '\0';
		result |= line[0] == '\0' ? 0 : record_answer(p, options, path, &names, line);
	}
	return result;
}

static int
answer(struct policy *p, struct compile *c, const struct sema_options *options, const char *path,
	const char *words)
{
	const struct ast_step *step = message_words(c, words);
	struct step_message message;
	struct l1_verdict verdict;
	struct l1_memory memory = {0};
	uint32_t recorded;
	uint32_t named;

	if (step == NULL || !step_read(p->sema, step, &message)) {
		return 1;
	}
	memory.words = arena_array(&c->arena, p->l1->word_count + 1, sizeof *memory.words);
	verdict = l1_eval(p->l1, &message.query, &memory);
	(void)printf("%s%s%s: %s\n", verdict.reason == KSM_GRANTED ? "granted" : "denied",
		verdict.reason == KSM_GRANTED ? "" : ", ",
		verdict.reason == KSM_GRANTED ? "" : ksm_reason_text(verdict.reason), message.text);
	recorded = verdict.rule;
	named = nearest_find(p->l1, &message.query, &memory, &verdict);
	explain_print(p->sema, &message, &verdict, stdout);
	if (verdict.rule != recorded) {
		(void)printf("    a record of it shows rule %u, the first of %u that name it\n",
			recorded, named);
	}
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
	const char *record = NULL;
	int result = 1;

	options_begin(&options);
	compile_init(&c);
	buffer_init(&words, &c.arena);
	while (args_more(&a)) {
		const char *word = a.words[a.at];
		const char *value = args_value(&a, "--record");

		if (value != NULL) {
			record = value;
			continue;
		}

		/* `->` is a word of the message and no option. */
		if (strcmp(word, "->") != 0 && options_read(&a, &options)) {
			continue;
		}
		if (strncmp(word, "--", 2) == 0) {
			compile_release(&c);
			return args_refuse(&a);
		}
		a.at++;
		if (words.size == 0 && is_file(word)) {
			file = word;
			continue;
		}
		buffer_text(&words, words.size == 0 ? "" : " ");
		buffer_text(&words, word);
	}
	if ((words.size == 0) == (record == NULL)) {
		if (record != NULL) {
			(void)fputs(
				"gate why: say a message, or `--record` and a record, not both\n",
				stderr);
		}
		compile_release(&c);
		return args_refuse(&a);
	}
	if (options_end(&options, &c) && policy_make(&policy, &c, &options.sema, file)) {
		c.diags.first = NULL; /* warnings are for `gate check` */
		result = record == NULL ? answer(&policy, &c, &options.sema, file, words.bytes)
					: records_answer(&policy, &options.sema, file, record);
	}
	result |= compile_report(&c, options.json);
	compile_release(&c);
	return result;
}
