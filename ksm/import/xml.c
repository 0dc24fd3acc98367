/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* xml.c: as much of XML as configuration files use. */
#include "xml.h"

#include <string.h>

#include "ksm/gate/compile.h"
#include "ksm/gate/diag.h"

void
xml_begin(struct xml *x, struct compile *c, const struct source *s)
{
	memset(x, 0, sizeof *x);
	x->compile = c;
	x->source = s;
	x->line = 1;
}

static bool
refuse(struct xml *x, const char *sentence)
{
	struct span at = {.file = x->source->id,
		.offset = (uint32_t)x->at,
		.line = x->line,
		.col = (uint32_t)(x->at - x->line_start) + 1,
		.length = 1};

	(void)diag_error(x->compile, at, NULL, "%s", sentence);
	x->failed = true;
	return false;
}

static bool
is_at(const struct xml *x, const char *text)
{
	size_t length = strlen(text);

	return x->source->size - x->at >= length &&
	       memcmp(x->source->text + x->at, text, length) == 0;
}

static void
step(struct xml *x, size_t count)
{
	for (; count > 0 && x->at < x->source->size; count--) {
		if (x->source->text[x->at] == '\n') {
			x->line++;
			x->line_start = x->at + 1;
		}
		x->at++;
	}
}

/* Moves behind the next `end`. */
static bool
step_behind(struct xml *x, const char *end)
{
	while (x->at < x->source->size && !is_at(x, end)) {
		step(x, 1);
	}
	if (x->at == x->source->size) {
		return refuse(x, "this has no end");
	}
	step(x, strlen(end));
	return true;
}

static void
blanks_skip(struct xml *x)
{
	while (x->at < x->source->size && strchr(" \t\r\n", x->source->text[x->at]) != NULL &&
		x->source->text[x->at] != 0) {
		step(x, 1);
	}
}

static const char *
name_take(struct xml *x)
{
	const char *start = x->source->text + x->at;
	size_t length = strcspn(start, " \t\r\n/>=\"'<");

	step(x, length);
	return arena_copy(&x->compile->arena, start, length);
}

/* attribute = name "=" ("\"" text "\"" | "'" text "'") */
static bool
attribute_take(struct xml *x, struct xml_element *e)
{
	struct xml_attribute *a = &e->attributes[e->attribute_count];
	const char *start;
	char quote[2] = {0};

	if (e->attribute_count == XML_ATTRIBUTES_MAX) {
		return refuse(x, "an element has at most 16 attributes");
	}
	a->name = name_take(x);
	blanks_skip(x);
	if (a->name[0] == 0 || !is_at(x, "=")) {
		return refuse(x, "an attribute is name=\"value\"");
	}
	step(x, 1);
	blanks_skip(x);
	if (!is_at(x, "\"") && !is_at(x, "'")) {
		return refuse(x, "the value of an attribute stands in quotes");
	}
	quote[0] = x->source->text[x->at];
	step(x, 1);
	start = x->source->text + x->at;
	if (!step_behind(x, quote)) {
		return false;
	}
	a->value = arena_copy(
		&x->compile->arena, start, (size_t)(x->source->text + x->at - start) - 1);
	e->attribute_count++;
	return true;
}

bool
xml_next(struct xml *x, struct xml_element *e)
{
	memset(e, 0, sizeof *e);
	for (;;) {
		const char *start = memchr(x->source->text + x->at, '<', x->source->size - x->at);

		if (x->failed || start == NULL) {
			return false;
		}
		step(x, (size_t)(start - (x->source->text + x->at)));
		if (is_at(x, "<!--")) {
			if (!step_behind(x, "-->")) {
				return false;
			}
		} else if (is_at(x, "<!") || is_at(x, "<?")) {
			if (!step_behind(x, ">")) {
				return false;
			}
		} else {
			break;
		}
	}
	e->at = (struct span){.file = x->source->id,
		.offset = (uint32_t)x->at,
		.line = x->line,
		.col = (uint32_t)(x->at - x->line_start) + 1,
		.length = 1};
	step(x, 1);
	e->is_end = is_at(x, "/");
	step(x, e->is_end);
	e->name = name_take(x);
	for (blanks_skip(x); !is_at(x, ">") && !is_at(x, "/>"); blanks_skip(x)) {
		if (!attribute_take(x, e)) {
			return false;
		}
	}
	return step_behind(x, ">");
}

const char *
xml_value(const struct xml_element *e, const char *name)
{
	for (uint32_t i = 0; i < e->attribute_count; i++) {
		if (strcmp(e->attributes[i].name, name) == 0) {
			return e->attributes[i].value;
		}
	}
	return NULL;
}
