/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* diag.c: keeps findings in the order of their places until they are printed. */
#include "diag.h"

#include <stdarg.h>

#include "buffer.h"
#include "compile.h"
#include "suggest.h"

static bool
stands_before(struct span a, struct span b)
{
	return a.file != b.file ? a.file < b.file : a.offset < b.offset;
}

/* Behind all that stand before it or at the same place, so that order of finding breaks ties. */
static void
list_insert(struct diag_list *list, struct diag *d)
{
	struct diag **place = &list->first;

	while (*place != NULL && !stands_before(d->at, (*place)->at)) {
		place = &(*place)->next;
	}
	d->next = *place;
	*place = d;
}

static struct diag *
diag_add(struct compile *c, enum diag_severity severity, struct span at, const char *clause,
	const char *format, va_list arguments)
{
	struct diag *d = arena_alloc(&c->arena, sizeof(*d));
	uint32_t *count = severity == DIAG_ERROR ? &c->diags.error_count : &c->diags.warning_count;

	c->diags.newest = d;
	d->compile = c;
	d->severity = severity;
	d->at = at;
	d->clause = clause;
	d->sentence = arena_vformat(&c->arena, format, arguments);
	if (*count < DIAG_COUNT_MAX) {
		list_insert(&c->diags, d);
	}
	if (*count < UINT32_MAX) {
		(*count)++;
	}
	return d;
}

struct diag *
diag_error(struct compile *c, struct span at, const char *clause, const char *format, ...)
{
	va_list arguments;
	struct diag *d;

	va_start(arguments, format);
	d = diag_add(c, DIAG_ERROR, at, clause, format, arguments);
	va_end(arguments);
	return d;
}

struct diag *
diag_warning(struct compile *c, struct span at, const char *clause, const char *format, ...)
{
	va_list arguments;
	struct diag *d;

	va_start(arguments, format);
	d = diag_add(c, DIAG_WARNING, at, clause, format, arguments);
	va_end(arguments);
	return d;
}

void
diag_help(struct diag *d, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	d->help = arena_vformat(&d->compile->arena, format, arguments);
	va_end(arguments);
}

void
diag_note(struct diag *d, struct span at, const char *format, ...)
{
	struct diag_note *note = arena_alloc(&d->compile->arena, sizeof(*note));
	struct diag_note **place = &d->notes;
	va_list arguments;

	va_start(arguments, format);
	note->at = at;
	note->sentence = arena_vformat(&d->compile->arena, format, arguments);
	va_end(arguments);
	while (*place != NULL) {
		place = &(*place)->next;
	}
	*place = note;
}

bool
diag_suggest(struct diag *d, const char *word, const char *const *candidates, size_t count)
{
	const char *nearest = suggest_nearest(word, candidates, count);

	if (nearest != NULL) {
		diag_help(d, "did you mean `%s`?", nearest);
	}
	return nearest != NULL;
}

#define CHOICE_MAX 8u /* of more the first are named */

void
diag_choose(struct diag *d, const char *word, const char *what, const char *const *candidates,
	size_t count)
{
	struct buffer b;

	if (count == 0 || diag_suggest(d, word, candidates, count)) {
		return;
	}
	buffer_init(&b, &d->compile->arena);
	for (size_t i = 0; i < count && i < CHOICE_MAX; i++) {
		buffer_text(&b, i == 0 ? "`" : ", `");
		buffer_text(&b, candidates[i]);
		buffer_text(&b, "`");
	}
	diag_help(d, "%s %s%s", what, b.bytes, count > CHOICE_MAX ? ", ..." : "");
}
