/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* mic.c: levels of integrity, as their documentation compares them. */
#include <string.h>

#include "oracle.h"

/* Which of the texts of the list at `list` stands at `at`. */
static int
text_index(int list, int at)
{
	int index = 0;

	for (int end = bracket_end(list), i = list; i < end; i++) {
		if (quoted[i] && strcmp(words[i], words[at]) == 0) {
			return index;
		}
		index += quoted[i];
	}
	fail("no such level", words[at]);
}

struct level
level_at(int config, int at)
{
	struct level level = {0, 0};
	int degrees = word_is(config, "[") ? config : member_at(config, "degrees");
	int names;

	if (quoted[at]) {
		level.degree = text_index(degrees, at);
		return level;
	}
	level.degree = text_index(degrees, member_at(at, "degree"));
	names = member_at(at, "categories");
	for (int i = names; names >= 0 && i < bracket_end(names); i++) {
		if (quoted[i]) {
			level.categories |= UINT64_C(1)
					    << text_index(member_at(config, "categories"), i);
		}
	}
	return level;
}

/* a exceeds b, or is equal to it. */
static bool
reaches(struct level a, struct level b)
{
	return a.degree >= b.degree && (a.categories & b.categories) == b.categories;
}

bool
mic_run(const struct event *e, const char *object, const char *rule, int config, int record)
{
	int to = member_at(record, "target");
	int from = member_at(record, "source");
	struct cell *target = cell_find(object, (int)value_at(e, &to).number);
	const struct cell *source;
	int least = member_at(record, "levelR");

	if (strcmp(rule, "execute") == 0) {
		target->level = level_at(config, member_at(record, "level"));
		target->least =
			least < 0 || word_is(least, "(") ? target->level : level_at(config, least);
		target->is_present = true;
		return reaches(target->level, target->least);
	}
	source = cell_find(object, (int)value_at(e, &from).number);
	if (!source->is_present || !target->is_present) {
		return false;
	}
	if (strcmp(rule, "invoke") == 0) {
		return reaches(source->level, target->level);
	}
	if (strcmp(rule, "call") == 0) {
		return reaches(target->level, source->level) ||
		       reaches(target->level, source->least);
	}
	fail("no such rule of Mic", rule);
}
