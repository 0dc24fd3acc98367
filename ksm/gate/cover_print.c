/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* cover_print.c: what tests do not reach, in sentences. */
#include "arena.h"
#include "condition_text.h"
#include "cover.h"
#include "l1.h"
#include "l1_effect.h"
#include "vector.h"

static const char *
event_text(enum l1_event event)
{
	static const char *const texts[] = {
		[L1_CALL] = "call",
		[L1_REPLY] = "reply",
		[L1_ERROR] = "error",
		[L1_ABORT] = "abort",
	};

	return texts[event];
}

/* Nobody who tests the rule at this moment at all: then one sentence says so. */
static bool
is_met(const struct vector *points, const struct cover_point *like)
{
	const struct cover_point *all = points->elements;

	for (uint32_t i = 0; i < points->count; i++) {
		if (all[i].event == like->event && all[i].nth == like->nth && all[i].is_reached) {
			return true;
		}
	}
	return false;
}

static const char *
effect_text(struct arena *a, const struct l1_effect *effect)
{
	const struct l1_object *object = effect->state->object;

	if (effect->kind == L1_ENTER) {
		return arena_format(
			a, "enter %s %s", object->name, object->names[effect->amount].name);
	}
	return arena_format(a, "%s %s", l1_effect_name(effect->kind), object->name);
}

/* What a handle is of is a label, which has a name. */
static const char *
test_text(const struct cover *cover, const struct l1_condition *test)
{
	if (test->kind == L1_IN && test->field->carries == L1_HANDLE &&
		test->ranges[0].low == test->ranges[0].high) {
		return arena_format(cover->a, "%s is %s", test->field->name,
			cover->l1->labels[test->ranges[0].low & 0xffff].name);
	}
	return condition_text(cover->a, test);
}

/* "", or which moment of the rule is meant. */
static const char *
moment_text(struct arena *a, const struct cover_point *point)
{
	if (point->event == L1_CALL) {
		return "";
	}
	return point->nth == 0
		       ? arena_format(a, "%s: ", event_text(point->event))
		       : arena_format(a, "%s, tail %u: ", event_text(point->event), point->nth + 1);
}

static void
point_print(const struct cover *cover, const struct l1_rule *rule, const struct cover_point *point,
	FILE *out)
{
	const char *moment = moment_text(cover->a, point);

	if (point->kind == COVER_REFUSED) {
		(void)fprintf(out, "    %snever refused: %s (%s)\n", moment,
			effect_text(cover->a, point->effect),
			point->effect->kind == L1_ENTER ? "state" : "full");
	} else if (point->kind == COVER_DECIDES) {
		(void)fprintf(out, "    %snever %s\n", moment,
			rule->is_forbid            ? "forbids"
			: point->event == L1_ABORT ? "happens"
						   : "grants");
	} else {
		(void)fprintf(out, "    %snever %s: %s\n", moment,
			point->kind == COVER_TRUE ? "true" : "false",
			test_text(cover, point->condition));
	}
}

static struct cover_count
rule_print(const struct cover *cover, uint32_t number, FILE *out)
{
	const struct l1_rule *rule = &cover->l1->rules[number - 1];
	const struct vector *points = &cover->rules[number - 1];
	const struct cover_point *all = points->elements;
	struct cover_count count = {.all = points->count};

	for (uint32_t i = 0; i < points->count; i++) {
		count.reached += all[i].is_reached;
	}
	if (count.reached < count.all) {
		(void)fprintf(out, "%s:%u: %.*s\n", rule->position.file, rule->position.line,
			(int)rule->text_bytes, rule->text_begin);
	}
	for (uint32_t i = 0; i < points->count; i++) {
		if (is_met(points, &all[i])) {
			if (!all[i].is_reached) {
				point_print(cover, rule, &all[i], out);
			}
		} else if (all[i].kind == COVER_DECIDES) {
			(void)fprintf(out, "    %sno test has such %s\n",
				moment_text(cover->a, &all[i]),
				all[i].event == L1_CALL    ? "a message"
				: all[i].event == L1_ABORT ? "an end"
							   : "an answer");
		}
	}
	return count;
}

static struct cover_count
reasons_print(const struct cover *cover, FILE *out)
{
	struct cover_count count = {0};

	for (uint32_t i = 0; i < KSM_REASONS; i++) {
		if (cover->due[i]) {
			count.all++;
			count.reached += cover->seen[i];
		}
		if (cover->due[i] && !cover->seen[i]) {
			(void)fprintf(out, "no test is denied because %s\n",
				ksm_reason_text((enum ksm_reason)i));
		}
	}
	return count;
}

struct cover_count
cover_print(const struct cover *cover, FILE *out)
{
	struct cover_count all = {0};
	struct cover_count some;
	uint32_t whole = 0;
	uint32_t rules = 0;

	for (uint32_t i = 0; i < cover->l1->rule_count; i++) {
		some = rule_print(cover, i + 1, out);
		all.reached += some.reached;
		all.all += some.all;
		rules += some.all != 0;
		whole += some.all != 0 && some.reached == some.all;
	}
	some = reasons_print(cover, out);
	(void)fprintf(out, "reached: %u of %u outcomes, %u of %u rules wholly, %u of %u reasons\n",
		all.reached, all.all, whole, rules, some.reached, some.all);
	return (struct cover_count){all.reached + some.reached, all.all + some.all};
}
