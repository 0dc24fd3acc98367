/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* print_names.c: which name of Gate stands for which of PSL, one a line. */
#include <inttypes.h>

#include "ksm/gate/buffer.h"
#include "cells.h"
#include "ksm/gate/compile.h"
#include "print.h"
#include "judge.h"
#include "texts.h"
#include "world.h"

static const char *
or_star(const char *name)
{
	return name == NULL ? "*" : name;
}

/* The texts of a field: one that is none of them, those that the policy names, one of each kind. */
static void
texts_name(struct buffer *b, const struct world_field *f, const char *where)
{
	const char *const *texts = f->texts.elements;
	const struct texts_kind *kinds = f->kinds.elements;

	for (uint32_t i = 0; i < f->words.count; i++) {
		const char *text = i == 0                ? f->other
				   : i <= f->texts.count ? texts[i - 1]
							 : kinds[i - 1 - f->texts.count].example;

		buffer_text(b, arena_format(b->arena, "text %s %s %s %s\n", where, f->subject.name,
				       ((const char *const *)f->words.elements)[i],
				       text == NULL ? "" : text));
	}
}

static void
number_name(struct buffer *b, const struct world_field *f, const char *where)
{
	if (f->kind == SPEC_INTEGER || f->kind == SPEC_BOOLEAN) {
		buffer_text(
			b, arena_format(b->arena, "field %s %s %s %" PRId64 " %" PRId64 "\n", where,
				   f->path, f->subject.name, f->subject.low, f->subject.high));
	}
}

static void
fields_name(struct buffer *b, const struct world_endpoint *e, const struct world_method *m,
	enum world_direction direction)
{
	const struct vector *fields = &m->fields[direction];
	static const char *const words[] = {"in", "out", "error"};
	const char *word = words[direction];

	for (uint32_t i = 0; i < fields->count; i++) {
		const struct world_field *f = ((struct world_field *const *)fields->elements)[i];
		const char *where = arena_format(b->arena, "%s %s %s %s", e->owner->name,
			or_star(e->path), or_star(m->name), word);

		number_name(b, f, where);
		for (uint32_t n = 0; n < f->elements.count; n++) {
			number_name(
				b, ((struct world_field *const *)f->elements.elements)[n], where);
		}
		where = arena_format(b->arena, "%s %s", where, f->path);
		if (f->length.name != NULL) {
			buffer_text(
				b, arena_format(b->arena, "size %s %s 0 %" PRId64 " %u\n", where,
					   f->length.name, f->length.high / f->unit, f->unit));
		}
		if (f->enum_name != NULL) {
			texts_name(b, f, where);
		}
	}
}

void
print_names(struct buffer *b, struct cells *c)
{
	const struct world *w = c->judge->world;

	for (uint32_t i = 0; i < w->classes.count; i++) {
		const struct world_class *class = world_class_at(w, i);

		buffer_text(b, arena_format(b->arena, "class %s %s\n", class->name,
				       print_is_there(c, class) ? class->instance : "-"));
		for (uint32_t n = 0; n < class->endpoints.count; n++) {
			const struct world_endpoint *e =
				((struct world_endpoint *const *)class->endpoints.elements)[n];

			for (uint32_t k = 0; k < e->interface->methods.count; k++) {
				const struct world_method *m =
					((struct world_method *const *)
							e->interface->methods.elements)[k];

				buffer_text(
					b, arena_format(b->arena, "method %s %s %s %s %s %s %s\n",
						   class->name, or_star(e->path), or_star(m->name),
						   e->gate, m->gate, or_star(e->interface->name),
						   e->component[0] == 0 ? "-" : e->component));
				fields_name(b, e, m, WORLD_IN);
				fields_name(b, e, m, WORLD_OUT);
				fields_name(b, e, m, WORLD_ERROR);
			}
		}
	}
}
