/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* print.c: processes, the system, machines and rules; gate fmt sets the lines. */
#include "print.h"

#include <string.h>

#include "ksm/gate/buffer.h"
#include "cells.h"
#include "ksm/gate/compile.h"
#include "names.h"
#include "ksm/gate/source.h"
#include "cond.h"
#include "judge.h"
#include "model.h"
#include "psl.h"
#include "say.h"
#include "world.h"

/* Places that are named behind `because`, a row of lines being one; more are counted. */
#define PLACES_MAX 4u

/* The group of all classes; smaller systems do without. */
#define EVERYONE_MIN 4u
static const char everyone[] = "Everyone";

static struct world_endpoint *
endpoint_at(const struct world_class *c, uint32_t index)
{
	return ((struct world_endpoint *const *)c->endpoints.elements)[index];
}

bool
print_is_there(const struct cells *c, const struct world_class *class)
{
	const struct cell_rule *rules = c->rules.elements;

	for (uint32_t i = 0; i < c->rules.count; i++) {
		if (rules[i].endpoint->owner == class ||
			class_set_has(&rules[i].clients, class->index)) {
			return true;
		}
	}
	return class->runs && !class->is_asker && class->endpoints.count > 0 && !class->is_foreign;
}

/* Says format, with the name and the interface of it, for each endpoint that a class calls. */
static void
uses_say(struct buffer *b, const struct cells *c, const struct world_class *class, bool is_wire)
{
	const struct world *w = c->judge->world;

	for (uint32_t s = 0; s < w->classes.count; s++) {
		const struct world_class *server = world_class_at(w, s);

		for (uint32_t e = 0; e < server->endpoints.count; e++) {
			const struct world_endpoint *end = endpoint_at(server, e);

			if (!cells_wired(c, class->index, end)) {
				continue;
			}
			buffer_text(b, is_wire ? arena_format(b->arena, " %s -> %s.%s;",
							 end->use_name, server->instance, end->gate)
					       : arena_format(b->arena, "    uses %s: %s\n",
							 end->use_name, end->interface->gate));
		}
	}
}

static void
process_say(struct buffer *b, const struct cells *c, const struct world_class *class)
{
	buffer_text(b, arena_format(b->arena, "## %s%s\nprocess %s {\n", class->name,
			       class->is_asker     ? ": who asks the monitor, calls it."
			       : class->is_foreign ? c->source->foreign
						   : "",
			       class->gate));
	for (uint32_t e = 0; e < class->endpoints.count; e++) {
		buffer_text(
			b, arena_format(b->arena, "    gives %s: %s\n", endpoint_at(class, e)->gate,
				   endpoint_at(class, e)->interface->gate));
	}
	uses_say(b, c, class, false);
	buffer_text(b, "}\n");
}

static void
system_say(struct buffer *b, const struct cells *c)
{
	const struct world *w = c->judge->world;

	buffer_text(b, "\nsystem imported {\n");
	for (uint32_t i = 0; i < w->classes.count; i++) {
		const struct world_class *class = world_class_at(w, i);

		if (!print_is_there(c, class)) {
			continue;
		}
		buffer_text(
			b, arena_format(b->arena, "    %s: %s {", class->instance, class->gate));
		uses_say(b, c, class, true);
		buffer_text(b, " }\n");
	}
	buffer_text(b, "}\n");
}

static void
machine_say(struct buffer *b, const struct model *m)
{
	buffer_text(b, arena_format(b->arena, "## %s of %s", m->object->name, m->class->name));
	if (m->value != NULL) {
		buffer_text(b, arena_format(b->arena, ": \"%s\"%s", m->value->key,
				       m == m->value->machines[0] ? "" : ", not committed"));
	}
	buffer_text(b, arena_format(b->arena, "\nmachine %s {", m->subject.name));
	for (uint32_t n = 0; n < m->word_count; n++) {
		uint32_t moves = 0;

		for (uint32_t from = 0; from <= m->state_count; from++) {
			if (m->numbers[from] != n || (m->reached >> from & 1) == 0) {
				continue;
			}
			for (uint32_t to = 0; to <= m->state_count; to++) {
				if ((m->reached & m->entered & m->moves[from]) >> to & 1) {
					buffer_text(b, moves++ > 0
							       ? ", "
							       : arena_format(b->arena, "; %s -> ",
									 m->words[n]));
					buffer_text(b, m->words[m->numbers[to]]);
				}
			}
		}
	}
	buffer_text(b, " }\n");
}

static void
objects_say(struct buffer *b, const struct cells *c)
{
	const struct models *models = c->judge->models;
	const struct cell_const *consts = c->consts.elements;

	buffer_text(b, "\n");
	for (uint32_t i = 0; i < c->consts.count; i++) {
		const struct cond *t = consts[i].tuple;

		buffer_text(b, arena_format(b->arena, "const %s = {", consts[i].name));
		for (uint32_t e = 0; e < t->entry_count; e++) {
			buffer_text(b, e == 0 ? "(" : ", (");
			for (uint32_t n = 0; n < t->subject_count; n++) {
				buffer_text(b, n == 0 ? "" : ", ");
				say_number(b, t->subjects[n],
					t->entries[(size_t)e * t->subject_count + n]);
			}
			buffer_text(b, ")");
		}
		buffer_text(b, "}\n");
	}
	for (uint32_t i = 0; i < models->all.count; i++) {
		const struct model *m = ((struct model *const *)models->all.elements)[i];

		if (m->kind == MODEL_FLOW && m->word_count > 1) {
			machine_say(b, m);
		} else if (model_changes(m)) {
			buffer_text(b,
				arena_format(b->arena, "## %s of %s\nset %s of %c%u max %u keep\n",
					m->object->name, m->class->name, m->subject.name,
					m->is_signed ? 'i' : 'u', m->bits, model_places(m)));
		}
	}
}

/* The clients of a rule: a name, a set, or `Everyone` with or without some. */
static void
clients_say(struct buffer *b, const struct cells *c, const struct cell_rule *rule)
{
	const struct world *w = c->judge->world;
	uint32_t inside = 0;
	uint32_t count = 0;
	bool negate;

	for (uint32_t i = 0; i < w->classes.count; i++) {
		inside += class_set_has(&rule->clients, i);
		count += print_is_there(c, world_class_at(w, i));
	}
	negate = count >= EVERYONE_MIN && inside * 2 > count;
	count = negate ? count - inside : inside;
	buffer_text(b, negate ? count == 0 ? everyone : "Everyone except " : "");
	buffer_text(b, count > 1 ? "{" : "");
	count = 0;
	for (uint32_t i = 0; i < w->classes.count; i++) {
		const struct world_class *class = world_class_at(w, i);

		if (print_is_there(c, class) && class_set_has(&rule->clients, i) != negate) {
			buffer_text(b, count++ == 0 ? "" : ", ");
			buffer_text(b, class->gate);
		}
	}
	buffer_text(b, count > 1 ? "}" : "");
}

static void
methods_say(struct buffer *b, const struct cell_rule *rule)
{
	if (rule->methods.count == rule->endpoint->interface->methods.count) {
		buffer_text(
			b, rule->methods.count == 1
				   ? ((struct world_method *const *)rule->methods.elements)[0]->gate
				   : "*");
		return;
	}
	buffer_text(b, rule->methods.count > 1 ? "{" : "");
	for (uint32_t i = 0; i < rule->methods.count; i++) {
		buffer_text(b, i == 0 ? "" : ", ");
		buffer_text(b, ((struct world_method *const *)rule->methods.elements)[i]->gate);
	}
	buffer_text(b, rule->methods.count > 1 ? "}" : "");
}

/* By file and line, each line once. Returns how many are left. */
static uint32_t
spans_sort(struct span *spans, uint32_t count)
{
	uint32_t left = 0;

	for (uint32_t i = 1; i < count; i++) {
		struct span own = spans[i];
		uint32_t at = i;

		while (at > 0 &&
			(spans[at - 1].file > own.file || (spans[at - 1].file == own.file &&
								  spans[at - 1].line > own.line))) {
			spans[at] = spans[at - 1];
			at--;
		}
		spans[at] = own;
	}
	for (uint32_t i = 0; i < count; i++) {
		if (left == 0 || spans[left - 1].file != spans[i].file ||
			spans[left - 1].line != spans[i].line) {
			spans[left++] = spans[i];
		}
	}
	return left;
}

/* "security.psl:59-63, 70, common.psl:3 and 2 more" */
const char *
print_sources(struct arena *a, const struct cells *c, const struct cell_rule *rule)
{
	uint32_t count = rule->sources.count;
	struct span *spans = arena_alloc(a, count * sizeof *spans + 1);
	struct buffer b;
	uint32_t places = 0;
	uint32_t i = 0;

	memcpy(spans, rule->sources.elements, count * sizeof *spans);
	count = spans_sort(spans, count);
	buffer_init(&b, a);
	buffer_text(&b, "because \"");
	while (i < count && places < PLACES_MAX) {
		const char *path = source_find(c->judge->world->compile, spans[i].file)->path;
		const char *slash = strrchr(path, '/');
		uint32_t first = i;

		buffer_text(&b, places++ == 0 ? "" : ", ");
		if (i == 0 || spans[i - 1].file != spans[i].file) {
			buffer_text(&b, arena_format(a, "%s:", slash == NULL ? path : slash + 1));
		}
		buffer_text(&b, arena_format(a, "%u", spans[i++].line));
		while (i < count && spans[i].file == spans[first].file &&
			spans[i].line == spans[i - 1].line + 1) {
			i++;
		}
		if (i - first > 1) {
			buffer_text(&b, arena_format(a, "-%u", spans[i - 1].line));
		}
	}
	buffer_text(&b, i < count ? arena_format(a, " and %u more\"", count - i) : "\"");
	return b.bytes;
}

/* A group of all that the system has. */
static void
everyone_say(struct buffer *b, const struct cells *c)
{
	const struct world *w = c->judge->world;
	uint32_t count = 0;

	buffer_text(b, "\ngroup Everyone = {");
	for (uint32_t i = 0; i < w->classes.count; i++) {
		if (print_is_there(c, world_class_at(w, i))) {
			buffer_text(b, count++ == 0 ? "" : ", ");
			buffer_text(b, world_class_at(w, i)->gate);
		}
	}
	buffer_text(b, "}\n");
}

static void
rules_say(struct buffer *b, const struct cells *c)
{
	const struct cell_rule *rules = c->rules.elements;

	for (uint32_t i = 0; i < c->rules.count; i++) {
		buffer_text(b, rules[i].is_forbid ? "forbid " : "allow ");
		clients_say(b, c, &rules[i]);
		buffer_text(b, arena_format(b->arena, " -> %s : %s.",
				       rules[i].endpoint->owner->gate, rules[i].endpoint->gate));
		methods_say(b, &rules[i]);
		buffer_text(b, rules[i].arguments);
		buffer_text(b, rules[i].text);
		buffer_text(
			b, arena_format(b->arena, " %s\n", print_sources(b->arena, c, &rules[i])));
	}
}

void
print_policy(struct buffer *b, struct cells *c)
{
	const struct world *w = c->judge->world;
	struct buffer rules;

	buffer_init(&rules, b->arena);
	buffer_text(b,
		arena_format(b->arena,
			"# Imported from %s by `gate import`. Its rules say where they come from.\n"
			"edition 1\n\n",
			c->source->title));
	print_interfaces(b, c);
	buffer_text(b, "\n");
	for (uint32_t i = 0; i < w->classes.count; i++) {
		if (print_is_there(c, world_class_at(w, i))) {
			process_say(b, c, world_class_at(w, i));
		}
	}
	system_say(b, c);
	rules_say(&rules, c);
	if (strstr(rules.bytes == NULL ? "" : rules.bytes, everyone) != NULL) {
		everyone_say(b, c);
	}
	objects_say(b, c);
	buffer_text(b, "\n");
	buffer_add(b, rules.bytes, rules.size);
	print_tests(b, c);
}
