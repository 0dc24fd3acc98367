/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* validate.c: translation validation: engine and reference interpreter side by side. */
#include "validate.h"

#include <inttypes.h>
#include <string.h>

#include "abi/abi.h"
#include "arena.h"
#include "blob.h"
#include "blob_tests.h"
#include "grid.h"
#include "l1_eval.h"
#include "payload.h"
#include "validate_edge.h"
#include "validate_fault.h"
#include "validate_known.h"
#include "validate_message.h"
#include "validate_row.h"
#include "validate_shape.h"
#include "validate_state.h"
#include "vector.h"

struct validator {
	const struct l1 *l1;
	struct validate_known known;
	bool is_shape_known; /* of the place */
	struct ksm ksm;
	struct arena *a;            /* of the result */
	struct arena *work;         /* until there is one */
	struct l1 narrow;           /* l1 with one edge only, or with one method of it only: others
				     * have no say there */
	struct state_scene scene;   /* of the place */
	const struct l1_cell *cell; /* one of the place, for the message */
	struct validate_result result;
};

/* One place: an edge, a method, an event. */
struct place {
	struct l1_query query;
	struct ksm_edge *edge;
	const struct l1_message *message;
};

static bool
fail(struct validator *v, const char *sentence, const char *help)
{
	v->result.sentence = sentence;
	v->result.help = help;
	v->result.cell = v->cell;
	return false;
}

/* A fault of gate, not of the policy. */
static bool
fault(struct validator *v, const char *sentence)
{
	return fail(v, sentence, "this is a fault of gate: nothing was written");
}

/* One message on both sides. Returns whether it must be recorded. */
static bool
message_compare(struct validator *v, struct place *place, const struct payload *payload)
{
	struct l1_query *query = &place->query;
	struct l1_verdict l1;
	struct l1_verdict engine;

	if (v->result.sentence != NULL) {
		return false;
	}
	query->bytes = payload->bytes;
	query->status = query->event == L1_ERROR ? payload->status : 0;
	query->length_bytes = payload->length_bytes;
	query->now_ns = VALIDATE_NOW_NS;
	query->number = v->scene.number;
	for (uint32_t i = 0; i < L1_EVAL_HANDLES; i++) {
		/* Another one each, as far as there are so many. */
		query->given[i] = v->scene.number >= i ? v->scene.number - i : 0;
	}
	l1 = l1_eval(&v->narrow, query, &v->scene.l1_memory);
	engine = blob_decide_at(&v->ksm, place->edge, query);
	v->result.point_count++;
	if (!state_scene_equal(&v->scene)) {
		fault(v, validate_fault_memory(v->a, v->l1, query, &l1));
	}
	if (l1.reason != engine.reason || l1.rule != engine.rule || l1.field != engine.field ||
		l1.operand != engine.operand || l1.audit != engine.audit) {
		fault(v, validate_fault_verdicts(v->a, v->l1, query, &l1, &engine));
	}
	return l1.audit == KSM_AUDIT_MUST && query->event != L1_ABORT;
}

/* With room for a record and, if that matters, without. */
static void
point_compare(struct validator *v, struct place *place, const struct payload *payload)
{
	if (message_compare(v, place, payload)) {
		place->query.is_audit_full = true;
		(void)message_compare(v, place, payload);
		place->query.is_audit_full = false;
	}
}

struct shape_context {
	struct validator *v;
	struct place *place;
};

static void
shape_point(void *context, const struct payload *payload)
{
	struct shape_context *shape = context;

	point_compare(shape->v, shape->place, payload);
}

static void
shape_compare(struct validator *v, struct place *place, struct payload *payload)
{
	struct shape_context context = {v, place};

	validate_shape(place->message, payload, shape_point, &context);
}

static bool
cell_fits(const struct l1_cell *cell, const struct l1_query *query)
{
	return cell->method == query->method && cell->event == query->event;
}

/* All that L1 tests and changes at the place, and all that the program in the blob does there. */
static bool
tests_of(struct validator *v, const struct place *place, struct arena *scratch,
	struct vector *conditions)
{
	const struct l1_query *query = &place->query;
	struct vector cells = {0};
	struct vector effects = {0};
	struct blob_tests out = {conditions, &effects};

	v->cell = NULL;
	for (uint32_t i = 0; i < v->narrow.cell_count; i++) {
		if (cell_fits(&v->narrow.cells[i], query)) {
			*(const struct l1_condition **)vector_push(
				conditions, scratch, sizeof(void *)) = v->narrow.cells[i].condition;
			v->cell = &v->narrow.cells[i];
			*(const struct l1_cell **)vector_push(&cells, scratch, sizeof(void *)) =
				v->cell;
		}
	}
	if (!blob_tests(&v->ksm, v->l1, place->edge, query->method, query->event, place->message,
		    scratch, &out)) {
		return fault(v, "a program of the blob loads what is no field and no state");
	}
	v->scene.arena = scratch;
	v->scene.touched = (struct vector){0};
	v->scene.effects = (struct vector){0};
	state_scene_begin(&v->scene, cells.elements, cells.count, &effects, conditions);
	return true;
}

/* Builds the grid over both sides' tests. Returns false after an error. */
static bool
grid_of(struct validator *v, const struct place *place, struct grid *grid, struct arena *scratch)
{
	struct vector conditions = {0};

	if (!tests_of(v, place, scratch, &conditions)) {
		return false;
	}
	for (uint32_t density = GRID_NEIGHBOURS; density >= GRID_EDGES; density--) {
		if (grid_build(grid, scratch, conditions.elements, conditions.count,
			    (enum grid_density)density) &&
			grid->point_count <= GRID_POINTS_MAX) {
			return true;
		}
	}
	return fail(v, "the rules of this method test too many values together to be checked",
		"split the rule");
}

/* Fields and states of one point; bytes around it, if a message of its kind was granted first. */
static void
grid_compare(
	struct validator *v, struct place *place, const struct grid *grid, struct payload *payload)
{
	int64_t values[GRID_AXES_MAX];
	bool was_granted = false;
	struct payload other;

	for (uint64_t n = 0; v->result.sentence == NULL && n < grid->point_count; n++) {
		grid_point(grid, n, values);
		validate_message_put(place->message, grid, values, payload);
		state_scene_put(&v->scene, grid, values, payload);
		point_compare(v, place, payload);
		for (uint32_t i = 0; validate_message_other(place->message, payload, i, &other);
			i++) {
			state_scene_put(&v->scene, grid, values, &other);
			point_compare(v, place, &other);
		}
		/* Around a message that is granted nothing but the shape can deny. */
		if (!was_granted && grid->axis_count != 0) {
			state_scene_put(&v->scene, grid, values, payload);
			was_granted = blob_decide_at(&v->ksm, place->edge, &place->query).reason ==
				      KSM_GRANTED;
			state_scene_put(&v->scene, grid, values, payload);
			if (was_granted && !v->is_shape_known &&
				(place->query.event <= L1_REPLY ||
					place->message->field_count != 0)) {
				shape_compare(v, place, payload);
			}
		}
	}
}

/* What the calls of one rule get, or of all rules (0). */
static void
calls_compare(struct validator *v, struct place *place, uint32_t call_rule)
{
	struct arena scratch;
	struct grid grid;
	struct payload payload;

	if (v->result.sentence != NULL) {
		return;
	}
	arena_init(&scratch);
	payload_begin(&payload, place->message);
	place->query.call_rule = call_rule;
	if (grid_of(v, place, &grid, &scratch)) {
		if ((place->query.event <= L1_REPLY || place->message->field_count != 0) &&
			!v->is_shape_known) {
			shape_compare(v, place, &payload);
		}
		grid_compare(v, place, &grid, &payload);
	}
	v->scene.touched = (struct vector){0};
	arena_release(&scratch);
}

static void
place_compare(struct validator *v, struct place *place)
{
	uint32_t before = 0;
	bool is_bound = false;

	for (uint32_t i = 0; i < v->narrow.cell_count; i++) {
		const struct l1_cell *cell = &v->narrow.cells[i];

		if (cell_fits(cell, &place->query) && cell->is_bound) {
			is_bound = true;
			if (cell->source->number != before) {
				calls_compare(v, place, cell->source->number);
			}
			before = cell->source->number;
		}
	}
	if (!is_bound) {
		calls_compare(v, place, 0);
	}
}

/* Numbers that are no method, and statuses that are no error. */
static void
strangers_compare(struct validator *v, struct place *place, uint32_t method_count)
{
	const uint16_t numbers[] = {0, (uint16_t)(method_count + 1), UINT16_MAX};
	struct payload payload = {.status = 0};

	for (uint32_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		place->query.method = numbers[i];
		for (uint32_t event = L1_CALL; event <= L1_ERROR; event++) {
			place->query.event = (enum l1_event)event;
			payload.status = event == L1_ERROR;
			point_compare(v, place, &payload);
		}
	}
}

static void
errors_compare(struct validator *v, struct place *place, const struct l1_method *method)
{
	struct payload payload = {.length_bytes = 0};

	place->query.event = L1_ERROR;
	for (uint32_t status = 0; status <= method->error_count + 2; status++) {
		payload.status = status == method->error_count + 2 ? UINT16_MAX : status;
		for (payload.length_bytes = 0;
			payload.length_bytes <= method->error.fixed_bytes + 2u;
			payload.length_bytes++) {
			point_compare(v, place, &payload);
		}
		payload.length_bytes = MESSAGE_BYTES_MAX;
		point_compare(v, place, &payload);
	}
}

/* What is asked about cannot be sent, and nothing else can be asked about. */
static void
ask_compare(struct validator *v, struct place *place, const struct l1_method *method)
{
	struct payload payload;

	payload_begin(&payload, place->message);
	place->query.is_ask = !method->is_ask;
	point_compare(v, place, &payload);
	place->query.is_ask = method->is_ask;
}

/* Replies, errors and the ends of calls. */
static void
answers_compare(struct validator *v, struct place *place, const struct l1_method *method)
{
	static const struct l1_message empty = {0};

	v->is_shape_known = false;
	place->query.event = L1_REPLY;
	place->message = method->is_reserved ? &empty : &method->reply;
	place_compare(v, place);
	place->message = &empty;
	place->query.event = L1_ABORT;
	if (!method->is_reserved) {
		place_compare(v, place);
	}
	if (method->error_count != 0) {
		place->query.event = L1_ERROR;
		place->message = &method->error;
		place_compare(v, place);
	}
	errors_compare(v, place, method);
}

/* What decides as another method that was compared is not compared again. */
static void
method_compare(struct validator *v, struct place *place, const struct l1_method *method)
{
	static const struct l1_message empty = {0};
	const struct l1 edge = v->narrow;
	struct known_place known = {.edge = place->edge, .method = method};
	const char *wrong;

	place->query.method = method->number;
	wrong = validate_row(place->edge, method);
	if (wrong != NULL) {
		fault(v, wrong);
		return;
	}
	validate_edge_method(&v->narrow, method->number);
	known.cells = v->narrow.cells;
	known.cell_count = v->narrow.cell_count;
	place->query.status = 0;
	place->query.event = L1_CALL;
	place->message = method->is_reserved ? &empty : &method->call;
	ask_compare(v, place, method);
	if (!validate_known(&v->known, &known, KNOWN_CALL, &v->is_shape_known)) {
		place_compare(v, place);
	}
	if (!validate_known(&v->known, &known, KNOWN_ANSWERS, &v->is_shape_known)) {
		answers_compare(v, place, method);
	}
	v->narrow = edge;
}

/* What capabilities change as they come and go. */
static void
passages_compare(struct validator *v, struct place *place, const struct l1_edge *edge)
{
	static const struct l1_message empty = {0};
	struct l1 whole = v->narrow;

	validate_edge_passages(&v->narrow, edge);
	v->narrow.cells = v->narrow.passages;
	v->narrow.cell_count = v->narrow.passage_count;
	place->message = &empty;
	place->query.method = 0;
	place->query.status = 0;
	for (uint32_t event = L1_COMES; event <= L1_GOES; event++) {
		place->query.event = (enum l1_event)event;
		calls_compare(v, place, 0);
	}
	v->narrow = whole;
}

/* Requires: v->narrow holds the cells of the edge, which L1 wants. */
static void
edge_compare(struct validator *v, const struct l1_edge *wanted)
{
	const struct l1 *l1 = v->l1;
	struct l1_interface *interface =
		&l1->interfaces[l1_interface_find(l1, wanted->interface) - l1->interfaces];
	struct ksm_edge *edge =
		ksm_edge_open(&v->ksm, wanted->holder, wanted->target, wanted->interface);
	struct place place = {.edge = edge,
		.query = {.holder = wanted->holder,
			.target = wanted->target,
			.interface = wanted->interface}};

	v->narrow.interfaces = interface;
	v->narrow.interface_count = 1;
	v->cell = v->narrow.cell_count == 0 ? NULL : &v->narrow.cells[0];
	if (edge == NULL) {
		fault(v, arena_format(v->a, "the blob lacks an edge %s -> %s, interface %u",
				 l1->labels[wanted->holder].name, l1->labels[wanted->target].name,
				 wanted->interface));
		return;
	}
	v->result.edge_count++;
	for (uint32_t m = 0; v->result.sentence == NULL && m < interface->method_count; m++) {
		method_compare(v, &place, &interface->methods[m]);
	}
	strangers_compare(v, &place, interface->method_count);
	passages_compare(v, &place, wanted);
}

/* Each edge that L1 wants is there, and the blob has no more of them than L1. */
static void
edges_compare(struct validator *v)
{
	const struct l1 *l1 = v->l1;
	struct vector wanted = {0};
	const struct l1_edge *edge;
	uint32_t first = 0;

	validate_edges(l1, v->work, &wanted);
	edge = wanted.elements;
	for (uint32_t i = 0; v->result.sentence == NULL && i < wanted.count; i++) {
		if (i != 0 && validate_edge_order(&edge[i - 1], &edge[i]) == 0) {
			continue;
		}
		v->narrow.cells = l1->cells + first;
		v->narrow.cell_count = validate_edge_cells(l1, first, &edge[i]);
		first += v->narrow.cell_count;
		edge_compare(v, &edge[i]);
	}
	if (v->result.sentence == NULL && v->result.edge_count != v->ksm.edge_count) {
		v->cell = NULL;
		fault(v, arena_format(v->a, "the blob has %" PRIu32 " edges, L1 has %" PRIu32,
				 v->ksm.edge_count, v->result.edge_count));
	}
}

/* All of the blob; v has its arenas and l1. */
static void
blob_compare(struct validator *v, const void *blob, size_t size, const uint8_t digest[32])
{
	const struct l1 *l1 = v->l1;
	enum ksm_verify_error error = blob_open_known(&v->ksm, v->work, l1, blob, size, digest);
	const char *wrong;

	if (error != KSM_OK) {
		fault(v, arena_format(v->a, "the engine refuses the finished blob: %s",
				 ksm_verify_text(error)));
		return;
	}
	if (memcmp(ksm_abi_digest(blob), l1->abi_digest, sizeof l1->abi_digest) != 0) {
		fault(v, "the finished blob is for other interfaces");
		return;
	}
	wrong = state_objects_compare(l1, &v->ksm);
	if (wrong != NULL) {
		fault(v, wrong);
		return;
	}
	v->scene.l1 = l1;
	v->scene.ksm = &v->ksm;
	v->scene.l1_memory.words = arena_array(v->work, l1->word_count + 1, sizeof(uint64_t));
	v->narrow = *l1;
	v->known = (struct validate_known){.ksm = &v->ksm, .a = v->work};
	edges_compare(v);
}

struct validate_result
validate_policy(const struct l1 *l1, const void *blob, size_t size, const uint8_t digest[32],
	struct arena *a)
{
	struct arena work;
	struct validator v = {.l1 = l1, .a = a, .work = &work};

	arena_init(&work);
	blob_compare(&v, blob, size, digest);
	arena_release(&work);
	return v.result;
}
