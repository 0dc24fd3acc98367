/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* check_rule.c: rules held against each other. */
#include "check_rule.h"

#include "compile.h"
#include "condition.h"
#include "ksm/engine/ksm.h"
#include "lower.h"
#include "sema.h"
#include "witness.h"

/* What was found of a rule at all of its cells so far. */
struct rule_state {
	uint32_t cells;
	uint32_t impossible;         /* cells at which no message matches */
	uint32_t voided;             /* cells at which forbids deny all that it allows */
	uint32_t repeated;           /* cells at which an earlier rule says the same */
	const struct l1_rule *other; /* the forbid or the earlier rule of the last such cell */
};

static struct span
rule_place(const struct sema *s, const struct l1_rule *rule)
{
	return ((const struct span *)s->rule_spans.elements)[rule->number - 1];
}

static bool
cells_split_error(struct sema *s, const struct l1_rule *rule)
{
	struct diag *d = diag_error(s->c, rule_place(s, rule), "S39",
		"the rules of this method test too many values together");

	diag_help(d, "split the rule");
	return false;
}

static const struct l1_cell *
twin_before(const struct l1_cell *group, uint32_t index)
{
	for (uint32_t i = 0; i < index; i++) {
		if (group[i].source != group[index].source &&
			group[i].source->is_forbid == group[index].source->is_forbid &&
			!group[i].source->is_generated && !group[index].source->is_generated &&
			condition_equal(group[i].condition, group[index].condition)) {
			return &group[i];
		}
	}
	return NULL;
}

static const struct l1_rule *
forbid_of(const struct l1_cell *group, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		if (group[i].source->is_forbid) {
			return group[i].source;
		}
	}
	return NULL;
}

/* It stands for itself: it is no tail, and follows from no other. */
static bool
is_judged(const struct l1_cell *cell)
{
	return cell->source->is_forbid || cell->source->is_answer || cell->event == L1_CALL;
}

/* Returns false after an error. */
static bool
cell_look(struct sema *s, const struct l1_cell *group, uint32_t count, uint32_t index,
	struct rule_state *states)
{
	const struct l1_cell *cell = &group[index];
	struct rule_state *state = &states[cell->source->number - 1];
	const struct l1_cell *twin = twin_before(group, index);
	struct witness_question question = {.wanted = {cell->condition}, .wanted_count = 1};
	enum witness_answer answer;

	if (!is_judged(cell)) {
		return true; /* implied by S18 */
	}
	state->cells++;
	answer = condition_is_always(cell->condition) ? WITNESS_FOUND
						      : witness_find(s, &question, NULL);
	if (answer == WITNESS_TOO_MANY) {
		return cells_split_error(s, cell->source);
	}
	if (answer == WITNESS_NONE) {
		state->impossible++;
		return true;
	}
	if (twin != NULL) {
		state->repeated++;
		state->other = twin->source;
		return true;
	}
	if (cell->source->is_forbid || cell->source->is_generated ||
		forbid_of(group, count) == NULL) {
		return true;
	}
	question.forbids = group;
	question.forbid_count = count;
	answer = witness_find(s, &question, NULL);
	if (answer == WITNESS_NONE) {
		state->voided++;
		state->other = forbid_of(group, count);
	}
	return answer != WITNESS_TOO_MANY || cells_split_error(s, cell->source);
}

static void
state_report(struct sema *s, const struct l1_rule *rule, const struct rule_state *state)
{
	struct diag *d;

	if (state->cells == 0) { /* a forbid of what nothing allows stands for later */
		if (rule->is_idle) {
			d = diag_error(s->c, rule_place(s, rule), "S8",
				"this rule never decides: nothing allows such a call");
			diag_help(d, "allow the call, too, or leave the rule out");
		}
		return;
	}
	if (rule->is_part) {
		return; /* another part of it may */
	}
	if (state->impossible == state->cells) {
		d = diag_error(s->c, rule_place(s, rule), "S8", "this rule can never match");
		diag_help(d, "its tests contradict each other");
	} else if (state->repeated == state->cells) {
		d = diag_error(s->c, rule_place(s, rule), "S8", "this rule says what another says");
		diag_note(d, rule_place(s, state->other), "the other is here");
		diag_help(d, "leave one out");
	} else if (state->voided == state->cells) {
		d = diag_error(s->c, rule_place(s, rule), "S8",
			"this rule never decides: all it allows is forbidden");
		diag_note(d, rule_place(s, state->other), "the forbid is here");
		diag_help(d, "leave it out, or narrow the forbid");
	}
}

/* S3: of two allows that can match one message, what one does beside would be a matter of luck. */
static bool
pair_check(struct sema *s, const struct l1_cell *a, const struct l1_cell *b)
{
	static const char *const words[] = {
		[L1_CALL] = "", [L1_REPLY] = "the reply ", [L1_ERROR] = "an error, "};
	struct witness_question question = {
		.wanted = {a->condition, b->condition}, .wanted_count = 2};
	bool has_effects = a->source->has_effects || b->source->has_effects;
	const char *message = NULL;
	enum witness_answer answer;
	struct diag *d;

	question.cell = a;
	answer = witness_find(s, &question, &message);
	if (answer == WITNESS_TOO_MANY) {
		return cells_split_error(s, b->source);
	}
	if (answer == WITNESS_NONE) {
		return true;
	}
	d = diag_error(s->c, rule_place(s, b->source), "S3",
		"two rules allow %s%s, and one of them %s", words[a->event], message,
		has_effects ? "does more than that" : "is audited");
	diag_note(d, rule_place(s, a->source), "the other is here");
	diag_help(d, has_effects
			     ? "make their tests exclude each other: which effects happen must "
			       "not be a matter of luck"
			     : "make their tests exclude each other, or audit both in one rule");
	return false;
}

/* S16: of the tails of one rule exactly one may apply. */
static bool
tails_check(struct sema *s, const struct l1_cell *a, const struct l1_cell *b)
{
	struct witness_question question = {
		.wanted = {a->condition, b->condition}, .wanted_count = 2, .cell = a};
	const char *message = NULL;
	enum witness_answer answer = witness_find(s, &question, &message);
	struct diag *d;

	if (answer == WITNESS_NONE) {
		return true;
	}
	if (answer == WITNESS_TOO_MANY) {
		return cells_split_error(s, a->source);
	}
	d = diag_error(s->c, rule_place(s, a->source), "S16", "two tails of this rule apply to %s",
		message);
	diag_help(d, "make their guards exclude each other");
	return false;
}

/* An audit word, effects or tails: which rule grants is no matter of taste. */
static bool
is_special(const struct l1_rule *rule)
{
	return rule->audit != KSM_AUDIT_UNSAID || rule->has_effects;
}

static bool
pairs_check(struct sema *s, const struct l1_cell *group, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		for (uint32_t j = i + 1; j < count; j++) {
			if (group[i].is_tail && group[j].is_tail &&
				group[i].source == group[j].source) {
				if (!tails_check(s, &group[i], &group[j])) {
					return false;
				}
				continue;
			}
			if (!is_judged(&group[i]) || group[i].source->is_forbid ||
				group[j].source->is_forbid || group[i].source == group[j].source ||
				(!is_special(group[i].source) && !is_special(group[j].source))) {
				continue;
			}
			if (!pair_check(s, &group[i], &group[j])) {
				return false;
			}
		}
	}
	return true;
}

static void
cells_look(struct sema *s, struct rule_state *states)
{
	const struct l1 *l1 = s->l1;
	uint32_t end;

	for (uint32_t first = 0; first < l1->cell_count; first = end) {
		end = lower_group_end(l1, first);
		for (uint32_t i = first; i < end; i++) {
			if (!cell_look(s, &l1->cells[first], end - first, i - first, states)) {
				return;
			}
		}
	}
	for (uint32_t i = 0; i < l1->rule_count; i++) {
		state_report(s, &l1->rules[i], &states[i]);
	}
}

void
check_rules(struct sema *s)
{
	const struct l1 *l1 = s->l1;
	struct arena scratch;
	uint32_t end;

	arena_init(&scratch);
	cells_look(s, arena_array(&scratch, l1->rule_count, sizeof(struct rule_state)));
	arena_release(&scratch);
	for (uint32_t first = 0; s->c->diags.error_count == 0 && first < l1->cell_count;
		first = end) {
		end = lower_group_end(l1, first);
		if (!pairs_check(s, &l1->cells[first], end - first)) {
			return;
		}
	}
}
