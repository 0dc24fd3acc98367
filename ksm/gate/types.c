/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* types.c: enums, flags, numbers and the types of fields and attributes. */
#include "types.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "ast.h"
#include "ast_decl.h"
#include "compile.h"
#include "scope.h"
#include "sema.h"

struct integer_type {
	const char *name;
	uint16_t width_bytes;
	bool is_signed;
	int64_t low;
	int64_t high;
};

/* u64 without a range is any 8 bytes: the whole of int64_t stands for all of its values [T1]. */
static const struct integer_type integers[] = {
	{"u8", 1, false, 0, UINT8_MAX},
	{"u16", 2, false, 0, UINT16_MAX},
	{"u32", 4, false, 0, UINT32_MAX},
	{"u64", 8, false, INT64_MIN, INT64_MAX},
	{"i8", 1, true, INT8_MIN, INT8_MAX},
	{"i16", 2, true, INT16_MIN, INT16_MAX},
	{"i32", 4, true, INT32_MIN, INT32_MAX},
	{"i64", 8, true, INT64_MIN, INT64_MAX},
};

static const char *const type_words[] = {
	"u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64", "bool", "text", "path", "bytes"};

#define INTEGER_COUNT   (sizeof integers / sizeof integers[0])
#define TYPE_WORD_COUNT (sizeof type_words / sizeof type_words[0])
#define FLAG_BITS_MAX   63u
#define TAIL_BYTES_MAX  1024u
#define PATH_BYTES_MAX  480u /* what the engine looks at in one step of a program */

bool
types_is_u64(const struct l1_field *field)
{
	return field->kind == L1_INTEGER && !field->is_signed && field->width_bytes == 8;
}

bool
types_is_big(const struct ast_number *number)
{
	return !number->negative && number->magnitude > INT64_MAX;
}

bool
types_is_more(const struct ast_number *a, const struct ast_number *b)
{
	if (a->negative != b->negative) {
		return b->negative;
	}
	return a->negative ? a->magnitude < b->magnitude : a->magnitude > b->magnitude;
}

static bool
is_time(struct sema *s, const struct ast_number *number)
{
	if (number->unit == AST_UNIT_TIME) {
		diag_help(
			diag_error(s->c, number->span, "T1", "a time stands where a number is due"),
			"write the number without a unit");
	}
	return number->unit == AST_UNIT_TIME;
}

bool
types_number_of(
	struct sema *s, const struct ast_number *number, const struct l1_field *field, int64_t *out)
{
	if (!types_is_u64(field)) {
		return types_number(s, number, out);
	}
	if (is_time(s, number)) {
		return false;
	}
	if (number->negative && number->magnitude != 0) {
		diag_help(
			diag_error(s->c, number->span, "T1", "`%s` is never negative", field->name),
			"write 0..18446744073709551615");
		return false;
	}
	*out = (int64_t)number->magnitude;
	return true;
}

bool
types_number(struct sema *s, const struct ast_number *number, int64_t *out)
{
	if (is_time(s, number)) {
		return false;
	}
	if (types_is_big(number)) {
		diag_help(diag_error(s->c, number->span, "T1",
				  "only u64 holds numbers above %" PRId64, INT64_MAX),
			"write a smaller one");
		return false;
	}
	*out = number->negative ? (int64_t)(~number->magnitude + 1) : (int64_t)number->magnitude;
	return true;
}

const struct l1_name *
types_name_find(const struct l1_name *names, uint32_t count, const char *name)
{
	for (uint32_t i = 0; i < count; i++) {
		if (sema_same(names[i].name, name)) {
			return &names[i];
		}
	}
	return NULL;
}

static int
name_order(const void *a, const void *b)
{
	const struct l1_name *left = a;
	const struct l1_name *right = b;

	return left->value < right->value ? -1 : left->value > right->value;
}

static uint16_t
width_for(uint64_t high)
{
	if (high <= UINT8_MAX) {
		return 1;
	}
	return high <= UINT16_MAX ? 2 : high <= UINT32_MAX ? 4 : 8;
}

/* The value of a case: as written, else one more than the one before, or the next bit of flags. */
static bool
case_value(struct sema *s, const struct ast_enum_case *c, bool is_flags, int64_t next, int64_t *out)
{
	if (c->value == NULL) {
		*out = next;
	} else if (!types_number(s, c->value, out)) {
		return false;
	}
	if (*out < 0 || (is_flags && (*out == 0 || (*out & (*out - 1)) != 0))) {
		struct diag *d =
			diag_error(s->c, c->value == NULL ? c->name.span : c->value->span, "T3",
				is_flags ? "a flag is one bit: 1, 2, 4, 8 and so on"
					 : "a value of an enum is not negative");

		diag_help(d, "leave `= ...` out to take the next free value");
		return false;
	}
	return true;
}

static bool
case_add(struct sema *s, struct enumeration *e, const struct ast_enum_case *c, int64_t value)
{
	for (uint32_t i = 0; i < e->name_count; i++) {
		if (sema_same(e->names[i].name, c->name.text)) {
			diag_help(diag_error(s->c, c->name.span, "T3", "`%s` stands twice in `%s`",
					  c->name.text, e->name),
				"leave one of them out");
			return false;
		}
		if (e->names[i].value == value) {
			diag_help(diag_error(s->c, c->name.span, "T3",
					  "`%s` has the value %lld of `%s`", c->name.text,
					  (long long)value, e->names[i].name),
				"give it a value of its own, or leave the value out");
			return false;
		}
	}
	e->names[e->name_count].name = c->name.text;
	e->names[e->name_count].value = value;
	e->name_count++;
	return true;
}

static bool
enumeration_fill(struct sema *s, struct enumeration *e, const struct ast_enumeration *ast)
{
	uint32_t count = 0;
	int64_t next = e->is_flags ? 1 : 0;
	uint64_t mask = 0;

	for (const struct ast_enum_case *c = ast->cases; c != NULL; c = c->next) {
		count++;
	}
	if (e->is_flags && count > FLAG_BITS_MAX) {
		diag_help(
			diag_error(s->c, ast->name.span, "T3", "more than %u flags", FLAG_BITS_MAX),
			"use an enum, or two fields");
		return false;
	}
	e->names = arena_array(&s->c->arena, count, sizeof *e->names);
	for (const struct ast_enum_case *c = ast->cases; c != NULL; c = c->next) {
		int64_t value;

		if (!case_value(s, c, e->is_flags, next, &value) || !case_add(s, e, c, value)) {
			return false;
		}
		mask |= (uint64_t)value;
		next = e->is_flags ? value * 2 : value + 1;
		next = value == INT64_MAX || (e->is_flags && value > INT64_MAX / 2) ? -1 : next;
	}
	qsort(e->names, e->name_count, sizeof *e->names, name_order);
	e->low = e->is_flags ? 0 : e->names[0].value;
	e->high = e->is_flags ? (int64_t)mask : e->names[e->name_count - 1].value;
	e->width_bytes = width_for((uint64_t)e->high);
	return true;
}

void
types_declare(struct sema *s)
{
	for (struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		for (struct symbol *symbol = unit->symbols; symbol != NULL; symbol = symbol->next) {
			struct enumeration *e;

			if (symbol->item->kind != AST_ITEM_ENUM &&
				symbol->item->kind != AST_ITEM_FLAGS) {
				continue;
			}
			e = arena_alloc(&s->c->arena, sizeof *e);
			e->name = symbol->name;
			e->is_flags = symbol->item->kind == AST_ITEM_FLAGS;
			if (enumeration_fill(s, e, symbol->item->enumeration)) {
				symbol->enumeration = e;
			}
		}
	}
}

static void
type_unknown(struct sema *s, const struct unit *unit, const struct ast_type *type)
{
	struct vector names = {0};
	struct diag *d;

	for (uint32_t i = 0; i < TYPE_WORD_COUNT; i++) {
		const char **slot = vector_push(&names, &s->c->arena, sizeof *slot);

		*slot = type_words[i];
	}
	scope_candidates(s, unit, AST_ITEM_ENUM, &names);
	scope_candidates(s, unit, AST_ITEM_FLAGS, &names);
	d = diag_error(s->c, type->name.span, "T1", "there is no type `%s`", type->name.text);
	diag_suggest(
		d, type->name.parts[type->name.part_count - 1].text, names.elements, names.count);
}

static bool
field_of_enumeration(const struct enumeration *e, struct l1_field *out)
{
	out->kind = e->is_flags ? L1_INTEGER : L1_ENUM;
	out->width_bytes = e->width_bytes;
	out->low = e->low;
	out->high = e->high;
	out->type_name = e->is_flags ? NULL : e->name;
	out->names = e->names;
	out->name_count = e->name_count;
	return true;
}

static bool
field_named(
	struct sema *s, const struct unit *unit, const struct ast_type *type, struct l1_field *out)
{
	const struct symbol *symbol = scope_find(unit, &type->name, SCOPE_OTHER);

	for (uint32_t i = 0; i < INTEGER_COUNT; i++) {
		if (sema_same(type->name.text, integers[i].name)) {
			out->kind = L1_INTEGER;
			out->width_bytes = integers[i].width_bytes;
			out->is_signed = integers[i].is_signed;
			out->low = integers[i].low;
			out->high = integers[i].high;
			return true;
		}
	}
	if (sema_same(type->name.text, "bool")) {
		out->kind = L1_BOOL;
		out->width_bytes = 1;
		out->high = 1;
		return true;
	}
	if (symbol == NULL) {
		type_unknown(s, unit, type);
		return false;
	}
	if (symbol->item->kind == AST_ITEM_ENUM || symbol->item->kind == AST_ITEM_FLAGS) {
		return symbol->enumeration != NULL &&
		       field_of_enumeration(symbol->enumeration, out);
	}
	diag_help(
		diag_error(s->c, type->name.span, "T1", "`%s` is declared with `%s`: it is no type",
			type->name.text, ast_item_word(symbol->item->kind)),
		"write a number type, `bool`, an enum or flags");
	return false;
}

static bool
field_tail(
	struct sema *s, const struct ast_type *type, enum types_place place, struct l1_field *out)
{
	bool is_path = type->kind == AST_TYPE_PATH;
	int64_t most = is_path ? PATH_BYTES_MAX : TAIL_BYTES_MAX;
	int64_t size;

	if (place == TYPES_ATTRIBUTE && type->kind == AST_TYPE_BYTES) {
		diag_help(diag_error(s->c, type->span, "P4",
				  "one value is due here, bytes are several"),
			"write `text<N>`, or a number for each");
		return false;
	}
	if (!types_number(s, &type->size, &size)) {
		return false;
	}
	if (size < 1 || size > most) {
		diag_help(diag_error(s->c, type->size.span, "T4", "a length is 1..%lld bytes",
				  (long long)most),
			is_path ? "write a shorter one"
				: "write a shorter one, or lend the bytes: `reads data: "
				  "bytes<64K>`");
		return false;
	}
	out->kind = L1_TAIL;
	out->width_bytes = (uint16_t)size;
	out->is_text = type->kind != AST_TYPE_BYTES;
	out->is_path = is_path;
	out->high = size;
	return true;
}

/* The number of an instance; whose numbers there are is known when the system is. */
static bool
field_process(struct l1_field *out)
{
	out->kind = L1_ENUM;
	out->is_process = true;
	out->width_bytes = 2;
	out->high = UINT16_MAX;
	out->type_name = "process";
	return true;
}

static bool
field_narrow(struct sema *s, const struct ast_type *type, struct l1_field *out)
{
	int64_t low;
	int64_t high;
	struct diag *d;

	if (out->kind != L1_INTEGER || out->names != NULL) {
		diag_help(diag_error(s->c, type->range->span, "T2",
				  "`in` narrows a number, this type is none"),
			"leave `in` out; rules say which of its values may be sent");
		return false;
	}
	if (type->range->kind != AST_VALUE_RANGE) {
		diag_help(diag_error(s->c, type->range->span, "T2",
				  "a type is narrowed to one range, not to a set"),
			"write `in LOW..HIGH`, or declare an enum; rules can test sets");
		return false;
	}
	if (types_is_big(&type->range->range.high)) {
		diag_help(diag_error(s->c, type->range->range.high.span, "T2",
				  "a range of a type ends at %" PRId64 " at most", INT64_MAX),
			"leave `in` out: `u64` alone holds any 8 bytes, which rules can test");
		return false;
	}
	if (!types_number(s, &type->range->range.low, &low) ||
		!types_number(s, &type->range->range.high, &high)) {
		return false;
	}
	if (low > high) {
		d = diag_error(s->c, type->range->span, "T2", "the range is empty");
		diag_help(d, "write `%lld..%lld`", (long long)high, (long long)low);
		return false;
	}
	if (low < (types_is_any_u64(out) ? 0 : out->low) || high > out->high) {
		d = diag_error(s->c, type->range->span, "T2", "the range does not fit `%s`",
			type->name.text);
		if (!types_is_any_u64(out)) {
			diag_help(d, "`%s` holds %lld..%lld", type->name.text, (long long)out->low,
				(long long)out->high);
		}
		return false;
	}
	out->low = low;
	out->high = high;
	return true;
}

bool
types_field(struct sema *s, const struct unit *unit, const struct ast_type *type,
	enum types_place place, struct l1_field *out)
{
	bool is_right = false;

	switch (type->kind) {
	case AST_TYPE_NAMED:
		is_right = field_named(s, unit, type, out);
		break;
	case AST_TYPE_BYTES:
	case AST_TYPE_TEXT:
	case AST_TYPE_PATH:
		is_right = field_tail(s, type, place, out);
		break;
	case AST_TYPE_LIST:
		diag_help(diag_error(s->c, type->span, "T19", "a list stands in a message only"),
			"write the type of one of its elements");
		break;
	case AST_TYPE_OPTIONAL:
		diag_help(diag_error(s->c, type->span, "T18", "what is optional is so already"),
			"write `optional` once");
		break;
	case AST_TYPE_HANDLE:
		diag_help(diag_error(s->c, type->span, "T13", "a handle stands in a message only"),
			"wire the process to what it uses: `uses NAME: INTERFACE`");
		break;
	case AST_TYPE_PROCESS:
		is_right = field_process(out);
		break;
	}
	if (!is_right) {
		return false;
	}
	if (type->array != NULL) {
		diag_help(diag_error(s->c, type->array->span, "P4",
				  "one value is due here, an array has several"),
			"leave `[...]` out, or declare each by itself");
		return false;
	}
	return type->range == NULL || field_narrow(s, type, out);
}
