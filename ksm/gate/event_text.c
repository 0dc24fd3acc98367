/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* event_text.c: one event, and the fields of its message, as a rule or a test names them. */
#include "event_text.h"

#include <string.h>

#include "abi/abi.h"
#include "arena.h"
#include "buffer.h"
#include "condition_text.h"
#include "l1.h"
#include "lex.h"

/* Fields of two policies are two fields: they are the same by where they stand. */
static bool
is_same_field(const struct l1_field *a, const struct l1_field *b)
{
	return a->look == b->look && a->offset_bytes == b->offset_bytes;
}

static bool
is_same_text(const struct argument *a, const struct argument *b)
{
	return a->field->look == L1_LOOK_EIGHT && b->field->look == L1_LOOK_EIGHT &&
	       strcmp(a->field->name, b->field->name) == 0;
}

/* What is there, or says that something is; what an argument before it has said is not said again.
 */
static bool
is_said(const struct argument *arguments, uint32_t count, uint32_t index)
{
	const struct l1_field *field = arguments[index].field;

	for (uint32_t i = 0; i < count; i++) {
		const struct argument *other = &arguments[i];

		if (field->guard != NULL && is_same_field(other->field, field->guard) &&
			!l1_guard_says(field, other->value)) {
			return false;
		}
		if (i < index && is_same_text(other, &arguments[index])) {
			return false;
		}
		if (other->field->look == L1_LOOK_EIGHT && field->look == L1_LOOK_LENGTH &&
			strcmp(other->field->name, field->name) == 0) {
			return false; /* the text has a length */
		}
	}
	return field->presence == NULL || arguments[index].value != 0;
}

static void
name_print(struct buffer *b, const struct l1_field *field)
{
	bool is_word = token_is_hard_word(token_word_find(field->name, strlen(field->name)));

	buffer_text(b, is_word ? "arg." : "");
	buffer_text(b,
		field->look == L1_LOOK_EIGHT ? field->name : condition_field_text(b->arena, field));
}

static void
value_print(struct buffer *b, const struct l1 *l1, const struct argument *arguments, uint32_t count,
	uint32_t index)
{
	const struct argument *argument = &arguments[index];

	if (argument->field->carries == L1_HANDLE) {
		uint64_t label = (uint64_t)argument->value & UINT16_MAX;

		buffer_text(b, label < l1->label_count ? l1->labels[label].name
						       : condition_value_text(b->arena,
								 argument->field, argument->value));
		return;
	}
	if (argument->field->look != L1_LOOK_EIGHT) {
		buffer_text(b, condition_value_text(b->arena, argument->field, argument->value));
		return;
	}
	buffer_text(b, "\"");
	for (uint32_t i = index; i < count; i++) {
		if (is_same_text(&arguments[i], argument)) {
			buffer_text(b, condition_eight_text(b->arena, arguments[i].value));
			if (((uint64_t)arguments[i].value & 0xff) == 0) {
				break; /* here the text ends */
			}
		}
	}
	buffer_text(b, "\"");
}

void
arguments_print(struct buffer *b, const struct l1 *l1, const struct argument *arguments,
	uint32_t count, bool is_step)
{
	const char *comma = "";

	for (uint32_t i = 0; i < count; i++) {
		const struct l1_field *field = arguments[i].field;

		if (!is_said(arguments, count, i)) {
			continue;
		}
		buffer_text(b, comma);
		comma = ", ";
		if (is_step && field->is_status) {
			buffer_text(b, condition_value_text(b->arena, field, arguments[i].value));
		} else if (field->presence != NULL || field->is_tag) {
			buffer_text(b, condition_is_text(b->arena, field, arguments[i].value));
		} else {
			name_print(b, field);
			buffer_text(b, field->carries == L1_HANDLE && !is_step ? " is " : " = ");
			value_print(b, l1, arguments, count, i);
		}
	}
}

const char *
event_endpoint(struct arena *a, const struct l1 *l1, const struct l1_cell *cell)
{
	const struct l1_interface *interface = l1_interface_find(l1, cell->interface);
	const struct l1_label *label = &l1->labels[cell->target];
	char *word;

	if (interface->id >= INTERFACE_USER &&
		(label->kind == L1_LABEL_INSTANCE || label->kind == L1_LABEL_RESOURCE)) {
		const struct l1_class *class = l1->instances[label->number].class;

		for (uint32_t i = 0; i < class->gives_count; i++) {
			if (class->gives[i].interface == interface->id) {
				return class->gives[i].name;
			}
		}
	}
	word = arena_copy(a, interface->short_name, strlen(interface->short_name));
	word[0] = (char)(word[0] | 0x20);
	return word;
}

const char *
event_text(struct arena *a, const struct l1 *l1, const struct l1_cell *cell)
{
	const struct l1_interface *interface = l1_interface_find(l1, cell->interface);
	bool is_signal = interface->id == INTERFACE_SIGNAL;

	return arena_format(a, "%s%s -> %s : %s%s%s", l1_event_word(cell->event),
		l1->labels[cell->holder].name, l1->labels[cell->target].name,
		event_endpoint(a, l1, cell), is_signal ? "" : ".",
		is_signal ? "" : interface->methods[cell->method - 1].name);
}
