/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* judge.c: all bodies that meet an event must grant it, and there must be one. */
#include "judge.h"

#include <stdarg.h>
#include <string.h>

#include "ksm/gate/compile.h"
#include "expr_part.h"
#include "expr_value.h"
#include "map.h"
#include "match.h"
#include "mic.h"
#include "cond.h"
#include "model.h"
#include "psl.h"
#include "world.h"

/* More ways to grant one event are no policy that a person would keep. */
#define WAYS_MAX 256u

static const char flow_rules[] = "enter allow init fini";

static struct way *items_ways(struct judge *l, const struct event *e, const struct psl_item *body);

static struct arena *
arena_of(const struct judge *l)
{
	return &l->world->compile->arena;
}

const struct cond *
judge_lose(struct judge *l, struct span at, const char *format, ...)
{
	const struct lost *known = l->lost.elements;
	struct lost lost = {.at = at};
	va_list arguments;

	l->loss_count++;
	for (uint32_t i = 0; i < l->lost.count; i++) {
		if (known[i].at.file == at.file && known[i].at.offset == at.offset) {
			return &cond_false;
		}
	}
	va_start(arguments, format);
	lost.why = arena_vformat(arena_of(l), format, arguments);
	va_end(arguments);
	*(struct lost *)vector_push(&l->lost, arena_of(l), sizeof lost) = lost;
	return &cond_false;
}

struct way *
judge_way(struct judge *l, const struct cond *when)
{
	struct way *w = arena_alloc(arena_of(l), sizeof *w);

	w->when = when;
	return w;
}

/* Every way of a with every way of b; NULL if there is none. */
static struct way *
ways_both(struct judge *l, const struct way *a, const struct way *b, struct span at)
{
	struct way *first = NULL;
	struct way **end = &first;
	uint32_t count = 0;

	for (; a != NULL; a = a->next) {
		for (const struct way *other = b; other != NULL; other = other->next) {
			const struct cond *when = cond_and(arena_of(l), a->when, other->when);
			struct way *both;

			if (when->kind == COND_FALSE) {
				continue;
			}
			if (++count > WAYS_MAX ||
				a->effect_count + other->effect_count > JUDGE_EFFECTS_MAX) {
				(void)judge_lose(l, at, "more than %u cases or %u effects",
					WAYS_MAX, JUDGE_EFFECTS_MAX);
				return NULL;
			}
			both = judge_way(l, when);
			memcpy(both->effects, a->effects, sizeof both->effects);
			memcpy(both->effects + a->effect_count, other->effects,
				other->effect_count * sizeof *both->effects);
			both->effect_count = a->effect_count + other->effect_count;
			*end = both;
			end = &both->next;
		}
	}
	return first;
}

bool
judge_alone(struct judge *l, const struct model *m, struct span at)
{
	if (m->class->tasks > 1) {
		(void)judge_lose(l, at,
			"init.yaml starts %u tasks of `%s`, each with its own state of `%s`: give "
			"each a class, `task class NAME : %s`",
			m->class->tasks, m->class->name, m->object->name, m->class->name);
	}
	return m->class->tasks <= 1;
}

/* Marks a state as entered and returns the way that enters it, which may be none. */
static struct way *
enter_way(struct judge *l, struct model *m, uint32_t state, const struct cond *when, struct span at)
{
	uint64_t from = 0;
	struct way *w;

	if (!judge_alone(l, m, at)) {
		return NULL;
	}
	m->entered |= UINT64_C(1) << state;
	for (uint32_t s = 0; s <= m->state_count; s++) {
		from |= (m->moves[s] >> state & 1) << s;
	}
	if ((m->reached >> state & 1) == 0 || (from & m->reached) == 0 ||
		when->kind == COND_FALSE) {
		return NULL;
	}
	w = judge_way(l, when);
	w->effects[0] = (struct effect){.machine = m, .state = state};
	w->effect_count = 1;
	return w;
}

/* flow.allow {sid: S, states: [..]} */
static const struct cond *
states_cond(struct judge *l, struct model *m, const struct psl_expr *e)
{
	const struct psl_expr *states = psl_member(e->left, "states");
	const struct cond *sum = &cond_false;

	if (states == NULL || states->kind != PSL_LIST) {
		return judge_lose(l, e->at, "`states` is a list of texts");
	}
	for (const struct psl_expr *s = states->left; s != NULL; s = s->next) {
		uint32_t state =
			s->kind == PSL_TEXT ? model_state(m, s->text) : MODEL_STATES_MAX + 1;

		if (state > MODEL_STATES_MAX) {
			return judge_lose(l, s->at, "the object has no such state");
		}
		if ((m->reached >> state & 1) != 0) {
			sum = cond_or(arena_of(l), sum,
				cond_number(arena_of(l), &m->subject, "==", m->numbers[state]));
		}
	}
	return sum;
}

static struct way *
flow_way(struct judge *l, struct model *m, const struct psl_expr *e, const char *rule)
{
	const struct psl_expr *to = psl_member(e->left, "state");
	uint32_t absent = m->state_count;
	const struct cond *is_absent;
	const struct cond *when;
	uint32_t state;

	is_absent = (m->reached >> absent & 1) == 0
			    ? &cond_false
			    : cond_number(arena_of(l), &m->subject, "==", m->numbers[absent]);
	if (strcmp(rule, "init") == 0) {
		return enter_way(l, m, m->initial, is_absent, e->at);
	}
	if (strcmp(rule, "fini") == 0) {
		return enter_way(l, m, absent, cond_not(arena_of(l), is_absent), e->at);
	}
	if (strcmp(rule, "allow") == 0) {
		when = states_cond(l, m, e);
		return when->kind == COND_FALSE ? NULL : judge_way(l, when);
	}
	state = to != NULL && to->kind == PSL_TEXT ? model_state(m, to->text)
						   : MODEL_STATES_MAX + 1;
	if (state > MODEL_STATES_MAX) {
		(void)judge_lose(l, to == NULL ? e->at : to->at,
			"`state` is one of the object's states, as a text");
		return NULL;
	}
	/* Absent has moves of its own, which are those of init. */
	return enter_way(l, m, state, cond_not(arena_of(l), is_absent), e->at);
}

/*
 * Whether it is `init` or `fini` of a set or a map, which deny if they find it begun, or not begun.
 * Otherwise they would begin or end it while the system runs, and that cannot be said.
 */
static bool
begins_or_ends(struct judge *l, const struct model *m, const struct psl_expr *e, const char *rule)
{
	bool begins = strcmp(rule, "init") == 0;

	if ((m->kind != MODEL_SET && m->kind != MODEL_MAP) ||
		(!begins && strcmp(rule, "fini") != 0)) {
		return false;
	}
	if (begins != m->is_present) {
		(void)judge_lose(l, e->at,
			begins ? "what is begun while the system runs is not imported of this "
				 "model: `init` belongs to the start of its class"
			       : "what is ended while the system runs is not imported of this "
				 "model");
	}
	return true;
}

/* object.rule {sid: S, ..} in the body of a message. */
static struct way *
rule_way(struct judge *l, const struct event *event, const struct psl_expr *e)
{
	const char *dot = strrchr(e->text, '.');
	const char *name = arena_copy(arena_of(l), e->text, (size_t)(dot - e->text));
	const struct psl_expr *source = psl_member(e->left, "source");
	const struct psl_expr *sid = source != NULL ? source : psl_member(e->left, "sid");
	const struct world_class *class = expr_sid(event, sid);
	const struct cond *when;
	struct model *m;

	if (expr_base(l, event, e, &when)) {
		return when->kind == COND_FALSE ? NULL : judge_way(l, when);
	}
	if (class == NULL) {
		(void)judge_lose(l, e->at, "`%s` is `src_sid` or `dst_sid`",
			source != NULL ? "source" : "sid");
		return NULL;
	}
	m = model_find(l->models, name, class);
	if (m == NULL) {
		(void)judge_lose(l, e->at, "the policy has no object `%s`", name);
		return NULL;
	}
	if (m->kind == MODEL_MIC) {
		return mic_grants(l, event, e, dot + 1) ? judge_way(l, &cond_true) : NULL;
	}
	if (begins_or_ends(l, m, e, dot + 1)) {
		return NULL;
	}
	if (m->kind == MODEL_SET && m->is_present &&
		(strcmp(dot + 1, "add") == 0 || strcmp(dot + 1, "remove") == 0)) {
		return set_way(l, event, m, e, dot[1] == 'a');
	}
	if (m->kind == MODEL_MAP) {
		return map_way(l, event, m, e, dot + 1);
	}
	if (m->kind == MODEL_SET && !m->is_present) {
		return NULL; /* what would begin it is refused */
	}
	if (m->kind != MODEL_FLOW || strstr(flow_rules, dot + 1) == NULL) {
		(void)judge_lose(l, e->at,
			m->kind == MODEL_FLOW ? "the model Flow has no such rule"
					      : "what changes while the system runs is not "
						"imported of this model");
		return NULL;
	}
	return flow_way(l, m, e, dot + 1);
}

/* What a case of a choice says. */
static struct way *
case_ways(struct judge *l, const struct event *event, const struct psl_item *choice,
	const struct psl_item *one)
{
	struct case_path *path = arena_alloc(arena_of(l), sizeof *path);
	struct way *ways;

	*path = (struct case_path){.choice = choice, .one = one, .outer = l->path};
	l->path = path;
	ways = items_ways(l, event, one->body);
	l->path = path->outer;
	return ways;
}

/* The ways of a choice: those of each case, when its label is the value. */
static struct way *
choice_ways(struct judge *l, const struct event *event, const struct psl_item *choice)
{
	const struct cond *rest = &cond_true;
	struct way *first = NULL;
	struct way **end = &first;

	if (choice->expr->kind == PSL_CALL && strstr(choice->expr->text, ".query_level") != NULL &&
		!mic_has(l, event, choice->expr)) {
		return NULL;
	}
	for (const struct psl_item *one = choice->body; one != NULL; one = one->next) {
		const struct cond *when = rest;
		struct way *ways;

		if (one->label != NULL) {
			when = cond_and(
				arena_of(l), rest, expr_equals(l, event, choice->expr, one->label));
			rest = cond_and(arena_of(l), rest, cond_not(arena_of(l), when));
		}
		ways = case_ways(l, event, choice, one);
		*end = ways_both(l, judge_way(l, when), ways, one->at);
		while (*end != NULL) {
			end = &(*end)->next;
		}
		if (one->label == NULL) {
			break;
		}
	}
	return first;
}

/* What a body says by itself; its `match` parts are bodies of their own. */
static struct way *
items_ways(struct judge *l, const struct event *event, const struct psl_item *body)
{
	struct way *ways = judge_way(l, &cond_true);

	for (const struct psl_item *i = body; i != NULL; i = i->next) {
		struct way *own = NULL;
		bool had_failed = l->failed;
		const struct cond *had_fits = l->fits;

		l->failed = false;
		l->fits = &cond_true;

		switch (i->kind) {
		case PSL_MATCH:
			continue;
		case PSL_GRANT:
			own = judge_way(l, &cond_true);
			break;
		case PSL_DENY:
			break;
		case PSL_ASSERT:
			own = judge_way(l, expr_truth(l, event, i->expr));
			break;
		case PSL_RULE:
			own = rule_way(l, event, i->expr);
			break;
		case PSL_CHOICE:
			own = choice_ways(l, event, i);
			break;
		}
		own = l->failed ? NULL : ways_both(l, judge_way(l, l->fits), own, i->at);
		ways = ways_both(l, ways, own, i->at);
		l->failed = had_failed;
		l->fits = had_fits;
	}
	return ways;
}

/* The first rule that a body holds itself, not in a `match`; NULL if there is none. */
static const struct psl_item *
own_rule(const struct psl_item *body)
{
	while (body != NULL && body->kind == PSL_MATCH) {
		body = body->next;
	}
	return body;
}

/* Calls visit with each body that e meets, and returns how many there are. */
static uint32_t
leaves_visit(struct judge *l, const struct event *e, const struct psl_item *body,
	void (*visit)(
		struct judge *l, const struct event *e, const struct psl_item *body, void *data),
	void *data)
{
	const struct psl_item *rule = own_rule(body);
	uint32_t count = 0;

	if (rule != NULL) {
		*(struct span *)vector_push(&l->sources, arena_of(l), sizeof rule->at) = rule->at;
		visit(l, e, body, data);
		count++;
	}
	for (const struct psl_item *i = body; i != NULL; i = i->next) {
		if (i->kind == PSL_MATCH && match_item(i, e)) {
			count += leaves_visit(l, e, i->body, visit, data);
		}
	}
	return count;
}

static void
binding_mark(struct judge *l, const struct psl_binding *b)
{
	for (uint32_t i = 0; i < l->bound.count; i++) {
		if (((const struct psl_binding *const *)l->bound.elements)[i] == b) {
			return;
		}
	}
	*(const struct psl_binding **)vector_push(&l->bound, arena_of(l), sizeof b) = b;
}

uint32_t
judge_visit(struct judge *l, const struct event *e,
	void (*visit)(
		struct judge *l, const struct event *e, const struct psl_item *body, void *data),
	void *data)
{
	uint32_t count = 0;

	l->sources.count = 0;
	for (const struct psl_binding *b = l->world->psl->bindings; b != NULL; b = b->next) {
		uint32_t met = 0;

		if (match_binding(b, e)) {
			met = leaves_visit(l, e, b->body, visit, data);
		}
		if (met > 0) {
			binding_mark(l, b);
		}
		count += met;
	}
	return count;
}

static void
leaf_join(struct judge *l, const struct event *e, const struct psl_item *body, void *data)
{
	struct way **ways = data;

	*ways = ways_both(l, *ways, items_ways(l, e, body), body->at);
}

/* Two effects on one machine in one event are two writes of one cell [S13]. */
static bool
effects_clash(const struct way *w)
{
	for (uint32_t i = 0; i < w->effect_count; i++) {
		for (uint32_t j = 0; j < i; j++) {
			if (w->effects[i].machine == w->effects[j].machine) {
				return true;
			}
		}
	}
	return false;
}

struct way *
judge_event(struct judge *l, const struct event *e)
{
	struct way *ways = judge_way(l, &cond_true);
	uint32_t lost = l->loss_count;
	const struct cond *sum = &cond_false;

	models_quiet(l->models);
	if (judge_visit(l, e, leaf_join, &ways) == 0) {
		return NULL;
	}
	sets_check(l);
	ways = map_resolve(l, ways);
	for (const struct way *w = ways; w != NULL; w = w->next) {
		if (effects_clash(w)) {
			(void)judge_lose(
				l, l->world->psl->bindings->at, "one event moves an object twice");
		}
		sum = w->effect_count > 0 || sum == NULL ? NULL
							 : cond_or(arena_of(l), sum, w->when);
	}
	if (l->loss_count != lost || ways == NULL) {
		return NULL;
	}
	return sum == NULL ? ways : judge_way(l, sum);
}
