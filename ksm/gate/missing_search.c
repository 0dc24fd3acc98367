/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* missing_search.c: two policies side by side, breadth first, until one grants what the other does
 * not. */
#include <string.h>

#include "arena.h"
#include "flow.h"
#include "l1.h"
#include "missing_step.h"
#include "step.h"

#define STATES_MAX 8192u
#define STEPS_WORK 400000u /* steps that are tried, at most */
#define BUCKETS    16384u  /* of the index; a power of two */
#define FNV_START  UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME  UINT64_C(0x100000001b3)
#define SIDES      2u
#define NO_STATE   UINT32_MAX

/* What both remember, and the calls that wait for an answer. */
struct state {
	uint32_t parent; /* NO_STATE: the initial one */
	uint32_t step;   /* that led here */
	uint32_t next;   /* in its bucket of the index */
	enum ksm_reason reason;
	uint64_t now_ns;
	uint64_t *words; /* right, mistaken, then for each step the rule that granted it, or 0 */
};

struct search {
	const struct l1 *l1[SIDES];
	const struct missing_step *const *steps;
	uint32_t step_count;
	uint32_t word_count; /* of a state */
	enum missing_goal goal;
	struct arena *a;
	struct state *states;
	uint32_t state_count;
	uint32_t *index;
};

static uint32_t
bucket_of(const struct search *s, const struct state *state)
{
	uint64_t hash = FNV_START ^ state->now_ns;

	for (uint32_t i = 0; i < s->word_count; i++) {
		hash = (hash ^ state->words[i]) * FNV_PRIME;
		hash ^= hash >> 29;
	}
	return (uint32_t)hash & (BUCKETS - 1);
}

/* Keeps the state unless it is known. */
static void
state_add(struct search *s, const struct state *state)
{
	uint32_t bucket = bucket_of(s, state);
	size_t size = s->word_count * sizeof *state->words;

	for (uint32_t i = s->index[bucket]; i != NO_STATE; i = s->states[i].next) {
		if (s->states[i].now_ns == state->now_ns &&
			memcmp(s->states[i].words, state->words, size) == 0) {
			return;
		}
	}
	if (s->state_count == STATES_MAX) {
		return;
	}
	s->states[s->state_count] = *state;
	s->states[s->state_count].words = arena_array(s->a, s->word_count, sizeof *state->words);
	memcpy(s->states[s->state_count].words, state->words, size);
	s->states[s->state_count].next = s->index[bucket];
	s->index[bucket] = s->state_count++;
}

/* The words of one side. */
static uint64_t *
side_words(const struct search *s, const struct state *state, uint32_t side)
{
	return state->words + (side == 0 ? 0 : s->l1[0]->word_count);
}

/* The rule that granted the call of a step; 0: it does not wait for an answer. */
static uint64_t *
call_rule(const struct search *s, const struct state *state, uint32_t side, uint32_t step)
{
	return state->words + s->l1[0]->word_count + s->l1[1]->word_count +
	       (size_t)side * s->step_count + step;
}

/* Time and who begins anew are of no method. */
static bool
is_of_method(const struct missing_step *step, const struct l1_query *b)
{
	const struct l1_query *a = step->message == NULL ? NULL : &step->message->query;

	return a != NULL && a->holder == b->holder && a->target == b->target &&
	       a->interface == b->interface && a->method == b->method;
}

/* The call that an answer belongs to, or the number of steps. */
static uint32_t
call_of(const struct search *s, const struct state *state, uint32_t answer)
{
	const struct l1_query *query = &s->steps[answer]->message->query;
	uint32_t i = 0;

	while (i < s->step_count &&
		(*call_rule(s, state, 0, i) == 0 || !is_of_method(s->steps[i], query))) {
		i++;
	}
	return i;
}

/* A call ends without an answer [S17]. */
static void
side_abort(const struct search *s, const struct state *state, uint32_t side, uint32_t call)
{
	static const uint8_t nothing[1];
	struct l1_query query = s->steps[call]->message->query;
	struct l1_memory memory = {side_words(s, state, side), state->now_ns};

	query.event = L1_ABORT;
	query.bytes = nothing;
	query.length_bytes = 0;
	query.now_ns = state->now_ns;
	query.call_rule = (uint32_t)*call_rule(s, state, side, call);
	(void)l1_eval(s->l1[side], &query, &memory);
}

/* Its calls and those to it end, then it begins anew. */
static void
side_restart(const struct search *s, const struct state *state, uint32_t side, uint16_t label)
{
	struct l1_memory memory = {side_words(s, state, side), state->now_ns};

	for (uint32_t i = 0; i < s->step_count; i++) {
		const struct l1_query *query =
			s->steps[i]->message == NULL ? NULL : &s->steps[i]->message->query;

		if (*call_rule(s, state, side, i) != 0 &&
			(query->holder == label ||
				flow_node(s->l1[side], query->target) == label)) {
			side_abort(s, state, side, i);
			*call_rule(s, state, side, i) = 0;
		}
	}
	l1_eval_restart(s->l1[side], label, &memory);
}

static enum ksm_reason
side_judge(const struct search *s, const struct state *state, uint32_t side, uint32_t step,
	uint32_t call, uint32_t *rule)
{
	struct l1_query query = s->steps[step]->message->query;
	struct l1_memory memory = {side_words(s, state, side), state->now_ns};
	struct l1_verdict verdict;

	query.now_ns = state->now_ns;
	query.call_rule = query.event == L1_CALL ? 0 : (uint32_t)*call_rule(s, state, side, call);
	verdict = l1_eval(s->l1[side], &query, &memory);
	*rule = verdict.rule;
	if (query.event != L1_CALL && verdict.reason != KSM_GRANTED) {
		side_abort(s, state, side, call);
	}
	return verdict.reason;
}

/* The calls that wait after a step, as `test_run` sees them: the latest of its method. */
static void
calls_update(const struct search *s, const struct state *state, uint32_t step, uint32_t call,
	const uint32_t *rules)
{
	const struct l1_query *query = &s->steps[step]->message->query;

	for (uint32_t side = 0; side < SIDES; side++) {
		if (query->event != L1_CALL) {
			*call_rule(s, state, side, call) = 0;
			continue;
		}
		for (uint32_t i = 0; i < s->step_count; i++) {
			if (is_of_method(s->steps[i], query)) {
				*call_rule(s, state, side, i) = 0;
			}
		}
		*call_rule(s, state, side, step) = rules[side];
	}
}

/* Makes the step. Returns whether the two part at it; else whether it led somewhere is in
 * `is_way`. */
static bool
step_make(const struct search *s, struct state *state, uint32_t step, bool *is_way)
{
	const struct missing_step *what = s->steps[step];
	uint32_t call = s->step_count;
	enum ksm_reason reasons[SIDES];
	uint32_t rules[SIDES];
	bool is_granted;

	*is_way = what->message == NULL;
	if (what->message == NULL) {
		state->now_ns += what->wait_ns;
		for (uint32_t side = 0; what->restarts != 0 && side < SIDES; side++) {
			side_restart(s, state, side, what->restarts);
		}
		return false;
	}
	if (what->message->query.event != L1_CALL) {
		call = call_of(s, state, step);
		if (call == s->step_count) {
			return false;
		}
	}
	for (uint32_t side = 0; side < SIDES; side++) {
		reasons[side] = side_judge(s, state, side, step, call, &rules[side]);
	}
	state->reason = reasons[0];
	is_granted = reasons[0] == KSM_GRANTED;
	if (s->goal == MISSING_REASON ? reasons[0] != reasons[1]
				      : is_granted != (reasons[1] == KSM_GRANTED)) {
		return reasons[0] != KSM_SHAPE && reasons[1] != KSM_SHAPE;
	}
	*is_way = is_granted || call != s->step_count;
	if (*is_way) {
		calls_update(s, state, step, call, rules);
	}
	return false;
}

/* The steps that lead to a state, and the last one. */
static void
way_tell(const struct search *s, const struct state *last, struct vector *said)
{
	uint32_t count = 1;
	struct missing_said *steps;

	for (uint32_t i = last->parent; s->states[i].parent != NO_STATE; i = s->states[i].parent) {
		count++;
	}
	for (uint32_t i = 0; i < count; i++) {
		(void)vector_push(said, s->a, sizeof *steps);
	}
	steps = said->elements;
	steps[--count] = (struct missing_said){s->steps[last->step], last->reason};
	for (uint32_t i = last->parent; s->states[i].parent != NO_STATE; i = s->states[i].parent) {
		steps[--count] =
			(struct missing_said){s->steps[s->states[i].step], s->states[i].reason};
	}
}

/* Tries every step from one state. Returns whether the two part at one. */
static bool
state_expand(struct search *s, uint32_t from, struct state *next, struct vector *said)
{
	for (uint32_t step = 0; step < s->step_count; step++) {
		uint64_t *words = next->words;
		bool is_way;

		*next = s->states[from];
		next->words = words;
		memcpy(words, s->states[from].words, s->word_count * sizeof *words);
		next->parent = from;
		next->step = step;
		if (step_make(s, next, step, &is_way)) {
			way_tell(s, next, said);
			return true;
		}
		if (is_way) {
			state_add(s, next);
		}
	}
	return false;
}

bool
missing_search(const struct l1 *right, const struct l1 *mistaken,
	const struct missing_step *const *steps, uint32_t step_count, enum missing_goal goal,
	struct arena *a, struct vector *said)
{
	struct search s = {.l1 = {right, mistaken},
		.steps = steps,
		.step_count = step_count,
		.goal = goal,
		.a = a};
	struct state next = {.parent = NO_STATE};
	bool is_found = false;

	s.word_count = right->word_count + mistaken->word_count + SIDES * step_count;
	s.states = arena_array(a, STATES_MAX, sizeof *s.states);
	s.index = arena_array(a, BUCKETS, sizeof *s.index);
	memset(s.index, 0xff, BUCKETS * sizeof *s.index);
	next.words = arena_array(a, s.word_count + 1, sizeof *next.words);
	state_add(&s, &next);
	for (uint32_t i = 0; !is_found && i < s.state_count && i * step_count < STEPS_WORK; i++) {
		is_found = state_expand(&s, i, &next, said);
	}
	return is_found;
}
