/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* least.c: the least change of a policy that would grant a message, made and tried. */
#include "least.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "ast.h"
#include "ast_decl.h"
#include "ast_rule.h"
#include "blob.h"
#include "change.h"
#include "compile.h"
#include "diff.h"
#include "diff_print.h"
#include "l1_effect.h"
#include "least_text.h"
#include "lower.h"
#include "message_words.h"
#include "policy.h"
#include "rule_text.h"
#include "sema.h"
#include "sema_options.h"
#include "step.h"

#define NS_PER_MS INT64_C(1000000)

/* Where a new line of a trial stands, which is no file [change.c]. */
#define CHANGE_PLACE "<change>:2: "

/* What became of a message after a change. */
struct trial {
	bool is_granted;
	uint32_t rule;
	const char *refused_by; /* a claim and its place, or NULL */
	const char *more;       /* `diff --only-more` of the change */
};

struct least {
	const struct least_question *q;
	struct sema *s;
	struct arena *a;
	struct changes changes;
	FILE *out;
};

/* NULL: it stands in no item of its own, or in another file. */
static const struct ast_item *
item_of_rule(const struct least *l, uint32_t number)
{
	const struct span *at = l->s->rule_spans.elements;

	if (number == 0 || l->s->l1->rules[number - 1].is_generated) {
		return NULL;
	}
	at += number - 1;
	for (const struct ast_item *item = l->s->root->file->items; item != NULL;
		item = item->next) {
		if (item->kind == AST_ITEM_RULE && item->span.file == at->file &&
			at->offset - item->span.offset < item->span.length) {
			return item;
		}
	}
	return NULL;
}

void
least_memory_set(const struct l1_state *state, int64_t value, uint64_t *words)
{
	enum l1_object_kind kind = state->object->kind;

	if (kind == L1_COUNTER || kind == L1_MACHINE) {
		words[state->first] = (uint64_t)value;
	} else if (kind == L1_LATCH) {
		words[state->first] = value == 0 ? 0 : KSM_TIME_MAX;
	}
}

/* The states of an object as the verdict says that they were. */
static void
memory_set(const struct least_question *q, const struct l1 *l1, uint64_t *words)
{
	const struct l1_state *before = NULL;

	if (q->verdict->field < KSM_FIELD_STATE ||
		(q->verdict->test != NULL && q->verdict->test->field->term_count != 0) ||
		q->verdict->field - KSM_FIELD_STATE >= q->policy->l1->state_count) {
		return;
	}
	before = q->policy->l1->states[q->verdict->field - KSM_FIELD_STATE];
	for (uint32_t i = 0; i < l1->state_count; i++) {
		const struct l1_state *state = l1->states[i];

		if (sema_same(state->object->name, before->object->name) &&
			state->holder == before->holder && state->target == before->target) {
			least_memory_set(state, q->verdict->operand, words);
		}
	}
}

/* The line of a source, for people. */
static const char *
line_text(const struct source *source, uint32_t offset, struct arena *a)
{
	const char *line = source->text + offset;
	const char *end = line;

	while (line > source->text && line[-1] != '\n') {
		line--;
	}
	while (*end != '\0' && *end != '\n' && *end != '\r') {
		end++;
	}
	return arena_copy(a, line, (size_t)(end - line));
}

/* Which claim does not hold with the change. */
static const char *
claim_text(struct compile *c, struct arena *a)
{
	for (const struct diag *d = c->diags.first; d != NULL; d = d->next) {
		bool is_claim = d->clause != NULL &&
				(strcmp(d->clause, "R8") == 0 || strcmp(d->clause, "S36") == 0 ||
					strcmp(d->clause, "S37") == 0);

		if (d->severity == DIAG_ERROR && is_claim) {
			const struct source *source = source_find(c, d->at.file);

			return arena_format(a, "%s:%u: %s [%s]\n        %s", source->path,
				d->at.line, d->sentence, d->clause,
				line_text(source, d->at.offset, a));
		}
	}
	return NULL;
}

static struct trial
trial_ask(const struct least *l, struct compile *c, struct policy *p)
{
	const struct ast_step *step = message_words(c, l->q->words);
	struct step_message message;
	struct l1_memory memory = {0};
	struct ksm ksm;
	struct l1_verdict l1;
	struct l1_verdict engine;

	if (step == NULL || !step_read(p->sema, step, &message)) {
		return (struct trial){0};
	}
	memory.words = arena_array(&c->arena, p->l1->word_count + 1, sizeof *memory.words);
	memory_set(l->q, p->l1, memory.words);
	if (blob_open(&ksm, &c->arena, p->l1, p->blob.bytes, p->blob.size) != KSM_OK) {
		return (struct trial){0};
	}
	memcpy(ksm.words, memory.words, p->l1->word_count * sizeof *memory.words);
	l1 = l1_eval(p->l1, &message.query, &memory);
	engine = blob_decide(&ksm, &message.query);
	return (struct trial){
		.is_granted = l1.reason == KSM_GRANTED && engine.reason == KSM_GRANTED,
		.rule = l1.rule,
	};
}

/* What the changed policy grants beside the one that is, as `gate diff --only-more` says it. */
static const char *
more_text(const struct least *l, struct compile *c, const struct l1 *changed)
{
	struct diff diff;
	struct buffer b;
	char *text = NULL;
	size_t size = 0;
	uint32_t lines = 0;
	FILE *out = open_memstream(&text, &size);

	if (out == NULL) {
		return "";
	}
	diff_policies(&diff, l->s->l1, changed, &c->arena);
	(void)diff_print(&diff, true, out);
	(void)diff_objects_print(&diff, true, &lines, out);
	buffer_init(&b, l->a);
	if (fclose(out) == 0) {
		for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
			const char *place = strstr(line, CHANGE_PLACE);

			buffer_text(&b, place == NULL
						? arena_format(l->a, "        %s\n", line)
						: arena_format(l->a, "        %.*sthe change: %s\n",
							  (int)(place - line), line,
							  place + strlen(CHANGE_PLACE)));
		}
	}
	free(text);
	return b.bytes == NULL ? "        nothing is granted that was not\n" : b.bytes;
}

/* The whole policy with the changes, to the blob, and the message asked again. */
static struct trial
trial_make(const struct least *l)
{
	struct sema_options options = *l->q->options;
	struct changes changes = l->changes;
	struct compile c;
	struct policy policy;
	struct trial trial = {0};

	compile_init(&c);
	options.change = changes_make;
	options.change_data = &changes;
	if (policy_make(&policy, &c, &options, l->q->path)) {
		trial = trial_ask(l, &c, &policy);
		trial.more = trial.is_granted ? more_text(l, &c, policy.l1) : NULL;
	} else {
		trial.refused_by = claim_text(&c, l->a);
	}
	compile_release(&c);
	return trial;
}

/* --- saying --------------------------------------------------------------------------------- */

static void
changes_tell(const struct least *l)
{
	for (uint32_t i = 0; i < l->changes.count; i++) {
		const struct change *change = &l->changes.list[i];
		bool is_new = change->replaced.length == 0;
		struct l1_position at =
			is_new ? l->s->l1->last_allow : sema_position(l->s, change->replaced);
		const char *place = at.line == 0 ? l->s->root->source->path
						 : arena_format(l->a, "%s:%u", at.file, at.line);

		(void)fprintf(l->out, "    %s: %s%s\n        %s\n",
			i == 0 ? "the least change that grants it" : "and",
			!is_new        ? ""
			: at.line == 0 ? "a line in "
				       : "a line after ",
			arena_format(l->a, "%s%s", place, is_new ? "" : " becomes"), change->text);
	}
}

/* Returns whether there is nothing more to try. */
static bool
outcome_tell(const struct least *l, const char *beside)
{
	struct trial trial;

	for (uint32_t i = 0; i < l->changes.count; i++) {
		if (l->changes.list[i].text == NULL) {
			return false;
		}
	}
	trial = trial_make(l);
	if (trial.refused_by != NULL) {
		bool is_part = l->q->is_record && least_open(l->q)[0] != '\0';

		(void)fprintf(l->out, "    %s: %s\n",
			is_part ? "not all messages that the record can be of may be granted"
				: "no change may grant it",
			trial.refused_by);
		return true;
	}
	if (trial.is_granted) {
		changes_tell(l);
		(void)fprintf(l->out,
			"    tried: then rule %u grants it; beside it and its answers, %s\n",
			trial.rule, beside[0] == '\0' ? "nothing more is granted" : beside);
		(void)fprintf(l->out, "    gate diff --only-more of it:\n%s", trial.more);
	}
	return trial.is_granted;
}

static struct change
insert(const struct least *l, const struct ast_item *like)
{
	return (struct change){
		change_exact_rule(l->s, like == NULL ? NULL : like->rule, least_event(l->q)),
		(struct span){0}};
}

/* This message alone, with all that the rule which names it does. */
static bool
exact_try(struct least *l, const struct ast_item *like)
{
	bool is_state = least_asks_state(l->q->verdict->test);
	const char *open = least_open(l->q);
	const char *beside = open[0] == '\0' && !is_state
				     ? ""
				     : arena_format(l->a, "the same%s%s%s",
					       is_state ? " whatever is remembered" : "",
					       open[0] == '\0' ? "" : " with ", open);

	l->changes.list[l->changes.count++] = insert(l, like);
	if (outcome_tell(l, beside)) {
		return true;
	}
	l->changes.count--;
	return false;
}

/* All whom the rule lets send this message. */
static const char *
senders_text(const struct least *l, uint32_t rule)
{
	const struct l1 *l1 = l->s->l1;
	const struct l1_query *query = &l->q->message->query;
	struct buffer b;

	buffer_init(&b, l->a);
	for (uint32_t i = 0; i < l1->cell_count; i++) {
		const struct l1_cell *cell = &l1->cells[i];

		if (cell->source->number == rule && cell->event == L1_CALL &&
			cell->interface == query->interface && cell->method == query->method &&
			(cell->holder != query->holder || cell->target != query->target)) {
			buffer_text(&b, ", ");
			buffer_text(&b, least_label(l->q->policy, cell->holder));
			buffer_text(&b, " -> ");
			buffer_text(&b, least_label(l->q->policy, cell->target));
		}
	}
	return b.bytes == NULL ? "" : b.bytes;
}

/* What is remembered is in the way: the message is granted whatever that is. */
static bool
or_try(struct least *l, const struct ast_item *item)
{
	const char *open = least_open(l->q);

	l->changes.list[l->changes.count++] = (struct change){
		change_rule_or(l->s, item->rule, least_fields(l->q, " and ")), item->span};
	if (outcome_tell(l, arena_format(l->a, "the same whatever is remembered%s%s%s",
				    open[0] == '\0' ? "" : ", with ", open,
				    senders_text(l, l->q->verdict->rule)))) {
		return true;
	}
	l->changes.count--;
	return false;
}

static void
guard_print(struct least *l)
{
	const struct l1_condition *test = l->q->verdict->test;
	const struct ast_item *item = item_of_rule(l, l->q->verdict->rule);

	if (test != NULL && test->field->is_secret) {
		(void)fprintf(l->out,
			"    another %s grants it; it is secret, so no change is proposed\n",
			test->field->name);
		return;
	}
	if (exact_try(l, item) || (item != NULL && or_try(l, item))) {
		return;
	}
	(void)fputs("    no change of one line grants it\n", l->out);
}

static void
forbid_print(struct least *l)
{
	const struct ast_item *item = item_of_rule(l, l->q->verdict->rule);
	const char *exact = least_fields(l->q, " and ");

	if (item != NULL && change_rule_except(l->s, item->rule, exact) != NULL) {
		l->changes.list[l->changes.count++] =
			(struct change){change_rule_except(l->s, item->rule, exact), item->span};
		if (outcome_tell(
			    l, arena_format(l->a, "the same is no longer forbidden to anybody")) ||
			exact_try(l, NULL)) {
			return;
		}
	}
	(void)fputs("    no allow grants what a forbid denies: the least change is that rule\n",
		l->out);
}

static const struct ast_item *
item_of_object(const struct least *l, const struct l1_object *object)
{
	for (const struct ast_item *item = l->s->root->file->items; item != NULL;
		item = item->next) {
		const struct ast_ident *name = ast_item_name(item);

		if (name != NULL && sema_same(name->text, object->name) &&
			item->kind >= AST_ITEM_MACHINE) {
			return item;
		}
	}
	return NULL;
}

/* The effect of the rule that could not be done. */
static const struct l1_effect *
effect_failed(const struct least *l, const struct l1_state *state)
{
	const struct l1_query *query = &l->q->message->query;

	uint32_t count;
	const struct l1_cell *cells = lower_cells_asked(l->s->l1, query, L1_CALL, &count);

	for (uint32_t i = 0; i < count; i++) {
		for (uint32_t n = 0; n < l1_effect_count(&cells[i]); n++) {
			if (cells[i].source->number == l->q->verdict->rule &&
				l1_effects(&cells[i])[n].state == state) {
				return &l1_effects(&cells[i])[n];
			}
		}
	}
	return NULL;
}

static void
number_try(struct least *l, const struct ast_item *item, uint64_t value)
{
	l->changes.list[l->changes.count++] = (struct change){
		change_number(l->s, item, item->object->amount.span, value), item->span};
	if (!outcome_tell(l, "what the larger number lets through")) {
		(void)fputs("    no change of one line grants it\n", l->out);
	}
}

static void
state_print(struct least *l)
{
	const struct l1_verdict *verdict = l->q->verdict;
	const struct l1_state *state = l->s->l1->states[verdict->field - KSM_FIELD_STATE];
	const struct l1_object *object = state->object;
	const struct ast_item *item = item_of_object(l, object);
	const struct l1_effect *effect = effect_failed(l, state);
	int64_t by =
		effect == NULL
			? 0
			: effect->amount +
				  (effect->field == NULL ? 0 : least_value(l->q, effect->field));

	if (object->kind == L1_BUCKET || object->kind == L1_WINDOW) {
		(void)fprintf(l->out,
			"    time grants it: in %" PRId64 " ms, if nobody takes %s before\n",
			(verdict->operand + NS_PER_MS - 1) / NS_PER_MS, object->name);
	} else if (item == NULL || effect == NULL || effect->kind == L1_SUB ||
		   (l->q->is_record && effect->field != NULL && object->kind == L1_COUNTER)) {
		(void)fprintf(l->out, "    what is remembered grants it: %s must change first\n",
			object->name);
	} else if (object->kind == L1_MACHINE) {
		l->changes.list[l->changes.count++] = (struct change){
			change_move(l->s, item, object->names[verdict->operand].name,
				object->names[effect->amount].name),
			item->span};
		if (!outcome_tell(l, "whatever else makes this move")) {
			(void)fputs("    no change of one line grants it\n", l->out);
		}
	} else if (object->kind == L1_COUNTER) {
		number_try(l, item, (uint64_t)(verdict->operand + by));
	} else {
		(void)fprintf(l->out, "    what is remembered grants it: remove one from %s\n",
			object->name);
	}
}

void
least_print(const struct least_question *q, FILE *out)
{
	struct least l = {
		.q = q, .s = q->policy->sema, .a = &q->policy->sema->c->arena, .out = out};

	switch (q->verdict->reason) {
	case KSM_DEFAULT:
		if (!exact_try(&l, NULL)) {
			(void)fputs("    no change of one line grants it\n", out);
		}
		break;
	case KSM_GUARD:
		guard_print(&l);
		break;
	case KSM_FORBID:
		forbid_print(&l);
		break;
	case KSM_FULL:
	case KSM_STATE:
		if (q->verdict->field == UINT16_MAX) {
			(void)fputs("    who reads the records grants it: there is no room for "
				    "this one\n",
				out);
			break;
		}
		state_print(&l);
		break;
	default:
		(void)fprintf(out, "    no rule grants it: interface %s says what a message is\n",
			q->message->interface->short_name);
		break;
	}
}
