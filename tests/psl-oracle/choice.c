/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* choice.c: the first case that fits, by value, by pattern or by level. */
#include <string.h>

#include "oracle.h"

static bool case_choice_run(const struct event *e, int *at, bool *met);

/* Skips one item of a body: `match .. {}`, `choice .. {}`, a call with its bracket. */
static void
item_skip(int *at)
{
	if (word_is(*at, "{")) {
		*at = bracket_end(*at);
		return;
	}
	bool is_choice = word_is(*at, "choice");

	while (!word_is(*at, "{") && !word_is(*at, "(")) {
		(*at)++;
	}
	if (is_choice && word_is(bracket_end(*at), "{")) {
		*at = bracket_end(*at);
	}
	*at = bracket_end(*at);
}

/* choice mic.query_level {..} { level : item, .. }; no level is a denial. */
static bool
level_choice_run(const struct event *e, int *at, bool *met)
{
	int query = *at + word_is(*at, "(");
	const char *model;
	char object[256] = {0};
	int source = member_at(query + 1, "source");
	const struct cell *c;
	bool done = false;
	bool grants = false;
	int config;

	memcpy(object, words[query], strlen(words[query]) - strlen(".query_level"));
	config = object_at(object, &model);
	c = cell_find(words[config - 3], (int)value_at(e, &source).number);
	config = config_at(config);
	*at = word_is(*at, "(") ? bracket_end(*at) : bracket_end(query + 1);
	for ((*at)++; !word_is(*at, "}"); *at += word_is(*at, ",")) {
		bool fits = word_is(*at, "_");
		struct level level = fits ? c->level : level_at(config, *at);

		fits = c->is_present && level.degree == c->level.degree &&
		       level.categories == c->level.categories;
		*at = (word_is(*at, "{") ? bracket_end(*at) : *at + 1) + 1;
		if (fits && !done) {
			done = true;
			grants = body_run(e, at, met);
		} else {
			item_skip(at);
		}
	}
	(*at)++;
	return grants;
}

/* choice value { label : item, .. }: runs the first case that fits; none is a denial. */
bool
choice_run(const struct event *e, int *at, bool *met)
{
	if (strstr(words[*at + word_is(*at, "(")], ".query_level") != NULL) {
		return level_choice_run(e, at, met);
	}
	return case_choice_run(e, at, met);
}

static bool
case_choice_run(const struct event *e, int *at, bool *met)
{
	bool is_select = words[*at + word_is(*at, "(")] != NULL &&
			 strstr(words[*at + word_is(*at, "(")], ".select") != NULL;
	struct value v = value_at(e, at);
	bool done = false;
	bool grants = false;

	(*at)++;
	while (!word_is(*at, "}")) {
		bool fits = word_is(*at, "_");

		if (!fits) {
			struct value label = value_at(e, at);

			fits = is_select              ? text_matches(v.text, label.text)
			       : v.type == VALUE_TEXT ? strcmp(v.text, label.text) == 0
						      : v.number == label.number;
		} else {
			(*at)++;
		}
		(*at)++; /* : */
		if (fits && !done) {
			done = true;
			grants = body_run(e, at, met);
		} else {
			item_skip(at);
		}
		*at += word_is(*at, ",");
	}
	(*at)++;
	return grants;
}
