/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* who.h: whom the left and the right side of `->` name, and which endpoint stands behind `:` [R1,
 * R2]. */
#ifndef GATE_WHO_H
#define GATE_WHO_H

#include <stdbool.h>
#include <stdint.h>

#include "source.h"

struct ast_event;
struct ast_ident;
struct ast_qname;
struct ast_who;
struct class_info;
struct instance_info;
struct l1_device;
struct l1_interface;
struct sema;
struct unit;
struct vector;

enum party_kind {
	PARTY_INSTANCE,
	PARTY_DEVICE,
	PARTY_KERNEL,   /* sender only */
	PARTY_SELF,     /* receiver: the sender's own objects */
	PARTY_USE,      /* receiver in `needs`: what the sender's use is wired to */
	PARTY_RESOURCE, /* receiver: a label of what the instance gives */
};

struct party {
	enum party_kind kind;
	const struct instance_info *instance; /* INSTANCE, RESOURCE */
	const struct l1_device *device;       /* DEVICE */
	uint32_t use;     /* USE: index into the class's uses; RESOURCE: into its resources */
	const char *part; /* DEVICE: "registers" or "interrupt" if it was said, else NULL */
	bool is_any;      /* it was not named: it need not have the endpoint */
	struct span at;
};

enum who_side {
	WHO_SENDER,
	WHO_RECEIVER,
};

/*
 * Appends the parties (struct party) that who names. self: the class whose `needs` is read, or
 * NULL. Returns false after an error.
 */
bool who_resolve(struct sema *s, const struct unit *unit, const struct class_info *self,
	const struct ast_who *who, enum who_side side, struct vector *parties);

/* The kernel interface that rules call by this word (`frame` is Frame), or NULL. */
const struct l1_interface *who_kernel_interface(const struct sema *s, const char *word);

/* Returns the label of a party. Requires: kind is INSTANCE, DEVICE, RESOURCE or KERNEL. */
uint16_t who_label(const struct party *party);

/*
 * Returns the interface that the receiver gives under this name, or NULL: after an error, or
 * without one if the receiver is one of `any`. Requires: kind is INSTANCE, DEVICE or RESOURCE.
 */
const struct l1_interface *who_endpoint(
	struct sema *s, const struct party *receiver, const struct ast_ident *endpoint);

#endif
