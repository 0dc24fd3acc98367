/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* template.c: what stands between the signs of a template, and what it becomes. */
#include "template.h"

#include <stdbool.h>
#include <string.h>

#include "ksm/gate/buffer.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/diag.h"
#include "project.h"

#define IF_DEEP 16u

/* A template on its way into a text without placeholders. */
struct filling {
	struct project *project;
	const struct source *source;
	struct buffer out;
	size_t at;
	uint32_t line;
	size_t line_start;
	uint32_t depth;      /* of {% if %} */
	bool taken[IF_DEEP]; /* a branch of it was taken already, or nobody knows which one is */
	bool is_unknown;     /* the last test compared what has no value */
	bool shown[IF_DEEP + 1]; /* what stands here is part of the result */
};

const char *
template_value(const struct project *p, const char *name)
{
	const struct project_value *v = p->values.elements;

	for (uint32_t i = 0; i < p->values.count; i++) {
		if (strcmp(v[i].name, name) == 0) {
			return v[i].text;
		}
	}
	return NULL;
}

static struct span
place(const struct filling *f, size_t length)
{
	return (struct span){.file = f->source->id,
		.offset = (uint32_t)f->at,
		.length = (uint32_t)length,
		.line = f->line,
		.col = (uint32_t)(f->at - f->line_start) + 1};
}

static void
add(struct filling *f, const char *bytes, size_t length)
{
	if (f->shown[f->depth]) {
		buffer_add(&f->out, bytes, length);
	}
}

/* @NAME@ or @NAME+@: returns its length, or 0: it is no placeholder. */
static size_t
placeholder(struct filling *f, const char *text)
{
	const char *end = strchr(text + 1, '@');
	size_t length = end == NULL ? 0 : (size_t)(end - text) - 1;
	const char *name;
	const char *value;

	for (size_t i = 1; i <= length; i++) {
		char c = text[i];

		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			    c == '_' || (c == '+' && i == length))) {
			return 0;
		}
	}
	if (length == 0) {
		return 0;
	}
	name = arena_copy(
		&f->project->compile->arena, text + 1, text[length] == '+' ? length - 1 : length);
	value = template_value(f->project, name);
	if (value != NULL) {
		add(f, value, strlen(value));
	} else if (strncmp(name, "INIT_", 5) == 0) {
		project_note(f->project, "%s:%u: `@%s@` has no value and is empty", f->source->path,
			f->line, name);
	} else if (f->shown[f->depth]) {
		struct diag *d = diag_error(f->project->compile, place(f, length + 2), NULL,
			"the placeholder `@%s@` has no value", name);

		diag_help(d, "write `%s=...` into a file, and give it with `--values FILE`", name);
	}
	return length + 2;
}

/* Notes, once for each file, that a test asks for a value that nobody gave. */
static void
name_miss(struct filling *f, const char *name)
{
	const char *note = arena_format(&f->project->compile->arena,
		"%s: `%s` of `{%% if %%}` has no value, so what depends on it is not imported: "
		"give "
		"it with `--values FILE`",
		f->source->path, name);

	for (uint32_t i = 0; i < f->project->notes.count; i++) {
		if (strcmp(((const char *const *)f->project->notes.elements)[i], note) == 0) {
			return;
		}
	}
	project_note(f->project, "%s", note);
}

/*
 * NAME, not NAME, NAME == "text". A name without a value is false, as is 0 and OFF; what it is
 * compared with says nothing, so no branch of that `if` is taken.
 */
static bool
test_holds(struct filling *f, const char *words)
{
	char name[64] = {0};
	bool negate = strncmp(words, "not ", 4) == 0;
	const char *start = negate ? words + 4 : words;
	size_t length = strcspn(start, " =!");
	const char *equals = strstr(start, "==");
	const char *value;

	length = length < sizeof name ? length : sizeof name - 1;
	memcpy(name, start, length);
	value = template_value(f->project, name);
	if (value == NULL) {
		name_miss(f, name);
	}
	f->is_unknown = equals != NULL && value == NULL;
	if (equals != NULL && value == NULL) {
		return false;
	}
	if (equals != NULL) {
		const char *open = strchr(equals, '"');
		const char *close = open == NULL ? NULL : strchr(open + 1, '"');

		return (close != NULL && strlen(value) == (size_t)(close - open) - 1 &&
			       strncmp(value, open + 1, strlen(value)) == 0) != negate;
	}
	return (value != NULL && value[0] != 0 && strcmp(value, "0") != 0 &&
		       strcmp(value, "OFF") != 0) != negate;
}

/* {% if T %}, {% elif T %}, {% else %}, {% endif %}: returns the length, or 0. */
static size_t
statement(struct filling *f, const char *text)
{
	const char *end = strstr(text, "%}");
	const char *word = text + 2 + strspn(text + 2, " -");
	char *words;

	if (end == NULL) {
		return 0;
	}
	words = arena_copy(&f->project->compile->arena, word, (size_t)(end - word));
	if (strncmp(words, "if ", 3) == 0 && f->depth < IF_DEEP) {
		bool holds = test_holds(f, words + 3);

		f->taken[f->depth] = holds || f->is_unknown;
		f->shown[f->depth + 1] = f->shown[f->depth] && holds;
		f->depth++;
	} else if (strncmp(words, "endif", 5) == 0 && f->depth > 0) {
		f->depth--;
	} else if (strncmp(words, "el", 2) == 0 && f->depth > 0) {
		bool holds =
			!f->taken[f->depth - 1] && (words[2] == 's' || test_holds(f, words + 5));

		f->taken[f->depth - 1] = f->taken[f->depth - 1] || holds || f->is_unknown;
		f->shown[f->depth] = f->shown[f->depth - 1] && holds;
	} else {
		(void)diag_error(f->project->compile, place(f, 2), NULL,
			"`%s` is no statement that is known here: if, elif, else, endif", words);
	}
	return (size_t)(end - text) + 2;
}

/* $<...> of CMake's generators: returns the length, or 0. Its value is that of its whole text. */
static size_t
generator(struct filling *f, const char *text)
{
	uint32_t depth = 0;
	size_t length = 0;
	const char *value;

	do {
		depth += text[length] == '<';
		depth -= text[length] == '>';
		length++;
		if (text[length] == 0 || text[length] == '\n') {
			return 0;
		}
	} while (depth > 0 || length < 2);
	value = template_value(f->project, arena_copy(&f->project->compile->arena, text, length));
	if (value != NULL) {
		add(f, value, strlen(value));
	} else {
		project_note(f->project, "%s:%u: `%.*s` has no value and is empty", f->source->path,
			f->line, (int)length, text);
	}
	return length;
}

const struct source *
template_read(struct project *p, const char *path)
{
	struct filling f = {.project = p, .line = 1, .shown = {true}};
	uint32_t errors = p->compile->diags.error_count;

	f.source = source_read(p->compile, path);
	if (f.source == NULL) {
		return NULL;
	}
	buffer_init(&f.out, &p->compile->arena);
	while (f.at < f.source->size) {
		const char *text = f.source->text + f.at;
		size_t length = 0;

		if (text[0] == '@') {
			length = placeholder(&f, text);
		} else if (text[0] == '{' && text[1] == '%') {
			length = statement(&f, text);
		} else if (text[0] == '$' && text[1] == '<') {
			length = generator(&f, text);
		}
		if (length == 0) {
			if (text[0] == '\n') {
				f.line++;
				f.line_start = f.at + 1;
			}
			add(&f, text, 1);
			length = 1;
		}
		f.at += length;
	}
	if (p->compile->diags.error_count != errors) {
		return NULL;
	}
	if (f.out.size == f.source->size) {
		return f.source;
	}
	return source_add(p->compile, path, f.out.bytes == NULL ? "" : f.out.bytes, f.out.size);
}

int
template_values(struct project *p)
{
	struct source *s = source_read(p->compile, p->values_path);
	struct arena *a = &p->compile->arena;
	const char *line = s == NULL ? NULL : s->text;

	for (uint32_t number = 1; line != NULL && *line != 0; number++) {
		size_t length = strcspn(line, "\r\n");
		const char *equals = memchr(line, '=', length);

		if (equals != NULL && line[0] != '#') {
			struct project_value v;
			char *text =
				arena_copy(a, equals + 1, length - (size_t)(equals + 1 - line));
			char *newline;

			while ((newline = strstr(text, "\\n")) != NULL) {
				newline[0] = '\n';
				memmove(newline + 1, newline + 2, strlen(newline + 2) + 1);
			}
			v.name = arena_copy(a, line, (size_t)(equals - line));
			v.text = text;
			*(struct project_value *)vector_push(&p->values, a, sizeof v) = v;
		} else if (length > 0 && line[0] != '#') {
			struct span at = {.file = s->id,
				.line = number,
				.col = 1,
				.offset = (uint32_t)(line - s->text),
				.length = (uint32_t)length};

			(void)diag_error(p->compile, at, NULL, "a line is `NAME=text`");
			return false;
		}
		line += length + strspn(line + length, "\r");
		line += *line == '\n';
	}
	return s != NULL;
}
