/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* list.c: lists: as many elements as the message has room for behind its fixed part. */
#include "list.h"

#include "abi/abi.h"
#include "arena.h"
#include "ast_decl.h"
#include "compile.h"
#include "sema.h"

/* Sizes that differ stand in no list, so that each element has a place that is known. */
static bool
element_check(struct sema *s, const struct ast_type *element)
{
	struct diag *d;

	if (element->kind == AST_TYPE_NAMED || element->kind == AST_TYPE_PROCESS) {
		return true;
	}
	d = diag_error(s->c, element->span, "T19",
		"an element is a number, a truth value, an enum, flags, a process, a struct or a "
		"union");
	diag_help(d, element->kind == AST_TYPE_OPTIONAL
			     ? "leave `optional` out, or make a struct with an optional field"
			     : "give the method a parameter of its own for it");
	return false;
}

const struct ast_type *
list_read(struct sema *s, const struct ast_type *type, struct l1_member *out)
{
	struct diag *d;

	if (!element_check(s, type->element)) {
		return NULL;
	}
	if (type->array != NULL) {
		diag_help(diag_error(s->c, type->array->span, "T19", "there is no array of lists"),
			"give the method a message for each");
		return NULL;
	}
	if (type->size.magnitude >= 1 && type->size.magnitude <= MESSAGE_BYTES_MAX) {
		out->list = (uint32_t)type->size.magnitude;
		return type->element;
	}
	d = diag_error(
		s->c, type->size.span, "T19", "a list has 1..%u elements", MESSAGE_BYTES_MAX);
	diag_help(d, "lend more than a message holds: `reads data: bytes<64K>`");
	return NULL;
}

static struct l1_field *
list_find(struct l1_message *message)
{
	for (uint32_t i = 0; i < message->field_count; i++) {
		if (message->fields[i].kind == L1_TAIL && message->fields[i].unit_bytes != 0) {
			return &message->fields[i];
		}
	}
	return NULL;
}

/* What a load gives for an element that is not there: what breaks no type, so that the shape need
 * not ask whether it is. */
static int64_t
absent_value(const struct l1_field *field)
{
	bool is_there =
		field->guard->look == L1_LOOK_LENGTH || field->guard->absent == field->guard_value;

	return is_there ? l1_nearest_to_zero(field) : 0;
}

void
list_settle(struct arena *a, struct l1_message *message)
{
	const struct l1_field *list = list_find(message);
	struct l1_range *lengths;

	if (list == NULL) {
		return;
	}
	for (uint32_t i = 0; i < message->field_count; i++) {
		struct l1_field *field = &message->fields[i];

		if (field->is_element) {
			field->offset_bytes = (uint16_t)(field->offset_bytes + list->offset_bytes);
			field->guard = field->guard == NULL ? &list->parts[0] : field->guard;
			field->absent = absent_value(field);
		}
	}
	if (list->unit_bytes == 1) {
		return;
	}
	message->length_count = (uint32_t)list->high + 1;
	lengths = arena_array(a, message->length_count, sizeof *lengths);
	for (uint32_t i = 0; i < message->length_count; i++) {
		int64_t length = message->low_bytes + (int64_t)i * list->unit_bytes;

		lengths[i] = (struct l1_range){length, length};
	}
	message->lengths = lengths;
}
