/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* spec.c: CDL and EDL, and the table of what there is. */
#include "spec.h"

#include <string.h>

#include "ksm/gate/compile.h"
#include "ksm/gate/diag.h"
#include "idl.h"
#include "reader.h"

bool
spec_add_idl(struct spec *s, const struct source *source)
{
	struct reader r;
	struct spec_package *package;

	reader_begin(&r, s->compile, source);
	if (r.word.kind == WORD_END && !r.failed) {
		return true;
	}
	idl_expect_package(&r);
	package = arena_alloc(&s->compile->arena, sizeof *package);
	package->name = reader_name(&r, "the name of the package");
	package->source = source;
	package->next = s->packages;
	if (!r.failed) {
		s->packages = package;
	}
	return !r.failed;
}

struct spec_package *
spec_package(struct spec *s, const char *name)
{
	for (struct spec_package *p = s->packages; p != NULL; p = p->next) {
		if (strcmp(p->name, name) != 0) {
			continue;
		}
		if (!p->parsed) {
			p->parsed = true;
			if (!idl_parse(s, p)) {
				return NULL;
			}
		}
		return p;
	}
	return NULL;
}

const struct spec_component *
spec_component(const struct spec *s, const char *name)
{
	for (const struct spec_component *c = s->components; c != NULL; c = c->next) {
		if (strcmp(c->name, name) == 0) {
			return c;
		}
	}
	return NULL;
}

/* links = "{" { name ":" name [","|";"] } "}" */
static struct spec_link *
links_parse(struct reader *r, const char *what)
{
	struct spec_link *first = NULL;
	struct spec_link **end = &first;

	reader_expect(r, "{");
	while (!reader_take(r, "}") && !r->failed) {
		struct spec_link *link = arena_alloc(&r->compile->arena, sizeof *link);

		link->at = r->word.span;
		link->name = reader_name(r, what);
		reader_expect(r, ":");
		link->target = reader_name(r, "the name after `:`");
		(void)(reader_take(r, ",") || reader_take(r, ";"));
		*end = link;
		end = &link->next;
	}
	return first;
}

/*
 * component = ("entity" | "task" "class" | "component") name
 *             { "security" name | ("endpoints" | "interfaces" | "components") links }
 */
bool
spec_add_component(struct spec *s, const struct source *source)
{
	struct reader r;
	struct spec_component *c = arena_alloc(&s->compile->arena, sizeof *c);

	reader_begin(&r, s->compile, source);
	if (r.word.kind == WORD_END && !r.failed) {
		return true;
	}
	if (reader_take(&r, "task")) {
		reader_expect(&r, "class");
		c->is_entity = true;
	} else if (reader_take(&r, "entity")) {
		c->is_entity = true;
	} else {
		reader_expect(&r, "component");
	}
	c->name = reader_name(&r, "a name");
	c->source = source;
	while (r.word.kind != WORD_END) {
		(void)reader_take(&r, ";");
		if (reader_take(&r, "security")) {
			(void)reader_take(&r, ":");
			c->security = reader_name(&r, "the interface to the monitor");
		} else if (reader_take(&r, "endpoints") || reader_take(&r, "interfaces")) {
			c->endpoints = links_parse(&r, "the name of an endpoint");
		} else if (reader_take(&r, "components")) {
			c->parts = links_parse(&r, "the name of a component");
		} else if (r.word.kind != WORD_END) {
			reader_refuse(&r,
				"`security`, `endpoints` or `components` is due here, "
				"not %s",
				reader_found(&r));
		}
	}
	c->next = s->components;
	if (!r.failed) {
		s->components = c;
	}
	return !r.failed;
}
