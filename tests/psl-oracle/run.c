/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* run.c: one event goes past every binding; all bodies that it meets must grant it. */
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

struct cell cells[CELLS_MAX];
int cell_count;
bool no_value;

/* The place behind `policy object NAME : MODEL`, where its block begins. */
int
object_at(const char *name, const char **model)
{
	for (int i = 0; i + 5 < word_count; i++) {
		if (word_is(i, "policy") && word_is(i + 1, "object") && word_is(i + 2, name)) {
			*model = words[i + 4];
			return i + 5;
		}
	}
	fail("no object", name);
}

/* Where the value of a key begins in the record that opens at `at`; -1: there is none. */
int
member_at(int at, const char *key)
{
	int end = bracket_end(at);

	for (at++; at < end; at++) {
		if (words[at] != NULL && strcmp(words[at], key) == 0 && word_is(at + 1, ":")) {
			return at + 2;
		}
		if (word_is(at, "{") || word_is(at, "[")) {
			at = bracket_end(at) - 1;
		}
	}
	return -1;
}

int
config_at(int block)
{
	int end = bracket_end(block);

	for (int i = block; i < end; i++) {
		if (word_is(i, "config") && word_is(i + 1, "=")) {
			return i + 2;
		}
	}
	fail("no config", words[block]);
}

struct cell *
cell_find(const char *object, int class)
{
	for (int i = 0; i < cell_count; i++) {
		if (strcmp(cells[i].object, object) == 0 && cells[i].class == class) {
			return &cells[i];
		}
	}
	if (cell_count == CELLS_MAX) {
		fail("too many cells", object);
	}
	cells[cell_count] = (struct cell){.object = object, .class = class};
	return &cells[cell_count++];
}

bool
cell_begin(struct cell *c, int config)
{
	int pool = member_at(config, "pool_size");
	long count = 0;

	for (int i = 0; i < cell_count; i++) {
		count += cells[i].is_present && strcmp(cells[i].object, c->object) == 0;
	}
	if (c->is_present || (pool >= 0 && count >= strtol(words[pool], NULL, 0))) {
		return false;
	}
	c->is_present = true;
	return true;
}

static bool
in_list(int at, const char *word)
{
	for (int end = bracket_end(at); at < end; at++) {
		if (quoted[at] && strcmp(words[at], word) == 0) {
			return true;
		}
	}
	return false;
}

static bool
flow_run(const struct event *e, struct cell *c, const char *rule, int config, int record,
	struct value *result)
{
	int to = member_at(record, "state");
	int states = member_at(record, "states");

	if (strcmp(rule, "init") == 0) {
		c->state = words[member_at(config, "initial")];
		return cell_begin(c, config);
	}
	if (!c->is_present) {
		return false;
	}
	if (strcmp(rule, "fini") == 0) {
		c->is_present = false;
		return true;
	}
	if (strcmp(rule, "query") == 0) {
		*result = (struct value){.type = VALUE_TEXT, .text = c->state};
		return true;
	}
	if (strcmp(rule, "allow") == 0) {
		return in_list(states, c->state);
	}
	if (strcmp(rule, "enter") == 0) {
		const char *next = value_at(e, &to).text;
		int moves = member_at(member_at(config, "transitions"), c->state);

		if (moves < 0 || !in_list(moves, next)) {
			return false;
		}
		c->state = next;
		return true;
	}
	fail("no such rule of Flow", rule);
}

static int
entry_find(const struct cell *c, const struct value *v)
{
	for (int i = 0; i < c->entry_count; i++) {
		if (memcmp(c->entries[i], v->parts, sizeof v->parts) == 0) {
			return i;
		}
	}
	return -1;
}

static bool
set_run(const struct event *e, struct cell *c, const char *rule, int config, int record,
	struct value *result)
{
	int at = member_at(record, "entry");
	int size = member_at(config, "set_size");
	struct value v = {.type = VALUE_LIST};
	int found;

	if (strcmp(rule, "init") == 0) {
		return cell_begin(c, config);
	}
	if (!c->is_present || strcmp(rule, "fini") == 0) {
		bool was = c->is_present;

		c->is_present = false;
		c->entry_count = 0;
		return was;
	}
	v = value_at(e, &at);
	if (v.type == VALUE_NUMBER) {
		v.parts[0] = v.number;
	}
	found = entry_find(c, &v);
	if (strcmp(rule, "contains") == 0) {
		*result = (struct value){.type = VALUE_NUMBER, .number = found >= 0};
		return true;
	}
	if (strcmp(rule, "add") == 0) {
		if (found < 0 && c->entry_count == strtol(words[size], NULL, 0)) {
			return false;
		}
		if (found < 0) {
			memcpy(c->entries[c->entry_count++], v.parts, sizeof v.parts);
		}
		return true;
	}
	if (strcmp(rule, "remove") == 0) {
		if (found >= 0) {
			memcpy(c->entries[found], c->entries[--c->entry_count], sizeof v.parts);
		}
		return true;
	}
	fail("no such rule of HashSet", rule);
}

bool
object_call(const struct event *e, const char *name, int *at, struct value *result)
{
	const char *dot = strrchr(name, '.');
	char object[256] = {0};
	const char *model;
	int record = *at;
	int sid = member_at(record, "sid");
	int block;
	struct cell *c;

	memcpy(object, name, (size_t)(dot - name) < sizeof object ? (size_t)(dot - name) : 0);
	block = object_at(object, &model);
	*at = bracket_end(record);
	if (strcmp(model, "Mic") == 0) {
		return mic_run(e, words[block - 3], dot + 1, config_at(block), record);
	}
	/* The name as the policy declares it stays. */
	c = cell_find(words[block - 3], (int)value_at(e, &sid).number);
	if (strcmp(model, "Flow") == 0) {
		return flow_run(e, c, dot + 1, config_at(block), record, result);
	}
	if (strcmp(model, "HashSet") == 0) {
		return set_run(e, c, dot + 1, config_at(block), record, result);
	}
	if (strcmp(model, "StaticMap") == 0) {
		return map_run(e, c, dot + 1, config_at(block), record, result);
	}
	fail("no such model", model);
}

/* Reads the selectors at *at. Returns whether the event agrees with all of them. */
static bool
selectors_meet(const struct event *e, int *at)
{
	bool meets = true;

	while (word_is(*at + 1, "=")) {
		const char *word = words[*at];
		const char *value = words[*at + 2];
		const struct method *m = e->method;
		bool agrees = true;

		if (strcmp(word, "src") == 0) {
			agrees = strcmp(value, class_names[e->src]) == 0;
		} else if (strcmp(word, "dst") == 0) {
			agrees = strcmp(value, class_names[e->dst]) == 0;
		} else if (m == NULL) {
			agrees = true; /* a start has one method, main */
		} else if (strcmp(word, "method") == 0) {
			agrees = strcmp(value, m->name) == 0;
		} else if (strcmp(word, "endpoint") == 0) {
			agrees = strcmp(value, m->endpoint) == 0;
		} else if (strcmp(word, "interface") == 0) {
			const char *dot = strrchr(m->interface, '.');

			agrees = strcmp(value, m->interface) == 0 ||
				 (dot != NULL && strcmp(value, dot + 1) == 0);
		} else if (strcmp(word, "component") == 0) {
			agrees = strcmp(value, m->component) == 0;
		}
		meets = meets && agrees;
		*at += 3;
		*at += word_is(*at, ",");
	}
	return meets;
}

/* How many bytes of a rule name an object of Base. */
static size_t
base_length(const char *word)
{
	const char *dot = strrchr(word, '.');

	if (dot == NULL || (strcmp(dot, ".grant") != 0 && strcmp(dot, ".deny") != 0 &&
				   strcmp(dot, ".assert") != 0)) {
		return 0;
	}
	return (size_t)(dot - word) + 1;
}

/* One item. Returns whether it grants. */
static bool
item_run(const struct event *e, int *at, bool *met)
{
	const char *word = words[*at];
	struct value result = {0};

	word += base_length(word);
	if (strcmp(word, "match") == 0) {
		(*at)++;
		if (selectors_meet(e, at)) {
			return body_run(e, at, met);
		}
		*at = bracket_end(*at);
		return true;
	}
	*met = true;
	if (strcmp(word, "grant") == 0 ||
		(strcmp(word, "deny") == 0 && word_is(*at + 1, "(") && word_is(*at + 2, ")"))) {
		*at += 3;
		return word[0] == 'g';
	}
	(*at)++;
	if (strcmp(word, "deny") == 0) {
		return value_at(e, at).number == 0;
	}
	if (strcmp(word, "assert") == 0) {
		return value_at(e, at).number != 0;
	}
	if (strcmp(word, "choice") == 0) {
		return choice_run(e, at, met);
	}
	return object_call(e, word, at, &result);
}

/* A body, or one item where a body may stand. */
bool
body_run(const struct event *e, int *at, bool *met)
{
	bool grants = true;

	if (!word_is(*at, "{")) {
		return item_run(e, at, met);
	}
	(*at)++;
	while (!word_is(*at, "}")) {
		/* Each item runs, so that each is passed. */
		grants = item_run(e, at, met) && grants;
		*at += word_is(*at, ",") || word_is(*at, ";");
	}
	(*at)++;
	return grants;
}

/* Whether a binding of this kind of event begins here, and not `execute: name` or a test. */
static bool
is_binding(int at, const char *kind)
{
	bool begins = at == 0 || words[at - 1] == NULL || word_is(at - 1, "}") ||
		      !(word_is(at - 1, "<-") || quoted[at - 1] || word_is(at - 1, "grant") ||
			      word_is(at - 1, "deny") || word_is(at - 1, "any") ||
			      word_is(at - 1, ".") || word_is(at - 1, "="));

	return begins && word_is(at, kind) && !word_is(at + 1, ":") &&
	       (word_is(at + 1, "{") || word_is(at + 2, "="));
}

/* The block of `assert "..." { }` at the top of a file holds tests, not rules. */
static int
test_end(int at)
{
	return word_is(at, "assert") && quoted[at + 1] && word_is(at + 2, "{") ? bracket_end(at + 2)
									       : at;
}

bool
event_grant(const struct event *e)
{
	static struct cell before[CELLS_MAX];
	int before_count = cell_count;
	bool grants = true;
	bool met = false;

	no_value = false;
	memcpy(before, cells, sizeof before);
	for (int i = 0; i < word_count; i++) {
		int at;

		i = test_end(i);
		if (!is_binding(i, e->kind)) {
			continue;
		}
		at = i + 1;
		if (selectors_meet(e, &at)) {
			grants = body_run(e, &at, &met) && grants;
		}
	}
	if (!met || !grants || no_value) {
		memcpy(cells, before, sizeof before);
		cell_count = before_count;
		return false;
	}
	return true;
}

bool
event_is_stateful(const struct event *e)
{
	for (int i = 0; i < word_count; i++) {
		int at;

		i = test_end(i);
		at = i + 1;
		if (!is_binding(i, e->kind) || !selectors_meet(e, &at)) {
			continue;
		}
		for (int end = bracket_end(at); at < end; at++) {
			if (word_is(at, "sid") && word_is(at + 1, ":")) {
				return true;
			}
		}
	}
	return false;
}

static bool
start(int src, int dst)
{
	static struct event e;

	e.kind = "execute";
	e.src = src;
	e.dst = dst;
	return event_grant(&e);
}

void
world_start(void)
{
	int kernel = class_find("kl.core.Core");
	int init = class_find("Einit");

	cell_count = 0;
	(void)start(kernel, kernel);
	(void)start(kernel, init);
	for (int i = 0; i < class_count; i++) {
		class_runs[i] = i == kernel || i == init ||
				(strcmp(class_names[i], "Monitor") != 0 && start(init, i));
	}
	/* Whoever runs may start others, but the kernel, which starts nothing more. */
	for (bool more = true; more;) {
		more = false;
		for (int i = 0; i < class_count * class_count; i++) {
			int src = i / class_count;
			int dst = i % class_count;

			if (src != kernel && class_runs[src] && !class_runs[dst] &&
				strcmp(class_names[dst], "Monitor") != 0 && start(src, dst)) {
				class_runs[dst] = true;
				more = true;
			}
		}
	}
}
