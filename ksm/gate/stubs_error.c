/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs_error.c: the parameters of errors in C: a struct for each error that has some. */
#include "stubs_error.h"

#include <string.h>

#include "c_text.h"
#include "stubs_client.h"
#include "stubs_member.h"
#include "stubs_params.h"

bool
error_has_params(const struct l1_method *method)
{
	return method->error.field_count != 0;
}

/* What a client gets for it. */
static uint32_t
error_status(const struct l1_method *method, const struct l1_member *error)
{
	uint32_t number = 0;

	while (strcmp(method->errors[number], error->name) != 0) {
		number++;
	}
	return 0x101 + number;
}

static void
case_decode(struct buffer *b, const struct l1_interface *interface,
	const struct l1_message *message, const struct l1_member *error)
{
	uint32_t count;
	const struct l1_field *fields = member_fields(message, error, &count);

	for (uint32_t i = 0; i < count; i++) {
		const char *there = member_is_there(b, interface, &fields[i], "out_", false, true);

		c_text(b, there == NULL ? "\t\t" : "\t\tif (%s) {\n\t\t\t",
			there == NULL ? "" : there);
		c_text(b, "%s = ", member_place(b, &fields[i], "out_", false));
		stubs_get(b, interface, &fields[i], "message");
		buffer_text(b, there == NULL ? ";\n" : ";\n\t\t}\n");
	}
}

void
error_decode(struct buffer *b, const struct l1_interface *interface, const struct l1_method *method)
{
	const struct l1_message *message = &method->error;

	if (!error_has_params(method)) {
		return;
	}
	buffer_text(b, "\tstatus = gate_reply_status(message, 0);\n");
	c_text(b,
		"\tif (status > GATE_ERROR && info_length(message->info) != %u) {\n"
		"\t\treturn E_STATE;\n"
		"\t}\n",
		message->fixed_bytes);
	for (uint32_t i = 0; i < message->member_count; i++) {
		const struct l1_member *error = &message->members[i];

		c_text(b, "\tif (status == 0x%x && out_%s != 0) {\n", error_status(method, error),
			error->name);
		case_decode(b, interface, message, error);
		buffer_text(b, "\t}\n");
	}
}

static const char *
function_name(
	struct buffer *b, const struct l1_interface *interface, const struct l1_method *method)
{
	return arena_format(b->arena, "%s_%s_error", c_lower(b, interface->short_name),
		c_lower(b, method->name));
}

void
error_write(struct buffer *b, const struct l1_interface *interface, const struct l1_method *method)
{
	const struct l1_message *message = &method->error;
	const char *name = function_name(b, interface, method);
	struct params params = {.b = b};

	if (!error_has_params(method)) {
		return;
	}
	c_text(b,
		"/* Makes the answer to %s if it ends with an error; of what `out` pointers show "
		"it takes "
		"that\n * error's. */\nstatic inline void\n%s",
		method->name, name);
	params_add(&params, "struct message *message");
	params_add(&params, "uint32_t status");
	params_add_in(&params, interface, message, "out_", PARAMS_SERVER);
	params_write(&params, strlen(name), "");
	c_text(b,
		"\n{\n"
		"\tgate_answer_error(message, status);\n"
		"\tif (status <= GATE_ERROR || status > 0x%x) {\n"
		"\t\treturn;\n"
		"\t}\n"
		"\t__builtin_memset(message->bytes, 0, %u);\n",
		0x100 + method->error_count, message->fixed_bytes);
	for (uint32_t i = 0; i < message->member_count; i++) {
		c_text(b, "\tif (status == 0x%x) {\n", error_status(method, &message->members[i]));
		stubs_put_member(b, "\t\t", interface, message, &message->members[i]);
		buffer_text(b, "\t}\n");
	}
	c_text(b, "\tmessage->info = info_make(status - GATE_ERROR, %u);\n}\n\n",
		message->fixed_bytes);
}

void
error_call(struct buffer *b, const struct l1_interface *interface, const struct l1_method *method)
{
	c_text(b, "\t\t%s(message, status", function_name(b, interface, method));
	for (uint32_t i = 0; i < method->error.member_count; i++) {
		c_text(b, ", &out_%s", method->error.members[i].name);
	}
	buffer_text(b, ");\n");
}
