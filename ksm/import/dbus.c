/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* dbus.c: who may send what to which bus name; the last rule that matches wins (dbus-daemon(1)). */
#include "dbus.h"

#include <string.h>

#include "cells.h"
#include "cond.h"
#include "judge.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/diag.h"
#include "model.h"
#include "world.h"
#include "world_build.h"
#include "xml.h"

/* The order in which dbus-daemon looks at policies. */
enum context {
	CONTEXT_DEFAULT,
	CONTEXT_GROUP,
	CONTEXT_USER,
	CONTEXT_CONSOLE,
	CONTEXT_MANDATORY,
	CONTEXT_COUNT,
};

/* One <allow> or <deny> about sending; NULL: any. */
struct dbus_rule {
	enum context context;
	const char *client; /* class of the user or group; NULL: everybody */
	const char *destination;
	const char *interface;
	const char *member;
	const char *path;
	bool allows;
	const char *unsaid; /* why it cannot be said whether it is about a call; NULL: it can */
	struct span at;
};

/* The world keeps them: `rules` of struct dbus_rule. */
struct dbus {
	struct vector rules;
};

static const char anyone[] = "anyone";
/* All names that the file does not name, if it allows something to all. */
static const char other_name[] = "others.OtherName";

/* What an attribute of a rule means for calls to names. */
enum attribute {
	ATTRIBUTE_TAKEN,   /* it is part of the rule */
	ATTRIBUTE_IGNORED, /* it changes nothing for calls */
	ATTRIBUTE_OTHER,   /* the rule is about something else */
	ATTRIBUTE_SILENT,  /* the same; nobody would expect it here */
	ATTRIBUTE_UNSAID,  /* it narrows the rule in a way that Gate does not know */
	ATTRIBUTE_UNKNOWN,
};

static const char *
any(const char *value)
{
	return value == NULL || strcmp(value, "*") == 0 ? NULL : value;
}

/* Messages of that type: calls are among them. */
static bool
is_call_type(const char *type)
{
	return type == NULL || any(type) == NULL || strcmp(type, "method_call") == 0;
}

static bool
is_one_of(const char *name, const char *const *names)
{
	while (*names != NULL && strcmp(*names, name) != 0) {
		names++;
	}
	return *names != NULL;
}

/* dbus-daemon(1) says what each of them means. */
static enum attribute
attribute_of(const char *name, const char *value, bool allows)
{
	static const char *const taken[] = {
		"send_destination", "send_interface", "send_member", "send_path", NULL};
	static const char *const ignored[] = {"log", "send_requested_reply", NULL};
	static const char *const other[] = {"own", "own_prefix", "user", "group", NULL};
	static const char *const unsaid[] = {"send_destination_prefix", "max_fds", "min_fds", NULL};

	if (strcmp(name, "eavesdrop") == 0) {
		/* An allow of what others overhear is one of the call itself, a deny is not. */
		return allows || strcmp(value, "true") != 0 ? ATTRIBUTE_IGNORED : ATTRIBUTE_SILENT;
	}
	if (strcmp(name, "send_type") == 0) {
		return is_call_type(value) ? ATTRIBUTE_TAKEN : ATTRIBUTE_SILENT;
	}
	if (strcmp(name, "send_broadcast") == 0) {
		return strcmp(value, "true") == 0 ? ATTRIBUTE_SILENT : ATTRIBUTE_TAKEN;
	}
	if (strcmp(name, "send_error") == 0 || strcmp(name, "receive_error") == 0) {
		return ATTRIBUTE_SILENT;
	}
	if (strncmp(name, "receive_", 8) == 0) {
		return ATTRIBUTE_OTHER;
	}
	return is_one_of(name, taken)     ? ATTRIBUTE_TAKEN
	       : is_one_of(name, ignored) ? ATTRIBUTE_IGNORED
	       : is_one_of(name, other)   ? ATTRIBUTE_OTHER
	       : is_one_of(name, unsaid)  ? ATTRIBUTE_UNSAID
					  : ATTRIBUTE_UNKNOWN;
}

/* A deny of what somebody receives keeps calls away, too, unless it says another type. */
static bool
keeps_calls(const struct xml_element *e)
{
	bool receives = false;

	for (uint32_t i = 0; i < e->attribute_count; i++) {
		receives = receives || strncmp(e->attributes[i].name, "receive_", 8) == 0;
	}
	return receives && strcmp(e->name, "deny") == 0 &&
	       is_call_type(xml_value(e, "receive_type")) && xml_value(e, "receive_error") == NULL;
}

/* Whether an element is <allow> or <deny> about calls; *unsaid: why that cannot be said of all. */
static bool
is_send(struct world *w, const struct xml_element *e, struct vector *notes, const char **unsaid)
{
	bool is_send = false;

	*unsaid = keeps_calls(e) ? "what somebody may not receive cannot be said: deny sending it"
				 : NULL;
	for (uint32_t i = 0; i < e->attribute_count && *unsaid == NULL; i++) {
		const char *name = e->attributes[i].name;

		switch (attribute_of(name, e->attributes[i].value, strcmp(e->name, "allow") == 0)) {
		case ATTRIBUTE_TAKEN:
			is_send = true;
			break;
		case ATTRIBUTE_IGNORED:
			break;
		case ATTRIBUTE_SILENT:
			return false;
		case ATTRIBUTE_OTHER:
			*(const char **)vector_push(notes, &w->compile->arena,
				sizeof(const char *)) = arena_format(&w->compile->arena,
				"line %u: `%s` is about something else than calls to "
				"names, and was left out",
				e->at.line, name);
			return false;
		case ATTRIBUTE_UNSAID:
			*unsaid = arena_format(&w->compile->arena,
				"`%s` cannot be said: a rule of Gate tells names, interfaces and "
				"members apart",
				name);
			break;
		case ATTRIBUTE_UNKNOWN:
			diag_help(diag_error(w->compile, e->at, NULL,
					  "`%s` is no attribute of a rule", name),
				"dbus-daemon(1) lists them");
			return false;
		}
	}
	return is_send || *unsaid != NULL;
}

static bool
policy_begin(struct world *w, const struct xml_element *e, struct dbus_rule *rule)
{
	const char *context = xml_value(e, "context");
	const char *user = xml_value(e, "user");
	const char *group = xml_value(e, "group");
	const char *console = xml_value(e, "at_console");

	memset(rule, 0, sizeof *rule);
	if (context != NULL) {
		rule->context =
			strcmp(context, "mandatory") == 0 ? CONTEXT_MANDATORY : CONTEXT_DEFAULT;
	} else if (user != NULL || group != NULL) {
		rule->context = user != NULL ? CONTEXT_USER : CONTEXT_GROUP;
		rule->client = arena_format(&w->compile->arena, "%s.%s",
			user != NULL ? "user" : "group", user != NULL ? user : group);
		if (any(user != NULL ? user : group) == NULL) {
			rule->client = NULL;
		}
	} else if (console != NULL && strcmp(console, "true") == 0) {
		rule->context = CONTEXT_CONSOLE;
		rule->client = "at.console";
	} else {
		(void)diag_error(w->compile, e->at, NULL,
			"a policy is for a context, a user, a group, or at_console=\"true\"");
		return false;
	}
	if (rule->client != NULL) {
		(void)world_class_add(w, rule->client, e->at);
	}
	return true;
}

static void
rule_add(struct world *w, struct vector *rules, const struct dbus_rule *policy,
	const struct xml_element *e, const char *unsaid)
{
	struct dbus_rule *rule = vector_push(rules, &w->compile->arena, sizeof *rule);

	*rule = *policy;
	rule->destination = any(xml_value(e, "send_destination"));
	rule->interface = any(xml_value(e, "send_interface"));
	rule->member = any(xml_value(e, "send_member"));
	rule->path = any(xml_value(e, "send_path"));
	rule->allows = strcmp(e->name, "allow") == 0;
	rule->at = e->at;
	rule->unsaid = unsaid;
	if (rule->destination != NULL || rule->allows) {
		(void)world_class_add(
			w, rule->destination == NULL ? other_name : rule->destination, e->at);
	}
}

static bool
is_client(const struct world_class *c)
{
	return strncmp(c->name, "user.", 5) == 0 || strncmp(c->name, "group.", 6) == 0 ||
	       strcmp(c->name, "at.console") == 0 || strcmp(c->name, anyone) == 0;
}

static bool
agrees(const char *wanted, const char *is)
{
	return wanted == NULL || (is != NULL && strcmp(wanted, is) == 0);
}

/* Gives an endpoint the members that rules about it speak of. */
static void
members_add(struct world *w, const struct vector *rules, struct world_endpoint *e)
{
	const struct dbus_rule *r = rules->elements;

	for (uint32_t i = 0; i < rules->count; i++) {
		if (r[i].member != NULL && agrees(r[i].destination, e->owner->name) &&
			agrees(r[i].interface, e->path)) {
			(void)world_method_add(w, e->interface, r[i].member);
		}
	}
}

/* Gives every name the interfaces that rules speak of, and one for all others. */
static void
endpoints_add(struct world *w, const struct vector *rules)
{
	const struct dbus_rule *r = rules->elements;

	for (uint32_t i = 0; i < w->classes.count; i++) {
		struct world_class *c = world_class_at(w, i);

		if (is_client(c)) {
			continue;
		}
		for (uint32_t n = 0; n < rules->count; n++) {
			if (r[n].interface != NULL && agrees(r[n].destination, c->name)) {
				members_add(w, rules,
					world_endpoint_add(w, c, r[n].interface, "", NULL));
			}
		}
		members_add(w, rules, world_endpoint_add(w, c, NULL, "", NULL));
	}
}

bool
dbus_read(struct world *w, const struct source *s, struct vector *notes)
{
	struct dbus *d = arena_alloc(&w->compile->arena, sizeof *d);
	struct dbus_rule policy = {0};
	bool is_inside = false;
	bool is_config = false;
	const char *unsaid;
	struct xml x;
	struct xml_element e;

	w->data = d;
	(void)world_class_add(w, anyone, (struct span){.file = s->id});
	xml_begin(&x, w->compile, s);
	while (xml_next(&x, &e)) {
		is_config = is_config || strcmp(e.name, "busconfig") == 0;
		if (!is_config) {
			(void)diag_error(w->compile, e.at, NULL,
				"a D-Bus configuration begins with <busconfig>, not <%s>", e.name);
			return false;
		}
		if (strncmp(e.name, "include", 7) == 0 && !e.is_end) {
			*(const char **)vector_push(notes, &w->compile->arena,
				sizeof(const char *)) = arena_format(&w->compile->arena,
				"line %u: the files of <%s> are not read: import each", e.at.line,
				e.name);
		}
		if (strcmp(e.name, "policy") == 0) {
			is_inside = !e.is_end;
			if (is_inside && !policy_begin(w, &e, &policy)) {
				return false;
			}
		} else if (is_inside && !e.is_end && is_send(w, &e, notes, &unsaid)) {
			rule_add(w, &d->rules, &policy, &e, unsaid);
		}
	}
	if (!x.failed && (is_inside || !is_config)) {
		(void)diag_error(w->compile, e.at, NULL,
			is_inside ? "this policy has no end" : "no <busconfig> is here");
	}
	endpoints_add(w, &d->rules);
	return !x.failed && w->compile->diags.error_count == 0;
}

static void
start(struct judge *j, struct world *w)
{
	const struct dbus *d = w->data;
	const struct dbus_rule *rules = d->rules.elements;

	memset(j, 0, sizeof *j);
	j->world = w;
	j->models = arena_alloc(&w->compile->arena, sizeof *j->models);
	models_begin(j->models, w);
	for (uint32_t i = 0; i < w->classes.count; i++) {
		world_class_at(w, i)->runs = true;
	}
	for (uint32_t i = 0; i < d->rules.count; i++) {
		if (rules[i].unsaid != NULL) {
			(void)judge_lose(j, rules[i].at, "%s", rules[i].unsaid);
		}
	}
}

/* When a rule is about the call: the path of an object is a field of the methods concerned. */
static const struct cond *
path_cond(struct world *w, const struct event *e, const struct dbus_rule *r)
{
	struct world_field *f;

	if (r->path == NULL) {
		return &cond_true;
	}
	f = world_field(w, e->method, WORLD_IN, "path", true);
	return cond_number(&w->compile->arena, &f->subject, "==", world_text(w, f, r->path));
}

/* What the rules before say, except where this one says something else. */
static void
rule_apply(struct judge *j, const struct event *e, const struct dbus_rule *r, struct way *way)
{
	struct arena *a = &j->world->compile->arena;
	const struct cond *when = path_cond(j->world, e, r);

	if (when->kind == COND_TRUE) {
		j->sources.count = 0;
	}
	way->when =
		r->allows ? cond_or(a, way->when, when) : cond_and(a, way->when, cond_not(a, when));
	*(struct span *)vector_push(&j->sources, a, sizeof r->at) = r->at;
}

/* The last rule of the last context that matches. No rule: denied. */
static struct way *
ask(struct judge *j, const struct event *e)
{
	struct arena *a = &j->world->compile->arena;
	const struct dbus *d = j->world->data;
	const struct dbus_rule *rules = d->rules.elements;
	struct way *way = arena_alloc(a, sizeof *way);

	j->sources.count = 0;
	way->when = e->kind == PSL_REQUEST ? &cond_false : &cond_true;
	if (e->kind != PSL_REQUEST) {
		return way;
	}
	if (is_client(e->dst) || !is_client(e->src)) {
		return NULL;
	}
	for (uint32_t context = 0; context < CONTEXT_COUNT; context++) {
		for (uint32_t i = 0; i < d->rules.count; i++) {
			const struct dbus_rule *r = &rules[i];

			if (r->context == context && agrees(r->client, e->src->name) &&
				agrees(r->destination, e->dst->name) &&
				agrees(r->interface, e->endpoint->path) &&
				agrees(r->member, e->method->name)) {
				if (r->unsaid != NULL) {
					return NULL; /* start has recorded it */
				}
				rule_apply(j, e, r, way);
			}
		}
	}
	return way->when->kind == COND_FALSE ? NULL : way;
}

const struct cells_source dbus_source = {
	.title = "a D-Bus configuration", .foreign = "", .start = start, .ask = ask};
