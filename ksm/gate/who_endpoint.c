/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* who_endpoint.c: which interface stands behind `:` for a receiver [R2]. */
#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "abi/abi.h"
#include "ast.h"
#include "compile.h"
#include "device.h"
#include "sema.h"
#include "who.h"

static bool
word_means(const char *word, const char *short_name)
{
	while (*word != '\0' && *word == (char)tolower((unsigned char)*short_name)) {
		word++;
		short_name++;
	}
	return *word == '\0' && *short_name == '\0';
}

const struct l1_interface *
who_kernel_interface(const struct sema *s, const char *word)
{
	for (uint32_t i = 0; i < s->l1->interface_count; i++) {
		const struct l1_interface *interface = &s->l1->interfaces[i];

		if (interface->id < INTERFACE_SIGNAL && word_means(word, interface->short_name)) {
			return interface;
		}
	}
	return NULL;
}

/* Returns whether the kernel interface fits a device, and the part of it that was named. */
static bool
device_fits(const struct party *receiver, const struct l1_interface *interface)
{
	if (sema_same(receiver->part, "registers") && interface->id != KIND_FRAME) {
		return false;
	}
	if (sema_same(receiver->part, "interrupt") && interface->id != KIND_IRQ) {
		return false;
	}
	return device_speaks(receiver->device, interface->id);
}

/* One that the receiver calls there, if there is one: then the two sides are in the wrong order. */
static const struct instance_info *
server_of(const struct sema *s, const struct party *receiver, const char *endpoint)
{
	const struct wire_info *wires;

	if (receiver->kind != PARTY_INSTANCE) {
		return NULL;
	}
	wires = receiver->instance->wires.elements;
	for (uint32_t i = 0; i < receiver->instance->wires.count; i++) {
		const struct instance_info *server = sema_instance(s, wires[i].target);
		const struct l1_endpoint *gives = server->class->gives.elements;

		if (sema_same(gives[wires[i].gives].name, endpoint)) {
			return server;
		}
	}
	return NULL;
}

static void
endpoint_unknown(struct sema *s, const struct party *receiver, const struct ast_ident *endpoint)
{
	struct vector names = {0};
	const char *name =
		receiver->kind == PARTY_DEVICE ? receiver->device->name : receiver->instance->name;
	const struct instance_info *server = server_of(s, receiver, endpoint->text);
	struct diag *d;

	if (receiver->kind == PARTY_INSTANCE) {
		const struct l1_endpoint *gives = receiver->instance->class->gives.elements;

		for (uint32_t i = 0; i < receiver->instance->class->gives.count; i++) {
			const char **slot = vector_push(&names, &s->c->arena, sizeof *slot);

			*slot = gives[i].name;
		}
	}
	d = diag_error(
		s->c, endpoint->span, "R2", "`%s` gives no endpoint `%s`", name, endpoint->text);
	if (diag_suggest(d, endpoint->text, names.elements, names.count)) {
		return;
	}
	if (server != NULL) {
		diag_help(d, "who calls stands left, of an answer, too: `%s -> %s : %s`", name,
			server->name, endpoint->text);
		return;
	}
	if (names.count == 1) {
		diag_help(d, "it gives `%s`", *(const char **)names.elements);
	} else if (receiver->kind == PARTY_DEVICE) {
		diag_help(d, "a device has `frame` and `irq`");
	}
}

/* The one endpoint that has the label. */
static const struct l1_interface *
endpoint_of_resource(struct sema *s, const struct party *receiver, const struct ast_ident *endpoint)
{
	const struct l1_resource *resource =
		&((const struct l1_resource *)
				receiver->instance->class->resources.elements)[receiver->use];
	const struct l1_endpoint *gives =
		&((const struct l1_endpoint *)
				receiver->instance->class->gives.elements)[resource->gives];

	if (sema_same(gives->name, endpoint->text)) {
		return l1_interface_find(s->l1, gives->interface);
	}
	if (!receiver->is_any) {
		diag_help(diag_error(s->c, endpoint->span, "R2", "`%s` gives no endpoint `%s`",
				  resource->name, endpoint->text),
			"it gives `%s`", gives->name);
	}
	return NULL;
}

const struct l1_interface *
who_endpoint(struct sema *s, const struct party *receiver, const struct ast_ident *endpoint)
{
	const struct l1_interface *kernel;

	assert(receiver->kind == PARTY_INSTANCE || receiver->kind == PARTY_DEVICE ||
		receiver->kind == PARTY_RESOURCE);
	if (receiver->kind == PARTY_RESOURCE) {
		return endpoint_of_resource(s, receiver, endpoint);
	}
	if (receiver->kind == PARTY_INSTANCE) {
		const struct l1_endpoint *gives = receiver->instance->class->gives.elements;

		for (uint32_t i = 0; i < receiver->instance->class->gives.count; i++) {
			if (sema_same(gives[i].name, endpoint->text)) {
				return l1_interface_find(s->l1, gives[i].interface);
			}
		}
	}
	kernel = who_kernel_interface(s, endpoint->text);
	if (kernel != NULL && (receiver->kind == PARTY_INSTANCE || device_fits(receiver, kernel))) {
		return kernel;
	}
	if (!receiver->is_any) {
		endpoint_unknown(s, receiver, endpoint);
	}
	return NULL;
}
