/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* find.c: where a name is declared, where it is used, and what it is called from now on. */
#include <string.h>

#include "ksm/gate/ast_expr.h"
#include "ksm/gate/buffer.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/lex.h"
#include "ksm/gate/sema.h"
#include "analysis.h"
#include "folder.h"
#include "handlers.h"
#include "refs.h"
#include "server.h"
#include "text.h"
#include "uri.h"

#define NAME_BYTES_MAX 255u

/* A declaration, told apart over several analyses. */
struct place {
	const char *path;
	uint32_t offset;
};

/* One use in one file. */
struct use {
	const struct source *source;
	struct span at;
	bool declares;
};

static bool
names_read(struct call *c, struct document **d, struct analysis *run, struct vector *refs,
	const struct ref **found)
{
	size_t offset;

	*d = call_document(c);
	if (*d == NULL || !call_position(c, *d, &offset)) {
		return false;
	}
	*run = analysis_names(c->a, c->server, (*d)->path);
	if (run->s->root == NULL) {
		return false;
	}
	refs_collect(run->s, refs);
	*found = refs_find(refs, run->s->root->source->id, offset);
	return *found != NULL;
}

static void
location_add(struct buffer *b, const struct source *s, struct span at)
{
	const char *uri = uri_of(b->arena, s->path);

	buffer_text(b, "{");
	text_key(b, "uri");
	text_json(b, uri, strlen(uri));
	text_key(b, "range");
	text_range(b, s->text, s->size, at.offset, at.length);
	buffer_text(b, "}");
}

/* All that one name means here: what `use` brings in may be an interface and a process. */
void
find_definition(struct call *c)
{
	struct document *d;
	struct analysis run;
	struct vector refs = {0};
	const struct ref *found;
	const struct ref *list;
	bool is_first = true;

	if (!names_read(c, &d, &run, &refs, &found)) {
		return;
	}
	list = refs.elements;
	buffer_text(c->result, "[");
	for (uint32_t i = 0; i < refs.count; i++) {
		struct span at = list[i].target.name->span;

		if (list[i].at.file == found->at.file && list[i].at.offset == found->at.offset) {
			buffer_text(c->result, is_first ? "" : ",");
			location_add(c->result, source_find(run.c, at.file), at);
			is_first = false;
		}
	}
	buffer_text(c->result, "]");
}

static bool
is_at(const struct compile *c, const struct ref *ref, const struct place *place)
{
	struct span at = ref->target.name->span;

	return at.offset == place->offset &&
	       strcmp(source_find(c, at.file)->path, place->path) == 0;
}

static void
use_push(struct vector *uses, struct arena *a, const struct source *source, const struct ref *ref)
{
	const struct use *list = uses->elements;
	struct span name = ref->target.name->span;
	struct use *slot;

	for (uint32_t i = 0; i < uses->count; i++) {
		if (list[i].at.offset == ref->at.offset &&
			strcmp(list[i].source->path, source->path) == 0) {
			return;
		}
	}
	slot = vector_push(uses, a, sizeof *slot);
	*slot = (struct use){.source = source,
		.at = ref->at,
		.declares = name.file == ref->at.file && name.offset == ref->at.offset};
}

/* The uses of one declaration among the refs of one analysis. */
static void
uses_add(struct arena *a, const struct compile *c, const struct vector *refs,
	const struct place *place, struct vector *uses)
{
	const struct ref *list = refs->elements;

	for (uint32_t i = 0; i < refs->count; i++) {
		if (is_at(c, &list[i], place)) {
			use_push(uses, a, source_find(c, list[i].at.file), &list[i]);
		}
	}
}

/* The uses of what `found` means: in what the document reads, and in all that reads that file. */
static void
uses_find(struct call *c, const struct analysis *run, const struct vector *refs,
	const struct ref *found, struct vector *uses)
{
	struct span name = found->target.name->span;
	struct place place = {source_find(run->c, name.file)->path, name.offset};
	const char *word = found->target.name->text;
	struct vector files = {0};
	const char **path;

	uses_add(c->a, run->c, refs, &place, uses);
	folder_find(c->a, c->server, word, &files);
	path = files.elements;
	for (uint32_t i = 0; i < files.count; i++) {
		struct vector others = {0};
		struct analysis other;

		if (strcmp(path[i], run->s->root->source->path) == 0) {
			continue;
		}
		other = analysis_names(c->a, c->server, path[i]);
		if (other.s->root != NULL) {
			refs_collect(other.s, &others);
			uses_add(c->a, other.c, &others, &place, uses);
		}
	}
}

void
find_references(struct call *c)
{
	const struct node *context = node_member(c->params, "context");
	const struct node *with = node_member(context, "includeDeclaration");
	struct document *d;
	struct analysis run;
	struct vector refs = {0};
	struct vector uses = {0};
	const struct ref *found;
	const struct use *use;
	bool is_first = true;

	if (!names_read(c, &d, &run, &refs, &found)) {
		return;
	}
	uses_find(c, &run, &refs, found, &uses);
	use = uses.elements;
	buffer_text(c->result, "[");
	for (uint32_t i = 0; i < uses.count; i++) {
		if (!use[i].declares || with == NULL || with->kind != NODE_FALSE) {
			buffer_text(c->result, is_first ? "" : ",");
			location_add(c->result, use[i].source, use[i].at);
			is_first = false;
		}
	}
	buffer_text(c->result, "]");
}

static bool
is_renamable(const struct ref *found)
{
	return found->target.kind != REF_UNIT;
}

void
find_prepare(struct call *c)
{
	struct document *d;
	struct analysis run;
	struct vector refs = {0};
	const struct ref *found;

	if (names_read(c, &d, &run, &refs, &found) && is_renamable(found)) {
		buffer_text(c->result, "{");
		text_key(c->result, "range");
		text_range(c->result, d->text, d->size, found->at.offset, found->at.length);
		text_key(c->result, "placeholder");
		text_json(c->result, d->text + found->at.offset, found->at.length);
		buffer_text(c->result, "}");
	}
}

/* The one word that a text is, or NULL. */
static bool
is_name(struct call *c, const struct node *text)
{
	struct compile compile;
	const struct lex *lex;

	compile_init(&compile);
	lex = lex_source(&compile, source_add(&compile, "<name>", text->text, text->length));
	if (text->length > NAME_BYTES_MAX || lex->token_count != 2 || lex->comment_count != 0 ||
		lex->tokens[0].span.length != text->length) {
		return false;
	}
	(void)c;
	return lex->tokens[0].kind == TOKEN_NAME ||
	       token_is_soft_word((enum token_kind)lex->tokens[0].kind);
}

/* The texts with the new name in them, as documents of a server that only this job sees. */
static void
uses_rename(struct call *c, const struct vector *uses, const struct node *name)
{
	const struct use *use = uses->elements;

	for (uint32_t i = 0; i < uses->count; i++) {
		const struct source *s = use[i].source;
		struct buffer text;
		size_t at = 0;
		bool is_done = false;

		for (uint32_t n = 0; n < i; n++) {
			is_done = is_done || strcmp(use[n].source->path, s->path) == 0;
		}
		buffer_init(&text, c->a);
		while (!is_done && at <= s->size) {
			const struct use *next = NULL;

			for (uint32_t n = 0; n < uses->count; n++) {
				if (strcmp(use[n].source->path, s->path) == 0 &&
					use[n].at.offset >= at &&
					(next == NULL || use[n].at.offset < next->at.offset)) {
					next = &use[n];
				}
			}
			if (next == NULL) {
				break;
			}
			buffer_add(&text, s->text + at, next->at.offset - at);
			buffer_add(&text, name->text, name->length);
			at = next->at.offset + next->at.length;
		}
		if (!is_done) {
			buffer_add(&text, s->text + at, s->size - at);
			(void)document_open(&c->server->documents, uri_of(c->a, s->path),
				text.bytes, text.size, 0);
		}
	}
}

static const struct diag *
error_first(const struct compile *c)
{
	const struct diag *d = c->diags.first;

	while (d != NULL && d->severity != DIAG_ERROR) {
		d = d->next;
	}
	return d;
}

/* Returns whether gate finds no error in the files of the uses and in the one at path. */
static bool
is_right(struct call *c, const char *path, const struct vector *uses, const char *when)
{
	const struct use *use = uses->elements;

	for (uint32_t i = 0; i <= uses->count; i++) {
		const char *file = i == uses->count ? path : use[i].source->path;
		struct analysis run;
		const struct diag *d;

		if (i > 0 && i < uses->count && strcmp(file, use[i - 1].source->path) == 0) {
			continue;
		}
		run = analysis_check(c->a, c->server, file);
		d = error_first(run.c);
		if (d != NULL) {
			call_fail(c, ERROR_REQUEST_FAILED,
				arena_format(c->a, "%s: %s:%u: %s", when,
					source_find(run.c, d->at.file)->path, d->at.line,
					d->sentence));
			return false;
		}
	}
	return true;
}

/* With the new name it compiles as before: the name was free, and no use was missed. */
static bool
rename_try(struct call *c, const char *path, const struct vector *uses, const struct node *name)
{
	if (!is_right(c, path, uses, "mend this first")) {
		return false;
	}
	uses_rename(c, uses, name);
	return is_right(c, path, uses, "with that name gate would say");
}

static void
edits_write(struct call *c, const struct vector *uses, const struct node *name)
{
	const struct use *use = uses->elements;
	const char *open = NULL;

	buffer_text(c->result, "{\"changes\":{");
	for (uint32_t i = 0; i < uses->count; i++) {
		bool is_done = false;
		bool is_first = true;

		for (uint32_t n = 0; n < i; n++) {
			is_done = is_done || strcmp(use[n].source->path, use[i].source->path) == 0;
		}
		for (uint32_t n = i; n < uses->count && !is_done; n++) {
			const struct source *s = use[n].source;

			if (strcmp(s->path, use[i].source->path) != 0) {
				continue;
			}
			if (is_first) {
				const char *uri = uri_of(c->a, s->path);

				buffer_text(c->result, open == NULL ? "" : "],");
				text_json(c->result, uri, strlen(uri));
				buffer_text(c->result, ":[");
				open = s->path;
			}
			buffer_text(c->result, is_first ? "{" : ",{");
			text_key(c->result, "range");
			text_range(c->result, s->text, s->size, use[n].at.offset, use[n].at.length);
			text_key(c->result, "newText");
			text_json(c->result, name->text, name->length);
			buffer_text(c->result, "}");
			is_first = false;
		}
	}
	buffer_text(c->result, open == NULL ? "}}" : "]}}");
}

void
find_rename(struct call *c)
{
	const struct node *name = node_of(c->params, "newName", NODE_TEXT);
	struct document *d;
	struct analysis run;
	struct vector refs = {0};
	struct vector uses = {0};
	const struct ref *found = NULL;

	if (name == NULL) {
		call_fail(c, ERROR_INVALID_PARAMS, "params.newName is missing or no text");
	} else if (!names_read(c, &d, &run, &refs, &found) || !is_renamable(found)) {
		call_fail(c, ERROR_REQUEST_FAILED,
			found == NULL ? "there is no name of the policy here"
				      : "a unit is named as its file: rename both by hand");
	} else if (!is_name(c, name)) {
		call_fail(c, ERROR_INVALID_PARAMS,
			"newName is no name: one word of letters, digits and `_`, none of the "
			"language");
	} else {
		uses_find(c, &run, &refs, found, &uses);
		if (rename_try(c, d->path, &uses, name)) {
			edits_write(c, &uses, name);
		}
	}
}
