/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* flow_claim.c: what a file claims about flows, looked for in the graph. */
#include "flow_claim.h"

#include "abi/abi.h"
#include "ast.h"
#include "ast_decl.h"
#include "ast_process.h"
#include "ast_rule.h"
#include "compile.h"
#include "flow.h"
#include "level.h"
#include "rule_text.h"
#include "scope.h"
#include "sema.h"
#include "who.h"

/* Whether the word is an instance, a process, a group or a template, too. */
static bool
is_somebody(const struct sema *s, const struct ast_qname *name)
{
	const struct symbol *symbol = scope_find(s->root, name, SCOPE_WHO);
	const char *word = name->text;

	if (symbol != NULL &&
		(symbol->item->kind == AST_ITEM_PROCESS || symbol->item->kind == AST_ITEM_GROUP)) {
		return true;
	}
	for (uint32_t i = 0; i < s->instances.count; i++) {
		if (sema_same(sema_instance(s, i)->name, word) ||
			sema_same(sema_instance(s, i)->template_name, word)) {
			return true;
		}
	}
	return false;
}

static uint32_t
instance_node(const struct instance_info *instance)
{
	return LABEL_INIT + (uint32_t)instance->number;
}

/* S35: the instances at exactly that level. */
static void
level_mark(const struct sema *s, const struct level_info *level, bool *nodes)
{
	for (uint32_t i = 1; i < s->instances.count; i++) {
		const struct instance_info *instance = sema_instance(s, i);

		if (level_at(s, 0) + level_of(s, instance, level->lattice) == level) {
			nodes[instance_node(instance)] = true;
		}
	}
}

static bool
parties_mark(struct sema *s, const struct ast_set *set, bool *nodes)
{
	const struct ast_who who = {.base = *set, .span = set->span};
	struct vector parties = {0};
	const struct party *party;
	struct diag *d;

	if (!who_resolve(s, s->root, NULL, &who, WHO_RECEIVER, &parties)) {
		return false;
	}
	party = parties.elements;
	for (uint32_t i = 0; i < parties.count; i++) {
		bool is_init = party[i].kind == PARTY_INSTANCE && party[i].instance->number == 0;

		if (party[i].kind == PARTY_SELF || (is_init && !party[i].is_any)) {
			d = diag_error(s->c, set->span, "S35",
				"kernel, init and the monitor are assumed, nothing is proved of "
				"them");
			diag_help(d, "name instances of the system, or a level");
			return false;
		}
		if (!is_init) {
			nodes[flow_node(s->l1, who_label(&party[i]))] = true;
		}
	}
	return true;
}

/* Marks whom the set names. Returns false after an error. */
static bool
set_mark(struct sema *s, const struct ast_set *set, bool *nodes)
{
	const struct ast_qname *name = set->kind == AST_SET_NAMES ? set->names : NULL;

	if (name == NULL) {
		return parties_mark(s, set, nodes);
	}
	for (; name != NULL; name = name->next) {
		uint32_t level = level_find(s, name);
		struct ast_qname alone = *name;
		struct ast_set one = {.kind = AST_SET_NAMES, .names = &alone, .span = name->span};

		alone.next = NULL;
		if (level < LEVELS_MAX && !(name->part_count == 1 && is_somebody(s, name))) {
			level_mark(s, level_at(s, level), nodes);
			continue;
		}
		if (level < LEVELS_MAX || (level > LEVELS_MAX && !is_somebody(s, name))) {
			struct diag *d = diag_error(s->c, name->span, "F2",
				level < LEVELS_MAX ? "`%s` is a level and somebody's name, too"
						   : "`%s` is a level of more than one lattice",
				name->text);

			diag_help(d, "write `%s.%s`, or `%s.%s` for the level",
				level < LEVELS_MAX ? s->system->system->name.text : "LATTICE",
				name->text,
				level < LEVELS_MAX ? level_at(s, level)->lattice->name.text
						   : "LATTICE",
				name->text);
			return false;
		}
		if (!parties_mark(s, &one, nodes)) {
			return false;
		}
	}
	return true;
}

struct claim_sets {
	bool *from, *to, *through;
};

static bool *
nodes_new(const struct flow *flow)
{
	return arena_array(&flow->s->c->arena, flow->node_count, sizeof(bool));
}

bool
flow_who_mark(const struct flow *flow, const struct ast_who *who, bool *nodes)
{
	bool *except = nodes_new(flow);

	if (!set_mark(flow->s, &who->base, nodes) ||
		(who->except != NULL && !set_mark(flow->s, who->except, except))) {
		return false;
	}
	for (uint32_t i = 0; i < flow->node_count; i++) {
		nodes[i] = nodes[i] && !except[i];
	}
	return true;
}

static bool
filled_check(const struct flow *flow, const bool *nodes, struct span at)
{
	struct diag *d;

	for (uint32_t i = 0; i < flow->node_count; i++) {
		if (nodes[i]) {
			return true;
		}
	}
	d = diag_error(flow->s->c, at, "S35", "the system has no instance of this");
	diag_help(d, "a claim about nobody proves nothing: name whom it is about");
	return false;
}

static bool
apart_check(const struct flow *flow, const bool *a, const bool *b, struct span at)
{
	for (uint32_t i = 0; i < flow->node_count; i++) {
		if (a[i] && b[i]) {
			struct diag *d = diag_error(flow->s->c, at, "S35",
				"`%s` stands on two sides of this claim", flow_name(flow, i));

			diag_help(d, "take it out of one of them: `except %s`, or other names",
				flow_name(flow, i));
			return false;
		}
	}
	return true;
}

static bool
sets_read(const struct flow *flow, const struct ast_claim *claim, struct claim_sets *sets)
{
	*sets = (struct claim_sets){nodes_new(flow), nodes_new(flow), nodes_new(flow)};
	if (!flow_who_mark(flow, &claim->from, sets->from) ||
		!flow_who_mark(flow, &claim->to, sets->to) ||
		(claim->through != NULL && !set_mark(flow->s, claim->through, sets->through))) {
		return false;
	}
	return filled_check(flow, sets->from, claim->from.span) &&
	       filled_check(flow, sets->to, claim->to.span) &&
	       (claim->through == NULL ||
		       filled_check(flow, sets->through, claim->through->span)) &&
	       apart_check(flow, sets->from, sets->to, claim->to.span) &&
	       (claim->through == NULL ||
		       (apart_check(flow, sets->from, sets->through, claim->through->span) &&
			       apart_check(flow, sets->to, sets->through, claim->through->span)));
}

static void
step_note(const struct flow *flow, struct diag *d, const struct flow_edge *edge)
{
	const struct span *spans = flow->s->rule_spans.elements;

	diag_note(d, spans[edge->rule->number - 1], "from `%s` to `%s`: %s",
		flow_name(flow, edge->from), flow_name(flow, edge->to), edge->what);
}

/* S37, and a way out: who passes it on. */
static void
path_report(const struct flow *flow, const struct ast_claim *claim, enum flow_sort sort,
	const struct flow_edge *const *path, uint32_t length)
{
	const char *word = sort == FLOW_DATA ? "data" : "influence";
	struct diag *d = diag_error(flow->s->c, claim->span, "S37", "%s %s from `%s` to `%s`", word,
		sort == FLOW_DATA ? "flow" : "goes", flow_name(flow, path[0]->from),
		flow_name(flow, path[length - 1]->to));

	for (uint32_t i = 0; i < length; i++) {
		step_note(flow, d, path[i]);
	}
	for (uint32_t i = 1; i < length; i++) {
		if (path[i]->from < flow->s->l1->label_count) {
			diag_help(d,
				claim->through == NULL
					? "if that is meant, say through whom: `prove %s ... only "
					  "through %s`"
					: "if that is meant, add it: `prove %s ... only through {"
					  "..., %s}`",
				word, flow_name(flow, path[i]->from));
			return;
		}
	}
	diag_help(d, "there is nobody between them: forbid it, or claim less");
}

static void
prove_check(const struct flow *flow, const struct ast_claim *claim)
{
	enum flow_sort sort = claim->flow == AST_FLOW_DATA ? FLOW_DATA : FLOW_INFLUENCE;
	const struct flow_edge **path =
		arena_array(&flow->s->c->arena, flow->node_count, sizeof(*path));
	bool *reached = nodes_new(flow);
	struct claim_sets sets;
	uint32_t length;
	struct diag *d;

	if (!sets_read(flow, claim, &sets)) {
		return;
	}
	length = flow_path(flow, sort, sets.from, sets.to,
		claim->through == NULL ? NULL : sets.through, path, NULL);
	if (length != 0) {
		path_report(flow, claim, sort, path, length);
		return;
	}
	if (claim->through == NULL) {
		return;
	}
	(void)flow_path(flow, sort, sets.from, sets.through, NULL, path, reached);
	for (uint32_t i = 0; i < flow->node_count; i++) {
		reached[i] = reached[i] && sets.through[i];
	}
	if (flow_path(flow, sort, reached, sets.to, NULL, path, NULL) == 0) {
		d = diag_error(flow->s->c, claim->span, "S35",
			"nothing goes from one to the other, through nobody");
		diag_help(d, "say that: `prove no %s ... -> ...`",
			sort == FLOW_DATA ? "data" : "influence");
	}
}

static const struct instance_info *
instance_at(const struct sema *s, uint32_t node)
{
	for (uint32_t i = 1; i < s->instances.count; i++) {
		if (instance_node(sema_instance(s, i)) == node) {
			return sema_instance(s, i);
		}
	}
	return NULL;
}

static const struct ast_level *
lattice_find(struct sema *s, const struct ast_claim *claim)
{
	const struct symbol *symbol = scope_get(s, s->root, &claim->level, AST_ITEM_LEVEL, "S36");
	const struct ast_level *lattice = symbol == NULL ? NULL : symbol->item->level;

	for (uint32_t i = 1; lattice != NULL && i < s->instances.count; i++) {
		const struct instance_info *instance = sema_instance(s, i);
		struct diag *d;

		if (level_of(s, instance, lattice) != LEVELS_MAX) {
			continue;
		}
		d = diag_error(s->c, instance->at, "S30", "`%s` has no level of `%s`",
			instance->name, lattice->name.text);
		diag_help(d, "write one behind its process: `%s: ... at %s`", instance->name,
			lattice->chains->words->text);
		return NULL;
	}
	return lattice;
}

/* S36: each edge for itself: what follows from all of them holds for every path. */
static void
enforce_check(const struct flow *flow, const struct ast_claim *claim)
{
	struct sema *s = flow->s;
	bool *through = nodes_new(flow);
	const struct ast_level *lattice = lattice_find(s, claim);

	if (lattice == NULL || (claim->through != NULL && (!set_mark(s, claim->through, through) ||
								  !filled_check(flow, through,
									  claim->through->span)))) {
		return;
	}
	for (uint32_t i = 0; i < flow->edge_count; i++) {
		const struct flow_edge *edge = &flow->edges[i];
		const struct instance_info *from = instance_at(s, edge->from);
		const struct instance_info *to = instance_at(s, edge->to);
		uint32_t high;
		uint32_t low;
		struct diag *d;

		if (edge->sort != FLOW_DATA || from == NULL || to == NULL || through[edge->from]) {
			continue;
		}
		high = level_of(s, claim->upward ? to : from, lattice);
		low = level_of(s, claim->upward ? from : to, lattice);
		if ((level_at(s, high)->lower >> low & 1) != 0) {
			continue;
		}
		d = diag_error(s->c, claim->span, "S36",
			"data flow from `%s` at `%s` to `%s` at `%s`", from->name,
			level_at(s, claim->upward ? low : high)->word->text, to->name,
			level_at(s, claim->upward ? high : low)->word->text);
		step_note(flow, d, edge);
		diag_help(d, "if `%s` is trusted to do that: `only through %s`", from->name,
			from->name);
		return;
	}
}

void
flow_claim_check(const struct flow *flow, const struct ast_claim *claim)
{
	if (claim->kind == AST_CLAIM_ENFORCE) {
		enforce_check(flow, claim);
	} else {
		prove_check(flow, claim);
	}
}

void
flow_claims_check(struct sema *s)
{
	struct flow flow = {0};

	for (const struct ast_item *item = s->root->file->items; item != NULL; item = item->next) {
		if (item->kind != AST_ITEM_CLAIM || item->claim->kind == AST_CLAIM_NEVER) {
			continue;
		}
		if (s->system == NULL) {
			diag_help(diag_error(s->c, item->word, "S35",
					  "this claim speaks of a system, and this file has none"),
				"put it into the file of the system");
			return;
		}
		if (flow.s == NULL) {
			flow_build(&flow, s);
		}
		flow_claim_check(&flow, item->claim);
	}
}

/* S33: a message that nothing answers still takes its receiver's time. */
static void
residue_print(const struct sema *s, FILE *out)
{
	const struct l1 *l1 = s->l1;

	for (uint32_t i = 0; i < l1->cell_count; i++) {
		const struct l1_cell *cell = &l1->cells[i];
		const struct l1_interface *interface = l1->interfaces;

		while (interface->id != cell->interface) {
			interface++;
		}
		if (cell->event == L1_CALL && !cell->source->is_forbid &&
			interface->methods[cell->method - 1].is_oneway) {
			(void)fprintf(out, "    residual: `%s` sees when `%s` takes %s.%s\n",
				l1->labels[cell->holder].name, l1->labels[cell->target].name,
				interface->short_name, interface->methods[cell->method - 1].name);
		}
	}
}

void
flow_assumed_print(FILE *out)
{
	(void)fputs("    assumed: kernel, init and the monitor keep apart who asks them\n"
		    "    sinks: audit and trace; who reads them sees what everybody did\n"
		    "    contents not judged: lent memory and shared frames\n",
		out);
}

void
flow_claims_print(const struct sema *s, FILE *out)
{
	bool is_any = false;

	for (const struct ast_item *item = s->root->file->items; item != NULL; item = item->next) {
		if (item->kind == AST_ITEM_CLAIM && item->claim->kind != AST_CLAIM_NEVER) {
			(void)fprintf(out, "proved: %s\n", source_line(s->c, item->claim->span));
			is_any = true;
		}
	}
	if (is_any) {
		flow_assumed_print(out);
		residue_print(s, out);
	}
}
