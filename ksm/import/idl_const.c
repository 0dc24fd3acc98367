/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* idl_const.c: expressions of constants. */
#include <string.h>

#include "ksm/gate/compile.h"
#include "idl_part.h"
#include "spec.h"

/* Of a constant that a file of the SDK declares: nobody publishes these. */
#define UNKNOWN_SIZE 64u

/* Packages that import packages: what those declare is seen as deep as this. */
#define IMPORTS_DEEP 4u

static const void *
find(struct idl *i, struct spec_package *p, const char *name, idl_has *has, uint32_t depth)
{
	const void *found = has(p, name);
	const char *dot = strrchr(name, '.');

	if (found != NULL) {
		return found;
	}
	if (dot != NULL && depth == 0) {
		char *other = arena_copy(&i->spec->compile->arena, name, (size_t)(dot - name));
		struct spec_package *q = spec_package(i->spec, other);

		return q == NULL ? NULL : find(i, q, dot + 1, has, IMPORTS_DEEP);
	}
	for (uint32_t n = 0; found == NULL && depth < IMPORTS_DEEP && n < p->imports.count; n++) {
		struct spec_package *q =
			spec_package(i->spec, ((const char *const *)p->imports.elements)[n]);

		found = q == NULL ? NULL : find(i, q, name, has, depth + 1);
	}
	return found;
}

const void *
idl_find(struct idl *i, struct spec_package *p, const char *name, idl_has *has)
{
	return find(i, p, name, has, 0);
}

static const void *
const_of(const struct spec_package *p, const char *name)
{
	const struct spec_const *consts = p->consts.elements;

	for (uint32_t n = 0; n < p->consts.count; n++) {
		if (strcmp(consts[n].name, name) == 0) {
			return &consts[n];
		}
	}
	return NULL;
}

/* Whether a package that this one imports is not here: one of the SDK, which nobody publishes. */
static bool
imports_miss(const struct idl *i)
{
	for (uint32_t n = 0; n < i->package->imports.count; n++) {
		if (spec_package(i->spec, ((const char *const *)i->package->imports.elements)[n]) ==
			NULL) {
			return true;
		}
	}
	return false;
}

static uint64_t
atom_parse(struct idl *i)
{
	const struct spec_const *found;
	uint64_t value = 0;

	if (reader_take(&i->r, "(")) {
		if (++i->depth > IDL_NEST_MAX) {
			reader_refuse(&i->r, "brackets nest too deep");
		} else {
			value = idl_const_parse(i);
		}
		i->depth--;
		reader_expect(&i->r, ")");
		return value;
	}
	if (reader_take(&i->r, "-")) {
		return 0 - atom_parse(i);
	}
	if (i->r.word.kind == WORD_NUMBER) {
		reader_next(&i->r);
		return i->r.last.number;
	}
	if (i->r.word.kind == WORD_TEXT) {
		reader_next(&i->r);
		return 0;
	}
	found = i->r.word.kind == WORD_NAME ? idl_find(i, i->package, i->r.word.text, const_of)
					    : NULL;
	if (found == NULL && i->r.word.kind == WORD_NAME && imports_miss(i)) {
		reader_next(&i->r);
		return UNKNOWN_SIZE;
	}
	if (found == NULL) {
		reader_refuse(&i->r, "a number or the name of a constant is due here");
		return 0;
	}
	reader_next(&i->r);
	return found->value;
}

/* Takes a mark of two signs. */
static bool
twice_take(struct idl *i, const char *sign)
{
	struct reader ahead = i->r;

	if (!reader_take(&ahead, sign) || !reader_is(&ahead, sign) ||
		ahead.word.span.offset != i->r.word.span.offset + 1) {
		return false;
	}
	reader_next(&i->r);
	reader_next(&i->r);
	return true;
}

/* power = atom ["**" power] */
static uint64_t
power_parse(struct idl *i)
{
	uint64_t base = atom_parse(i);
	uint64_t value = 1;
	uint64_t count;

	if (!twice_take(i, "*")) {
		return base;
	}
	if (++i->depth > IDL_NEST_MAX) {
		reader_refuse(&i->r, "powers nest too deep");
		return 1;
	}
	count = power_parse(i);
	i->depth--;
	if (base > 1 && count > 63) {
		reader_refuse(&i->r, "this power does not fit 64 bits");
		return 1;
	}
	for (uint64_t n = 0; base > 1 && n < count; n++) {
		value *= base;
	}
	return base == 0 && count > 0 ? 0 : value;
}

/* product = power {("*"|"/") power} */
static uint64_t
product_parse(struct idl *i)
{
	uint64_t value = power_parse(i);

	while (reader_is(&i->r, "*") || reader_is(&i->r, "/")) {
		bool times = reader_is(&i->r, "*");
		uint64_t next;

		reader_next(&i->r);
		next = power_parse(i);
		if (!times && next == 0) {
			reader_refuse(&i->r, "this divides by zero");
			return 0;
		}
		value = times ? value * next : value / next;
	}
	return value;
}

/* sum = product {("+"|"-") product} */
static uint64_t
sum_parse(struct idl *i)
{
	uint64_t value = product_parse(i);

	while (reader_is(&i->r, "+") || reader_is(&i->r, "-")) {
		bool plus = reader_is(&i->r, "+");

		reader_next(&i->r);
		value = plus ? value + product_parse(i) : value - product_parse(i);
	}
	return value;
}

/* shift = sum {("<<"|">>") sum} */
static uint64_t
shift_parse(struct idl *i)
{
	uint64_t value = sum_parse(i);

	for (;;) {
		bool left = twice_take(i, "<");
		uint64_t by;

		if (!left && !twice_take(i, ">")) {
			return value;
		}
		by = sum_parse(i);
		value = by > 63 ? 0 : left ? value << by : value >> by;
	}
}

static uint64_t
bits_and_parse(struct idl *i)
{
	uint64_t value = shift_parse(i);

	while (reader_take(&i->r, "&")) {
		value &= shift_parse(i);
	}
	return value;
}

uint64_t
idl_const_parse(struct idl *i)
{
	uint64_t value = bits_and_parse(i);

	while (reader_take(&i->r, "|")) {
		value |= bits_and_parse(i);
	}
	return value;
}
