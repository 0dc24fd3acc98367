/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit.c: cells are grouped to edges, edges get rows, rows get actions, all becomes one blob. */
#include "emit.h"

#include <string.h>

#include "emit_blob.h"
#include "emit_cost.h"
#include "emit_edges.h"
#include "emit_pool.h"
#include "emit_row.h"
#include "emit_state.h"
#include "index.h"
#include "ksm/engine/ksm.h"
#include "ksm/format_state.h"
#include "vector.h"
#include "wire.h"

struct emit {
	const struct l1 *l1;
	struct arena *arena; /* until the blob is made */
	struct arena *texts; /* of the result */
	struct emit_pool pool;
	struct buffer edges;
	struct buffer rows;
	struct buffer states;
	struct buffer aborts;
	struct index row_index;   /* of those edges that share no rows with one before ... */
	struct vector row_firsts; /* ... their first rows */
	uint32_t abort_count;
	uint32_t edge_count;
	uint32_t entry_count;
	struct emit_result result;
	FILE *costs; /* where each program's cost is printed, or NULL */
};

static const struct l1_interface *
interface_find(const struct l1 *l1, uint16_t id)
{
	for (uint32_t i = 0; i < l1->interface_count; i++) {
		if (l1->interfaces[i].id == id) {
			return &l1->interfaces[i];
		}
	}
	return NULL;
}

static const struct l1_method *
method_find(const struct l1_interface *interface, uint32_t number)
{
	for (uint32_t i = 0; i < interface->method_count; i++) {
		if (interface->methods[i].number == number) {
			return &interface->methods[i];
		}
	}
	return NULL;
}

static uint32_t
interface_methods(const struct l1_interface *interface)
{
	uint32_t highest = 0;

	for (uint32_t i = 0; i < interface->method_count; i++) {
		uint32_t number = interface->methods[i].number;

		highest = number > highest ? number : highest;
	}
	return highest;
}

static void
fail(struct emit *emit, enum emit_error error, const struct l1_cell *cell, const char *sentence)
{
	if (emit->result.error == EMIT_OK) {
		emit->result.error = error;
		emit->result.cell = cell;
		emit->result.sentence = sentence;
	}
}

static const char *
label_name(const struct l1 *l1, uint16_t label)
{
	const char *name = label < l1->label_count ? l1->labels[label].name : NULL;

	return name != NULL ? name : "?";
}

static const char *
decision_text(struct emit *emit, const struct emit_edge *edge, enum l1_event event,
	const struct l1_method *method)
{
	return arena_format(emit->texts, "%s%s -> %s : %s.%s", l1_event_word(event),
		label_name(emit->l1, edge->holder), label_name(emit->l1, edge->target),
		interface_find(emit->l1, edge->interface)->short_name, method->name);
}

/* What is decided: for messages. */
struct decision {
	const struct emit_edge *edge;
	const struct l1_method *method;
	enum l1_event event;
};

/* Steps of a program that looks at the types of the fields and at nothing else. */
static uint32_t
types_cost(struct emit *emit, const struct decision *decision)
{
	const struct l1_message *message = decision->event == L1_CALL    ? &decision->method->call
					   : decision->event == L1_REPLY ? &decision->method->reply
									 : &decision->method->error;
	uint32_t cost;

	(void)emit_row_action(&emit->pool, message, (struct emit_cells){NULL, 0}, &cost);
	return cost;
}

static void
cost_check(
	struct emit *emit, struct emit_cells cells, const struct decision *decision, uint32_t cost)
{
	const char *text;
	bool is_printed = emit->costs != NULL && cost != 0 && cells.count != 0;
	bool is_refused = cost > FORMAT_PROGRAM_COST_MAX && emit->result.error == EMIT_OK;

	if (!is_printed && !is_refused) {
		return;
	}
	text = decision_text(emit, decision->edge, decision->event, decision->method);
	if (is_printed) {
		fprintf(emit->costs, "%4u  %s\n", cost, text);
	}
	if (!is_refused) {
		return;
	}
	emit->result.rule = emit_cost_rule(&cells);
	emit->result.help = emit_cost_help(emit->texts, &cells, types_cost(emit, decision));
	fail(emit, EMIT_COST, cells.count == 0 ? NULL : cells.cells,
		arena_format(emit->texts, "the decision about `%s` takes %u steps of at most %d",
			text, cost, FORMAT_PROGRAM_COST_MAX));
}

/* Cells of the next event in order; *at moves behind them. */
static struct emit_cells
cells_take(const struct l1_cell *cells, uint32_t count, uint32_t *at, uint32_t method,
	enum l1_event event)
{
	struct emit_cells taken = {cells + *at, 0};

	while (*at < count && cells[*at].method == method && cells[*at].event == event) {
		(*at)++;
		taken.count++;
	}
	return taken;
}

/* entry: of the method, counted over all edges. */
static void
abort_emit(struct emit *emit, const struct emit_edge *edge, const struct l1_method *method,
	struct emit_cells cells)
{
	const struct decision decision = {edge, method, L1_ABORT};
	uint32_t entry = emit->entry_count + method->number - 1;
	uint32_t cost;
	uint32_t program;

	if (cells.count == 0) {
		return;
	}
	program = emit_row_abort(&emit->pool, cells, &cost);
	cost_check(emit, cells, &decision, cost);
	wire_u32(&emit->aborts, entry);
	wire_u32(&emit->aborts, program);
	emit->abort_count++;
}

static void
row_emit(struct emit *emit, const struct emit_edge *edge, const struct l1_method *method,
	struct emit_cells cells, uint32_t *at)
{
	static const struct l1_range no_bytes[] = {{0, 0}};
	static const struct l1_message nothing = {.lengths = no_bytes, .length_count = 1};
	const struct l1_message *messages[] = {&method->call, &method->reply,
		method->error.field_count != 0 ? &method->error : &nothing};

	for (uint32_t event = L1_CALL; event <= L1_ERROR; event++) {
		struct emit_cells taken = cells_take(
			cells.cells, cells.count, at, method->number, (enum l1_event)event);
		const struct decision decision = {edge, method, (enum l1_event)event};
		uint32_t cost;
		uint32_t action = emit_row_action(&emit->pool, messages[event], taken, &cost);

		cost_check(emit, taken, &decision, cost);
		wire_u32(&emit->rows, action);
	}
	abort_emit(emit, edge, method,
		cells_take(cells.cells, cells.count, at, method->number, L1_ABORT));
	if (method->error_count > FORMAT_SHAPE_ERRORS_MAX ||
		method->call.high_bytes > FORMAT_MESSAGE_MAX ||
		method->reply.high_bytes > FORMAT_MESSAGE_MAX) {
		fail(emit, EMIT_LIMIT, cells.count > 0 ? cells.cells : NULL,
			arena_format(emit->texts,
				"method `%s` is too large: at most %d bytes and %u errors",
				method->name, FORMAT_MESSAGE_MAX, FORMAT_SHAPE_ERRORS_MAX));
	}
	wire_u32(&emit->rows, format_shape(method->call.low_bytes, method->call.high_bytes) |
				      emit_row_carried(&method->call, false) |
				      (uint32_t)method->is_ask << FORMAT_SHAPE_CALL_ASK);
	wire_u32(&emit->rows,
		method->is_ask ? FORMAT_SHAPE_NONE
			       : format_shape(method->reply.low_bytes, method->reply.high_bytes) |
					 method->error_count << FORMAT_SHAPE_MORE_SHIFT |
					 emit_row_carried(&method->reply, true));
}

static void
row_emit_none(struct emit *emit)
{
	for (uint32_t event = L1_CALL; event <= L1_ERROR; event++) {
		wire_u32(&emit->rows, 0);
	}
	wire_u32(&emit->rows, FORMAT_SHAPE_NONE);
	wire_u32(&emit->rows, FORMAT_SHAPE_NONE);
}

/* Returns the first row of the edge: of an earlier one with equal rows, if there is one. */
static uint32_t
rows_share(struct emit *emit, uint32_t first, uint32_t methods)
{
	const uint32_t row_bytes = sizeof(struct format_row);
	const char *new = emit->rows.bytes + (size_t)first *row_bytes;
	size_t bytes = (size_t)methods * row_bytes;
	uint32_t hash = index_hash(0, new, bytes);

	for (uint32_t i = index_first(&emit->row_index, hash); i != INDEX_NONE;
		i = index_next(&emit->row_index, i)) {
		uint32_t old = ((const uint32_t *)emit->row_firsts.elements)[i];

		if (old + methods <= first &&
			memcmp(emit->rows.bytes + (size_t)old * row_bytes, new, bytes) == 0) {
			emit->rows.size = (size_t)first * row_bytes;
			return old;
		}
	}
	index_add(&emit->row_index, emit->arena, hash);
	*(uint32_t *)vector_push(&emit->row_firsts, emit->arena, sizeof first) = first;
	return first;
}

static void
edge_emit(struct emit *emit, const struct emit_edge *edge, struct emit_cells cells)
{
	const struct l1_interface *interface = interface_find(emit->l1, edge->interface);
	uint32_t first = (uint32_t)(emit->rows.size / sizeof(struct format_row));
	uint32_t methods = interface != NULL ? interface_methods(interface) : 0;
	uint32_t at = 0;

	if (methods == 0 || methods > UINT16_MAX) {
		fail(emit, EMIT_LIMIT, cells.count > 0 ? cells.cells : NULL,
			"a rule or a wire names an interface without methods");
		return;
	}
	for (uint32_t number = 1; number <= methods; number++) {
		const struct l1_method *method = method_find(interface, number);

		if (method == NULL || method->is_reserved) {
			row_emit_none(emit);
		} else {
			row_emit(emit, edge, method, cells, &at);
		}
	}
	if (at != cells.count) {
		fail(emit, EMIT_LIMIT, &cells.cells[at], "a rule names no method of the interface");
	}
	wire_u16(&emit->edges, edge->holder);
	wire_u16(&emit->edges, edge->target);
	wire_u16(&emit->edges, edge->interface);
	wire_u16(&emit->edges, (uint16_t)methods);
	wire_u32(&emit->edges, rows_share(emit, first, methods));
	emit->edge_count++;
	emit->entry_count += methods;
}

/* Cells of the edge; *at moves behind them. Cells and edges have the same order. */
static struct emit_cells
edge_cells(const struct l1 *l1, const struct emit_edge *edge, uint32_t *at)
{
	struct emit_cells cells = {&l1->cells[*at], 0};

	while (*at < l1->cell_count && l1->cells[*at].holder == edge->holder &&
		l1->cells[*at].target == edge->target &&
		l1->cells[*at].interface == edge->interface) {
		(*at)++;
		cells.count++;
	}
	return cells;
}

/* A program for each of the two passages of each edge that has any. */
static void
passages_emit(struct emit *emit, const struct emit_edge *edge, uint32_t count)
{
	const struct l1 *l1 = emit->l1;
	uint32_t at = 0;

	for (uint32_t i = 0; i < count; i++) {
		for (uint32_t event = L1_COMES; event <= L1_GOES; event++) {
			struct emit_cells cells = {&l1->passages[at], 0};
			uint32_t cost;

			while (at < l1->passage_count &&
				l1->passages[at].holder == edge[i].holder &&
				l1->passages[at].target == edge[i].target &&
				l1->passages[at].interface == edge[i].interface &&
				l1->passages[at].event == event) {
				at++;
				cells.count++;
			}
			if (cells.count != 0) {
				wire_u32(&emit->aborts,
					emit->entry_count + 2 * i + (event == L1_GOES));
				wire_u32(&emit->aborts, emit_row_abort(&emit->pool, cells, &cost));
				emit->abort_count++;
			}
		}
	}
	if (at != l1->passage_count) {
		fail(emit, EMIT_LIMIT, NULL, "a limit counts capabilities of no edge");
	}
}

static void
edges_emit(struct emit *emit)
{
	const struct l1 *l1 = emit->l1;
	struct vector edges = emit_edges(l1, emit->arena);
	const struct emit_edge *edge = edges.elements;
	uint32_t at = 0;

	for (uint32_t i = 0; i < edges.count && emit->result.error == EMIT_OK; i++) {
		if (emit->edge_count == FORMAT_EDGES_MAX ||
			emit->entry_count > FORMAT_ENTRIES_MAX) {
			fail(emit, EMIT_LIMIT, NULL, "the policy has too many edges");
		}
		edge_emit(emit, &edge[i], edge_cells(l1, &edge[i], &at));
	}
	if (emit->result.error == EMIT_OK) {
		passages_emit(emit, edge, edges.count);
	}
	if (emit->pool.program_count > FORMAT_ACTION_NUMBER + 1) {
		fail(emit, EMIT_LIMIT, NULL, "the policy has too many different conditions");
	}
	if (l1->state_count > FORMAT_STATES_MAX) {
		fail(emit, EMIT_LIMIT, NULL,
			"machines, buckets and so on have too many keys; use `per client`");
	}
	if (l1->rule_count > FORMAT_ACTION_NUMBER || l1->label_count > UINT16_MAX) {
		fail(emit, EMIT_LIMIT, NULL, "the policy has too many rules or labels");
	}
}

static void
blob_emit(struct emit *emit, struct buffer *out)
{
	struct emit_sections sections = {
		.l1 = emit->l1,
		.edges = &emit->edges,
		.rows = &emit->rows,
		.pool = &emit->pool,
		.edge_count = emit->edge_count,
		.row_count = (uint32_t)(emit->rows.size / sizeof(struct format_row)),
		.entry_count = emit->entry_count,
		.states = &emit->states,
		.aborts = &emit->aborts,
		.abort_count = emit->abort_count,
	};

	emit->result.row_count = sections.row_count;
	emit->result.names_bytes = emit_blob(&sections, out, emit->result.digest);
	if (out->size > FORMAT_LENGTH_MAX) {
		fail(emit, EMIT_LIMIT, NULL, "the policy is too large");
		return;
	}
	emit->result.bytes = out->size;
	emit->result.memory_bytes = ksm_memory_bytes((const uint8_t *)out->bytes, out->size);
}

static void
emit_init(struct emit *emit, const struct l1 *l1, struct arena *arena, struct arena *texts,
	FILE *costs)
{
	*emit = (struct emit){.l1 = l1, .arena = arena, .texts = texts, .costs = costs};
	emit_pool_init(&emit->pool, arena);
	buffer_init(&emit->edges, arena);
	buffer_init(&emit->rows, arena);
	buffer_init(&emit->states, arena);
	buffer_init(&emit->aborts, arena);
	emit_states(l1, &emit->states);
}

struct emit_result
emit_policy(const struct l1 *l1, struct buffer *out)
{
	struct arena arena;
	struct emit emit;

	arena_init(&arena);
	emit_init(&emit, l1, &arena, out->arena, NULL);
	edges_emit(&emit);
	if (emit.result.error == EMIT_OK) {
		blob_emit(&emit, out);
	}
	emit.result.edge_count = emit.edge_count;
	emit.result.program_count = emit.pool.program_count;
	emit_pool_release(&emit.pool);
	arena_release(&arena);
	return emit.result;
}

void
emit_costs(const struct l1 *l1, FILE *out)
{
	struct arena arena;
	struct emit emit;

	fprintf(out, "steps  rule (its conditions and effects alone)\n");
	for (uint32_t i = 0; i < l1->rule_count; i++) {
		const struct l1_rule *rule = &l1->rules[i];
		uint32_t highest = 0;

		for (uint32_t j = 0; j < l1->cell_count; j++) {
			const struct l1_cell *cell = &l1->cells[j];
			uint32_t cost = cell->source == rule ? emit_cell_cost(cell) : 0;

			highest = cost > highest ? cost : highest;
		}
		if (!rule->is_generated) {
			fprintf(out, "%5u  %s:%u: %.*s\n", highest, rule->position.file,
				rule->position.line, (int)rule->text_bytes, rule->text_begin);
		}
	}
	fprintf(out, "\nsteps  decision that runs a program, of at most %d\n",
		FORMAT_PROGRAM_COST_MAX);
	arena_init(&arena);
	emit_init(&emit, l1, &arena, &arena, out);
	edges_emit(&emit);
	emit_pool_release(&emit.pool);
	arena_release(&arena);
}
