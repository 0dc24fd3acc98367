/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * map_rule.c: what the rules of maps in one event do, one after the other as they stand in the
 * policy, is said as what the event does as a whole: Gate has no order in an event.
 */
#include <string.h>

#include "ksm/gate/compile.h"
#include "cond.h"
#include "expr_part.h"
#include "form.h"
#include "judge.h"
#include "map.h"
#include "model.h"
#include "psl.h"
#include "world.h"

/* What a table has for a key, in what it had before the event. */
#define OLD_BASE    (-1)
#define OLD_WORKING (-2)

#define WAYS_MAX 256u

static struct arena *
arena_of(const struct judge *l)
{
	return &l->world->compile->arena;
}

static struct way *
rule_way(struct judge *l, struct model *m, const struct psl_expr *e, enum map_rule rule,
	const struct cond *when)
{
	struct way *w = judge_way(l, when);

	w->effects[0] = (struct effect){.machine = m, .rule = rule, .at = e->at};
	w->effect_count = 1;
	return w;
}

/* The value gets these values: they are entered from now on. */
static void
value_enter(struct judge *l, struct map_value *v, struct range r)
{
	const struct range *known = v->entered.elements;

	for (uint32_t i = 0; i < v->entered.count; i++) {
		if (known[i].low == r.low && known[i].high == r.high) {
			return;
		}
	}
	*(struct range *)vector_push(&v->entered, arena_of(l), sizeof r) = r;
	l->models->is_stale = true;
}

/* One way for each range of values that a sum may have. */
static struct way *
ranges_ways(struct judge *l, struct map_value *v, const struct psl_expr *e,
	const struct value *value, struct range all)
{
	struct way *first = NULL;
	struct way **end = &first;

	for (uint32_t i = 0; i < v->machines[0]->state_count; i++) {
		const struct range *r = &v->ranges[i];
		const struct cond *when = &cond_true;

		if (r->low > all.high || r->high < all.low) {
			continue;
		}
		if (value->kind != VALUE_NUMBER) {
			when = form_within(l, e, value, *r);
		}
		*end = rule_way(l, v->map, e, MAP_SET, when);
		(*end)->effects[0].value = v;
		(*end)->effects[0].state = i;
		end = &(*end)->next;
	}
	return first;
}

/* Whether e is `map.get {..}`. */
static bool
is_get(const struct psl_expr *e)
{
	const char *dot = e->kind == PSL_CALL ? strrchr(e->text, '.') : NULL;

	return dot != NULL && strncmp(dot, ".get", 4) == 0;
}

/* Whether e is a value of a map that changes, more or less a number; which, and how much more. */
static bool
is_step(struct judge *l, const struct event *event, const struct psl_expr *e, struct value *cell,
	int64_t *more)
{
	struct value number = {.kind = VALUE_NUMBER};
	bool is_sum = e->kind == PSL_BINARY && e->text[1] == 0 && strchr("+-", e->text[0]) != NULL;

	if (is_sum && is_get(e->left)) {
		*cell = expr_value(l, event, e->left, false);
		number = expr_value(l, event, e->right, false);
	} else if (is_sum && e->text[0] == '+' && is_get(e->right)) {
		number = expr_value(l, event, e->left, false);
		*cell = expr_value(l, event, e->right, false);
	} else if (is_get(e)) {
		*cell = expr_value(l, event, e, false);
	} else {
		return false;
	}
	*more = is_sum && e->text[0] == '-' ? -number.number : number.number;
	return cell->kind == VALUE_CELL && number.kind == VALUE_NUMBER;
}

/*
 * The key gets the number, in the way in which the other one has the state it is made of. Whether
 * that ever happens is known when all that the event asks for is: only then is a number new.
 */
static struct way *
step_way(struct judge *l, struct map_value *v, const struct psl_expr *e, const struct cond *when,
	int64_t number)
{
	struct way *w = rule_way(l, v->map, e, MAP_SET, when);
	struct effect *own = &w->effects[0];

	own->value = v;
	own->number = number;
	own->is_new = true;
	for (uint32_t i = 0; i < v->machines[0]->state_count; i++) {
		if (number >= v->ranges[i].low && number <= v->ranges[i].high) {
			own->state = i;
			own->is_new = false;
		}
	}
	return w;
}

/*
 * map.set {.., value: map.get {..} + n}: a way for each value that the other key has. What the type
 * of a value of that map does not have is no value, which denies.
 */
static struct way *
steps_ways(struct judge *l, struct map_value *v, const struct psl_expr *e, const struct value *cell,
	int64_t more)
{
	struct map_value *from = cell->machine->value;
	struct range type = {0};
	struct range own = {0};
	struct way *first = NULL;
	struct way **end = &first;

	(void)map_type(from->map->object, &own);
	(void)map_type(v->map->object, &type);
	if (!from->is_exact) {
		from->is_exact = true;
		l->models->is_stale = true;
	}
	if (!from->is_built || !v->is_built || l->models->is_stale) {
		return judge_way(l, &cond_true);
	}
	for (uint32_t s = 0; s < cell->machine->state_count; s++) {
		const struct range *r = &from->ranges[s];
		int64_t number;

		if ((cell->machine->reached >> s & 1) == 0 ||
			__builtin_add_overflow(r->low, more, &number) || number < own.low ||
			number > own.high) {
			continue;
		}
		if (from->is_crowded || v->is_crowded || r->low != r->high) {
			(void)judge_lose(l, e->at,
				"\"%s\" of `%s` may have more than %u values here: "
				"assert before where it ends",
				from->key, from->map->object->name, MAP_STATES_MAX);
			return NULL;
		}
		if (number < type.low || number > type.high) {
			(void)judge_lose(l, e->at,
				"this may have values that `%s` of the map `%s` does not have",
				v->map->object->value_type, v->map->object->name);
			return NULL;
		}
		*end = step_way(l, v, e,
			cond_number(arena_of(l), &cell->machine->subject,
				"==", cell->machine->numbers[s]),
			number);
		end = &(*end)->next;
	}
	return first == NULL ? judge_way(l, &cond_false) : first;
}

/* map.set {sid: S, key: "k", value: V} */
static struct way *
number_way(
	struct judge *l, const struct event *event, struct map_value *v, const struct psl_expr *e)
{
	const struct psl_expr *member = psl_member(e->left, "value");
	struct range type = {0};
	struct range all;
	struct value value;
	int64_t more = 0;

	if (member == NULL) {
		(void)judge_lose(l, e->at, "`value` is missing");
		return NULL;
	}
	if (is_step(l, event, member, &value, &more)) {
		return steps_ways(l, v, e, &value, more);
	}
	(void)map_type(v->map->object, &type);
	value = expr_value(l, event, member, false);
	if (value.kind == VALUE_TRUTH && value.truth->kind <= COND_FALSE) {
		value.kind = VALUE_NUMBER;
		value.number = value.truth->kind == COND_TRUE;
	}
	all = (struct range){.low = value.number, .high = value.number};
	if (value.kind == VALUE_LOST) {
		return NULL;
	}
	if (value.kind != VALUE_NUMBER && value.kind != VALUE_SUBJECT && value.kind != VALUE_SUM) {
		(void)judge_lose(l, member->at,
			"what a message sets is a number, or a field of it and a number");
		return NULL;
	}
	if (value.kind != VALUE_NUMBER && !form_bounds(l, member, &value, &all)) {
		(void)judge_lose(l, member->at, "this field has too many values for a map");
		return NULL;
	}
	if (all.low < type.low || all.high > type.high) {
		(void)judge_lose(l, member->at,
			"this may have values that `%s` of the map `%s` does not have",
			v->map->object->value_type, v->map->object->name);
		return NULL;
	}
	value_enter(l, v, all);
	if (!v->is_built || l->models->is_stale) {
		return judge_way(l, &cond_true);
	}
	if (v->is_crowded) {
		(void)judge_lose(l, e->at,
			"\"%s\" of `%s` has more than %u values that rules tell apart", v->key,
			v->map->object->name, MAP_STATES_MAX);
		return NULL;
	}
	return ranges_ways(l, v, e, &value, all);
}

struct way *
map_way(struct judge *l, const struct event *event, struct model *m, const struct psl_expr *e,
	const char *rule)
{
	bool is_commit = strcmp(rule, "commit") == 0;
	struct map_value *const *values;
	struct map_value *own = NULL;

	if (!is_commit && strcmp(rule, "rollback") != 0 && strcmp(rule, "set") != 0) {
		(void)judge_lose(l, e->at,
			"of a map, `set`, `commit` and `rollback` are imported while the system "
			"runs");
		return NULL;
	}
	if (!m->is_present || !judge_alone(l, m, e->at) || !map_typed(l, m->object)) {
		return NULL;
	}
	(void)map_changes(l, m);
	values = m->values.elements;
	if (strcmp(rule, "set") == 0) {
		own = map_value(l, m, e);
		if (own == NULL) {
			return NULL;
		}
		judge_mark(l, &own->machines[1]->changes, e->at);
		return number_way(l, event, own, e);
	}
	for (uint32_t i = 0; i < m->values.count; i++) {
		judge_mark(l, &values[i]->machines[!is_commit]->changes, e->at);
	}
	return rule_way(l, m, e, is_commit ? MAP_COMMIT : MAP_ROLLBACK, &cond_true);
}

/* Rules of one file in the order of their places, for a `match` is met after what is around it. */
static void
rules_sort(struct way *w)
{
	for (uint32_t i = 1; i < w->effect_count; i++) {
		for (uint32_t at = i; at > 0; at--) {
			struct effect *a = &w->effects[at - 1];
			struct effect *b = &w->effects[at];
			struct effect other = *a;

			if (a->rule == MAP_NONE || b->rule == MAP_NONE ||
				a->at.file != b->at.file || a->at.offset <= b->at.offset) {
				break;
			}
			*a = *b;
			*b = other;
		}
	}
}

/* What both tables have for a key after the way: a state, or what one of them had before. */
static void
value_run(const struct way *w, const struct map_value *v, int64_t after[2])
{
	after[0] = OLD_BASE;
	after[1] = OLD_WORKING;
	for (uint32_t i = 0; i < w->effect_count; i++) {
		const struct effect *e = &w->effects[i];

		if (e->machine != v->map || e->rule == MAP_NONE) {
			continue;
		}
		if (e->rule == MAP_COMMIT) {
			after[0] = after[1];
		} else if (e->rule == MAP_ROLLBACK) {
			after[1] = after[0];
		} else if (e->value == v) {
			after[1] = e->state;
		}
	}
}

/* Every way once for each state that it may copy; otherwise with one more state that is entered. */
static struct way *
machine_enter(
	struct judge *l, struct way *ways, struct model *to, struct model *from, int64_t state)
{
	struct way *first = NULL;
	struct way **end = &first;

	for (const struct way *w = ways; w != NULL; w = w->next) {
		uint32_t begin = from == NULL ? (uint32_t)state : 0;
		uint32_t count = from == NULL ? begin + 1 : from->state_count;

		for (uint32_t s = begin; s < count; s++) {
			const struct cond *when = w->when;

			if (from != NULL) {
				when = (from->reached >> s & 1) == 0
					       ? &cond_false
					       : cond_and(arena_of(l), when,
							 cond_number(arena_of(l), &from->subject,
								 "==", from->numbers[s]));
			}
			if (when->kind == COND_FALSE) {
				continue;
			}
			to->entered |= UINT64_C(1) << s;
			if (to->word_count > 1 && (to->reached >> s & 1) == 0) {
				continue;
			}
			*end = judge_way(l, when);
			(*end)->effect_count = w->effect_count;
			memcpy((*end)->effects, w->effects, sizeof w->effects);
			if (to->word_count > 1 && w->effect_count == JUDGE_EFFECTS_MAX) {
				(void)judge_lose(l, to->object->at,
					"one event sets more than %u keys of maps",
					JUDGE_EFFECTS_MAX);
			} else if (to->word_count > 1) {
				(*end)->effects[(*end)->effect_count++] =
					(struct effect){.machine = to, .state = s};
			}
			end = &(*end)->next;
		}
	}
	return first;
}

/* What a way does to one key. */
static struct way *
value_resolve(struct judge *l, const struct way *w, struct map_value *v, struct way *ways)
{
	int64_t after[2];

	value_run(w, v, after);
	if (!v->map->is_dirty) {
		/* Both tables are equal before; then they are one machine as long as they stay so.
		 */
		if (after[0] != after[1] && (after[0] >= 0 || after[1] >= 0)) {
			v->map->is_dirty = true;
			l->models->is_stale = true;
			return ways;
		}
		after[1] = OLD_WORKING;
	}
	for (uint32_t i = 0; i < 2; i++) {
		bool is_old = after[i] == (i == 0 ? OLD_BASE : OLD_WORKING);
		struct model *from = after[i] >= 0 ? NULL : v->machines[1 - i];

		if (is_old || (after[i] < 0 && !v->map->is_dirty) || !v->machines[i]->is_read) {
			continue;
		}
		if (from != NULL && !from->is_read) {
			from->is_read = true;
			l->models->is_stale = true;
		}
		ways = machine_enter(l, ways, v->machines[i], from, after[i]);
	}
	return ways;
}

static struct way *
way_resolve(struct judge *l, struct way *w)
{
	struct way *ways = judge_way(l, w->when);
	struct model *done[JUDGE_EFFECTS_MAX];
	uint32_t count = 0;

	rules_sort(w);
	for (uint32_t i = 0; i < w->effect_count; i++) {
		if (w->effects[i].is_new && w->when->kind != COND_FALSE) {
			value_enter(l, w->effects[i].value,
				(struct range){w->effects[i].number, w->effects[i].number});
		}
	}
	for (uint32_t i = 0; i < w->effect_count; i++) {
		if (w->effects[i].rule == MAP_NONE) {
			ways->effects[ways->effect_count++] = w->effects[i];
		}
	}
	for (uint32_t i = 0; i < w->effect_count; i++) {
		struct model *m = w->effects[i].machine;
		bool is_done = w->effects[i].rule == MAP_NONE;

		for (uint32_t n = 0; n < count; n++) {
			is_done = is_done || done[n] == m;
		}
		if (is_done) {
			continue;
		}
		done[count++] = m;
		for (uint32_t n = 0; n < m->values.count; n++) {
			ways = value_resolve(
				l, w, ((struct map_value *const *)m->values.elements)[n], ways);
		}
	}
	return ways;
}

struct way *
map_resolve(struct judge *l, struct way *ways)
{
	struct way *first = NULL;
	struct way **end = &first;
	uint32_t count = 0;

	while (ways != NULL) {
		struct way *next = ways->next;

		*end = way_resolve(l, ways);
		for (; *end != NULL; end = &(*end)->next) {
			count++;
		}
		ways = next;
	}
	if (count > WAYS_MAX) {
		(void)judge_lose(l, l->world->psl->bindings->at, "more than %u cases", WAYS_MAX);
	}
	return first;
}
