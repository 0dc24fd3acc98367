/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* limit.c: limits, and numbers of labels whose last capability goes, become passages of L1. */
#include "limit.h"

#include <inttypes.h>
#include <stdlib.h>

#include "abi/abi.h"
#include "ast.h"
#include "ast_decl.h"
#include "compile.h"
#include "condition.h"
#include "ksm/format_state.h"
#include "lower_effect.h"
#include "lower_rule.h"
#include "object.h"
#include "object_id.h"
#include "resource.h"
#include "rule_text.h"
#include "sema.h"
#include "validate_edge.h"
#include "who.h"

#define LIMIT_MAX 65535u

/* What sema keeps of them. */
struct limits {
	struct vector declared; /* struct limit * */
	struct vector marks;    /* struct mark */
	struct vector passages; /* struct l1_cell */
	uint32_t anew_rule;     /* by which numbers of labels begin anew, or 0 */
};

struct limit {
	struct object_info object;
	struct vector labels; /* struct party */
	uint32_t rule;
};

/* What a capability of an edge changes as it comes and goes. */
struct mark {
	struct l1_edge edge;
	struct l1_state *state;
	uint32_t rule;
	enum mark_kind {
		MARK_LIMIT,
		MARK_ALL, /* counts those of the server, too: none is left when it is 0 */
		MARK_ANEW
	} kind;
};

static struct limit *
limit_at(const struct sema *s, uint32_t index)
{
	return ((struct limit **)s->limits->declared.elements)[index];
}

/* --- declared ------------------------------------------------------------------------------- */

static bool
key_fits(struct sema *s, const struct ast_object *ast, const struct limit *limit)
{
	const struct party *party = limit->labels.elements;
	struct diag *d;

	if (limit->object.l1.key != L1_KEY_LABEL) {
		return true;
	}
	for (uint32_t i = 0; i < limit->labels.count; i++) {
		if (resource_index(party[i].instance->class, ast->key->text) == party[i].use) {
			return true;
		}
	}
	d = diag_error(s->c, ast->key->span, "O8", "`%s` is counted for %s", ast->name.text,
		"client, server, edge, or each number of itself");
	diag_help(d, "write `limit %s per client max %" PRIu64 "`", ast->name.text,
		ast->amount.magnitude);
	return false;
}

static bool
limit_is_new(struct sema *s, const struct limit *limit, struct span at)
{
	struct diag *d;

	for (uint32_t i = 0; i < s->limits->declared.count; i++) {
		const struct l1_object *other = &limit_at(s, i)->object.l1;

		if (sema_same(other->name, limit->object.l1.name) &&
			sema_same(other->unit_name, limit->object.l1.unit_name)) {
			d = diag_error(s->c, at, "O8", "`%s` stands here already", other->name);
			diag_help(d, "keep the smaller of the two");
			return false;
		}
	}
	return true;
}

static void
limit_declare(struct sema *s, const struct unit *unit, const struct ast_item *item)
{
	const struct ast_object *ast = item->object;
	struct limit *limit = arena_alloc(&s->c->arena, sizeof *limit);
	struct arena *a = &s->c->arena;
	const char *key = ast->key == NULL ? "" : ast->key->text;
	struct l1_rule rule = {.position = sema_position(s, item->word)};
	struct diag *d;

	*limit = (struct limit){.object.l1 = {.kind = L1_LIMIT,
					.unit_name = unit->name,
					.count = 1,
					.amount = ast->amount.magnitude}};
	object_key_read(ast, &limit->object.l1);
	limit->object.l1.name =
		arena_format(a, "limit %s%s%s", ast->name.text, key[0] == '\0' ? "" : " per ", key);
	if (ast->amount.negative || ast->amount.unit != AST_UNIT_NONE ||
		ast->amount.magnitude < 1 || ast->amount.magnitude > LIMIT_MAX) {
		diag_help(diag_error(s->c, ast->amount.span, "O8", "a limit is 1 to %u", LIMIT_MAX),
			"write how many capabilities there may be; for none write no `allow`");
		return;
	}
	if (!resources_find(s, unit, &ast->name, &limit->labels)) {
		d = diag_error(s->c, ast->name.span, "O8", "`%s` is no label of a process",
			ast->name.text);
		resources_suggest(s, d, ast->name.text);
		return;
	}
	if (!key_fits(s, ast, limit) || !limit_is_new(s, limit, ast->name.span)) {
		return;
	}
	rule_text_set(&rule,
		arena_format(a, "%s max %" PRIu64, limit->object.l1.name, limit->object.l1.amount));
	limit->rule = lower_rule_add(s, rule, item->word);
	*(struct limit **)vector_push(&s->limits->declared, a, sizeof limit) = limit;
}

void
limits_declare(struct sema *s)
{
	struct l1_rule anew = {.is_generated = true,

		.position = sema_position(s, s->system->word)};
	bool has_labels = false;

	rule_text_set(&anew, "what is kept for a number of a label goes with its last capability");
	s->limits = arena_alloc(&s->c->arena, sizeof *s->limits);
	for (const struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		for (const struct ast_item *item = unit->file->items; item != NULL;
			item = item->next) {
			if (item->kind == AST_ITEM_LIMIT) {
				limit_declare(s, unit, item);
			}
		}
	}
	for (uint32_t i = 1; i < s->instances.count; i++) {
		has_labels = has_labels || sema_instance(s, i)->class->resources.count != 0;
	}
	s->limits->anew_rule = has_labels ? lower_rule_add(s, anew, s->system->word) : 0;
}

/* --- counted -------------------------------------------------------------------------------- */

static void
mark_add(struct sema *s, const struct l1_edge *edge, struct l1_state *state, uint32_t rule,
	enum mark_kind kind)
{
	*(struct mark *)vector_push(&s->limits->marks, &s->c->arena, sizeof(struct mark)) =
		(struct mark){*edge, state, rule, kind};
}

/* The edges over which capabilities of labels are held, each once, in order. */
static struct vector
label_edges(struct sema *s)
{
	const struct l1 *l1 = s->l1;
	struct vector all = {0};
	struct l1_edge *edge;
	uint32_t count = 0;

	validate_edges(l1, &s->c->arena, &all);
	edge = all.elements;
	for (uint32_t i = 0; i < all.count; i++) {
		if (l1->labels[edge[i].target].kind == L1_LABEL_RESOURCE &&
			(count == 0 || validate_edge_order(&edge[count - 1], &edge[i]) != 0)) {
			edge[count++] = edge[i];
		}
	}
	all.count = count;
	return all;
}

/* Who makes capabilities of a label is no client of it. */
static void
limit_count(struct sema *s, struct limit *limit, const struct l1_edge *edge)
{
	const struct party *party = limit->labels.elements;

	for (uint32_t i = 0; i < limit->labels.count; i++) {
		if (who_label(&party[i]) == edge->target &&
			LABEL_INIT + party[i].instance->number != edge->holder) {
			struct object_key key = object_key_of(party[i].instance, edge->holder,
				edge->target, edge->interface, false);
			struct l1_state *state = object_state(s, &limit->object, key);

			object_use(s, state);
			mark_add(s, edge, state, limit->rule, MARK_LIMIT);
		}
	}
}

void
limits_count(struct sema *s)
{
	struct vector edges;

	if (s->limits == NULL) {
		return; /* there is no system */
	}
	edges = label_edges(s);
	for (uint32_t n = 0; n < s->limits->declared.count; n++) {
		for (uint32_t i = 0; i < edges.count; i++) {
			limit_count(s, limit_at(s, n), (struct l1_edge *)edges.elements + i);
		}
	}
}

/* --- passages ------------------------------------------------------------------------------- */

/* Instances are numbered in another order than they were declared. */
static const struct instance_info *
instance_of(const struct sema *s, uint16_t label)
{
	uint32_t i = 0;

	while (sema_instance(s, i)->number != s->l1->labels[label].number) {
		i++;
	}
	return sema_instance(s, i);
}

/* All capabilities of a label, by number. */
static struct l1_state *
all_state(struct sema *s, uint16_t label)
{
	struct l1_state *const *states = s->states.elements;
	const struct instance_info *server = instance_of(s, label);
	const struct l1_resource *resources = server->class->resources.elements;
	struct object_info *object;
	struct l1_state *state;

	for (uint32_t i = 0; i < s->states.count; i++) {
		if (states[i]->target == label && states[i]->object->kind == L1_LIMIT &&
			states[i]->object->amount == FORMAT_AMOUNT_MAX) {
			return states[i];
		}
	}
	object = arena_alloc(&s->c->arena, sizeof *object);
	object->l1 = (struct l1_object){.name = "all",
		.unit_name = "",
		.kind = L1_LIMIT,
		.key = L1_KEY_LABEL,
		.label = resources[label - server->resource_label].name,
		.count = 1,
		.amount = FORMAT_AMOUNT_MAX};
	state = object_state(s, object,
		object_key_of(server, (uint16_t)(LABEL_INIT + server->number), label, 0, false));
	object_use(s, state);
	object_id(s, state);
	return state;
}

/* A label that has states of its own, whatever policy tests them. */
static void
label_mark(struct sema *s, const struct l1_edge *edge)
{
	uint32_t count = s->states.count;
	bool is_first = true;

	for (uint32_t i = 0; i < count; i++) {
		struct l1_state *state = ((struct l1_state **)s->states.elements)[i];

		if (state->target != edge->target || state->object->kind == L1_LIMIT) {
			continue;
		}
		if (is_first) {
			mark_add(s, edge, all_state(s, edge->target), s->limits->anew_rule,
				MARK_ALL);
		}
		is_first = false;
		mark_add(s, edge, state, s->limits->anew_rule, MARK_ANEW);
	}
}

static int
mark_order(const void *a, const void *b)
{
	const struct mark *x = a;
	const struct mark *y = b;
	int order = validate_edge_order(&x->edge, &y->edge);

	if (order == 0 && x->kind != y->kind) {
		return x->kind < y->kind ? -1 : 1;
	}
	if (order == 0 && x->rule != y->rule) {
		return x->rule < y->rule ? -1 : 1;
	}
	return order != 0 ? order : (x->state->id > y->state->id) - (x->state->id < y->state->id);
}

static void
passage_add(struct sema *s, const struct mark *mark, uint32_t count, enum l1_event event,
	const struct l1_condition *condition)
{
	struct l1_effect effects[FORMAT_EFFECTS_MAX];
	struct l1_cell cell = {.holder = mark->edge.holder,
		.target = mark->edge.target,
		.interface = mark->edge.interface};

	for (uint32_t i = 0; i < count; i++) {
		effects[i] = (struct l1_effect){.kind = mark[i].kind == MARK_ANEW ? L1_ANEW
							: event == L1_COMES       ? L1_ADD
										  : L1_SUB,
			.state = mark[i].state,
			.amount = mark[i].kind != MARK_ANEW};
	}
	cell.event = event;
	cell.condition = condition;
	cell.then = lower_then(&s->c->arena, effects, count, NULL);
	cell.source = &s->l1->rules[mark->rule - 1];
	*(struct l1_cell *)vector_push(&s->limits->passages, &s->c->arena, sizeof cell) = cell;
}

/* Whether one is left. */
static const struct l1_condition *
is_last(struct sema *s, const struct l1_state *all, bool wanted)
{
	struct vector ranges = {0};
	struct l1_range *range = vector_push(&ranges, &s->c->arena, sizeof *range);
	const struct l1_condition *last;

	*range = (struct l1_range){1, 1};
	last = condition_in(
		&s->c->arena, all->field, &ranges, s->l1->rules[s->limits->anew_rule - 1].position);
	return wanted ? last : condition_not(&s->c->arena, last);
}

/* All marks of one edge: limits, then the count of all, then what begins anew. */
static void
edge_pass(struct sema *s, const struct mark *mark, uint32_t count)
{
	const struct l1_condition *always = condition_always(&s->c->arena);
	uint32_t counts = 0;

	while (counts < count && mark[counts].kind != MARK_ANEW) {
		counts++;
	}
	if (count > FORMAT_EFFECTS_MAX) {
		diag_help(diag_error(s->c, s->system->word, "O8",
				  "`%s` has more than %d limits and objects that are kept for it",
				  s->l1->labels[mark->edge.target].name, FORMAT_EFFECTS_MAX - 1),
			"keep fewer objects `per` this label");
		return;
	}
	passage_add(s, mark, counts, L1_COMES, always);
	if (counts == count) {
		passage_add(s, mark, count, L1_GOES, always);
		return;
	}
	passage_add(s, mark, count, L1_GOES, is_last(s, mark[counts - 1].state, true));
	passage_add(s, mark, counts, L1_GOES, is_last(s, mark[counts - 1].state, false));
}

void
limits_finish(struct sema *s)
{
	const struct mark *mark;
	struct vector edges;

	if (s->limits == NULL) {
		return;
	}
	edges = label_edges(s);
	for (uint32_t i = 0; s->limits->anew_rule != 0 && i < edges.count; i++) {
		label_mark(s, (struct l1_edge *)edges.elements + i);
	}
	mark = s->limits->marks.elements;
	if (s->limits->marks.count != 0) {
		qsort(s->limits->marks.elements, s->limits->marks.count, sizeof *mark, mark_order);
	}
	for (uint32_t first = 0, end = 0; first < s->limits->marks.count; first = end) {
		while (end < s->limits->marks.count &&
			validate_edge_order(&mark[first].edge, &mark[end].edge) == 0) {
			end++;
		}
		edge_pass(s, &mark[first], end - first);
	}
	s->l1->passages = s->limits->passages.elements;
	s->l1->passage_count = s->limits->passages.count;
}
