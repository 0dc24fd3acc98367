/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* idl.c: constants, types and the interface of one IDL file. */
#include "idl.h"

#include <string.h>

#include "ksm/gate/compile.h"
#include "idl_part.h"
#include "reader.h"
#include "spec.h"

#define SIZE_MAX_IDL (UINT32_C(1) << 30)

static const struct spec_type *type_parse(struct idl *i);

static struct spec_type *
type_new(struct idl *i, enum spec_kind kind)
{
	struct spec_type *t = arena_alloc(&i->spec->compile->arena, sizeof *t);

	t->kind = kind;
	return t;
}
static uint32_t
size_parse(struct idl *i)
{
	uint64_t size = idl_const_parse(i);

	if (size < 1 || size > SIZE_MAX_IDL) {
		reader_refuse(&i->r, "a size is 1 to 2^30");
		return 1;
	}
	return (uint32_t)size;
}

static uint32_t
type_bytes(const struct spec_type *t)
{
	uint64_t sum = 0;

	switch (t->kind) {
	case SPEC_INTEGER:
		return t->bits / 8;
	case SPEC_BOOLEAN:
		return 1;
	case SPEC_HANDLE:
		return 4;
	case SPEC_TEXT:
	case SPEC_BYTES:
	case SPEC_OPAQUE:
		return t->size;
	case SPEC_ARRAY:
		sum = (uint64_t)t->size * type_bytes(t->element);
		break;
	case SPEC_STRUCT:
		for (const struct spec_field *f = t->fields; f != NULL; f = f->next) {
			sum += type_bytes(f->type);
		}
		break;
	}
	return sum > SIZE_MAX_IDL ? SIZE_MAX_IDL : (uint32_t)sum;
}

/* Whether each value of the type has as many bytes. */
static bool
is_fixed(const struct spec_type *t)
{
	bool fixed = t->kind != SPEC_TEXT && t->kind != SPEC_BYTES && t->kind != SPEC_OPAQUE;

	if (t->kind == SPEC_ARRAY) {
		return is_fixed(t->element);
	}
	for (const struct spec_field *f = t->fields; fixed && f != NULL; f = f->next) {
		fixed = is_fixed(f->type);
	}
	return fixed;
}

/* fields = "{" { type name (";"|",") } "}" */
static struct spec_field *
fields_parse(struct idl *i)
{
	struct spec_field *first = NULL;
	struct spec_field **end = &first;

	reader_expect(&i->r, "{");
	while (!reader_take(&i->r, "}") && !i->r.failed) {
		struct spec_field *f = arena_alloc(&i->spec->compile->arena, sizeof *f);

		f->type = type_parse(i);
		f->name = reader_name(&i->r, "the name of a field");
		(void)(reader_take(&i->r, ";") || reader_take(&i->r, ","));
		*end = f;
		end = &f->next;
	}
	return first;
}

static const void *
type_of(const struct spec_package *p, const char *name)
{
	const struct spec_named_type *types = p->types.elements;

	for (uint32_t n = 0; n < p->types.count; n++) {
		if (strcmp(types[n].name, name) == 0) {
			return types[n].type;
		}
	}
	return NULL;
}

/* UInt8 to UInt64 and SInt8 to SInt64; NULL if the name is none. */
static const struct spec_type *
integer_find(struct idl *i, const char *name)
{
	static const char *const widths[] = {"8", "16", "32", "64"};
	struct spec_type *t;

	if (strcmp(name, "UIntSize") == 0 || strcmp(name, "UIntPtr") == 0) {
		name = "UInt64"; /* the widest that a board has */
	}
	if (strncmp(name, "UInt", 4) != 0 && strncmp(name, "SInt", 4) != 0) {
		return NULL;
	}
	for (uint32_t n = 0; n < 4; n++) {
		if (strcmp(name + 4, widths[n]) == 0) {
			t = type_new(i, SPEC_INTEGER);
			t->bits = UINT32_C(8) << n;
			t->is_signed = name[0] == 'S';
			return t;
		}
	}
	return NULL;
}

/* "<" [type ","] size ">" of the generic types; all but arrays are one run of bytes. */
static const struct spec_type *
generic_parse(struct idl *i, const char *name)
{
	struct spec_type *t = type_new(i, SPEC_OPAQUE);

	reader_expect(&i->r, "<");
	if (strcmp(name, "string") == 0 || strcmp(name, "bytes") == 0) {
		t->kind = name[0] == 's' ? SPEC_TEXT : SPEC_BYTES;
		t->size = size_parse(i);
		t->unit = t->kind == SPEC_BYTES;
	} else {
		uint32_t each;

		t->element = type_parse(i);
		reader_expect(&i->r, ",");
		t->size = size_parse(i);
		each = type_bytes(t->element);
		if (strcmp(name, "array") == 0) {
			t->kind = SPEC_ARRAY;
		} else {
			t->unit = is_fixed(t->element) ? each : 0;
			t->size = each > SIZE_MAX_IDL / t->size ? SIZE_MAX_IDL : each * t->size;
		}
	}
	reader_expect(&i->r, ">");
	return t;
}

/* Handle, Handle<Iface>, handle<<Iface>>: the interface is no matter here. */
static const struct spec_type *
handle_parse(struct idl *i)
{
	uint32_t depth = 0;

	while (reader_take(&i->r, "<")) {
		depth++;
	}
	if (depth > 0) {
		(void)reader_name(&i->r, "the interface of the handle");
	}
	while (depth-- > 0) {
		reader_expect(&i->r, ">");
	}
	return type_new(i, SPEC_HANDLE);
}

static const struct spec_type *
type_parse(struct idl *i)
{
	const char *name = reader_name(&i->r, "a type");
	const struct spec_type *t = integer_find(i, name);
	struct spec_type *record;

	if (t != NULL || i->r.failed) {
		return t != NULL ? t : type_new(i, SPEC_OPAQUE);
	}
	if (++i->depth > IDL_NEST_MAX) {
		reader_refuse(&i->r, "types nest too deep");
	}
	if (strcmp(name, "Handle") == 0 || strcmp(name, "handle") == 0) {
		t = handle_parse(i);
	} else if (strcmp(name, "Boolean") == 0 || strcmp(name, "Bool") == 0) {
		t = type_new(i, SPEC_BOOLEAN);
	} else if (strcmp(name, "Char") == 0) {
		record = type_new(i, SPEC_INTEGER);
		record->bits = 8;
		t = record;
	} else if (reader_is(&i->r, "<")) {
		t = generic_parse(i, name);
	} else if (reader_is(&i->r, "{")) {
		record = type_new(i, strcmp(name, "struct") == 0 ? SPEC_STRUCT : SPEC_OPAQUE);
		record->fields = fields_parse(i);
		record->size = 64;
		t = record;
	} else {
		t = idl_find(i, i->package, name, type_of);
		if (t == NULL) {
			/* Its file is one of the SDK's, which nobody publishes. */
			record = type_new(i, SPEC_OPAQUE);
			record->size = 64;
			t = record;
		}
	}
	i->depth--;
	return t;
}

static void
type_name(struct idl *i, const char *name, const struct spec_type *type)
{
	struct spec_named_type *t =
		vector_push(&i->package->types, &i->spec->compile->arena, sizeof *t);

	t->name = name;
	t->type = type;
}

/* method = name "(" [("in"|"out"|"error") type name {"," ...}] ")" [";"] */
static struct spec_method *
method_parse(struct idl *i)
{
	struct spec_method *m = arena_alloc(&i->spec->compile->arena, sizeof *m);
	struct spec_field **ends[3] = {&m->in, &m->out, &m->error};

	m->at = i->r.word.span;
	m->name = reader_name(&i->r, "the name of a method");
	reader_expect(&i->r, "(");
	while (!reader_take(&i->r, ")") && !i->r.failed) {
		struct spec_field *f = arena_alloc(&i->spec->compile->arena, sizeof *f);
		uint32_t direction = 0;

		if (reader_take(&i->r, "out")) {
			direction = 1;
		} else if (reader_take(&i->r, "error")) {
			direction = 2;
		} else {
			reader_expect(&i->r, "in");
		}
		f->type = type_parse(i);
		f->name = reader_name(&i->r, "the name of a parameter");
		*ends[direction] = f;
		ends[direction] = &f->next;
		if (!reader_is(&i->r, ")")) {
			reader_expect(&i->r, ",");
		}
	}
	(void)reader_take(&i->r, ";");
	return m;
}

static void
interface_parse(struct idl *i)
{
	struct spec_method **end = &i->package->methods;

	i->package->is_interface = true;
	reader_expect(&i->r, "{");
	while (!reader_take(&i->r, "}") && !i->r.failed) {
		*end = method_parse(i);
		end = &(*end)->next;
	}
}

/* item = "import" name | "const" type name "=" sum | "typedef" type name
 *      | ("struct"|"union") name fields | "interface" "{" {method} "}" */
static void
item_parse(struct idl *i)
{
	struct reader *r = &i->r;
	struct spec_type *t;
	const char *name;

	if (reader_take(r, "import")) {
		name = reader_name(r, "the name of a package");
		*(const char **)vector_push(&i->package->imports, &i->spec->compile->arena,
			sizeof(const char *)) = name;
	} else if (reader_take(r, "const")) {
		struct spec_const c;

		(void)type_parse(i);
		c.name = reader_name(r, "the name of the constant");
		reader_expect(r, "=");
		c.value = idl_const_parse(i);
		*(struct spec_const *)vector_push(
			&i->package->consts, &i->spec->compile->arena, sizeof c) = c;
	} else if (reader_take(r, "typedef")) {
		const struct spec_type *type = type_parse(i);

		type_name(i, reader_name(r, "the name of the type"), type);
	} else if (reader_take(r, "struct") || reader_take(r, "union")) {
		t = type_new(i, r->last.text[0] == 's' ? SPEC_STRUCT : SPEC_OPAQUE);
		t->size = 64;
		name = reader_name(r, "the name of the type");
		t->fields = fields_parse(i);
		type_name(i, name, t);
	} else if (reader_take(r, "interface")) {
		interface_parse(i);
	} else {
		reader_refuse(r, "`%s` begins nothing that a package declares", r->word.text);
	}
	while (reader_take(r, ";")) {
	}
}

void
idl_expect_package(struct reader *r)
{
	if (!reader_take(r, "component")) {
		reader_expect(r, "package");
	}
}

bool
idl_parse(struct spec *s, struct spec_package *p)
{
	struct idl i = {.spec = s, .package = p};

	reader_begin(&i.r, s->compile, p->source);
	idl_expect_package(&i.r);
	(void)reader_name(&i.r, "the name of the package");
	(void)reader_take(&i.r, ";");
	while (i.r.word.kind != WORD_END) {
		item_parse(&i);
	}
	return !i.r.failed;
}
