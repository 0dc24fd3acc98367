/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs_params.c: one function's parameters, collected first, so that lines can be broken well. */
#include "stubs_params.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "c_text.h"
#include "stubs_interface.h"
#include "stubs_member.h"

#define COLUMNS 100

void
params_add(struct params *params, const char *format, ...)
{
	const char **param = vector_push(&params->list, params->b->arena, sizeof(*param));
	char text[256];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	*param = arena_copy(params->b->arena, text, strlen(text));
}

bool
params_is_enum(const struct l1_interface *interface, const struct l1_field *field)
{
	/* An enum of C is an int. */
	return field->kind == L1_ENUM && !field->is_process && !stubs_is_core(interface) &&
	       field->name_count > 0 && field->names[0].value >= INT32_MIN &&
	       field->names[field->name_count - 1].value <= INT32_MAX;
}

const char *
params_type(struct buffer *b, const struct l1_interface *interface, const struct l1_field *field)
{
	if (field->kind == L1_BOOL) {
		return "bool";
	}
	if (params_is_enum(interface, field)) {
		return arena_format(b->arena, "enum %s_%s%s", c_lower(b, interface->short_name),
			c_lower(b, field->type_name), field->is_tag ? "_case" : "");
	}
	return arena_format(
		b->arena, "%sint%u_t", field->is_signed ? "" : "u", 8u * field->width_bytes);
}

const struct l1_field *
params_tail(const struct l1_message *message)
{
	for (uint32_t i = 0; i < message->field_count; i++) {
		if (message->fields[i].kind == L1_TAIL && message->fields[i].unit_bytes == 0) {
			return &message->fields[i];
		}
	}
	return NULL;
}

const struct l1_field *
params_list(const struct l1_message *message)
{
	for (uint32_t i = 0; i < message->field_count; i++) {
		if (message->fields[i].kind == L1_TAIL && message->fields[i].unit_bytes != 0) {
			return &message->fields[i];
		}
	}
	return NULL;
}

bool
params_is_lease(const struct l1_field *field)
{
	return field->carries == L1_READS || field->carries == L1_WRITES;
}

/* What is there or not, and what is a pointer in C. */
static void
member_add(struct params *params, const struct l1_interface *interface,
	const struct l1_member *member, const char *before, const char *name)
{
	bool is_pointer = member->record != NULL || member->array != 0 || member->list != 0;

	if (member->is_optional) {
		params_add(params, "bool %shas_%s", before, member->name);
	}
	params_add(params, "%s%s %s%s", is_pointer ? "const " : "",
		member_type(params->b, interface, member), is_pointer ? "*" : "", name);
	if (member->list != 0) {
		params_add(params, "uint32_t %s%s_count", before, member->name);
	}
}

void
params_add_in(struct params *params, const struct l1_interface *interface,
	const struct l1_message *message, const char *before, enum params_side side)
{
	for (uint32_t i = 0; i < message->member_count; i++) {
		const struct l1_member *member = &message->members[i];
		const struct l1_field *field = &member->field;
		const char *name = *before == '\0' ? c_name(params->b, member->name)
						   : arena_format(params->b->arena, "%s%s", before,
							     member->name);

		if (!member_is_plain(member)) {
			member_add(params, interface, member, before, name);
		} else if (params_is_lease(field) && side == PARAMS_SERVER) {
			params_add(params, "struct lease %s", name);
		} else if (field->kind == L1_TAIL || params_is_lease(field)) {
			params_add(params, "%svoid *%s",
				field->carries == L1_WRITES ? "" : "const ", name);
			params_add(params, "uint32_t %s%s_bytes", before, member->name);
		} else {
			params_add(params, "%s %s", params_type(params->b, interface, field), name);
		}
	}
}

void
params_add_out(struct params *params, const struct l1_interface *interface,
	const struct l1_message *message)
{
	for (uint32_t i = 0; i < message->member_count; i++) {
		const struct l1_member *member = &message->members[i];

		if (member->is_optional) {
			params_add(params, "bool *out_has_%s", member->name);
		}
		if (member->field.kind == L1_TAIL) {
			params_add(params, "void *out_%s", member->name);
			params_add(params, "uint32_t out_%s_capacity", member->name);
			params_add(params, "uint32_t *out_%s_bytes", member->name);
		} else {
			params_add(params, "%s *out_%s", member_type(params->b, interface, member),
				member->name);
		}
		if (member->list != 0) {
			params_add(params, "uint32_t out_%s_capacity", member->name);
			params_add(params, "uint32_t *out_%s_count", member->name);
		}
	}
}

void
params_write(struct params *params, size_t column, const char *indent)
{
	const char *const *list = params->list.elements;

	buffer_text(params->b, "(");
	column++;
	for (uint32_t i = 0; i < params->list.count; i++) {
		size_t length = strlen(list[i]);

		/* Room for `,` or `);` behind it. */
		if (column + length + 3 > COLUMNS) {
			c_text(params->b, "\n%s\t", indent);
			column = 16;
		} else if (i > 0) {
			buffer_text(params->b, " ");
			column++;
		}
		c_text(params->b, "%s%s", list[i], i + 1 < params->list.count ? "," : "");
		column += length + 1;
	}
	buffer_text(params->b, ")");
}
