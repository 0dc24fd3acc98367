/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* set.c: HashSet that messages change is a set of Gate; what it has from the start is beside it. */
#include <string.h>

#include "ksm/gate/compile.h"
#include "cond.h"
#include "expr_part.h"
#include "judge.h"
#include "model.h"
#include "psl.h"
#include "world.h"

static struct arena *
arena_of(const struct judge *l)
{
	return &l->world->compile->arena;
}

struct way *
set_way(struct judge *l, const struct event *event, struct model *m, const struct psl_expr *e,
	bool adds)
{
	const struct psl_expr *entry = psl_member(e->left, "entry");
	const struct psl_expr *one = entry != NULL && entry->kind == PSL_LIST ? entry->left : entry;
	struct world_field *field;
	const struct cond *fixed = &cond_false;
	struct way *keep;
	struct way *change;

	if (one == NULL || one->next != NULL || one->kind != PSL_NAME) {
		(void)judge_lose(l, e->at, "what a message adds or removes is one field of it");
		return NULL;
	}
	field = expr_field(l, event, one, false);
	if (field == NULL || (field->kind != SPEC_INTEGER && field->kind != SPEC_BOOLEAN)) {
		(void)judge_lose(l, one->at, "only a number is added or removed");
		return NULL;
	}
	judge_mark(l, &m->changes, e->at);
	m->adds = m->adds || adds;
	m->removes = m->removes || !adds;
	if (!model_values(l, m, e->at, field) || !judge_alone(l, m, e->at)) {
		return NULL;
	}
	if (m->width > 1 || (m->removes && m->entries.count > 0)) {
		(void)judge_lose(l, e->at,
			m->width > 1 ? "a set that changes keeps single numbers only"
				     : "what a set has from the start cannot be removed: let it "
				       "begin empty");
		return NULL;
	}
	if (model_places(m) > MODEL_PLACES_MAX) {
		(void)judge_lose(l, m->object->at,
			"a set that changes keeps at most %u values besides those from the start: "
			"make `set_size` smaller",
			MODEL_PLACES_MAX);
		return NULL;
	}
	if (m->width == 1) {
		const struct subject *subject = &field->subject;

		fixed = cond_tuple(arena_of(l), &subject, 1, m->entries.elements, m->entries.count,
			m->object->name);
	}
	keep = fixed->kind == COND_FALSE ? NULL : judge_way(l, fixed);
	if (model_places(m) == 0 || fixed->kind == COND_TRUE) {
		return keep;
	}
	change = judge_way(l, cond_not(arena_of(l), fixed));
	change->effects[0] = (struct effect){.machine = m, .field = &field->subject, .adds = adds};
	change->effect_count = 1;
	change->next = keep;
	return change;
}

void
judge_mark(struct judge *l, struct vector *marks, struct span at)
{
	struct mark *own = vector_push(marks, arena_of(l), sizeof *own);

	own->at = at;
	own->path = l->path;
}

/* Whether two places are in different cases of one choice, so that no event meets both. */
static bool
paths_exclude(const struct case_path *a, const struct case_path *b)
{
	for (; a != NULL; a = a->outer) {
		for (const struct case_path *other = b; other != NULL; other = other->outer) {
			if (a->choice == other->choice && a->one != other->one) {
				return true;
			}
		}
	}
	return false;
}

static void
test_check(struct judge *l, const struct model *m, const struct mark *test)
{
	const struct mark *changes = m->changes.elements;

	for (uint32_t i = 0; i < m->changes.count; i++) {
		bool is_before = changes[i].at.file != test->at.file ||
				 changes[i].at.offset < test->at.offset;

		if (is_before && !paths_exclude(changes[i].path, test->path)) {
			(void)judge_lose(l, test->at,
				"this tests a %s that the same event changed before: test it "
				"before the rule that changes it",
				m->value == NULL ? "set" : "map");
			return;
		}
	}
}

void
sets_check(struct judge *l)
{
	for (uint32_t i = 0; i < l->models->all.count; i++) {
		const struct model *m = ((struct model *const *)l->models->all.elements)[i];

		for (uint32_t n = 0; n < m->tests.count; n++) {
			test_check(l, m, &((const struct mark *)m->tests.elements)[n]);
		}
	}
}
