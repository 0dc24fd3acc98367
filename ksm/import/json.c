/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* json.c: JSON by the words that reader.c cuts; its escapes stay as they are. */
#include "json.h"

#include <stddef.h>
#include <string.h>

#include "ksm/gate/compile.h"
#include "reader.h"

#define NEST_MAX 32u

static struct json *value_parse(struct reader *r, uint32_t depth);

/* members = open [[TEXT ":"] value {"," ..}] close */
static struct json *
members_parse(struct reader *r, const char *close, bool has_keys, uint32_t depth)
{
	struct json *first = NULL;
	struct json **end = &first;

	while (!reader_take(r, close) && !r->failed) {
		const char *key = NULL;

		if (has_keys) {
			key = reader_text(r, "a name in quotes");
			reader_expect(r, ":");
		}
		*end = value_parse(r, depth);
		(*end)->key = key;
		end = &(*end)->next;
		if (!reader_is(r, close)) {
			reader_expect(r, ",");
		}
	}
	return first;
}

/* value = TEXT | ["-"] INT | word | "{" members "}" | "[" members "]" */
static struct json *
value_parse(struct reader *r, uint32_t depth)
{
	struct json *j = arena_alloc(&r->compile->arena, sizeof *j);

	j->at = r->word.span;
	j->text = r->word.text;
	if (depth > NEST_MAX) {
		reader_refuse(r, "values nest deeper than %u", NEST_MAX);
		return j;
	}
	if (reader_take(r, "{")) {
		j->kind = JSON_OBJECT;
		j->first = members_parse(r, "}", true, depth + 1);
	} else if (reader_take(r, "[")) {
		j->kind = JSON_ARRAY;
		j->first = members_parse(r, "]", false, depth + 1);
	} else if (r->word.kind == WORD_TEXT) {
		j->kind = JSON_TEXT;
		reader_next(r);
	} else if (r->word.kind == WORD_NUMBER) {
		j->kind = JSON_NUMBER;
		j->number = r->word.number;
		reader_next(r);
	} else if (r->word.kind == WORD_NAME) {
		j->kind = JSON_WORD;
		reader_next(r);
	} else {
		reader_refuse(r, "a value is due here, not %s", reader_found(r));
	}
	return j;
}

const struct json *
json_parse(struct compile *c, const struct source *s)
{
	struct reader r;
	struct json *j;

	reader_begin(&r, c, s);
	j = value_parse(&r, 0);
	if (!r.failed && r.word.kind != WORD_END) {
		reader_refuse(&r, "the file holds more than one value");
	}
	return r.failed ? NULL : j;
}

const struct json *
json_member(const struct json *object, const char *key)
{
	for (const struct json *m = object == NULL ? NULL : object->first; m != NULL; m = m->next) {
		if (m->key != NULL && strcmp(m->key, key) == 0) {
			return m;
		}
	}
	return NULL;
}

const char *
json_text(const struct json *object, const char *key)
{
	const struct json *m = json_member(object, key);

	return m == NULL || m->kind != JSON_TEXT ? "" : m->text;
}
