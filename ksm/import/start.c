/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* start.c: what the policy does while everything starts, done once, here. */
#include <string.h>

#include "ksm/gate/compile.h"
#include "expr_value.h"
#include "judge.h"
#include "cond.h"
#include "map.h"
#include "model.h"
#include "psl.h"
#include "world.h"

/* What the bodies that meet one start say. */
struct start {
	bool is_met;
	bool is_denied;
};

static struct arena *
arena_of(const struct judge *l)
{
	return &l->world->compile->arena;
}

/* flow.init, flow.enter, flow.allow while something starts. Returns whether it is granted. */
static bool
flow_start(struct judge *l, struct model *m, const struct psl_expr *e, const char *rule)
{
	const struct psl_expr *to = psl_member(e->left, "state");
	uint32_t state;

	if (strcmp(rule, "init") == 0) {
		m->state = m->initial;
		return model_begin(l, m);
	}
	if (strcmp(rule, "enter") != 0 || to == NULL || to->kind != PSL_TEXT) {
		(void)judge_lose(l, e->at, "only `init` and `enter` are imported of a start");
		return false;
	}
	state = model_state(m, to->text);
	if (!m->is_present || state > MODEL_STATES_MAX || (m->moves[m->state] >> state & 1) == 0) {
		return false;
	}
	m->state = state;
	return true;
}

/* Takes the last entry away if it is there already. Returns whether there was room for it. */
static bool
entry_keep(struct model *m)
{
	const struct psl_expr *size = psl_member(m->object->config, "set_size");
	uint32_t count = m->entries.count / m->width;
	const int64_t *entries = m->entries.elements;
	const int64_t *last = entries + (size_t)(count - 1) * m->width;

	for (uint32_t i = 0; i + 1 < count; i++) {
		if (memcmp(entries + (size_t)i * m->width, last, m->width * sizeof *last) == 0) {
			m->entries.count -= m->width;
			return true;
		}
	}
	if (size != NULL && size->kind == PSL_INTEGER && count > size->number) {
		m->entries.count -= m->width;
		return false;
	}
	return true;
}

/* set.init, set.add. The entry is a number or a list of numbers. */
static bool
set_start(struct judge *l, const struct event *event, struct model *m, const struct psl_expr *e,
	const char *rule)
{
	const struct psl_expr *entry = psl_member(e->left, "entry");
	bool is_list = entry != NULL && (entry->kind == PSL_LIST || entry->kind == PSL_RECORD);
	uint32_t width = 0;

	if (strcmp(rule, "init") == 0) {
		return model_begin(l, m);
	}
	if (strcmp(rule, "add") != 0 || entry == NULL) {
		(void)judge_lose(l, e->at, "only `init` and `add` are imported of a start");
		return false;
	}
	for (const struct psl_expr *one = is_list ? entry->left : entry; one != NULL;
		one = is_list ? one->next : NULL) {
		int64_t number = 0;

		if (!expr_number(l, event, one, &number)) {
			(void)judge_lose(l, one->at, "an entry is made of numbers");
			return false;
		}
		*(int64_t *)vector_push(&m->entries, arena_of(l), sizeof number) = number;
		m->is_hex = m->is_hex || psl_is_hex(one);
		width++;
	}
	if (m->width != 0 && m->width != width) {
		(void)judge_lose(l, entry->at, "entries of one set have as many parts");
		return false;
	}
	m->width = width;
	return m->is_present && entry_keep(m);
}

static bool
rule_start(struct judge *l, const struct event *event, const struct psl_expr *e)
{
	const char *dot = strrchr(e->text, '.');
	const char *name = arena_copy(arena_of(l), e->text, (size_t)(dot - e->text));
	const struct psl_expr *target = psl_member(e->left, "target");
	const struct world_class *class =
		expr_sid(event, target != NULL ? target : psl_member(e->left, "sid"));
	struct model *m = class == NULL ? NULL : model_find(l->models, name, class);

	const struct cond *when;

	if (expr_base(l, event, e, &when)) {
		return when->kind == COND_TRUE;
	}
	if (m == NULL) {
		(void)judge_lose(l, e->at,
			class == NULL ? "`sid` or `target` is `src_sid` or `dst_sid`"
				      : "the policy has no object of that name");
		return false;
	}
	switch (m->kind) {
	case MODEL_FLOW:
		return flow_start(l, m, e, dot + 1);
	case MODEL_SET:
		return set_start(l, event, m, e, dot + 1);
	case MODEL_MAP:
		return map_start(l, event, m, e, dot + 1);
	case MODEL_MIC:
		return mic_start(l, event, e, dot + 1);
	case MODEL_OTHER:
		break;
	}
	(void)judge_lose(l, e->at, "the model `%s` is not imported", m->object->model);
	return false;
}

static void
body_start(struct judge *l, const struct event *event, const struct psl_item *body, void *data)
{
	struct start *start = data;
	uint32_t lost = l->loss_count;

	for (const struct psl_item *i = body; i != NULL && !start->is_denied; i = i->next) {
		switch (i->kind) {
		case PSL_GRANT:
		case PSL_MATCH:
			break;
		case PSL_DENY:
			start->is_denied = true;
			break;
		case PSL_ASSERT:
			l->failed = false;
			l->fits = &cond_true;
			start->is_denied =
				expr_truth(l, event, i->expr)->kind != COND_TRUE || l->failed;
			break;
		case PSL_RULE:
			start->is_denied = !rule_start(l, event, i->expr);
			break;
		case PSL_CHOICE:
			(void)judge_lose(l, i->at,
				"a choice while something starts is not "
				"imported");
			start->is_denied = true;
			break;
		}
		/* The contrary of what cannot be said is no grant either. */
		start->is_denied = start->is_denied || l->loss_count != lost;
	}
}

/* What the objects remember: all of it, to have it back when a start is denied. */
static struct model *
models_save(const struct judge *l)
{
	struct model *saved = arena_array(arena_of(l), l->models->all.count + 1u, sizeof *saved);

	for (uint32_t i = 0; i < l->models->all.count; i++) {
		const struct model *m = ((struct model *const *)l->models->all.elements)[i];
		size_t bytes = m->entries.count * sizeof(int64_t);

		saved[i] = *m;
		saved[i].entries.elements = arena_alloc(arena_of(l), bytes + sizeof(int64_t));
		if (bytes > 0) {
			memcpy(saved[i].entries.elements, m->entries.elements, bytes);
		}
		saved[i].entries.capacity = m->entries.count + 1;
		bytes = m->working.count * sizeof(int64_t);
		saved[i].working.elements = arena_alloc(arena_of(l), bytes + sizeof(int64_t));
		if (bytes > 0) {
			memcpy(saved[i].working.elements, m->working.elements, bytes);
		}
		saved[i].working.capacity = m->working.count + 1;
	}
	return saved;
}

/* Objects that were made since then are as if nobody had begun them. */
static void
models_restore(const struct judge *l, const struct model *saved, uint32_t count)
{
	for (uint32_t i = 0; i < l->models->all.count; i++) {
		struct model *m = ((struct model *const *)l->models->all.elements)[i];

		if (i < count) {
			m->is_present = saved[i].is_present;
			m->state = saved[i].state;
			m->level = saved[i].level;
			m->least = saved[i].least;
			m->width = saved[i].width;
			m->entries = saved[i].entries;
			m->keys = saved[i].keys;
			m->working = saved[i].working;
		} else {
			m->is_present = false;
			m->width = 0;
			m->entries.count = 0;
			m->keys.count = 0;
			m->working.count = 0;
		}
	}
}

/* Asks whether src may start dst; what that changes is done. */
static struct start
one_start(struct judge *l, const struct world_class *src, const struct world_class *dst)
{
	struct event event = {.kind = PSL_EXECUTE, .src = src, .dst = dst};
	struct start start = {false, false};
	uint32_t count = l->models->all.count;
	const struct model *saved = models_save(l);

	start.is_met = judge_visit(l, &event, body_start, &start) > 0;
	if (start.is_denied) {
		models_restore(l, saved, count);
	}
	return start;
}

/*
 * Asks whether what runs may start what does not yet; the kernel starts itself and init only.
 * Returns whether something was started.
 */
static bool
starters_ask(struct judge *l, struct world *w)
{
	bool more = false;

	for (uint32_t i = 0; i < w->classes.count * w->classes.count; i++) {
		const struct world_class *src = world_class_at(w, i / w->classes.count);
		struct world_class *dst = world_class_at(w, i % w->classes.count);
		struct start start;

		if (!src->runs || dst->runs || src->is_asker || dst->is_asker ||
			src == world_class(w, "kl.core.Core")) {
			continue;
		}
		start = one_start(l, src, dst);
		dst->runs = start.is_met && !start.is_denied;
		more = more || dst->runs;
	}
	return more;
}

void
judge_start(struct judge *l, struct world *w)
{
	struct world_class *kernel = world_class(w, "kl.core.Core");
	struct world_class *init = world_class(w, "Einit");

	memset(l, 0, sizeof *l);
	l->world = w;
	l->models = arena_alloc(&w->compile->arena, sizeof *l->models);
	models_begin(l->models, w);
	/* A policy that does not speak of the kernel's own start is a part of one. */
	l->is_part = !one_start(l, kernel, kernel).is_met;
	(void)one_start(l, kernel, init);
	kernel->runs = true;
	init->runs = true;
	for (uint32_t i = 0; i < w->classes.count; i++) {
		struct world_class *c = world_class_at(w, i);

		if (c != kernel && c != init && !c->is_asker) {
			struct start start = one_start(l, init, c);

			c->runs = start.is_met ? !start.is_denied : l->is_part;
		}
	}
	while (starters_ask(l, w)) {
	}
}
