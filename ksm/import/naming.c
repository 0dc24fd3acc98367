/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* naming.c: names that a person would give: the last part of a dotted name, if that is free. */
#include "naming.h"

#include <string.h>

#include "cells.h"
#include "ksm/gate/compile.h"
#include "names.h"
#include "world.h"
#include "judge.h"
#include "model.h"
#include "psl.h"

static void
methods_name(struct world *w, struct world_interface *i)
{
	struct names used = {0};

	for (uint32_t n = 0; n < i->methods.count; n++) {
		struct world_method *m = ((struct world_method *const *)i->methods.elements)[n];

		m->gate = names_take(&used, &w->compile->arena,
			m->name == NULL ? "others" : m->name, NAMES_MEMBER);
	}
}

/* What rules call objects of the kernel: no endpoint may have such a name [P1]. */
static const char *const kernel_words[] = {"untyped", "process", "thread", "endpoint",
	"notification", "frame", "irq", "reply", "audit", "power", "trace", "policy", "fault"};

const char naming_shared[] = "Others";

/* Whether an interface of that name is called so already, by another endpoint of some class. */
static bool
is_copy(const struct world *w, const struct world_interface *face)
{
	for (uint32_t i = 0; i < w->interfaces.count; i++) {
		const struct world_interface *other =
			((struct world_interface *const *)w->interfaces.elements)[i];

		if (other == face) {
			return false;
		}
		if (other->name != NULL && face->name != NULL &&
			strcmp(other->name, face->name) == 0) {
			return true;
		}
	}
	return false;
}

/* `comp.endp` is called endp, if no other endpoint of the class is. */
static void
endpoints_name(struct world *w, struct world_class *c, struct names *interfaces)
{
	struct arena *a = &w->compile->arena;
	struct names used = {0};

	for (uint32_t i = 0; i < sizeof kernel_words / sizeof *kernel_words; i++) {
		(void)names_take(&used, a, kernel_words[i], NAMES_MEMBER);
	}
	for (uint32_t n = 0; n < c->endpoints.count; n++) {
		struct world_endpoint *e =
			((struct world_endpoint *const *)c->endpoints.elements)[n];

		e->gate = names_take(&used, a, e->path == NULL ? "others" : e->path, NAMES_MEMBER);
		if (e->interface->gate == NULL) {
			const char *name = e->interface->name;

			if (is_copy(w, e->interface)) {
				name = e->gate;
			}
			if (name == NULL) {
				name = arena_format(
					a, "%s.%s", c->gate, e->path == NULL ? "Others" : e->path);
				name = arena_format(a, "%s%s", c->gate,
					names_take(&(struct names){0}, a, name, NAMES_TYPE));
			}
			e->interface->gate = names_take(interfaces, a, name, NAMES_TYPE);
		}
		e->use_name = c->endpoints.count == 1
				      ? c->instance
				      : arena_format(a, "%s_%s", c->instance, e->gate);
	}
}

void
naming_world(struct world *w)
{
	struct names classes = {0};
	struct names instances = {0};
	struct names interfaces = {0};

	(void)names_take(&classes, &w->compile->arena, "Everyone", NAMES_TYPE);
	(void)names_take(&interfaces, &w->compile->arena, naming_shared, NAMES_TYPE);
	for (uint32_t i = 0; i < w->classes.count; i++) {
		struct world_class *c = world_class_at(w, i);

		c->gate = names_take(&classes, &w->compile->arena, c->name, NAMES_TYPE);
		c->instance = names_take(&instances, &w->compile->arena, c->name, NAMES_SMALL);
	}
	for (uint32_t i = 0; i < w->classes.count; i++) {
		endpoints_name(w, world_class_at(w, i), &interfaces);
	}
	for (uint32_t i = 0; i < w->interfaces.count; i++) {
		methods_name(w, ((struct world_interface *const *)w->interfaces.elements)[i]);
	}
}

static void
fields_name(struct world *w, struct vector *fields, struct names *types)
{
	for (uint32_t i = 0; i < fields->count; i++) {
		struct world_field *f = ((struct world_field *const *)fields->elements)[i];

		if (f->texts.count + f->patterns.count > 0 && f->enum_name == NULL) {
			f->enum_name = names_take(types, &w->compile->arena, f->path, NAMES_TYPE);
		}
	}
}

/* The name of the object; of a key of a map with that of the key. */
static const char *
name_of(struct world *w, const struct model *m)
{
	struct arena *a = &w->compile->arena;

	return m->value == NULL
		       ? m->object->name
		       : arena_format(a, "%s_%s%s", m->object->name, names_word(a, m->value->key),
				 m == m->value->machines[0] ? "" : "_working");
}

/* Whether nothing of these calls has a name, and no rule asks for a field. */
static bool
is_nameless(const struct world_endpoint *e)
{
	const struct vector *methods = &e->interface->methods;
	const struct world_method *m =
		methods->count == 1 ? *(struct world_method *const *)methods->elements : NULL;

	return e->path == NULL && e->interface->name == NULL && m != NULL && m->name == NULL &&
	       m->fields[WORLD_IN].count + m->fields[WORLD_OUT].count +
			       m->fields[WORLD_ERROR].count ==
		       0;
}

static void
others_share(struct world *w)
{
	for (uint32_t i = 0; i < w->classes.count; i++) {
		const struct vector *endpoints = &world_class_at(w, i)->endpoints;

		for (uint32_t n = 0; n < endpoints->count; n++) {
			struct world_endpoint *e =
				((struct world_endpoint *const *)endpoints->elements)[n];

			if (is_nameless(e)) {
				e->interface->gate = naming_shared;
			}
		}
	}
}

void
naming_objects(struct cells *c)
{
	struct world *w = c->judge->world;
	struct models *models = c->judge->models;
	struct names types = {0};

	others_share(w);
	for (uint32_t i = 0; i < models->all.count; i++) {
		struct model *m = ((struct model *const *)models->all.elements)[i];
		const char *name = name_of(w, m);

		if (!model_changes(m)) {
			continue;
		}
		for (uint32_t j = 0; j < models->all.count; j++) {
			const struct model *other =
				((struct model *const *)models->all.elements)[j];

			if (other->class != m->class && other->object == m->object &&
				model_changes(other)) {
				name = arena_format(&w->compile->arena, "%s_%s", m->class->instance,
					name_of(w, m));
			}
		}
		m->subject.name = names_take(&types, &w->compile->arena, name, NAMES_TYPE);
	}
	for (uint32_t i = 0; i < w->interfaces.count; i++) {
		struct world_interface *face =
			((struct world_interface *const *)w->interfaces.elements)[i];

		for (uint32_t n = 0; n < face->methods.count; n++) {
			struct world_method *m =
				((struct world_method *const *)face->methods.elements)[n];

			fields_name(w, &m->fields[WORLD_IN], &types);
			fields_name(w, &m->fields[WORLD_OUT], &types);
			fields_name(w, &m->fields[WORLD_ERROR], &types);
		}
	}
}
