/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* check_wire.c: wires and rules held against each other. */
#include "check_wire.h"

#include "abi/abi.h"
#include "compile.h"
#include "link.h"
#include "lower.h"
#include "sema.h"
#include "sema_options.h"

static struct diag *
finding(struct sema *s, struct span at, const char *sentence)
{
	return s->options->strict ? diag_error(s->c, at, "R12", "%s", sentence)
				  : diag_warning(s->c, at, "R12", "%s", sentence);
}

static bool
edge_has_allow(const struct l1 *l1, uint16_t holder, uint16_t target, uint16_t interface)
{
	struct l1_edge edge = {holder, target, interface};

	for (uint32_t i = lower_edge_first(l1, &edge); i < l1->cell_count; i++) {
		const struct l1_cell *cell = &l1->cells[i];

		if (cell->holder != holder || cell->target != target ||
			cell->interface != interface) {
			break;
		}
		if (!cell->source->is_forbid) {
			return true;
		}
	}
	return false;
}

/* A `never` says of it that nothing shall be allowed: then it needs no warning. */
static bool
is_meant_denied(const struct sema *s, uint16_t holder, uint16_t target, uint16_t interface)
{
	const struct l1_edge *edges = s->meant_denied.elements;

	for (uint32_t i = 0; i < s->meant_denied.count; i++) {
		if (edges[i].holder == holder && edges[i].target == target &&
			edges[i].interface == interface) {
			return true;
		}
	}
	return false;
}

static void
wire_check(struct sema *s, const struct instance_info *client, const struct wire_info *wire)
{
	const struct instance_info *server = sema_instance(s, wire->target);
	const struct l1_endpoint *gives =
		&((const struct l1_endpoint *)server->class->gives.elements)[wire->gives];
	struct diag *d;

	uint16_t holder = (uint16_t)(LABEL_INIT + client->number);
	uint16_t target = (uint16_t)(LABEL_INIT + server->number);

	if (edge_has_allow(s->l1, holder, target, gives->interface) ||
		is_meant_denied(s, holder, target, gives->interface)) {
		return;
	}
	d = finding(s, wire->at, "no rule allows anything over this wire");
	diag_help(d, "meant so? take the wire away; not meant so? write `allow %s -> %s : %s....`",
		client->class->symbol->name,
		server->class->symbol == NULL ? server->name : server->class->symbol->name,
		gives->name);
}

static void
signal_check(struct sema *s, const struct instance_info *from, const struct wire_info *wire)
{
	const struct instance_info *to = sema_instance(s, wire->target);

	if (!edge_has_allow(s->l1, (uint16_t)(LABEL_INIT + from->number),
		    (uint16_t)(LABEL_INIT + to->number), INTERFACE_SIGNAL)) {
		diag_help(finding(s, wire->at, "no rule allows a signal over this wire"),
			"meant so? take the wire away; not meant so? write `allow %s -> %s : "
			"signal`",
			from->class->symbol->name, to->class->symbol->name);
	}
}

/* Senders and receivers of one class count as one: a rule for a class covers pairs that are not
 * wired on purpose. */
struct path_state {
	const struct l1_cell *first; /* of this rule and pair of classes */
	bool is_wired;
};

static const struct l1_class *
class_at(const struct l1 *l1, uint16_t label)
{
	return l1->instances[label - LABEL_INIT].class;
}

static bool
is_between_instances(const struct l1 *l1, const struct l1_cell *cell)
{
	return cell->interface >= INTERFACE_SIGNAL && cell->holder > LABEL_INIT &&
	       cell->holder < LABEL_INIT + l1->instance_count &&
	       cell->target < LABEL_INIT + l1->instance_count && cell->target >= LABEL_INIT;
}

/* Notes one cell of the rule in the states of its pairs of classes. */
static void
path_note(struct sema *s, struct vector *states, const struct l1_cell *cell)
{
	struct path_state *state = states->elements;
	const struct l1 *l1 = s->l1;
	uint32_t i = 0;

	while (i < states->count &&
		(class_at(l1, state[i].first->holder) != class_at(l1, cell->holder) ||
			class_at(l1, state[i].first->target) != class_at(l1, cell->target))) {
		i++;
	}
	if (i == states->count) {
		state = vector_push(states, &s->c->scratch, sizeof *state);
		state->first = cell;
	} else {
		state += i;
	}
	state->is_wired =
		state->is_wired || link_exists(s->l1, cell->holder, cell->target, cell->interface);
}

/* cells: those of the rule, `count` of them. */
static void
rule_check(struct sema *s, const uint32_t *cells, uint32_t count, struct span at)
{
	struct vector states = {0};
	const struct path_state *state;

	for (uint32_t i = 0; i < count; i++) {
		path_note(s, &states, &s->l1->cells[cells[i]]);
	}
	state = states.elements;
	for (uint32_t i = 0; i < states.count; i++) {
		const char *from = s->l1->labels[state[i].first->holder].name;
		const char *to = s->l1->labels[state[i].first->target].name;
		struct diag *d;

		if (state[i].is_wired) {
			continue;
		}
		d = finding(s, at,
			arena_format(&s->c->arena, "`%s` may call `%s` but has no wire to it", from,
				to));
		diag_help(d,
			"write `USE -> %s.ENDPOINT` in the braces of `%s`, or take the rule "
			"away",
			to, from);
		return;
	}
}

static bool
needs_wire(const struct l1 *l1, const struct l1_cell *cell)
{
	return cell->event == L1_CALL && !cell->source->is_forbid && !cell->source->is_generated &&
	       is_between_instances(l1, cell);
}

/* Cells sorted by their rule: firsts[n] is the first of rule n. */
static void
rules_check(struct sema *s)
{
	const struct l1 *l1 = s->l1;
	struct arena scratch;
	uint32_t *cells;
	uint32_t *firsts;

	arena_init(&scratch);
	cells = arena_array(&scratch, l1->cell_count, sizeof *cells);
	firsts = arena_array(&scratch, l1->rule_count + 2u, sizeof *firsts);
	for (uint32_t i = 0; i < l1->cell_count; i++) {
		firsts[l1->cells[i].source->number] += needs_wire(l1, &l1->cells[i]);
	}
	for (uint32_t i = 1; i <= l1->rule_count + 1u; i++) {
		firsts[i] += firsts[i - 1];
	}
	for (uint32_t i = l1->cell_count; i > 0; i--) {
		if (needs_wire(l1, &l1->cells[i - 1])) {
			cells[--firsts[l1->cells[i - 1].source->number]] = i - 1;
		}
	}
	for (uint32_t i = 1; i <= l1->rule_count; i++) {
		if (firsts[i] != firsts[i + 1]) {
			rule_check(s, cells + firsts[i], firsts[i + 1] - firsts[i],
				((const struct span *)s->rule_spans.elements)[i - 1]);
			arena_reset(&s->c->scratch);
		}
	}
	arena_release(&scratch);
}

void
check_wires(struct sema *s)
{
	for (uint32_t i = 1; i < s->instances.count; i++) {
		const struct instance_info *client = sema_instance(s, i);

		for (uint32_t w = 0; w < client->wires.count; w++) {
			wire_check(
				s, client, &((const struct wire_info *)client->wires.elements)[w]);
		}
		for (uint32_t w = 0; w < client->signals.count; w++) {
			signal_check(s, client,
				&((const struct wire_info *)client->signals.elements)[w]);
		}
	}
	rules_check(s);
}
