/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lower_effect.c: what stands behind `then`, and the tails of a rule. */
#include "lower_effect.h"

#include <inttypes.h>
#include <string.h>

#include "abi/abi.h"
#include "ast.h"
#include "ast_rule.h"
#include "compile.h"
#include "condition.h"
#include "condition_text.h"
#include "expr.h"
#include "ksm/format_state.h"
#include "lower_rule.h"
#include "object.h"
#include "present.h"
#include "sema.h"

/* One list of effects at one cell. */
struct effects {
	struct expr_context x;
	struct expr_known known[EVENT_KNOWN]; /* at x, if it says so */
	bool is_plain;                        /* behind a `then` of the rule itself */
	struct vector list;                   /* struct l1_effect */
};

struct effect_word {
	enum l1_effect_kind kind;
	uint32_t kinds; /* of objects, a bit for each */
	const char *wanted;
};

static const struct effect_word words[] = {
	[AST_EFFECT_TAKE] = {L1_TAKE, 1 << L1_BUCKET | 1 << L1_WINDOW, "a bucket or a window"},
	[AST_EFFECT_ADD] = {L1_ADD, 1 << L1_COUNTER, "a counter"},
	[AST_EFFECT_SUB] = {L1_SUB, 1 << L1_COUNTER, "a counter"},
	[AST_EFFECT_INSERT] = {L1_INSERT, 1 << L1_SET, "a set"},
	[AST_EFFECT_REMOVE] = {L1_REMOVE, 1 << L1_SET, "a set"},
	[AST_EFFECT_ENTER] = {L1_ENTER, 1 << L1_MACHINE, "a machine"},
	[AST_EFFECT_HOLD] = {L1_HOLD, 1 << L1_LATCH, "a latch"},
	[AST_EFFECT_DROP] = {L1_DROP, 1 << L1_LATCH, "a latch"},
};

static bool
take_read(const struct effects *e, const struct ast_effect *ast, const struct object_info *object,
	struct l1_effect *out)
{
	out->amount = 1;
	if (ast->amount == NULL) {
		return true;
	}
	out->amount = (int64_t)ast->amount->magnitude;
	if (object->l1.kind == L1_WINDOW) {
		diag_help(diag_error(e->x.s->c, ast->amount->span, "S27",
				  "a window counts one grant at a time"),
			"leave the number out, or use a bucket");
		return false;
	}
	if (ast->amount->unit == AST_UNIT_TIME || ast->amount->negative || out->amount < 1 ||
		ast->amount->magnitude > object->l1.count) {
		struct diag *d = diag_error(e->x.s->c, ast->amount->span, "S26",
			"bucket `%s` holds 1 to %u", object->l1.name, object->l1.count);

		diag_help(d, "say `burst` where it is declared");
		return false;
	}
	return true;
}

/* What an amount is made of: out->field and out->amount. is_known: its value is. */
static bool
amount_read(const struct effects *e, const struct ast_effect *ast, const struct object_info *object,
	const struct l1_field *type, struct l1_effect *out, bool *is_known)
{
	struct operand operand;

	if (!operand_read(&e->x, ast->operand, &operand)) {
		return false;
	}
	if (operand.kind == OPERAND_SUM &&
		!expr_sum_amount(&e->x, ast->operand, &operand, &out->field)) {
		return false;
	}
	if (operand.kind == OPERAND_FIELD) {
		out->field = operand.field;
	} else if (operand.kind != OPERAND_SUM && !operand_settle(&e->x, &operand, type)) {
		return false;
	}
	*is_known = operand.is_known;
	out->amount = operand.is_known ? operand.number : out->field != NULL ? 0 : type->low;
	if (object->l1.kind == L1_COUNTER && out->field == NULL && out->amount == 0 &&
		!operand.is_attribute) {
		diag_help(diag_error(e->x.s->c, ast->operand->span, "O3", "0 changes nothing"),
			"write 1 or more, or leave the effect out");
		return false;
	}
	return true;
}

/* A number is remembered for the next event; what this one adds, the message says. */
static const struct l1_field *
remembered_in(const struct l1_field *field)
{
	for (uint32_t i = 0; i < field->term_count; i++) {
		if (field->terms[i].field->state != NULL) {
			return field->terms[i].field;
		}
	}
	return field->state != NULL ? field : NULL;
}

static bool
amount_field_check(const struct effects *e, const struct ast_effect *ast,
	const struct object_info *object, const struct l1_field *type, const struct l1_field *field)
{
	struct compile *c = e->x.s->c;
	struct diag *d;

	if (remembered_in(field) != NULL) {
		d = diag_error(c, ast->operand->span, "O3",
			"`%s` is remembered, and no message says it", remembered_in(field)->name);
		diag_help(d, "write a number, a field of the message, or a sum of these");
		return false;
	}
	if (field->kind != type->kind || field->names != type->names) {
		diag_help(diag_error(c, ast->operand->span, "R6", "`%s` has another type than `%s`",
				  field->name, object->l1.name),
			"take a field of the type that the object is declared with");
		return false;
	}
	if (object->l1.kind == L1_COUNTER && field->is_secret) {
		d = diag_error(c, ast->operand->span, "D7",
			"`%s` is secret, and whoever is denied by `%s` sees its number",
			field->name, object->l1.name);
		diag_help(d, "count by a constant, or by a field that is not secret");
		return false;
	}
	return true;
}

/* A constant, a field of the message or a sum of these whose every value the object can take. */
static bool
operand_take(const struct effects *e, const struct ast_effect *ast,
	const struct object_info *object, struct l1_effect *out)
{
	bool is_counter = object->l1.kind == L1_COUNTER;
	struct l1_field count = {.name = "a count", .kind = L1_INTEGER, .high = INT64_MAX};
	const struct l1_field *type = is_counter ? &count : &object->type;
	bool is_known = true;
	struct diag *d;
	int64_t low;
	int64_t high;

	if (!amount_read(e, ast, object, type, out, &is_known) ||
		(out->field != NULL && !amount_field_check(e, ast, object, type, out->field))) {
		return false;
	}
	if (__builtin_add_overflow(out->field == NULL ? 0 : out->field->low, out->amount, &low) ||
		__builtin_add_overflow(
			out->field == NULL ? 0 : out->field->high, out->amount, &high)) {
		diag_help(diag_error(e->x.s->c, ast->operand->span, "S9",
				  "this sum may not fit 64 bits"),
			"write a smaller number");
		return false;
	}
	if (!is_known || (low >= type->low && high <= type->high)) {
		return true;
	}
	d = is_counter ? diag_error(e->x.s->c, ast->operand->span, "O3",
				 "`%s` grows and shrinks by 0 and more", object->l1.name)
		       : diag_error(e->x.s->c, ast->operand->span, "O3",
				 "`%s` takes values from %s to %s", object->l1.name,
				 condition_value_text(&e->x.s->c->arena, type, type->low),
				 condition_value_text(&e->x.s->c->arena, type, type->high));
	if (out->field != NULL && out->field->term_count + (out->amount != 0) > 0) {
		diag_help(d,
			"this sum is %" PRId64 "..%" PRId64
			": give its fields smaller ranges in the interface",
			low, high);
	} else {
		diag_help(d, out->field != NULL ? "give the field such a range in its interface"
						: "write such a value");
	}
	return false;
}

static bool
enter_read(const struct effects *e, const struct ast_effect *ast, struct object_info *object,
	struct l1_effect *out)
{
	struct sema *s = e->x.s;
	struct diag *d;

	if (e->is_plain) {
		d = diag_error(
			s->c, ast->span, "S15", "`enter` says when: at the call or the reply");
		diag_help(d, "write `reply then enter %s %s`, or `call then ...`", object->l1.name,
			ast->state.text);
		return false;
	}
	out->amount = object_state_number(s, object, ast->state.text, ast->state.span);
	if (out->amount < 0) {
		return false;
	}
	if (object->l1.sources[out->amount] == 0) {
		d = diag_error(
			s->c, ast->state.span, "S24", "no move leads to `%s`", ast->state.text);
		diag_help(d, "list one in machine `%s`", object->l1.name);
		return false;
	}
	object->l1.entered |= UINT32_C(1) << out->amount;
	return true;
}

/* S13: two writes of one state by one event, or too many. */
static bool
list_check(const struct effects *e, const struct ast_effect *ast, const struct l1_effect *new)
{
	const struct l1_effect *known = e->list.elements;

	for (uint32_t i = 0; i < e->list.count; i++) {
		if (known[i].state == new->state) {
			diag_help(
				diag_error(e->x.s->c, ast->span, "S13",
					"this event changes `%s` twice", new->state->object->name),
				"keep one of the effects, or `take` as many at once");
			return false;
		}
	}
	if (e->list.count == FORMAT_EFFECTS_MAX) {
		diag_help(diag_error(e->x.s->c, ast->span, "S13", "an event has at most %d effects",
				  FORMAT_EFFECTS_MAX),
			"leave one out; others may belong to the reply");
		return false;
	}
	return true;
}

static bool
effect_read(struct effects *e, const struct ast_effect *ast)
{
	const struct effect_word *word = &words[ast->kind];
	struct sema *s = e->x.s;
	struct l1_effect out = {.kind = word->kind};
	struct object_info *object;
	bool is_right = true;

	object = object_get(s, e->x.unit, &ast->target->ref.name, word->kinds, word->wanted);
	if (object == NULL || !object_cell(&e->x, ast->target, object, &out.index)) {
		return false;
	}
	switch (word->kind) {
	case L1_TAKE:
		is_right = take_read(e, ast, object, &out);
		break;
	case L1_ENTER:
		is_right = enter_read(e, ast, object, &out);
		break;
	case L1_HOLD:
	case L1_DROP:
		break;
	default:
		is_right = operand_take(e, ast, object, &out);
		break;
	}
	object->l1.is_changed = true;
	out.state = object_state(s, object, e->x.key);
	if (!is_right || !list_check(e, ast, &out)) {
		return false;
	}
	if ((word->kind == L1_ADD || word->kind == L1_SUB) && out.field == NULL &&
		out.amount == 0) {
		return true; /* of this instance there is nothing to count */
	}
	*(struct l1_effect *)vector_push(&e->list, &s->c->scratch, sizeof out) = out;
	return true;
}

static bool
effects_read(struct effects *e, const struct ast_effect *list, bool is_plain)
{
	e->is_plain = is_plain;
	for (const struct ast_effect *ast = list; ast != NULL; ast = ast->next) {
		if (!effect_read(e, ast)) {
			return false;
		}
	}
	return true;
}

const struct l1_then *
lower_then(struct arena *a, const struct l1_effect *effects, uint32_t count,
	const struct l1_state *first)
{
	size_t bytes = count * sizeof *effects;
	struct l1_then *then;

	if (count == 0 && first == NULL) {
		return NULL;
	}
	then = arena_alloc(a, sizeof *then);
	then->effects = count == 0 ? NULL : memcpy(arena_alloc(a, bytes), effects, bytes);
	then->effect_count = count;
	then->first = first;
	return then;
}

static void
effects_give(const struct effects *e, struct l1_cell *cell)
{
	cell->then = lower_then(&e->x.s->c->arena, e->list.elements, e->list.count, NULL);
}

static struct effects
effects_begin(
	struct sema *s, const struct unit *unit, const struct event_cell *cell, enum l1_event event)
{
	static const struct l1_message empty = {0};

	return (struct effects){
		.x =
			{
				.s = s,
				.arena = &s->c->arena,
				.unit = unit,
				.message = event == L1_CALL    ? &cell->method->call
					   : event == L1_REPLY ? &cell->method->reply
					   : event == L1_ERROR ? &cell->method->error
							       : &empty,
				.message_name = cell->method->name,
				.client = cell->client,
				.server = cell->server,
				.key = object_key_of(cell->server, cell->holder, cell->target,
					cell->interface->id, cell->method->is_ask),
				.warns = true,
			},
	};
}

/* Only a server's answers are judged. */
static bool
answer_check(struct sema *s, struct span at, enum ast_moment moment, const struct event_cell *cell,
	const char *what)
{
	if (moment == AST_MOMENT_CALL) {
		return true;
	}
	if (cell->interface->id < INTERFACE_USER || cell->method->is_oneway ||
		cell->method->is_ask) {
		diag_help(diag_error(s->c, at, "S16", "%s",
				  cell->method->is_ask      ? "nothing answers what is asked"
				  : cell->method->is_oneway ? "nothing answers a oneway method"
				  : cell->interface->id == INTERFACE_SIGNAL
					  ? "nothing answers a signal"
					  : "the kernel answers this itself; its answers are not "
					    "judged"),
			"leave the %s out", what);
		return false;
	}
	if (moment == AST_MOMENT_ERROR && cell->method->error_count == 0) {
		diag_help(diag_error(s->c, at, "R4", "`%s` has no errors", cell->method->name),
			"leave the %s out, or declare `errors {...}` in the interface", what);
		return false;
	}
	return true;
}

/* Returns when the tail applies; then that is known beside its effects. */
static struct l1_condition *
tail_condition(struct effects *e, const struct ast_tail *tail)
{
	static const struct ast_event nothing = {0};
	struct arena *a = &e->x.s->c->arena;
	struct l1_condition *condition;

	lower_event_known(&nothing, &tail->guard, e->known);
	e->x.known = e->known;
	if (tail->none) {
		return condition_never(a);
	}
	if (tail->guard.kind == AST_GUARD_NONE) {
		return condition_always(a);
	}
	condition = expr_condition(&e->x, tail->guard.condition);
	return condition == NULL || tail->guard.kind == AST_GUARD_WHEN
		       ? condition
		       : condition_not(a, condition);
}

/* number 0: the rule is not in force. */
static bool
tail_lower(struct sema *s, const struct unit *unit, const struct ast_tail *tail,
	const struct event_cell *event, const struct l1_cell *call, uint32_t number)
{
	static const enum l1_event events[] = {
		[AST_MOMENT_REPLY] = L1_REPLY,
		[AST_MOMENT_ERROR] = L1_ERROR,
		[AST_MOMENT_ABORT] = L1_ABORT,
	};
	struct effects e = effects_begin(s, unit, event, events[tail->moment]);
	struct l1_condition *condition = tail_condition(&e, tail);
	struct l1_cell cell;

	if (condition == NULL || !effects_read(&e, tail->effects, false) ||
		!object_handles(&e.x, tail->span, condition, e.list.elements, e.list.count) ||
		!present_check(s, tail->span, condition, e.list.elements, e.list.count)) {
		return false;
	}
	if (number != 0) {
		cell = *call;
		cell.event = events[tail->moment];
		cell.condition = condition;
		cell.is_tail = true;

		effects_give(&e, &cell);
		lower_cell_add(s, cell, number);
	}
	return true;
}

bool
lower_effects(struct sema *s, const struct unit *unit, const struct ast_rule *rule,
	const struct event_cell *event, struct l1_cell *call, uint32_t number)
{
	struct effects e = effects_begin(s, unit, event, call->event);

	lower_event_known(&rule->event, &rule->guard, e.known);
	e.x.known = e.known;
	if ((rule->verb == AST_VERB_ALLOW &&
		    !answer_check(s, rule->event.message, rule->moment, event, "rule")) ||
		!effects_read(&e, rule->effects, rule->moment == AST_MOMENT_CALL)) {
		return false;
	}
	for (const struct ast_tail *tail = rule->tails; tail != NULL; tail = tail->next) {
		if (!answer_check(s, tail->span, tail->moment, event, "tail") ||
			(tail->moment == AST_MOMENT_CALL &&
				!effects_read(&e, tail->effects, false))) {
			return false;
		}
	}
	if (!object_handles(
		    &e.x, rule->event.span, event->condition, e.list.elements, e.list.count) ||
		!present_check(
			s, rule->event.span, event->condition, e.list.elements, e.list.count)) {
		return false;
	}
	effects_give(&e, call);
	for (const struct ast_tail *tail = rule->tails; tail != NULL; tail = tail->next) {
		if (tail->moment != AST_MOMENT_CALL &&
			!tail_lower(s, unit, tail, event, call, number)) {
			return false;
		}
	}
	return true;
}
