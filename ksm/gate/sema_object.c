/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sema_object.c: machines, buckets, windows, latches, counters and sets as they are declared. */
#include <inttypes.h>

#include "ast.h"
#include "ast_decl.h"
#include "compile.h"
#include "ksm/format_state.h"
#include "object.h"
#include "scope.h"
#include "sema.h"
#include "types.h"

void
object_key_read(const struct ast_object *ast, struct l1_object *out)
{
	static const char *const words[] = {
		[L1_KEY_CLIENT] = "client", [L1_KEY_SERVER] = "server", [L1_KEY_EDGE] = "edge"};

	if (ast->key == NULL) {
		return;
	}
	for (uint32_t i = L1_KEY_CLIENT; i <= L1_KEY_EDGE; i++) {
		if (sema_same(ast->key->text, words[i])) {
			out->key = (enum l1_key)i;
			return;
		}
	}
	out->key = L1_KEY_LABEL;
	out->label = ast->key->text;
}

/* Returns false after an error: the number is not 1 .. most. */
static bool
count_read(struct sema *s, const struct ast_number *number, uint64_t most, const char *what,
	uint64_t *out)
{
	*out = number->magnitude;
	if (number->unit != AST_UNIT_TIME && !number->negative && *out >= 1 && *out <= most) {
		return true;
	}
	diag_help(diag_error(s->c, number->span, "O2", "%s is 1 to %" PRIu64, what, most),
		"write a number between them");
	return false;
}

static bool
period_read(struct sema *s, const struct ast_number *number, uint64_t *out)
{
	*out = number->magnitude;
	if (*out >= 1 && *out <= FORMAT_AMOUNT_MAX) {
		return true;
	}
	diag_help(diag_error(s->c, number->span, "O2", "a time is 1 ns to 146 years"),
		"write a time: `1min`");
	return false;
}

/* S26: a token each ceil(period / rate) ns. */
static bool
bucket_read(struct sema *s, const struct ast_object *ast, struct l1_object *out)
{
	uint64_t rate;
	uint64_t period_ns;
	uint64_t burst = 1;

	if (!count_read(s, &ast->amount, UINT32_MAX, "a rate", &rate) ||
		!period_read(s, &ast->period, &period_ns) ||
		(ast->burst != NULL && !count_read(s, ast->burst, UINT16_MAX, "a burst", &burst))) {
		return false;
	}
	out->count = (uint32_t)burst;
	out->amount = period_ns / rate + (period_ns % rate != 0);
	if (out->amount > FORMAT_AMOUNT_MAX / burst) {
		diag_help(diag_error(s->c, ast->period.span, "O2",
				  "to fill it takes more than 146 years"),
			"write a smaller burst, or a shorter period");
		return false;
	}
	return true;
}

static bool
window_read(struct sema *s, const struct ast_object *ast, struct l1_object *out)
{
	uint64_t count;

	if (ast->amount.magnitude > FORMAT_WINDOW_MAX) {
		struct diag *d = diag_error(s->c, ast->amount.span, "S27",
			"a window keeps at most %d grants", FORMAT_WINDOW_MAX);

		diag_help(d, "a bucket counts more: `bucket %s rate ... per ...`", out->name);
		return false;
	}
	if (!count_read(s, &ast->amount, FORMAT_WINDOW_MAX, "a window's max", &count)) {
		return false;
	}
	out->count = (uint32_t)count;
	return period_read(s, &ast->period, &out->amount);
}

void
object_type_settle(struct object_info *object)
{
	object->l1.low = object->type.low;
	object->l1.amount = (uint64_t)object->type.high - (uint64_t)object->type.low + 1;
}

static bool
set_read(struct sema *s, const struct ast_object *ast, struct object_info *object)
{
	const struct l1_field *type = &object->type;
	uint64_t count;

	if (!count_read(s, &ast->amount, FORMAT_SET_MAX, "a set's max", &count) ||
		!types_field(
			s, object->symbol->unit, ast->element, TYPES_ATTRIBUTE, &object->type)) {
		return false;
	}
	if (type->kind == L1_TAIL) {
		diag_help(diag_error(s->c, ast->element->span, "O2", "a set keeps numbers"),
			"keep a number that stands for the text: of an enum, or of a label");
		return false;
	}
	object->l1.count = (uint32_t)count;
	object_type_settle(object);
	if (types_is_any_u64(type) || object->l1.amount > INT64_MAX || object->l1.amount == 0) {
		struct diag *d = diag_error(
			s->c, ast->element->span, "O2", "a set's type has at most 2^63 - 1 values");

		diag_help(d, "give it a range: `in 0..1000000`");
		return false;
	}
	return true;
}

/* Returns the number of the state, a new one if it is new. */
static uint32_t
state_number(struct sema *s, struct vector *names, const char *name)
{
	const struct l1_name *known = names->elements;
	uint32_t number = 0;

	while (number < names->count && !sema_same(known[number].name, name)) {
		number++;
	}
	if (number == names->count) {
		*(struct l1_name *)vector_push(names, &s->c->arena, sizeof *known) =
			(struct l1_name){name, number};
	}
	return number;
}

/* S24: the first state is the initial one; the others follow as they are named. */
static bool
machine_read(struct sema *s, const struct ast_object *ast, struct l1_object *out)
{
	struct vector names = {0};

	out->sources = arena_array(&s->c->arena, FORMAT_MACHINE_MAX, sizeof *out->sources);
	for (const struct ast_move *move = ast->moves; move != NULL; move = move->next) {
		uint32_t from = state_number(s, &names, move->from.text);

		for (const struct ast_ident *to = move->to; to != NULL; to = to->next) {
			uint32_t number = state_number(s, &names, to->text);

			if (names.count > FORMAT_MACHINE_MAX) {
				diag_help(diag_error(s->c, to->span, "O2",
						  "a machine has at most %d states",
						  FORMAT_MACHINE_MAX),
					"join states that no rule tells apart");
				return false;
			}
			if ((out->sources[number] >> from & 1) != 0) {
				diag_help(diag_error(s->c, to->span, "S24",
						  "this move is listed twice"),
					"leave one out");
				return false;
			}
			out->sources[number] |= UINT32_C(1) << from;
		}
	}
	out->names = names.elements;
	out->count = names.count;
	return true;
}

static bool
amounts_read(struct sema *s, const struct ast_object *ast, struct object_info *object)
{
	switch (object->l1.kind) {
	case L1_BUCKET:
		return bucket_read(s, ast, &object->l1);
	case L1_WINDOW:
		return window_read(s, ast, &object->l1);
	case L1_LATCH:
		return period_read(s, &ast->period, &object->l1.amount);
	case L1_COUNTER:
		return count_read(
			s, &ast->amount, INT64_MAX, "a counter's max", &object->l1.amount);
	case L1_SET:
		return set_read(s, ast, object);
	case L1_MACHINE:
		return machine_read(s, ast, &object->l1);
	case L1_LIMIT:
		break; /* limit.c */
	}
	return false;
}

static void
object_declare(struct sema *s, struct symbol *symbol, enum l1_object_kind kind)
{
	const struct ast_object *ast = symbol->item->object;
	struct object_info *object = arena_alloc(&s->c->arena, sizeof *object);
	struct object_info **place = &s->objects;

	object->symbol = symbol;
	object->l1 = (struct l1_object){
		.name = symbol->name,
		.unit_name = symbol->unit->name,
		.kind = kind,
		.count = 1,
		/* S23 */
		.resets = ast->life == AST_LIFE_RESET ||
			  (ast->life == AST_LIFE_UNSAID && kind == L1_MACHINE),
	};
	object_key_read(ast, &object->l1);
	if (!amounts_read(s, ast, object)) {
		return;
	}
	while (*place != NULL) {
		place = &(*place)->next;
	}
	*place = object;
	symbol->object = object;
}

void
objects_declare(struct sema *s)
{
	static const struct {
		enum ast_item_kind item;
		enum l1_object_kind object;
	} kinds[] = {{AST_ITEM_BUCKET, L1_BUCKET}, {AST_ITEM_WINDOW, L1_WINDOW},
		{AST_ITEM_LATCH, L1_LATCH}, {AST_ITEM_COUNTER, L1_COUNTER}, {AST_ITEM_SET, L1_SET},
		{AST_ITEM_MACHINE, L1_MACHINE}};

	for (struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		for (struct symbol *symbol = unit->symbols; symbol != NULL; symbol = symbol->next) {
			for (uint32_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
				if (symbol->item->kind == kinds[i].item) {
					object_declare(s, symbol, kinds[i].object);
				}
			}
		}
	}
}
