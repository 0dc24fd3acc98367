/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* world.c: from declared components to classes with endpoints; foreign ones from the policy itself.
 */
#include "world.h"

#include <string.h>

#include "ksm/gate/compile.h"
#include "ksm/gate/diag.h"
#include "world_build.h"
#include "world_field.h"

#define PARTS_DEEP 8u

static const char kernel_class[] = "kl.core.Core";
static const char init_class[] = "Einit";
static const char asker_class[] = "Monitor";

struct world_class *
world_class_at(const struct world *w, uint32_t index)
{
	return ((struct world_class *const *)w->classes.elements)[index];
}

struct world_class *
world_class(const struct world *w, const char *name)
{
	struct world_class *const *classes = w->classes.elements;

	for (uint32_t i = 0; i < w->classes.count; i++) {
		if (strcmp(classes[i]->name, name) == 0) {
			return classes[i];
		}
	}
	return NULL;
}

struct world_class *
world_class_add(struct world *w, const char *name, struct span at)
{
	struct world_class *c = world_class(w, name);

	if (c == NULL) {
		c = arena_alloc(&w->compile->arena, sizeof *c);
		c->name = name;
		c->at = at;
		c->index = w->classes.count;
		c->is_foreign = true;
		*(struct world_class **)vector_push(&w->classes, &w->compile->arena, sizeof c) = c;
	}
	return c;
}

struct world_method *
world_method_add(struct world *w, struct world_interface *i, const char *name)
{
	struct world_method **methods = i->methods.elements;
	struct world_method *m;

	for (uint32_t n = 0; n < i->methods.count; n++) {
		if (methods[n]->name != NULL && name != NULL &&
			strcmp(methods[n]->name, name) == 0) {
			return methods[n];
		}
	}
	m = arena_alloc(&w->compile->arena, sizeof *m);
	m->name = name;
	m->is_guessed = i->is_foreign;
	*(struct world_method **)vector_push(&i->methods, &w->compile->arena, sizeof m) = m;
	return m;
}

/* Whether a class has an endpoint with this interface already. */
static bool
class_gives(const struct world_class *c, const struct world_interface *i)
{
	for (uint32_t n = 0; n < c->endpoints.count; n++) {
		if (((struct world_endpoint *const *)c->endpoints.elements)[n]->interface == i) {
			return true;
		}
	}
	return false;
}

/*
 * The interface of an IDL for one more endpoint of c, or NULL: its file is not there. Rules of Gate
 * tell interfaces of a server apart, not endpoints, so no two endpoints of one class share one.
 */
static struct world_interface *
interface_find(struct world *w, const struct world_class *c, const char *name)
{
	struct world_interface *const *known = w->interfaces.elements;
	const struct spec_package *p;
	struct world_interface *i;

	for (uint32_t n = 0; n < w->interfaces.count; n++) {
		if (known[n]->name != NULL && strcmp(known[n]->name, name) == 0 &&
			!known[n]->is_foreign && !class_gives(c, known[n])) {
			return known[n];
		}
	}
	p = spec_package(w->spec, name);
	if (p == NULL || !p->is_interface) {
		return NULL;
	}
	i = arena_alloc(&w->compile->arena, sizeof *i);
	i->name = name;
	for (const struct spec_method *m = p->methods; m != NULL; m = m->next) {
		struct world_method *own = world_method_add(w, i, m->name);

		world_fields_add(w, &own->fields[WORLD_IN], m->in);
		world_fields_add(w, &own->fields[WORLD_OUT], m->out);
		world_errors_add(w, &own->fields[WORLD_ERROR], m->error);
	}
	*(struct world_interface **)vector_push(&w->interfaces, &w->compile->arena, sizeof i) = i;
	return i;
}

static bool
texts_equal(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

struct world_endpoint *
world_endpoint_add(struct world *w, struct world_class *c, const char *path, const char *component,
	const char *interface)
{
	struct world_endpoint *const *known = c->endpoints.elements;
	struct world_endpoint *e;
	struct arena *a = &w->compile->arena;

	for (uint32_t i = 0; i < c->endpoints.count; i++) {
		if (texts_equal(known[i]->path, path)) {
			return known[i];
		}
	}
	e = arena_alloc(a, sizeof *e);
	e->path = path;
	e->component = component;
	e->owner = c;
	e->interface = interface == NULL ? NULL : interface_find(w, c, interface);
	if (e->interface == NULL) {
		e->interface = arena_alloc(a, sizeof *e->interface);
		e->interface->name = interface;
		e->interface->is_foreign = true;
		(void)world_method_add(w, e->interface, NULL);
		*(struct world_interface **)vector_push(&w->interfaces, a, sizeof e->interface) =
			e->interface;
	}
	*(struct world_endpoint **)vector_push(&c->endpoints, a, sizeof e) = e;
	return e;
}

/* Takes the endpoints of a component and of its parts; their paths begin with prefix. */
static void
component_take(struct world *w, struct world_class *c, const struct spec_component *s,
	const char *prefix, uint32_t depth)
{
	struct arena *a = &w->compile->arena;

	for (const struct spec_link *l = s->endpoints; l != NULL; l = l->next) {
		(void)world_endpoint_add(w, c, arena_format(a, "%s%s", prefix, l->name),
			s->is_entity ? "" : s->name, l->target);
	}
	for (const struct spec_link *l = s->parts; l != NULL; l = l->next) {
		const struct spec_component *part = spec_component(w->spec, l->target);

		if (part == NULL || depth == PARTS_DEEP) {
			c->is_foreign = true;
			continue;
		}
		component_take(w, c, part, arena_format(a, "%s%s.", prefix, l->name), depth + 1);
	}
}

static void
class_declare(struct world *w, const struct psl_class *p)
{
	struct world_class *c = world_class_add(w, p->name, p->at);
	const struct spec_component *s = spec_component(w->spec, p->entity);

	if (s == NULL || !c->is_foreign) {
		return;
	}
	c->is_foreign = false;
	c->security = s->security;
	component_take(w, c, s, "", 0);
}

/* Who receives an event, as its selector says: the server, or the class that asks. */
static const char *
receiver_of(const struct psl_selector *s, enum psl_event event)
{
	return event == PSL_REQUEST ? s->dst : s->src;
}

/* What is known of a message where a body stands: the selectors of all that it stands in. */
static struct psl_selector
selector_join(const struct psl_selector *outer, const struct psl_selector *inner)
{
	struct psl_selector s = *outer;

	s.src = inner->src == NULL ? s.src : inner->src;
	s.dst = inner->dst == NULL ? s.dst : inner->dst;
	s.component = inner->component == NULL ? s.component : inner->component;
	s.interface = inner->interface == NULL ? s.interface : inner->interface;
	s.endpoint = inner->endpoint == NULL ? s.endpoint : inner->endpoint;
	s.method = inner->method == NULL ? s.method : inner->method;
	s.endpoint_at = inner->endpoint_at.line == 0 ? s.endpoint_at : inner->endpoint_at;
	s.method_at = inner->method_at.line == 0 ? s.method_at : inner->method_at;
	return s;
}

/* The endpoint at which a class asks the monitor; the class that stands for it is made at first. */
static struct world_endpoint *
asker_endpoint(struct world *w, struct world_class *c)
{
	struct world_class *asker = world_class_add(w, asker_class, c->at);

	asker->is_asker = true;
	asker->is_foreign = false;
	asker->runs = true;
	return world_endpoint_add(w, asker, c->name, "", c->security);
}

/* A class without EDL asks by methods that only the policy names. */
static void
asker_learn(struct world *w, struct world_class *c, const char *method)
{
	struct world_endpoint *e = c->is_foreign ? asker_endpoint(w, c) : NULL;

	if (e != NULL && e->interface->is_foreign) {
		(void)world_method_add(w, e->interface, method);
	}
}

/* Adds the endpoint and the method that a selector names to a class, if that is foreign. */
static void
foreign_learn(struct world *w, struct world_class *c, const struct psl_selector *s)
{
	struct world_endpoint *e;
	const char *path = s->endpoint != NULL ? s->endpoint :
			   s->interface != NULL ? s->interface :
						  s->component;

	if (!c->is_foreign || (path == NULL && s->method == NULL)) {
		return;
	}
	e = world_endpoint_add(w, c, path, s->component == NULL ? "" : s->component, s->interface);
	if (e->interface->is_foreign && s->method != NULL) {
		(void)world_method_add(w, e->interface, s->method);
	}
}

/* The same for whoever may receive the event: one class, or, if none is named, each. */
static void
receivers_learn(struct world *w, const struct psl_selector *s, enum psl_event event)
{
	const char *name = receiver_of(s, event);

	if (event == PSL_EXECUTE) {
		return;
	}
	if (event == PSL_SECURITY) {
		if (name != NULL && s->method != NULL) {
			asker_learn(w, world_class(w, name), s->method);
		}
		return;
	}
	for (uint32_t i = 0; i < w->classes.count; i++) {
		struct world_class *c = world_class_at(w, i);

		if (!c->is_asker && (name == NULL || strcmp(name, c->name) == 0)) {
			foreign_learn(w, c, s);
		}
	}
}

/* Looks at every selector of a body. pass 0 finds classes, pass 1 what foreign ones have. */
static void
body_learn(struct world *w, const struct psl_selector *outer, const struct psl_item *body,
	enum psl_event event, uint32_t pass)
{
	bool is_leaf = false;

	if (pass == 0) {
		if (outer->src != NULL) {
			(void)world_class_add(w, outer->src, outer->src_at);
		}
		if (outer->dst != NULL) {
			(void)world_class_add(w, outer->dst, outer->dst_at);
		}
	}
	for (const struct psl_item *i = body; i != NULL; i = i->next) {
		struct psl_selector s;

		if (i->kind != PSL_MATCH) {
			is_leaf = true;
			continue;
		}
		s = selector_join(outer, &i->selector);
		if (i->selector.src_at.line != 0) {
			s.src_at = i->selector.src_at;
		}
		if (i->selector.dst_at.line != 0) {
			s.dst_at = i->selector.dst_at;
		}
		body_learn(w, &s, i->body, event, pass);
	}
	if (pass == 1 && is_leaf) {
		receivers_learn(w, outer, event);
	}
}

bool
world_matches(const struct psl_selector *s, const struct world_endpoint *endpoint,
	const struct world_method *method)
{
	const char *interface = endpoint->interface->name;
	const char *dot = interface == NULL ? NULL : strrchr(interface, '.');

	if (s->endpoint != NULL && !texts_equal(s->endpoint, endpoint->path)) {
		return false;
	}
	if (s->interface != NULL && !texts_equal(s->interface, interface) &&
		!(dot != NULL && strcmp(s->interface, dot + 1) == 0)) {
		return false;
	}
	if (s->component != NULL && !texts_equal(s->component, endpoint->component)) {
		return false;
	}
	return s->method == NULL || method == NULL || texts_equal(s->method, method->name);
}

/* Reports a selector that no endpoint or method of the receiver agrees with. */
static void
selector_check(struct world *w, const struct psl_selector *s, enum psl_event event)
{
	const char *name = receiver_of(s, event);
	const struct world_class *c = name == NULL ? NULL : world_class(w, name);
	bool has_endpoint = false;

	if (c == NULL || c->is_foreign || event == PSL_EXECUTE || event == PSL_SECURITY) {
		return;
	}
	for (uint32_t i = 0; i < c->endpoints.count; i++) {
		const struct world_endpoint *e =
			((struct world_endpoint *const *)c->endpoints.elements)[i];

		if (!world_matches(s, e, NULL)) {
			continue;
		}
		has_endpoint = true;
		for (uint32_t m = 0; m < e->interface->methods.count; m++) {
			if (world_matches(s, e,
				    ((struct world_method *const *)
						    e->interface->methods.elements)[m]) ||
				e->interface->is_foreign) {
				return;
			}
		}
	}
	if (s->method == NULL && s->endpoint_at.line == 0) {
		return;
	}
	(void)diag_error(w->compile, has_endpoint ? s->method_at : s->endpoint_at, NULL,
		has_endpoint ? "no such endpoint of `%s` has the method `%s`"
			     : "`%s` has no endpoint like this one%.0s",
		name, s->method == NULL ? "" : s->method);
}

static void
selectors_check(struct world *w, const struct psl_selector *outer, const struct psl_item *body,
	enum psl_event event)
{
	bool is_leaf = false;

	for (const struct psl_item *i = body; i != NULL; i = i->next) {
		if (i->kind == PSL_MATCH) {
			struct psl_selector s = selector_join(outer, &i->selector);

			selectors_check(w, &s, i->body, event);
		} else {
			is_leaf = true;
		}
	}
	if (is_leaf) {
		selector_check(w, outer, event);
	}
}

static void
askers_add(struct world *w)
{
	for (uint32_t i = 0; i < w->classes.count; i++) {
		struct world_class *c = world_class_at(w, i);

		if (c->security != NULL && !c->is_asker) {
			(void)asker_endpoint(w, c);
		}
	}
}

/* Every foreign class has an endpoint for what nobody names. */
static void
others_add(struct world *w)
{
	for (uint32_t i = 0; i < w->classes.count; i++) {
		struct world_class *c = world_class_at(w, i);

		if (c->is_foreign) {
			(void)world_endpoint_add(w, c, NULL, "", NULL);
		}
	}
}

bool
world_make(struct world *w, struct spec *spec, const struct psl *psl)
{
	uint32_t errors = spec->compile->diags.error_count;

	memset(w, 0, sizeof *w);
	w->compile = spec->compile;
	w->spec = spec;
	w->psl = psl;
	for (const struct psl_class *c = psl->classes; c != NULL; c = c->next) {
		class_declare(w, c);
	}
	(void)world_class_add(w, init_class, (struct span){0});
	(void)world_class_add(w, kernel_class, (struct span){0});
	for (uint32_t pass = 0; pass < 2; pass++) {
		for (const struct psl_binding *b = psl->bindings; b != NULL; b = b->next) {
			body_learn(w, &b->selector, b->body, b->event, pass);
		}
	}
	for (const struct psl_binding *b = psl->bindings; b != NULL; b = b->next) {
		selectors_check(w, &b->selector, b->body, b->event);
	}
	others_add(w);
	askers_add(w);
	return w->compile->diags.error_count == errors;
}
