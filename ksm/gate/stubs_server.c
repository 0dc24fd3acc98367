/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs_server.c: decode, serve, encode. */
#include "stubs_server.h"

#include <string.h>

#include "c_text.h"
#include "stubs_client.h"
#include "stubs_error.h"
#include "stubs_list.h"
#include "stubs_member.h"
#include "stubs_params.h"

static bool
is_served(const struct l1_method *method)
{
	return !method->is_reserved && !method->is_ask;
}

/* NAME_METHOD_reply: makes the answer, for servers that answer later too. */
static void
reply_write(struct buffer *b, const struct l1_interface *interface, const struct l1_method *method)
{
	const char *name = arena_format(b->arena, "%s_%s_reply", c_lower(b, interface->short_name),
		c_lower(b, method->name));
	const struct l1_field *tail = params_tail(&method->reply);
	uint32_t fixed = method->reply.fixed_bytes;
	struct params params = {.b = b};

	params_add(&params, "struct message *message");
	params_add_in(&params, interface, &method->reply, "out_", PARAMS_SERVER);
	c_text(b, "/* Makes the answer to %s. */\nstatic inline void\n%s", method->name, name);
	params_write(&params, strlen(name), "");
	buffer_text(b, "\n{\n");
	if (tail != NULL) {
		c_text(b,
			"\tif (out_%s_bytes > %u) {\n"
			"\t\tgate_answer_error(message, E_LIMIT);\n"
			"\t\treturn;\n"
			"\t}\n"
			"\tif (out_%s_bytes != 0 && out_%s != %s) {\n"
			"\t\t__builtin_memmove(%s, out_%s, out_%s_bytes);\n"
			"\t}\n",
			tail->name, tail->width_bytes, tail->name, tail->name,
			stubs_place(b, "message", fixed), stubs_place(b, "message", fixed),
			tail->name, tail->name);
	}
	if (list_of(&method->reply) != NULL) {
		c_text(b,
			"\tif (out_%s_count > %u) {\n"
			"\t\tgate_answer_error(message, E_LIMIT);\n"
			"\t\treturn;\n"
			"\t}\n",
			list_of(&method->reply)->name, list_of(&method->reply)->list);
	}
	stubs_put(b, "\t", interface, &method->reply, "message", "out_");
	c_text(b, "\tmessage->info = info_make(0, %s);\n}\n\n",
		stubs_length(b, &method->reply, "out_"));
}

static void
server_struct(struct buffer *b, const struct l1_interface *interface, const char *name)
{
	c_text(b,
		"/*\n"
		" * What serves %s. Each function returns E_OK, an error of the interface, or "
		"GATE_LATER.\n"
		" * Values have the types that the interface says: the monitor has checked them. "
		"What `in`\n"
		" * pointers show is valid until the function returns. All functions must be "
		"there.\n"
		" */\n"
		"struct %s_server {\n"
		"\tvoid *context; /* is given to each function */\n",
		interface->short_name, name);
	for (uint32_t i = 0; i < interface->method_count; i++) {
		const struct l1_method *method = &interface->methods[i];
		struct params params = {.b = b};

		if (!is_served(method)) {
			continue;
		}
		const char *member = c_name(b, method->name); /* a reserved number has no name */
		params_add(&params, "void *context");
		params_add(&params, "const struct caller *caller");
		params_add_in(&params, interface, &method->call, "", PARAMS_SERVER);
		params_add_out(&params, interface, &method->reply);
		params_add_out(&params, interface, &method->error);
		c_text(b, "\tuint32_t (*%s)", member);
		params_write(&params, 8 + strlen("uint32_t (*)") + strlen(member), "\t");
		buffer_text(b, ";\n");
	}
	buffer_text(b, "};\n\n");
}

/* A struct or an array, all zero. */
static void
variable_declare(struct buffer *b, const struct l1_interface *interface,
	const struct l1_member *member, const char *before)
{
	const char *name = *before == '\0' ? c_name(b, member->name)
					   : arena_format(b->arena, "%s%s", before, member->name);

	c_text(b, "\t%s %s", member_type(b, interface, member), name);
	if (member->array != 0 || member->list != 0) {
		c_text(b, "[%u]", member->array != 0 ? member->array : member->list);
	}
	buffer_text(b, " = {0};\n");
}

/* Whether C has a variable for it, not a value. */
static bool
is_variable(const struct l1_member *member)
{
	return member->record != NULL || member->array != 0 || member->list != 0;
}

/* Structs, arrays and lists of the request. */
static void
request_declare(
	struct buffer *b, const struct l1_interface *interface, const struct l1_message *call)
{
	for (uint32_t i = 0; i < call->member_count; i++) {
		if (is_variable(&call->members[i])) {
			variable_declare(b, interface, &call->members[i], "");
		}
		if (call->members[i].list != 0) {
			c_text(b, "\tuint32_t %s_count;\n", call->members[i].name);
		}
	}
}

static void
request_read(struct buffer *b, const struct l1_interface *interface, const struct l1_message *call,
	const char *request)
{
	for (uint32_t i = 0; i < call->member_count; i++) {
		const struct l1_member *member = &call->members[i];
		uint32_t count;
		const struct l1_field *field = member_fields(call, member, &count);

		if (member->list != 0) {
			list_get(b, interface, call, request, "");
			continue;
		}
		for (uint32_t n = member->is_optional; is_variable(member) && n < count; n++) {
			const char *there =
				member_is_there(b, interface, &field[n], "", true, true);

			c_text(b, there == NULL ? "%s" : "\tif (%s) {\n\t",
				there == NULL ? "" : there);
			c_text(b, "\t%s = ", member_place(b, &field[n], "", true));
			stubs_get(b, interface, &field[n], request);
			c_text(b, ";\n%s", there == NULL ? "" : "\t}\n");
		}
	}
}

/* Results of the function, in variables named out_. */
static void
results_declare(
	struct buffer *b, const struct l1_interface *interface, const struct l1_message *reply)
{
	for (uint32_t i = 0; i < reply->member_count; i++) {
		const struct l1_member *member = &reply->members[i];
		const struct l1_field *field = &member->field;
		bool is_enum = member->record == NULL && params_is_enum(interface, field);

		if (field->kind == L1_TAIL) {
			c_text(b, "\tuint32_t out_%s_bytes = 0;\n", member->name);
			continue;
		}
		if (member->is_optional) {
			c_text(b, "\tbool out_has_%s = false;\n", member->name);
		}
		if (is_variable(member)) {
			variable_declare(b, interface, member, "out_");
		} else {
			c_text(b, "\t%s out_%s = %s0;\n", member_type(b, interface, member),
				member->name,
				is_enum ? arena_format(b->arena, "(%s)",
						  member_type(b, interface, member))
					: "");
		}
		if (member->list != 0) {
			c_text(b, "\tuint32_t out_%s_count = 0;\n", member->name);
		}
	}
}

static void
argument_write(struct buffer *b, const struct l1_interface *interface,
	const struct l1_message *call, const struct l1_member *member, const char *request)
{
	uint32_t count;
	const struct l1_field *field = member_fields(call, member, &count);

	buffer_text(b, ",\n\t\t");
	if (member->is_optional) {
		stubs_get(b, interface, field, request);
		buffer_text(b, ",\n\t\t");
		field++;
	}
	if (member->list != 0) {
		c_text(b, "%s, %s_count", c_name(b, member->name), member->name);
	} else if (field->kind == L1_TAIL) {
		c_text(b, "%s, %s", stubs_place(b, request, call->fixed_bytes),
			stubs_tail_length(b, request, call->fixed_bytes));
	} else if (member->array != 0) {
		buffer_text(b, c_name(b, member->name));
	} else if (member->record != NULL) {
		c_text(b, "&%s", c_name(b, member->name));
	} else {
		stubs_get(b, interface, field, request);
	}
}

static void
arguments_write(struct buffer *b, const struct l1_interface *interface,
	const struct l1_method *method, const char *request)
{
	for (uint32_t i = 0; i < method->call.member_count; i++) {
		argument_write(b, interface, &method->call, &method->call.members[i], request);
	}
	for (uint32_t i = 0; i < method->reply.member_count; i++) {
		const struct l1_member *member = &method->reply.members[i];

		buffer_text(b, ",\n\t\t");
		if (member->is_optional) {
			c_text(b, "&out_has_%s,\n\t\t", member->name);
		}
		if (member->field.kind == L1_TAIL) {
			c_text(b, "%s, %u, &out_%s_bytes",
				stubs_place(b, "message", method->reply.fixed_bytes),
				member->field.width_bytes, member->name);
		} else if (member->list != 0) {
			c_text(b, "out_%s, %u, &out_%s_count", member->name, member->list,
				member->name);
		} else {
			c_text(b, "%sout_%s", member->array != 0 ? "" : "&", member->name);
		}
	}
	for (uint32_t i = 0; i < method->error.member_count; i++) {
		c_text(b, ",\n\t\t&out_%s", method->error.members[i].name);
	}
}

static void
reply_call(struct buffer *b, const struct l1_method *method, const char *name)
{
	c_text(b, "\t%s_%s_reply(message", name, c_lower(b, method->name));
	for (uint32_t i = 0; i < method->reply.member_count; i++) {
		const struct l1_member *member = &method->reply.members[i];
		bool is_struct = member->record != NULL && member->array == 0 && member->list == 0;

		if (member->is_optional) {
			c_text(b, ", out_has_%s", member->name);
		}
		if (member->field.kind == L1_TAIL) {
			c_text(b, ", %s, out_%s_bytes",
				stubs_place(b, "message", method->reply.fixed_bytes), member->name);
		} else {
			c_text(b, ", %sout_%s", is_struct ? "&" : "", member->name);
		}
		if (member->list != 0) {
			c_text(b, ", out_%s_count", member->name);
		}
	}
	buffer_text(b, ");\n");
}

/* What is lent lasts until the answer, so with a lease the work comes first. */
static bool
answers_first(const struct l1_method *method)
{
	for (uint32_t i = 0; i < method->call.field_count; i++) {
		if (params_is_lease(&method->call.fields[i])) {
			return false;
		}
	}
	return method->is_oneway;
}

/* Into `NAME_count`, which the array has room for. */
static void
list_count_read(struct buffer *b, const struct l1_message *call, const char *request)
{
	const struct l1_member *list = list_of(call);

	if (list != NULL) {
		c_text(b,
			"\t%s_count = %s;\n"
			"\tif (%s_count > %u) {\n"
			"\t\tgate_answer_error(message, E_ARGUMENT);\n"
			"\t\treturn true;\n"
			"\t}\n",
			list->name, list_count(b, call, request), list->name, list->list);
	}
}

static void
method_dispatch(struct buffer *b, const struct l1_interface *interface,
	const struct l1_method *method, const char *name)
{
	bool copies = params_tail(&method->call) != NULL && params_tail(&method->reply) != NULL;

	c_text(b,
		"static inline bool\n"
		"%s_dispatch_%s(const struct %s_server *server, const struct caller *caller,\n"
		"\tstruct message *message)\n"
		"{\n",
		name, c_lower(b, method->name), name);
	if (copies) {
		buffer_text(b, "\t/* The answer is written where the request stands. */\n"
			       "\tconst struct message copy = *message;\n"
			       "\tconst struct message *request = &copy;\n");
	}
	results_declare(b, interface, &method->reply);
	results_declare(b, interface, &method->error);
	request_declare(b, interface, &method->call);
	buffer_text(b, answers_first(method)
			       ? "\tstatic const struct message arrived = {.info = 0};\n\n"
			       : "\tuint32_t status;\n\n");
	if (method->call.low_bytes > 0) {
		c_text(b,
			"\tif (info_length(message->info) < %u) {\n"
			"\t\tgate_answer_error(message, E_ARGUMENT);\n"
			"\t\treturn true;\n"
			"\t}\n",
			method->call.low_bytes);
	}
	list_count_read(b, &method->call, copies ? "request" : "message");
	if (answers_first(method)) {
		buffer_text(b, "\t/* Nobody waits for the work: the caller has its answer now. */\n"
			       "\t(void)ipc_reply(0, &arrived);\n");
	}
	request_read(b, interface, &method->call, copies ? "request" : "message");
	c_text(b, "\t%sserver->%s(server->context, caller",
		answers_first(method) ? "(void)" : "status = ", c_name(b, method->name));
	arguments_write(b, interface, method, copies ? "request" : "message");
	if (answers_first(method)) {
		buffer_text(b, ");\n\treturn false;\n}\n\n");
		return;
	}
	buffer_text(b, ");\n\tif (status != E_OK) {\n");
	if (error_has_params(method)) {
		error_call(b, interface, method);
	} else {
		buffer_text(b, "\t\tgate_answer_error(message, status);\n");
	}
	buffer_text(b, "\t\treturn status != GATE_LATER;\n\t}\n");
	reply_call(b, method, name);
	buffer_text(b, "\treturn true;\n}\n\n");
}

void
stubs_server(struct buffer *b, const struct l1_interface *interface)
{
	const char *name = c_lower(b, interface->short_name);

	for (uint32_t i = 0; i < interface->method_count; i++) {
		if (is_served(&interface->methods[i])) {
			reply_write(b, interface, &interface->methods[i]);
			error_write(b, interface, &interface->methods[i]);
		}
	}
	server_struct(b, interface, name);
	for (uint32_t i = 0; i < interface->method_count; i++) {
		if (is_served(&interface->methods[i])) {
			method_dispatch(b, interface, &interface->methods[i], name);
		}
	}
	c_text(b,
		"/* Serves the request in message and puts the answer there. Returns false if the "
		"answer\n"
		" * comes later. */\n"
		"static inline bool\n"
		"%s_dispatch(const struct %s_server *server, const struct caller *caller,\n"
		"\tstruct message *message)\n"
		"{\n"
		"\tswitch (info_method(message->info)) {\n",
		name, name);
	for (uint32_t i = 0; i < interface->method_count; i++) {
		const struct l1_method *method = &interface->methods[i];

		if (is_served(method)) {
			c_text(b,
				"\tcase %s_%s:\n\t\treturn %s_dispatch_%s(server, caller, "
				"message);\n",
				c_upper(b, name), c_upper(b, method->name), name,
				c_lower(b, method->name));
		}
	}
	buffer_text(b, "\tdefault:\n"
		       "\t\tgate_answer_error(message, E_CALL);\n"
		       "\t\treturn true;\n"
		       "\t}\n"
		       "}\n\n");
}
