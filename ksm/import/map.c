/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * map.c: a map that no message changes is numbers; of one that messages change, each key is a
 * machine whose states are the ranges of values that the policy tells apart.
 */
#include "map.h"

#include <string.h>

#include "ksm/gate/compile.h"
#include "expr_part.h"
#include "expr_value.h"
#include "judge.h"
#include "model.h"
#include "psl.h"
#include "world.h"

static struct arena *
arena_of(const struct judge *l)
{
	return &l->world->compile->arena;
}

const char *
map_fault(const struct psl_object *o, struct span *at)
{
	const struct psl_expr *keys = psl_member(o->config, "keys");
	const struct psl_expr *size = psl_member(o->config, "pool_size");

	if (keys == NULL || size == NULL) {
		return "the config needs `keys` and `pool_size`";
	}
	*at = size->at;
	if (size->kind != PSL_INTEGER || size->number == 0) {
		return "a number above 0 is due here";
	}
	*at = keys->at;
	if (keys->kind != PSL_RECORD || keys->left == NULL) {
		return "`keys` are texts, each with `:` and the number that it has at first";
	}
	for (const struct psl_expr *k = keys->left; k != NULL; k = k->next) {
		*at = k->at;
		if (k->kind == PSL_TEXT || k->kind == PSL_LIST || k->kind == PSL_RECORD) {
			return "the value of a key is a number";
		}
		for (const struct psl_expr *other = keys->left; other != k; other = other->next) {
			if (strcmp(other->key, k->key) == 0) {
				return "this key stands here twice";
			}
		}
	}
	return NULL;
}

bool
map_type(const struct psl_object *o, struct range *r)
{
	const char *name = o->value_type == NULL ? "" : o->value_type;
	bool is_signed = strncmp(name, "SInt", 4) == 0;
	uint32_t bits = 0;

	if (strcmp(name, "Boolean") == 0) {
		*r = (struct range){.low = 0, .high = 1};
		return true;
	}
	if (is_signed || strncmp(name, "UInt", 4) == 0) {
		const char *digits = name + 4;

		bits = strcmp(digits, "8") == 0    ? 8
		       : strcmp(digits, "16") == 0 ? 16
		       : strcmp(digits, "32") == 0 ? 32
		       : strcmp(digits, "64") == 0 ? 64
						   : 0;
	}
	if (bits == 0) {
		return false;
	}
	r->high = (int64_t)(UINT64_MAX >> (64 - bits) >> (is_signed || bits == 64));
	r->low = is_signed ? -r->high - 1 : 0;
	return true;
}

/* The number of a key; UINT32_MAX after a report. */
static uint32_t
key_find(struct judge *l, const struct model *m, const struct psl_expr *e)
{
	const struct psl_expr *key = psl_member(e->left, "key");

	if (key == NULL || key->kind != PSL_TEXT) {
		(void)judge_lose(
			l, key == NULL ? e->at : key->at, "`key` is one of the map's, as a text");
		return UINT32_MAX;
	}
	for (uint32_t i = 0; i < m->keys.count; i++) {
		if (strcmp(((const char *const *)m->keys.elements)[i], key->text) == 0) {
			return i;
		}
	}
	(void)judge_lose(l, key->at, "the map `%s` has no key \"%s\"", m->object->name, key->text);
	return UINT32_MAX;
}

struct map_value *
map_value(struct judge *l, const struct model *m, const struct psl_expr *e)
{
	uint32_t key = key_find(l, m, e);

	return key == UINT32_MAX ? NULL : ((struct map_value *const *)m->values.elements)[key];
}

bool
map_typed(struct judge *l, const struct psl_object *o)
{
	struct range type;

	if (!map_type(o, &type)) {
		(void)judge_lose(l, o->at, "`type Value` is an integer type, or Boolean");
		return false;
	}
	return true;
}

/* Records that the type of the values has no such number. Returns whether it has it. */
static bool
number_fits(struct judge *l, const struct psl_object *o, int64_t number, struct span at)
{
	struct range type;

	if (map_type(o, &type) && (number < type.low || number > type.high)) {
		(void)judge_lose(
			l, at, "`%s` of the map `%s` has no such value", o->value_type, o->name);
		return false;
	}
	return true;
}

static void
keys_begin(struct judge *l, const struct event *event, struct model *m)
{
	const struct psl_expr *keys = psl_member(m->object->config, "keys");

	for (const struct psl_expr *k = keys->left; k != NULL; k = k->next) {
		int64_t number = 0;

		if (!expr_number(l, event, k, &number)) {
			(void)judge_lose(l, k->at, "the value of a key is a number");
		}
		(void)number_fits(l, m->object, number, k->at);
		*(const char **)vector_push(&m->keys, arena_of(l), sizeof k->key) = k->key;
		*(int64_t *)vector_push(&m->entries, arena_of(l), sizeof number) = number;
		*(int64_t *)vector_push(&m->working, arena_of(l), sizeof number) = number;
	}
}

bool
map_start(struct judge *l, const struct event *event, struct model *m, const struct psl_expr *e,
	const char *rule)
{
	const struct psl_expr *value = psl_member(e->left, "value");
	size_t bytes = m->entries.count * sizeof(int64_t);
	int64_t number = 0;
	uint32_t key;

	if (strcmp(rule, "init") == 0) {
		bool is_new = model_begin(l, m);

		if (is_new) {
			keys_begin(l, event, m);
		}
		return is_new;
	}
	if (!m->is_present) {
		return false;
	}
	if (strcmp(rule, "commit") == 0) {
		memcpy(m->entries.elements, m->working.elements, bytes);
		return true;
	}
	if (strcmp(rule, "rollback") == 0) {
		memcpy(m->working.elements, m->entries.elements, bytes);
		return true;
	}
	if (strcmp(rule, "set") != 0 || value == NULL || !expr_number(l, event, value, &number)) {
		(void)judge_lose(l, e->at,
			"only `init`, `set` of a number, `commit` and `rollback` are imported of a "
			"start");
		return false;
	}
	key = key_find(l, m, e);
	if (key == UINT32_MAX || !number_fits(l, m->object, number, value->at)) {
		return false;
	}
	((int64_t *)m->working.elements)[key] = number;
	return true;
}

/* Whether some rule of a message changes an object. */
static bool
items_change(const struct psl_item *body, const char *object)
{
	size_t length = strlen(object);

	for (const struct psl_item *i = body; i != NULL; i = i->next) {
		if (i->kind == PSL_RULE && strncmp(i->expr->text, object, length) == 0 &&
			i->expr->text[length] == '.') {
			return true;
		}
		if (items_change(i->body, object)) {
			return true;
		}
	}
	return false;
}

static void
values_make(struct judge *l, struct model *m)
{
	struct arena *a = arena_of(l);

	for (uint32_t i = 0; i < m->keys.count; i++) {
		struct map_value *v = arena_alloc(a, sizeof *v);

		v->map = m;
		v->key = ((const char *const *)m->keys.elements)[i];
		v->first[0] = ((const int64_t *)m->entries.elements)[i];
		v->first[1] = ((const int64_t *)m->working.elements)[i];
		m->is_dirty = m->is_dirty || v->first[0] != v->first[1];
		for (uint32_t n = 0; n < 2; n++) {
			v->machines[n] = model_machine(l->models, m);
			v->machines[n]->value = v;
			*(struct range *)vector_push(&v->entered, a, sizeof(struct range)) =
				(struct range){.low = v->first[n], .high = v->first[n]};
			l->models->is_stale = true;
		}
		*(struct map_value **)vector_push(&m->values, a, sizeof(void *)) = v;
	}
}

bool
map_changes(struct judge *l, struct model *m)
{
	if (!m->settled) {
		m->settled = true;
		for (const struct psl_binding *b = l->world->psl->bindings; b != NULL;
			b = b->next) {
			m->adds = m->adds || (b->event != PSL_EXECUTE &&
						     items_change(b->body, m->object->name));
		}
		if (m->adds) {
			values_make(l, m);
		}
	}
	return m->adds;
}

struct value
map_get(struct judge *l, const struct event *event, struct model *m, const struct psl_expr *e,
	const char *function)
{
	bool is_working = strcmp(function, "get") != 0;
	struct value v = {.kind = VALUE_NUMBER};
	uint32_t key;
	struct map_value *own;

	if (!m->is_present) {
		l->failed = true;
		return (struct value){.kind = VALUE_LOST};
	}
	key = key_find(l, m, e);
	if (key == UINT32_MAX) {
		return (struct value){.kind = VALUE_LOST};
	}
	if (event->kind == PSL_EXECUTE || !map_changes(l, m)) {
		v.number = ((const int64_t *)(is_working ? m->working : m->entries).elements)[key];
		return v;
	}
	if (!map_typed(l, m->object)) {
		return (struct value){.kind = VALUE_LOST};
	}
	own = ((struct map_value *const *)m->values.elements)[key];
	judge_mark(l, &own->machines[is_working]->tests, e->at);
	v.kind = VALUE_CELL;
	v.machine = own->machines[is_working && m->is_dirty];
	l->models->is_stale = l->models->is_stale || !v.machine->is_read;
	v.machine->is_read = true;
	return v;
}

/* Something that may be so or not: what stands for a test until all ranges are known. */
static const struct cond *
unknown(struct judge *l)
{
	struct subject *s = arena_alloc(arena_of(l), sizeof *s);

	l->models->is_stale = true;
	s->high = 1;
	return cond_number(arena_of(l), s, "==", 1);
}

/* What the other side says when the key has the value n. */
static const struct cond *
side_compare(struct judge *l, const struct psl_expr *e, int64_t n, const char *operator,
	const struct value * b)
{
	struct value own = {.kind = VALUE_NUMBER, .number = n};

	return b->kind == VALUE_CELL ? map_compare(l, e, b, operator_turned(operator), &own)
				     : expr_compare(l, e, &own, operator, b);
}

const struct cond *
map_compare(struct judge *l, const struct psl_expr *e, const struct value *a, const char *operator,
	const struct value * b)
{
	struct map_value *v = a->machine == NULL ? NULL : a->machine->value;
	const struct cond *sum = &cond_false;
	bool is_number = b->kind == VALUE_NUMBER;

	if (a->kind != VALUE_CELL) {
		return map_compare(l, e, b, operator_turned(operator), a);
	}
	if (!is_number && b->kind != VALUE_CELL && b->kind != VALUE_SUBJECT &&
		b->kind != VALUE_SUM && b->kind != VALUE_BITS) {
		return judge_lose(l, e->at, "a value of a map is compared with numbers only");
	}
	if (b->kind == VALUE_CELL && b->machine == a->machine) {
		return cond_numbers(0, operator, 0);
	}
	if (is_number) {
		map_cut(l->models, v, operator, b->number);
	} else if (!v->is_exact) {
		v->is_exact = true;
		l->models->is_stale = true;
	}
	if (!v->is_built || l->models->is_stale) {
		return unknown(l);
	}
	for (uint32_t i = 0; i < a->machine->state_count; i++) {
		const struct range *r = &v->ranges[i];
		const struct cond *one;

		if ((a->machine->reached >> i & 1) == 0) {
			continue;
		}
		if (v->is_crowded || (!is_number && r->low != r->high)) {
			return judge_lose(l, e->at,
				"\"%s\" of `%s` may have more than %u values that this tells apart",
				v->key, v->map->object->name, MAP_STATES_MAX);
		}
		one = cond_number(arena_of(l), &a->machine->subject, "==", a->machine->numbers[i]);
		sum = cond_or(arena_of(l), sum,
			cond_and(arena_of(l), one,
				is_number ? cond_numbers(r->low, operator, b->number)
					  : side_compare(l, e, r->low, operator, b)));
	}
	return sum;
}
