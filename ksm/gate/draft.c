/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* draft.c: the least rule that grants what an audit record says was denied, proved by replay. */
#include "draft.h"

#include <stdio.h>
#include <string.h>

#include "ast.h"
#include "ast_rule.h"
#include "blob.h"
#include "buffer.h"
#include "change.h"
#include "condition_text.h"
#include "compile.h"
#include "diff.h"
#include "l1.h"
#include "least.h"
#include "least_text.h"
#include "message_words.h"
#include "policy.h"
#include "record_ask.h"
#include "record_read.h"
#include "rule_text.h"
#include "sema.h"
#include "sema_options.h"
#include "step.h"
#include "servers/audit/describe.h"

#define LINE_BYTES 1024u

struct drafting {
	const struct draft_question *q;
	struct arena *a;
	const char *line;  /* the record as the board shows it */
	const char *event; /* sender -> receiver : endpoint.method(tests) */
	const char *words; /* the message as a test would say it */
	const char *open;  /* a field of which no rule sees more than the length, or NULL */
	struct l1_query query;
};

static bool
refuse(const char *line, const char *why)
{
	(void)fprintf(stderr, "gate suggest: no rule for this: %s\n    %s\n", why, line);
	return false;
}

/* Of what is lent, and of bytes that are no text, rules see the length alone. */
static bool
has_only_length(const struct l1_field *field)
{
	return field->carries == L1_READS || field->carries == L1_WRITES ||
	       (field->kind == L1_TAIL && !field->is_text && !field->is_path);
}

/* Whether one of the tests says the field's value, or its length if that is all there is. */
static bool
is_told(const struct ast_expr *tests, const struct l1_field *field)
{
	for (const struct ast_expr *t = tests; t != NULL; t = t->next) {
		const struct ast_expr *left = t->kind == AST_EXPR_COMPARE ? t->compare.left : NULL;
		const struct ast_qname *name =
			left != NULL && left->kind == AST_EXPR_REF ? &left->ref.name : NULL;
		bool is_arg = name != NULL && name->part_count > 1 &&
			      sema_same(name->parts[0].text, "arg");

		if (name != NULL && sema_same(name->parts[is_arg].text, field->name) &&
			name->part_count == 1u + is_arg + has_only_length(field)) {
			return true;
		}
	}
	return false;
}

/* The field as --with names it. */
static const char *
told_as(const struct drafting *d, const struct l1_field *field)
{
	const char *name = least_field_text(d->a, field);
	bool has_dot = strlen(name) > 4 && strcmp(name + strlen(name) - 4, ".len") == 0;

	return arena_format(d->a, "%.*s%s", (int)(has_dot ? strlen(name) - 4 : strlen(name)), name,
		has_only_length(field) ? ".len" : "");
}

/* Every field has one value in the rule. Returns what is in the way, or NULL. */
static const char *
field_missing(const struct drafting *d, const struct step_message *m, const struct ast_expr *tests)
{
	for (uint32_t i = 0; i < m->message->field_count; i++) {
		const struct l1_field *field = &m->message->fields[i];

		if (field->is_element) {
			continue; /* of a list the length is told, and the rest said to be open */
		}
		if (field->is_secret) {
			return arena_format(
				d->a, "`%s` is secret, so no record holds it", field->name);
		}
		if (field->carries == L1_HANDLE) {
			return arena_format(d->a,
				"`%s` is a handle, of which no record tells the label",
				field->name);
		}
		if (!is_told(tests, field)) {
			return arena_format(d->a,
				"the record does not tell `%s`, and without it a rule would grant "
				"more than was seen; add --with '%s = VALUE'",
				field->name, told_as(d, field));
		}
	}
	return NULL;
}

/* `a = 1, b = 2` of the tests, as they were written. */
static const char *
tests_text(struct compile *c, struct arena *a, const struct ast_expr *tests)
{
	struct buffer b;

	buffer_init(&b, a);
	for (const struct ast_expr *t = tests; t != NULL; t = t->next) {
		buffer_text(&b, b.size == 0 ? "(" : ", ");
		buffer_text(&b, source_line(c, t->span));
	}
	buffer_text(&b, b.size == 0 ? "" : ")");
	return b.bytes == NULL ? "" : b.bytes;
}

/* The policy as it is says of the message what the record says. */
static bool
is_as_recorded(const struct drafting *d, const struct record *r, const struct step_message *message)
{
	const struct l1 *l1 = d->q->policy->l1;
	struct l1_memory memory = {0};
	struct l1_verdict verdict;

	memory.words = arena_array(d->a, l1->word_count + 1, sizeof *memory.words);
	verdict = l1_eval(l1, &message->query, &memory);
	return (uint32_t)verdict.reason == r->reason &&
	       (verdict.reason != KSM_GUARD ||
		       (verdict.field == r->field && verdict.operand == r->operand));
}

/* The message with what the record and --with tell of it, and the rule's event. */
static bool
event_make(struct drafting *d, const struct record *r, const struct record_message *as,
	const struct step_message *made)
{
	const struct draft_question *q = d->q;
	struct compile *c = q->policy->sema->c;
	size_t head = strcspn(as->words, "(");
	const char *known = "";
	const struct ast_step *step;
	struct step_message message;
	struct least_question values = {.policy = q->policy, .message = made};
	const char *missing;

	if (as->known != NULL && as->known->kind != L1_TAIL) {
		known = arena_format(d->a, "%s = %s", least_field_text(d->a, as->known),
			condition_value_text(d->a, as->known, least_value(&values, as->known)));
	}
	d->words = arena_format(d->a, "%.*s(%s%s%s)", (int)head, as->words, known,
		known[0] == '\0' || q->with[0] == '\0' ? "" : ", ", q->with);
	step = message_words(c, d->words);
	if (step == NULL || !step_read(q->policy->sema, step, &message)) {
		return false; /* its own errors say why */
	}
	missing = field_missing(d, &message, step->event.tests);
	if (missing != NULL) {
		return refuse(d->line, missing);
	}
	if (!is_as_recorded(d, r, &message)) {
		return refuse(d->line,
			arena_format(d->a,
				"with '%s' the policy does not deny it so: the record is of "
				"other values, or of another policy",
				q->with));
	}
	for (uint32_t i = 0; i < message.message->field_count; i++) {
		if (has_only_length(&message.message->fields[i])) {
			d->open = message.message->fields[i].name;
		}
	}
	d->query = message.query;
	d->event = arena_format(d->a, "%s -> %s : %s.%s%s",
		least_label(q->policy, message.query.holder),
		message.query.holder == message.query.target
			? "self"
			: least_label(q->policy, message.query.target),
		as->endpoint, message.method->name, tests_text(c, d->a, step->event.tests));
	return true;
}

static bool
is_claim(const struct diag *g)
{
	return g->clause != NULL &&
	       (strcmp(g->clause, "R8") == 0 || strcmp(g->clause, "S36") == 0 ||
		       strcmp(g->clause, "S37") == 0);
}

/* The policy with the rule does not compile. */
static bool
claim_refuse(const struct drafting *d, const struct compile *c)
{
	for (const struct diag *g = c->diags.first; g != NULL; g = g->next) {
		if (g->severity == DIAG_ERROR) {
			return refuse(d->line,
				arena_format(d->a, "%s %s:%u: %s%s%s%s",
					is_claim(g) ? "a claim forbids it:" : "with it gate says:",
					source_find(c, g->at.file)->path, g->at.line, g->sentence,
					g->clause == NULL ? "" : " [",
					g->clause == NULL ? "" : g->clause,
					g->clause == NULL ? "" : "]"));
		}
	}
	return refuse(d->line, "the policy with it does not compile");
}

/* The interpreter and the engine grant the message now. */
static bool
is_granted(const struct drafting *d, struct compile *c, struct policy *p)
{
	const struct ast_step *step = message_words(c, d->words);
	struct step_message message;
	struct l1_memory memory = {0};
	struct ksm ksm;

	if (step == NULL || !step_read(p->sema, step, &message)) {
		return false;
	}
	memory.words = arena_array(&c->arena, p->l1->word_count + 1, sizeof *memory.words);
	return l1_eval(p->l1, &message.query, &memory).reason == KSM_GRANTED &&
	       blob_open(&ksm, &c->arena, p->l1, p->blob.bytes, p->blob.size) == KSM_OK &&
	       blob_decide(&ksm, &message.query).reason == KSM_GRANTED;
}

/* Nothing but this message, and answers to it, is granted that was not. */
static bool
is_least(const struct drafting *d, const struct policy *p, struct arena *a)
{
	struct diff diff;
	const struct diff_entry *entry;

	diff_policies(&diff, d->q->policy->l1, p->l1, a);
	entry = diff.entries.elements;
	for (uint32_t i = 0; i < diff.entries.count; i++) {
		const struct l1_cell *cell = entry[i].cells[DIFF_NEW];

		if (entry[i].kind != DIFF_MORE || cell == NULL || cell->holder != d->query.holder ||
			cell->target != d->query.target || cell->interface != d->query.interface ||
			cell->method != d->query.method) {
			return false;
		}
	}
	return diff.entries.count > 0;
}

/* The whole policy with the rule, to the blob, and the message put to it. */
static bool
rule_try(const struct drafting *d, const char *rule)
{
	struct sema_options options = *d->q->options;
	struct changes changes = {.list = {{.text = rule}}, .count = 1};
	struct compile c;
	struct policy policy;
	bool is_right = false;

	compile_init(&c);
	options.change = changes_make;
	options.change_data = &changes;
	if (!policy_make(&policy, &c, &options, d->q->path)) {
		(void)claim_refuse(d, &c);
	} else if (!is_granted(d, &c, &policy)) {
		(void)refuse(d->line,
			"a rule of its own does not grant it: a forbid stands against it, "
			"or what is remembered; `gate why` says which");
	} else if (!is_least(d, &policy, &c.arena)) {
		(void)refuse(d->line, "the rule would grant more than this message");
	} else {
		is_right = true;
	}
	compile_release(&c);
	return is_right;
}

/* What no new allow can change. Returns a sentence, or NULL. */
static const char *
reason_refuse(const struct record *r)
{
	if (r->event != KSM_CALL || r->method == 0) {
		return "it is no call that a rule could allow";
	}
	switch (r->reason) {
	case KSM_GRANTED:
		return "it was granted";
	case KSM_DEFAULT:
	case KSM_GUARD:
	case KSM_FORBID:
		return NULL;
	case KSM_FULL:
	case KSM_STATE:
		return "a rule names it, and what is remembered was against it; `gate why` says "
		       "what";
	default:
		return "no rule decides that: `gate why` says what does";
	}
}

bool
draft_print(const struct draft_question *q, const char *record)
{
	struct drafting d = {.q = q, .a = &q->policy->sema->c->arena};
	char bytes[LINE_BYTES];
	struct text shown = {.bytes = bytes, .capacity = sizeof bytes};
	struct record_words words;
	struct record_message as;
	struct step_message message;
	struct l1_verdict verdict;
	const struct l1_position *at = &q->policy->l1->last_allow;
	const char *wrong = record_read(q->policy->l1, q->names, record, &words);
	const char *rule;

	if (wrong != NULL) {
		return refuse(record, wrong);
	}
	describe_record(q->names, &words.record, words.number, &shown);
	d.line = arena_format(d.a, "%.*s", (int)shown.length, bytes);
	d.line += strspn(d.line, " ");
	wrong = reason_refuse(&words.record);
	if (wrong != NULL) {
		return refuse(d.line, wrong);
	}
	if (!record_ask(q->policy, &words.record, &as, &message, &verdict)) {
		q->policy->sema->c->diags = (struct diag_list){0}; /* of messages that it tried */
		return refuse(d.line, "no such message is denied so by this policy");
	}
	if (least_asks_state(verdict.test)) {
		return refuse(d.line, "a rule names it, and what is remembered was against it; "
				      "`gate why` says what");
	}
	if (!event_make(&d, &words.record, &as, &message)) {
		return false;
	}
	rule = arena_format(d.a, "draft allow %s", d.event);
	if (!rule_try(&d, rule)) {
		return false;
	}
	(void)printf("# %s\n# tried: it grants this message and nothing else; ", d.line);
	(void)printf(at->line == 0 ? "it belongs into %s\n" : "it belongs after %s:%u\n",
		at->line == 0 ? q->path : at->file, at->line);
	if (d.open != NULL) {
		(void)printf("# whatever stands in `%s`: no rule sees that\n", d.open);
	}
	(void)printf("%s\n", rule);
	return true;
}
