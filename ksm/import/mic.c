/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * mic.c: levels are given to processes when they start and stay, so each check between two
 * processes is decided here. Resources get levels while the system runs: what is about them is
 * refused.
 */
#include "mic.h"

#include <string.h>

#include "ksm/gate/compile.h"
#include "expr_value.h"
#include "judge.h"
#include "model.h"
#include "psl.h"
#include "world.h"

static const struct psl_expr *
degrees_of(const struct psl_object *o)
{
	return o->config == NULL || o->config->kind == PSL_LIST ? o->config
								: psl_member(o->config, "degrees");
}

static const char *
texts_fault(const struct psl_expr *list, struct span *at)
{
	uint32_t count = 0;

	if (list == NULL || list->kind != PSL_LIST || list->left == NULL) {
		return "levels are a list of texts, or `degrees` and `categories`";
	}
	for (const struct psl_expr *e = list->left; e != NULL; e = e->next) {
		*at = e->at;
		if (e->kind != PSL_TEXT || ++count > MIC_CATEGORIES_MAX) {
			return "at most 64 texts are due here";
		}
		for (const struct psl_expr *other = list->left; other != e; other = other->next) {
			if (strcmp(other->text, e->text) == 0) {
				return "this stands here twice";
			}
		}
	}
	return NULL;
}

const char *
mic_fault(const struct psl_object *o, struct span *at)
{
	const struct psl_expr *categories = psl_member(o->config, "categories");
	const char *fault = texts_fault(degrees_of(o), at);

	return fault != NULL || categories == NULL ? fault : texts_fault(categories, at);
}

/* The place of a text in a list; false: it is not there. */
static bool
place_find(const struct psl_expr *list, const struct psl_expr *text, uint32_t *place)
{
	*place = 0;
	for (const struct psl_expr *e = list == NULL ? NULL : list->left; e != NULL; e = e->next) {
		if (text->kind == PSL_TEXT && strcmp(e->text, text->text) == 0) {
			return true;
		}
		(*place)++;
	}
	return false;
}

/* "LOW", or {degree: "low", categories: ["net"]}. */
static bool
level_read(struct judge *l, const struct psl_object *o, const struct psl_expr *e,
	struct mic_level *level)
{
	const struct psl_expr *degree = e->kind == PSL_RECORD ? psl_member(e, "degree") : e;
	const struct psl_expr *categories = psl_member(e, "categories");
	uint32_t place;

	*level = (struct mic_level){0, 0};
	if (degree == NULL || !place_find(degrees_of(o), degree, &level->degree)) {
		(void)judge_lose(l, degree == NULL ? e->at : degree->at, "this is no level of `%s`",
			o->name);
		return false;
	}
	for (const struct psl_expr *c = categories == NULL ? NULL : categories->left; c != NULL;
		c = c->next) {
		if (!place_find(psl_member(o->config, "categories"), c, &place)) {
			(void)judge_lose(l, c->at, "this is no category of `%s`", o->name);
			return false;
		}
		level->categories |= UINT64_C(1) << place;
	}
	return true;
}

/* Whether level a does not exceed level b, and can be compared with it. */
static bool
is_below(struct mic_level a, struct mic_level b)
{
	return a.degree <= b.degree && (a.categories & ~b.categories) == 0;
}

/* The object and the class of a member that says an SID; NULL after a record. */
static struct model *
model_of(struct judge *l, const struct event *event, const struct psl_expr *e, const char *key)
{
	const char *dot = strrchr(e->text, '.');
	const struct psl_expr *sid = psl_member(e->left, key);
	const struct world_class *class = expr_sid(event, sid);

	if (class == NULL) {
		(void)judge_lose(l, sid == NULL ? e->at : sid->at,
			"`%s` is `src_sid` or `dst_sid`: levels of resources are not imported",
			key);
		return NULL;
	}
	return model_find(l->models,
		arena_copy(&l->world->compile->arena, e->text, (size_t)(dot - e->text)), class);
}

static bool
is_unit(const struct psl_expr *e)
{
	return e == NULL || e->kind == PSL_UNIT;
}

bool
mic_start(struct judge *l, const struct event *event, const struct psl_expr *e, const char *rule)
{
	struct model *m = strcmp(rule, "execute") == 0 ? model_of(l, event, e, "target") : NULL;
	const struct psl_expr *level = psl_member(e->left, "level");
	const struct psl_expr *least = psl_member(e->left, "levelR");

	if (m == NULL || is_unit(level) || !is_unit(psl_member(e->left, "image"))) {
		(void)judge_lose(l, e->at,
			"of Mic, `execute` with a level and without an image is imported of a "
			"start");
		return false;
	}
	if (!level_read(l, m->object, level, &m->level)) {
		return false;
	}
	m->least = m->level;
	if (!is_unit(least) && !level_read(l, m->object, least, &m->least)) {
		return false;
	}
	m->is_present = is_below(m->least, m->level);
	return m->is_present;
}

bool
mic_grants(struct judge *l, const struct event *event, const struct psl_expr *e, const char *rule)
{
	bool is_call = strcmp(rule, "call") == 0;
	const struct model *source;
	const struct model *target;

	if (!is_call && strcmp(rule, "invoke") != 0) {
		(void)judge_lose(l, e->at,
			"of Mic, `call` and `invoke` of messages are imported: levels of resources "
			"are not");
		return false;
	}
	source = model_of(l, event, e, "source");
	target = model_of(l, event, e, "target");
	if (source == NULL || target == NULL || !source->is_present || !target->is_present) {
		return false;
	}
	if (!is_call) {
		return is_below(target->level, source->level);
	}
	return is_below(source->level, target->level) || is_below(source->least, target->level);
}

bool
mic_has(struct judge *l, const struct event *event, const struct psl_expr *query)
{
	const struct model *m = model_of(l, event, query, "source");

	return m != NULL && m->kind == MODEL_MIC && m->is_present;
}

bool
mic_is(struct judge *l, const struct event *event, const struct psl_expr *query,
	const struct psl_expr *label)
{
	const struct model *m = model_of(l, event, query, "source");
	struct mic_level level;

	return m != NULL && m->is_present && level_read(l, m->object, label, &level) &&
	       level.degree == m->level.degree && level.categories == m->level.categories;
}
