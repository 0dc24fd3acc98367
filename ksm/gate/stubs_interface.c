/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs_interface.c: the header of one interface, from its numbers to its server. */
#include "stubs_interface.h"

#include <string.h>

#include "abi/abi.h"
#include "c_text.h"
#include "stubs_client.h"
#include "stubs_member.h"
#include "stubs_server.h"
#include "stubs_params.h"

static void
methods_write(struct buffer *b, const struct l1_interface *interface, const char *name)
{
	if (stubs_is_core(interface) || interface->method_count == 0) {
		return;
	}
	c_text(b, "enum %s_method {\n", name);
	for (uint32_t i = 0; i < interface->method_count; i++) {
		const struct l1_method *method = &interface->methods[i];

		if (!method->is_reserved) {
			c_text(b, "\t%s_%s = %u,\n", c_upper(b, name), c_upper(b, method->name),
				method->number);
		}
	}
	buffer_text(b, "};\n\n");
}

/* Status of an error by that name if all methods that have it agree, else 0. */
static uint32_t
error_number(const struct l1_interface *interface, const char *name)
{
	uint32_t number = 0;

	for (uint32_t i = 0; i < interface->method_count; i++) {
		const struct l1_method *method = &interface->methods[i];

		for (uint32_t j = 0; j < method->error_count; j++) {
			if (strcmp(method->errors[j], name) != 0) {
				continue;
			}
			if (number != 0 && number != j + 1) {
				return 0;
			}
			number = j + 1;
		}
	}
	return number;
}

/* The first (method, error) of that name. */
static bool
error_is_first(const struct l1_interface *interface, uint32_t at, uint32_t error)
{
	const char *name = interface->methods[at].errors[error];

	for (uint32_t i = 0; i <= at; i++) {
		const struct l1_method *method = &interface->methods[i];
		uint32_t count = i == at ? error : method->error_count;

		for (uint32_t j = 0; j < count; j++) {
			if (strcmp(method->errors[j], name) == 0) {
				return false;
			}
		}
	}
	return true;
}

static void
errors_write(struct buffer *b, const struct l1_interface *interface, const char *name)
{
	bool any = false;

	for (uint32_t i = 0; i < interface->method_count; i++) {
		const struct l1_method *method = &interface->methods[i];

		for (uint32_t j = 0; j < method->error_count; j++) {
			uint32_t number = error_number(interface, method->errors[j]);
			const char *error = c_upper(b, method->errors[j]);

			if (!any) {
				c_text(b, "enum %s_error {\n", name);
				any = true;
			}
			if (number != 0 && error_is_first(interface, i, j)) {
				c_text(b, "\t%s_ERROR_%s = 0x%x,\n", c_upper(b, name), error,
					0x100 + number);
			} else if (number == 0) {
				c_text(b, "\t%s_%s_ERROR_%s = 0x%x,\n", c_upper(b, name),
					c_upper(b, method->name), error, 0x100 + j + 1);
			}
		}
	}
	if (any) {
		buffer_text(b, "};\n\n");
	}
}

struct enums {
	const struct l1_interface *interface;
	struct vector seen; /* of const char *: names of types */
};

static void
enum_write(struct buffer *b, struct enums *enums, const struct l1_field *field)
{
	const char *const *seen = enums->seen.elements;
	const char *type = params_type(b, enums->interface, field);
	const char *prefix = arena_format(b->arena, "%s_%s",
		c_upper(b, enums->interface->short_name), c_upper(b, field->type_name));

	for (uint32_t i = 0; i < enums->seen.count; i++) {
		if (strcmp(seen[i], type) == 0) {
			return;
		}
	}
	*(const char **)vector_push(&enums->seen, b->arena, sizeof(char *)) = type;
	c_text(b, "%s {\n", type);
	for (uint32_t i = 0; i < field->name_count; i++) {
		c_text(b, "\t%s_%s = %lld,\n", prefix, c_upper(b, field->names[i].name),
			(long long)field->names[i].value);
	}
	buffer_text(b, "};\n\n");
}

static void
enums_write(struct buffer *b, const struct l1_interface *interface)
{
	struct enums enums = {.interface = interface};

	for (uint32_t i = 0; i < interface->method_count; i++) {
		const struct l1_message *messages[] = {&interface->methods[i].call,
			&interface->methods[i].reply, &interface->methods[i].error};

		for (uint32_t j = 0; j < 3; j++) {
			for (uint32_t k = 0; k < messages[j]->field_count; k++) {
				const struct l1_field *field = &messages[j]->fields[k];

				if (params_is_enum(interface, field) && !field->is_status) {
					enum_write(b, &enums, field);
				}
			}
		}
	}
}

void
stubs_interface(struct buffer *b, const struct l1_interface *interface)
{
	const char *name = c_lower(b, interface->short_name);
	bool is_core = stubs_is_core(interface);
	const char *guard =
		arena_format(b->arena, "GEN_%s%s_H", is_core ? "CORE_" : "", c_upper(b, name));
	const char *purpose = arena_format(b->arena, "Interface %s.", interface->name);

	c_header_start(b, guard, purpose);
	c_text(b, "%s#include \"gate_wire.h\"\n\n", is_core ? "#include \"core_abi.h\"\n" : "");
	c_comment(b, "", interface->doc);
	methods_write(b, interface, name);
	errors_write(b, interface, name);
	enums_write(b, interface);
	member_records(b, interface);
	stubs_client(b, interface);
	/* The kernel serves its own objects; it calls Fault, which init serves. */
	if (!is_core || interface->id == INTERFACE_FAULT) {
		stubs_server(b, interface);
	}
	c_header_end(b);
}
