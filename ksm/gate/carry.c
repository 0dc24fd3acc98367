/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* carry.c: what a message carries besides bytes: leases and handles. */
#include "carry.h"

#include "abi/abi.h"
#include "ast.h"
#include "compile.h"
#include "ksm/format.h"
#include "scope.h"
#include "sema.h"
#include "types.h"

#define LEASE_BYTES_MAX (INT64_C(1) << 30) /* user space is no larger */

bool
carry_lease(struct sema *s, const struct ast_param *param, struct l1_field *out)
{
	const struct ast_type *type = param->type;
	int64_t size;

	if (type->kind != AST_TYPE_BYTES || type->array != NULL || type->range != NULL) {
		diag_help(diag_error(s->c, type->span, "T11", "a lease is of bytes"),
			"write `%s: bytes<64K>`", param->name.text);
		return false;
	}
	if (!types_number(s, &type->size, &size)) {
		return false;
	}
	if (size < 1 || size > LEASE_BYTES_MAX) {
		diag_help(diag_error(s->c, type->size.span, "T11", "a lease is of 1..1G bytes"),
			"write a size between them: `bytes<64K>`");
		return false;
	}
	*out = (struct l1_field){
		.kind = L1_INTEGER,
		.carries = param->direction == AST_DIRECTION_READS ? L1_READS : L1_WRITES,
		.width_bytes = FORMAT_CARRY_BYTES,
		.high = size,
	};
	return true;
}

/* Objects of the kernel stay where they are, but for memory and signals. */
static bool
interface_travels(uint16_t interface)
{
	return interface >= INTERFACE_USER || interface == INTERFACE_SIGNAL ||
	       interface == KIND_FRAME;
}

bool
carry_handle(struct sema *s, const struct unit *unit, const struct ast_param *param,
	struct l1_field *out)
{
	const struct ast_type *type = param->type;
	const struct symbol *symbol = scope_get(s, unit, &type->name, AST_ITEM_INTERFACE, "T13");

	if (symbol == NULL) {
		return false;
	}
	if (type->array != NULL || type->range != NULL) {
		diag_help(diag_error(s->c, type->span, "T13", "a handle is one, and has no range"),
			"write a parameter for each, and test its label in a rule");
		return false;
	}
	if (!interface_travels(symbol->interface->id)) {
		diag_help(diag_error(s->c, type->name.span, "T13", "no message hands on a `%s`",
				  symbol->interface->short_name),
			"what travels is Frame, Signal, and what processes give");
		return false;
	}
	*out = (struct l1_field){
		.kind = L1_INTEGER,
		.carries = L1_HANDLE,
		.width_bytes = FORMAT_CARRY_BYTES,
		.low = (int64_t)symbol->interface->id << 16,
		.high = (int64_t)symbol->interface->id << 16 | 0xffff,
	};
	return true;
}

bool
carry_fits(struct sema *s, const struct ast_param *params, const struct l1_message *message)
{
	uint32_t leases = 0;
	uint32_t handles = 0;

	for (uint32_t i = 0; i < message->field_count; i++) {
		enum l1_carry carries = message->fields[i].carries;

		leases += carries == L1_READS || carries == L1_WRITES;
		handles += carries == L1_HANDLE;
	}
	if (leases > FORMAT_LEASES_MAX) {
		diag_help(diag_error(s->c, params->span, "T11", "a message has at most %u leases",
				  FORMAT_LEASES_MAX),
			"lend one piece of memory and put the rest into it");
		return false;
	}
	if (handles > FORMAT_HANDLES_MAX) {
		diag_help(diag_error(s->c, params->span, "T13", "a message has at most %u handles",
				  FORMAT_HANDLES_MAX),
			"hand the others on with another message");
		return false;
	}
	return true;
}
