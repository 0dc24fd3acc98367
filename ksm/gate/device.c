/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* device.c: devices of the board and pseudo-devices, by name. */
#include "device.h"

#include "abi/abi.h"
#include "ast.h"
#include "boards.h"
#include "compile.h"
#include "sema.h"

/* What the kernel and the image hold beside the board's devices. */
static const struct {
	const char *name;
	unsigned interface;
} pseudo[] = {
	{"policy", KIND_FRAME}, /* policy and system blob, read-only */
	{"monitor", KIND_AUDIT}, {"power", KIND_POWER}, {"trace", KIND_TRACE},
	{"swap", KIND_POLICY}, /* which policy is in force */
};

#define PSEUDO_COUNT (sizeof pseudo / sizeof pseudo[0])

void
device_names(struct arena *a, const struct board *machine, struct vector *names)
{
	for (uint32_t i = 0; i < PSEUDO_COUNT; i++) {
		*(const char **)vector_push(names, a, sizeof(const char *)) = pseudo[i].name;
	}
	for (uint32_t i = 0; i < machine->device_count; i++) {
		*(const char **)vector_push(names, a, sizeof(const char *)) =
			machine->devices[i].name;
	}
}

bool
device_find(struct sema *s, const struct ast_ident *name, struct l1_device *out)
{
	struct vector names = {0};
	struct diag *d;

	for (uint32_t i = 0; i < PSEUDO_COUNT; i++) {
		if (sema_same(pseudo[i].name, name->text)) {
			out->name = pseudo[i].name;
			return true;
		}
	}
	for (uint32_t i = 0; i < s->board->device_count; i++) {
		if (sema_same(s->board->devices[i].name, name->text)) {
			out->name = s->board->devices[i].name;
			out->index = (uint16_t)i;
			out->is_board = true;
			return true;
		}
	}
	device_names(&s->c->arena, s->board, &names);
	d = diag_error(s->c, name->span, "P2", "board `%s` has no device `%s`", s->board->name,
		name->text);
	if (!diag_suggest(d, name->text, names.elements, names.count)) {
		diag_help(d, "boards/%s.c lists its devices; --board NAME takes another board",
			s->board->name);
	}
	return false;
}

bool
device_speaks(const struct l1_device *device, unsigned interface)
{
	if (device->is_board) {
		return interface == KIND_FRAME || interface == KIND_IRQ;
	}
	for (uint32_t i = 0; i < PSEUDO_COUNT; i++) {
		if (sema_same(pseudo[i].name, device->name)) {
			return interface == pseudo[i].interface;
		}
	}
	return false;
}
