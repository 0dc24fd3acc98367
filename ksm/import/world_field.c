/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* world_field.c: parameters as fields: structs and short arrays become one field for each part. */
#include "world_field.h"

#include <string.h>

#include "ksm/gate/compile.h"
#include "names.h"
#include "world.h"

/* Arrays with more elements stay one run of bytes. */
#define ARRAY_FIELDS_MAX 16u
#define FIELDS_MAX       64u
#define GUESSED_BITS     64u

/* A longer list leaves too little of a message for what stands before it. */
#define LIST_BYTES_MAX 512u

static void parts_add(
	struct world *w, struct vector *fields, const char *path, const struct spec_type *type);

/* The words of an enumeration: `other`, then the texts that the policy compares with. */
static const char *const *
texts_of(const struct subject *s, uint32_t *count)
{
	const struct world_field *f = s->owner;

	*count = f->words.count;
	return f->words.elements;
}

static struct world_field *
field_new(struct world *w, struct vector *fields, const char *path, const struct spec_type *type)
{
	struct arena *a = &w->compile->arena;
	struct world_field *f = arena_alloc(a, sizeof *f);
	char *word = arena_copy(a, path, strlen(path));
	struct subject *s = &f->subject;

	for (char *c = word; *c != 0; c++) {
		*c = *c == '.' ? '_' : *c;
	}
	s->name = names_word(a, word);
	s->order = fields->count;
	s->owner = f;
	f->path = path;
	f->kind = type->kind;
	f->bits = type->bits;
	f->is_signed = type->is_signed;
	f->size = type->size;
	f->unit = type->unit;
	f->element = type->kind == SPEC_OPAQUE ? type->element : NULL;
	f->capacity = type->unit == 0 ? 0 : type->size / type->unit;
	f->others = fields;
	if (f->kind == SPEC_INTEGER) {
		s->is_open = f->bits == 64 && !f->is_signed;
		s->high = f->bits == 64 ? INT64_MAX
					: (INT64_C(1) << (f->bits - (f->is_signed ? 1 : 0))) - 1;
		s->low = f->is_signed ? -s->high - 1 : 0;
	} else if (f->kind == SPEC_BOOLEAN) {
		s->high = 1;
		s->is_truth = true;
	} else {
		s->high = UINT8_MAX; /* of a text: numbers of the texts it is compared with */
		s->names = texts_of;
	}
	*(struct world_field **)vector_push(fields, a, sizeof f) = f;
	return f;
}

static bool
is_scalar(const struct spec_type *type)
{
	return type->kind == SPEC_INTEGER || type->kind == SPEC_BOOLEAN;
}

static void
array_add(struct world *w, struct vector *fields, const char *path, const struct spec_type *type)
{
	struct spec_type bytes = {.kind = SPEC_BYTES};
	uint64_t size = is_scalar(type->element) ? type->element->bits / 8 : 64;

	if (type->size <= ARRAY_FIELDS_MAX && fields->count + type->size <= FIELDS_MAX &&
		(is_scalar(type->element) || type->element->kind == SPEC_STRUCT)) {
		for (uint32_t i = 0; i < type->size; i++) {
			parts_add(w, fields, arena_format(&w->compile->arena, "%s.%u", path, i),
				type->element);
		}
		return;
	}
	size = (size == 0 ? 1 : size) * type->size;
	bytes.size = size > UINT32_MAX ? UINT32_MAX : (uint32_t)size;
	(void)field_new(w, fields, path, &bytes);
}

static void
parts_add(struct world *w, struct vector *fields, const char *path, const struct spec_type *type)
{
	if (type->kind == SPEC_STRUCT && fields->count < FIELDS_MAX) {
		for (const struct spec_field *f = type->fields; f != NULL; f = f->next) {
			parts_add(w, fields,
				arena_format(&w->compile->arena, "%s.%s", path, f->name), f->type);
		}
	} else if (type->kind == SPEC_ARRAY) {
		array_add(w, fields, path, type);
	} else {
		(void)field_new(w, fields, path, type);
	}
}

void
world_fields_add(struct world *w, struct vector *fields, const struct spec_field *declared)
{
	for (const struct spec_field *f = declared; f != NULL; f = f->next) {
		parts_add(w, fields, f->name, f->type);
	}
}

/* What an error carries has a name with the error; how long it is, no rule of Gate can say. */
static void
error_mark(struct world *w, struct world_field *f)
{
	f->subject.name = arena_format(&w->compile->arena, "failed.%s", f->subject.name);
	f->subject.is_error = true;
	f->element = NULL;
	f->unit = 0;
}

void
world_errors_add(struct world *w, struct vector *fields, const struct spec_field *declared)
{
	world_fields_add(w, fields, declared);
	for (uint32_t i = 0; i < fields->count; i++) {
		error_mark(w, ((struct world_field *const *)fields->elements)[i]);
	}
}

/* Whether a path is the mask of rights of a handle: what comes with it is a number of its own. */
static bool
handle_rights(const struct world_method *m, enum world_direction direction, const char *path)
{
	struct world_field *const *fields = m->fields[direction].elements;

	for (uint32_t i = 0; i < m->fields[direction].count; i++) {
		size_t length = strlen(fields[i]->path);

		if (fields[i]->kind == SPEC_HANDLE && strncmp(fields[i]->path, path, length) == 0 &&
			strcmp(path + length, ".rights") == 0) {
			return true;
		}
	}
	return false;
}

struct world_field *
world_field(struct world *w, struct world_method *m, enum world_direction direction,
	const char *path, bool is_text)
{
	struct spec_type guess = {.kind = SPEC_INTEGER, .bits = GUESSED_BITS, .size = GUESSED_BITS};
	struct world_field **fields;
	struct world_field *f;

	fields = m->fields[direction].elements;
	for (uint32_t i = 0; i < m->fields[direction].count; i++) {
		if (strcmp(fields[i]->path, path) == 0) {
			return fields[i];
		}
	}
	if (handle_rights(m, direction, path)) {
		guess.bits = 32;
		guess.size = 4;
		f = field_new(w, &m->fields[direction], path, &guess);
		if (direction == WORLD_ERROR) {
			error_mark(w, f);
		}
		return f;
	}
	if (!m->is_guessed || m->fields[direction].count >= FIELDS_MAX) {
		return NULL;
	}
	if (is_text) {
		guess.kind = SPEC_TEXT;
	}
	f = field_new(w, &m->fields[direction], path, &guess);
	f->is_guessed = true;
	if (direction == WORLD_ERROR) {
		error_mark(w, f);
	}
	return f;
}

void
world_length(struct world *w, struct world_field *f)
{
	f->length.name = arena_format(&w->compile->arena, "%s.len", f->subject.name);
	f->length.order = f->subject.order;
	f->length.high = f->elements.count > 0 ? f->capacity : f->size == 0 ? 1 : f->size;
	f->length.owner = f;
}

struct world_field *
world_element(struct world *w, struct world_field *f, uint32_t index, const char **why)
{
	struct arena *a = &w->compile->arena;
	struct world_field *const *known = f->elements.elements;
	struct vector own = {0};
	struct world_field *one;

	*why = NULL;
	for (uint32_t i = 0; i < f->elements.count; i++) {
		if (strcmp(known[i]->path, arena_format(a, "%s.%u", f->path, index)) == 0) {
			return known[i];
		}
	}
	if (f->element == NULL || !is_scalar(f->element) || f->size > LIST_BYTES_MAX) {
		*why = "only elements of sequences of numbers and truth values, of 512 bytes at "
		       "most, can be tested";
		return NULL;
	}
	for (uint32_t i = 0; i < f->others->count; i++) {
		one = ((struct world_field *const *)f->others->elements)[i];
		if (one != f && one->elements.count > 0) {
			*why = "elements of one sequence in a message can be tested, not of two";
			return NULL;
		}
	}
	if (index >= f->capacity) {
		return NULL;
	}
	one = field_new(w, &own, arena_format(a, "%s.%u", f->path, index), f->element);
	one->subject.name = arena_format(a, "%s[%u]", f->subject.name, index);
	one->subject.order = f->subject.order;
	*(struct world_field **)vector_push(&f->elements, a, sizeof one) = one;
	f->unit = 1;
	world_length(w, f);
	return one;
}

int64_t
world_text(struct world *w, struct world_field *f, const char *text)
{
	struct arena *a = &w->compile->arena;
	const char *const *texts = f->texts.elements;
	const char *word;

	if (f->words.count == 0) {
		*(const char **)vector_push(&f->words, a, sizeof word) =
			names_take(&f->used, a, "other", NAMES_SMALL);
	}
	for (uint32_t i = 0; i < f->texts.count; i++) {
		if (strcmp(texts[i], text) == 0) {
			return (int64_t)i + 1;
		}
	}
	if (f->texts.count == UINT8_MAX) {
		return -1;
	}
	if (f->patterns.count > 0) { /* what no pattern tells apart may be others now */
		f->words.count = f->texts.count + 1;
		f->kinds.count = 0;
		f->has_kinds = false;
	}
	*(const char **)vector_push(&f->texts, a, sizeof(const char *)) = text;
	word = text[0] == 0 ? "empty" : names_word(a, text);
	*(const char **)vector_push(&f->words, a, sizeof word) =
		names_take(&f->used, a, word, NAMES_SMALL);
	return f->texts.count;
}
