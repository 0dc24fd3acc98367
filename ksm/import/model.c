/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* model.c: Flow becomes a machine, HashSet a set of constants; of StaticMap see map.c. */
#include "model.h"

#include <string.h>

#include "ksm/gate/compile.h"
#include "names.h"
#include "cond.h"
#include "judge.h"
#include "psl.h"
#include "world.h"

static const char absent[] = "absent";

/* Values times places of a set have at most 2^62 [O2]. */
#define SET_BITS_MAX 32u

static enum model_kind
kind_of(const char *model)
{
	const char *dot = strrchr(model, '.');
	const char *name = dot == NULL ? model : dot + 1;

	if (strcmp(name, "Flow") == 0) {
		return MODEL_FLOW;
	}
	if (strcmp(name, "HashSet") == 0) {
		return MODEL_SET;
	}
	if (strcmp(name, "Mic") == 0) {
		return MODEL_MIC;
	}
	return strcmp(name, "StaticMap") == 0 ? MODEL_MAP : MODEL_OTHER;
}

/* A member of the config that has to be a number of at least 1. */
static const char *
number_fault(const struct psl_object *o, const char *key, struct span *at)
{
	const struct psl_expr *e = psl_member(o->config, key);

	if (e == NULL) {
		return "the config needs `set_size` and `pool_size`";
	}
	*at = e->at;
	return e->kind == PSL_INTEGER && e->number > 0 ? NULL : "a number above 0 is due here";
}

static bool
is_state(const struct psl_expr *states, const char *name)
{
	for (const struct psl_expr *e = states->left; e != NULL; e = e->next) {
		if (strcmp(e->text, name) == 0) {
			return true;
		}
	}
	return false;
}

static const char *
flow_fault(const struct psl_object *o, struct span *at)
{
	const struct psl_expr *states = psl_member(o->config, "states");
	const struct psl_expr *initial = psl_member(o->config, "initial");
	const struct psl_expr *moves = psl_member(o->config, "transitions");
	uint32_t count = 0;

	if (states == NULL || states->kind != PSL_LIST || initial == NULL ||
		initial->kind != PSL_TEXT || moves == NULL || moves->kind != PSL_RECORD) {
		return "the config needs `states`, `initial` and `transitions`";
	}
	for (const struct psl_expr *e = states->left; e != NULL; e = e->next) {
		*at = e->at;
		if (e->kind != PSL_TEXT || ++count > MODEL_STATES_MAX - 1) {
			return "states are at most 62 texts";
		}
	}
	*at = initial->at;
	if (!is_state(states, initial->text)) {
		return "this is not one of the states";
	}
	for (const struct psl_expr *m = moves->left; m != NULL; m = m->next) {
		*at = m->at;
		if (!is_state(states, m->key) || m->kind != PSL_LIST) {
			return "a transition is a state, `:` and a list of states";
		}
		for (const struct psl_expr *e = m->left; e != NULL; e = e->next) {
			*at = e->at;
			if (e->kind != PSL_TEXT || !is_state(states, e->text)) {
				return "this is not one of the states";
			}
		}
	}
	return NULL;
}

const char *
model_fault(const struct psl_object *o, struct span *at)
{
	const char *fault = NULL;

	*at = o->at;
	switch (kind_of(o->model)) {
	case MODEL_FLOW:
		return flow_fault(o, at);
	case MODEL_SET:
		fault = number_fault(o, "set_size", at);
		return fault != NULL ? fault : number_fault(o, "pool_size", at);
	case MODEL_MIC:
		return mic_fault(o, at);
	case MODEL_MAP:
		return map_fault(o, at);
	case MODEL_OTHER:
		break;
	}
	return o->config != NULL && o->config->kind != PSL_RECORD ? "a config is a record" : NULL;
}

uint32_t
model_state(const struct model *m, const char *name)
{
	for (uint32_t i = 0; i < m->state_count; i++) {
		if (strcmp(m->states[i], name) == 0) {
			return i;
		}
	}
	return MODEL_STATES_MAX + 1;
}

static const char *const *
state_words(const struct subject *s, uint32_t *count)
{
	const struct model *m = s->owner;

	*count = m->word_count;
	return m->words;
}

/* Numbers the reached states anew, the first one first. */
static void
states_number(struct models *all, struct model *m)
{
	struct arena *a = &all->world->compile->arena;
	uint32_t first = m->is_present ? m->state : m->state_count;

	m->word_count = 0;
	for (uint32_t i = 0; i <= m->state_count; i++) {
		uint32_t state = i == 0 ? first : i <= first ? i - 1 : i;

		if ((m->reached >> state & 1) == 0) {
			continue;
		}
		m->numbers[state] = m->word_count;
		m->words[m->word_count++] =
			names_word(a, state == m->state_count ? absent : m->states[state]);
	}
	m->subject.high = (int64_t)m->word_count - 1;
}

static void
flow_make(struct model *m)
{
	const struct psl_expr *config = m->object->config;
	const struct psl_expr *moves = psl_member(config, "transitions");

	for (const struct psl_expr *e = psl_member(config, "states")->left; e != NULL;
		e = e->next) {
		m->states[m->state_count++] = e->text;
	}
	m->states[m->state_count] = absent;
	m->initial = model_state(m, psl_member(config, "initial")->text);
	for (const struct psl_expr *from = moves->left; from != NULL; from = from->next) {
		for (const struct psl_expr *to = from->left; to != NULL; to = to->next) {
			m->moves[model_state(m, from->key)] |= UINT64_C(1)
							       << model_state(m, to->text);
		}
	}
	/* init leads from absent to the initial state, fini from any state to absent. */
	m->moves[m->state_count] = UINT64_C(1) << m->initial;
	for (uint32_t i = 0; i < m->state_count; i++) {
		m->moves[i] |= UINT64_C(1) << m->state_count;
	}
	m->reached = (UINT64_C(2) << m->state_count) - 1;
	m->subject.is_machine = true;
	m->subject.names = state_words;
	m->subject.owner = m;
}

static const struct psl_object *
object_find(const struct psl *psl, const char *name)
{
	for (const struct psl_object *o = psl->objects; o != NULL; o = o->next) {
		if (strcmp(o->name, name) == 0) {
			return o;
		}
	}
	return NULL;
}

bool
model_is_call(const struct models *all, const char *call, const char *model, const char *function)
{
	const char *dot = strrchr(call, '.');
	const struct psl_object *o;
	const char *last;
	char *name;

	if (dot == NULL || strcmp(dot + 1, function) != 0) {
		return false;
	}
	name = arena_copy(&all->world->compile->arena, call, (size_t)(dot - call));
	if (strcmp(name, strcmp(model, "Regex") == 0 ? "re" : "base") == 0) {
		return true;
	}
	o = object_find(all->world->psl, name);
	last = o == NULL ? NULL : strrchr(o->model, '.');
	return o != NULL && strcmp(last == NULL ? o->model : last + 1, model) == 0;
}

struct model *
model_find(struct models *all, const char *object, const struct world_class *class)
{
	struct arena *a = &all->world->compile->arena;
	const struct psl_object *o = object_find(all->world->psl, object);
	struct model *m;

	for (uint32_t i = 0; i < all->all.count; i++) {
		m = ((struct model *const *)all->all.elements)[i];
		if (m->object == o && m->class == class) {
			return m;
		}
	}
	if (o == NULL) {
		return NULL;
	}
	m = arena_alloc(a, sizeof *m);
	m->object = o;
	m->class = class;
	m->kind = kind_of(o->model);
	if (m->kind == MODEL_FLOW) {
		flow_make(m);
		states_number(all, m);
	}
	*(struct model **)vector_push(&all->all, a, sizeof m) = m;
	return m;
}

struct model *
model_machine(struct models *all, struct model *m)
{
	struct model *own = arena_alloc(&all->world->compile->arena, sizeof *own);

	own->object = m->object;
	own->class = m->class;
	own->kind = MODEL_FLOW;
	own->subject.is_machine = true;
	own->subject.names = state_words;
	own->subject.owner = own;
	*(struct model **)vector_push(&all->all, &all->world->compile->arena, sizeof own) = own;
	return own;
}

bool
model_begin(struct judge *l, struct model *m)
{
	const struct psl_expr *size = psl_member(m->object->config, "pool_size");
	uint64_t count = 0;

	for (uint32_t i = 0; i < l->models->all.count; i++) {
		const struct model *other = ((struct model *const *)l->models->all.elements)[i];

		count += other->object == m->object && other->is_present;
	}
	if (m->is_present || (size != NULL && size->kind == PSL_INTEGER && count >= size->number)) {
		return false;
	}
	m->is_present = true;
	return true;
}

/* Once more from the beginning, where every state counts as reached. */
static void
models_again(struct models *all)
{
	all->is_stale = false;
	for (uint32_t i = 0; i < all->all.count; i++) {
		struct model *m = ((struct model *const *)all->all.elements)[i];

		if (m->kind == MODEL_MAP) {
			map_build(all, m);
		}
	}
	for (uint32_t i = 0; i < all->all.count; i++) {
		struct model *m = ((struct model *const *)all->all.elements)[i];

		if (m->kind == MODEL_FLOW) {
			/* The machine of a key is never absent. */
			m->reached = (UINT64_C(1) << m->state_count) - 1;
			m->reached |= m->value == NULL ? UINT64_C(1) << m->state_count : 0;
			m->entered = 0;
			states_number(all, m);
		}
	}
	all->is_stale = false;
}

void
models_begin(struct models *m, struct world *w)
{
	memset(m, 0, sizeof *m);
	m->world = w;
}

bool
model_values(struct judge *l, struct model *m, struct span at, const struct world_field *field)
{
	uint32_t bits = field->kind == SPEC_BOOLEAN ? 8 : field->bits;

	if (bits > SET_BITS_MAX) {
		(void)judge_lose(l, at,
			"a set that changes keeps numbers of %u bits at most: the IDL says how "
			"many "
			"this one has",
			SET_BITS_MAX);
		return false;
	}
	if (m->bits != 0 && m->is_signed != field->is_signed) {
		(void)judge_lose(l, at, "a set keeps numbers with a sign, or without, not both");
		return false;
	}
	m->bits = bits > m->bits ? bits : m->bits;
	m->is_signed = field->is_signed;
	return true;
}

bool
model_changes(const struct model *m)
{
	return m->kind == MODEL_FLOW ? m->word_count > 1
				     : m->kind == MODEL_SET && (m->adds || m->removes);
}

void
models_quiet(struct models *all)
{
	for (uint32_t i = 0; i < all->all.count; i++) {
		struct model *m = ((struct model *const *)all->all.elements)[i];

		m->tests.count = 0;
		m->changes.count = 0;
	}
}

uint32_t
model_places(const struct model *m)
{
	uint64_t size = psl_member(m->object->config, "set_size")->number;
	uint32_t used = m->width == 0 ? 0 : m->entries.count / m->width;

	return size > UINT32_MAX ? UINT32_MAX : (uint32_t)size - used;
}

bool
models_prune(struct models *all)
{
	bool fewer = false;

	for (uint32_t i = 0; i < all->all.count; i++) {
		struct model *m = ((struct model *const *)all->all.elements)[i];

		if (m->kind == MODEL_SET && (m->adds || m->removes) && !m->settled) {
			m->settled = true;
			all->is_stale = true;
		}
	}
	if (all->is_stale) {
		models_again(all);
		return true;
	}
	for (uint32_t i = 0; i < all->all.count; i++) {
		struct model *m = ((struct model *const *)all->all.elements)[i];
		uint64_t reached = UINT64_C(1) << (m->is_present ? m->state : m->state_count);
		uint64_t before;

		if (m->kind != MODEL_FLOW) {
			continue;
		}
		do {
			before = reached;
			for (uint32_t s = 0; s <= m->state_count; s++) {
				reached |= (reached >> s & 1) != 0 ? m->moves[s] & m->entered : 0;
			}
		} while (reached != before);
		fewer = fewer || reached != m->reached;
		m->reached = reached;
		m->entered = 0;
		states_number(all, m);
	}
	return fewer;
}
