/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* cells.c: lowers each cell, and joins cells of which the same is said. */
#include "cells.h"

#include <string.h>

#include "ksm/gate/buffer.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/diag.h"
#include "naming.h"
#include "say.h"
#include "cond.h"
#include "judge.h"
#include "model.h"
#include "psl.h"
#include "texts.h"
#include "world.h"

bool
class_set_has(const struct class_set *s, uint32_t index)
{
	return (s->bits[index / 64] >> (index % 64) & 1) != 0;
}

void
class_set_add(struct class_set *s, uint32_t index)
{
	s->bits[index / 64] |= UINT64_C(1) << (index % 64);
}

bool
class_set_equal(const struct class_set *a, const struct class_set *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

/* Lowers the call of one cell and its answers. Returns whether it is granted at all. */
static bool
cell_lower(const struct cells *c, const struct world_class *client, struct cell *cell,
	struct vector *sources)
{
	struct judge *l = c->judge;
	struct arena *a = &l->world->compile->arena;
	struct event e = {.src = client,
		.dst = cell->endpoint->owner,
		.endpoint = cell->endpoint,
		.method = cell->method,
		.kind = cell->endpoint->owner->is_asker ? PSL_SECURITY : PSL_REQUEST};

	cell->is_asked = e.kind == PSL_SECURITY;
	if (cell->is_asked && strcmp(cell->endpoint->path, client->name) != 0) {
		return false;
	}
	cell->call = c->source->ask(l, &e);
	for (uint32_t i = 0; i < l->sources.count; i++) {
		*(struct span *)vector_push(sources, a, sizeof(struct span)) =
			((const struct span *)l->sources.elements)[i];
	}
	if (cell->call == NULL || cell->is_asked) {
		return cell->call != NULL;
	}
	e.src = cell->endpoint->owner;
	e.dst = client;
	e.kind = PSL_RESPONSE;
	cell->reply = c->source->ask(l, &e);
	e.kind = PSL_ERROR;
	cell->error = c->source->ask(l, &e);
	return true;
}

static void
sources_add(struct vector *all, const struct vector *more, struct arena *a)
{
	const struct span *from = more->elements;

	for (uint32_t i = 0; i < more->count; i++) {
		bool is_known = false;

		for (uint32_t j = 0; j < all->count && !is_known; j++) {
			const struct span *known = &((const struct span *)all->elements)[j];

			is_known = known->file == from[i].file && known->line == from[i].line;
		}
		if (!is_known) {
			*(struct span *)vector_push(all, a, sizeof *from) = from[i];
		}
	}
}

/* The rule of this method that says exactly this, or a new one. */
static struct cell_rule *
rule_find(struct cells *c, const struct cell *cell, const char *arguments, const char *text,
	bool is_forbid)
{
	struct cell_rule *rules = c->rules.elements;
	struct arena *a = &c->judge->world->compile->arena;
	struct cell_rule *own;

	for (uint32_t i = 0; i < c->rules.count; i++) {
		if (rules[i].endpoint == cell->endpoint && rules[i].is_forbid == is_forbid &&
			((struct world_method *const *)rules[i].methods.elements)[0] ==
				cell->method &&
			strcmp(rules[i].arguments, arguments) == 0 &&
			strcmp(rules[i].text, text) == 0) {
			return &rules[i];
		}
	}
	own = vector_push(&c->rules, a, sizeof *own);
	own->is_forbid = is_forbid;
	own->endpoint = cell->endpoint;
	own->arguments = arguments;
	own->text = text;
	*(struct world_method **)vector_push(&own->methods, a, sizeof cell->method) = cell->method;
	return own;
}

static void
cell_say(struct cells *c, const struct world_class *client, const struct cell *cell,
	const struct vector *sources)
{
	struct arena *a = &c->judge->world->compile->arena;
	const struct cond *common = say_common(c, cell->call);
	struct buffer arguments;
	struct buffer rest;
	struct cell_rule *rule;

	if (common->kind != COND_TRUE) {
		buffer_init(&rest, a);
		buffer_text(&rest, " unless ");
		say_cond(&rest, c, common, 0);
		rule = rule_find(c, cell, "", rest.bytes, true);
		class_set_add(&rule->clients, client->index);
		sources_add(&rule->sources, sources, a);
	}
	for (const struct way *w = cell->call; w != NULL; w = w->next) {
		buffer_init(&arguments, a);
		buffer_init(&rest, a);
		buffer_text(&arguments, "");
		buffer_text(&rest, "");
		say_rule(&arguments, &rest, c, cell, w, common);
		rule = rule_find(c, cell, arguments.bytes == NULL ? "" : arguments.bytes,
			rest.bytes == NULL ? "" : rest.bytes, false);
		class_set_add(&rule->clients, client->index);
		sources_add(&rule->sources, sources, a);
	}
}

/* Lowers every cell; says it, too, if is_last. */
static void
cells_pass(struct cells *c, bool is_last)
{
	struct world *w = c->judge->world;

	for (uint32_t s = 0; s < w->classes.count; s++) {
		const struct world_class *server = world_class_at(w, s);

		for (uint32_t e = 0; server->runs && e < server->endpoints.count; e++) {
			struct cell cell = {.endpoint = ((struct world_endpoint *const *)
								 server->endpoints.elements)[e]};
			const struct world_interface *i = cell.endpoint->interface;

			for (uint32_t n = 0; n < i->methods.count * w->classes.count; n++) {
				const struct world_class *client =
					world_class_at(w, n % w->classes.count);
				struct vector sources = {0};

				cell.method = ((struct world_method *const *)
						       i->methods.elements)[n / w->classes.count];
				if (client == server || !client->runs || client->is_asker ||
					!cell_lower(c, client, &cell, &sources)) {
					continue;
				}
				if (is_last) {
					cell_say(c, client, &cell, &sources);
				}
			}
		}
	}
}

/* Whether answers are tested: fields of one method may not be those of another. */
static bool
tests_fields(const struct cell_rule *rule)
{
	return strstr(rule->text, "reply when") != NULL || strstr(rule->text, "error when") != NULL;
}

/* Rules of different methods that say the same to the same clients become one. */
static void
rules_join(struct cells *c)
{
	struct cell_rule *rules = c->rules.elements;
	struct arena *a = &c->judge->world->compile->arena;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < c->rules.count; i++) {
		bool is_joined = false;

		for (uint32_t j = 0; j < kept && !is_joined; j++) {
			is_joined = rules[j].endpoint == rules[i].endpoint && !rules[i].is_forbid &&
				    !rules[j].is_forbid && !tests_fields(&rules[i]) &&
				    rules[i].arguments[0] == 0 && rules[j].arguments[0] == 0 &&
				    strcmp(rules[j].text, rules[i].text) == 0 &&
				    class_set_equal(&rules[j].clients, &rules[i].clients);
			if (is_joined) {
				*(struct world_method **)vector_push(&rules[j].methods, a,
					sizeof(void *)) = ((struct world_method *const *)rules[i]
								   .methods.elements)[0];
				sources_add(&rules[j].sources, &rules[i].sources, a);
			}
		}
		if (!is_joined) {
			rules[kept++] = rules[i];
		}
	}
	c->rules.count = kept;
}

void
cells_make(struct cells *c, struct world *w, const struct cells_source *source)
{
	bool is_new;

	memset(c, 0, sizeof *c);
	c->judge = arena_alloc(&w->compile->arena, sizeof *c->judge);
	c->source = source;
	source->start(c->judge, w);
	for (uint32_t i = 0; i < w->classes.count; i++) {
		world_class_at(w, i)->runs =
			world_class_at(w, i)->runs && !world_class_at(w, i)->is_left_out;
	}
	do {
		cells_pass(c, false);
		is_new = texts_build(w);
		is_new = models_prune(c->judge->models) || is_new;
	} while (is_new);
	naming_objects(c);
	cells_pass(c, true);
	rules_join(c);
}

bool
cells_wired(const struct cells *c, uint32_t client, const struct world_endpoint *e)
{
	const struct cell_rule *rules = c->rules.elements;

	for (uint32_t i = 0; i < c->rules.count; i++) {
		if (rules[i].endpoint == e && class_set_has(&rules[i].clients, client)) {
			return true;
		}
	}
	return false;
}
