/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * map.c: StaticMap as its documentation has it: each SID has a base and a working table that begin
 * equal; `set` writes the working one, `commit` and `rollback` copy one over the other, `get` reads
 * the base. An expression without a value denies.
 */
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

static void
tables_begin(const struct event *e, struct cell *c, int config)
{
	int keys = member_at(config, "keys");

	c->entry_count = 0;
	for (int i = keys + 1; !word_is(i, "}"); i++) {
		if (word_is(i + 1, ":")) {
			int at = i + 2;

			c->keys[c->entry_count] = words[i];
			c->base[c->entry_count] = value_at(e, &at).number;
			c->working[c->entry_count] = c->base[c->entry_count];
			c->entry_count++;
		}
	}
}

static int
key_find(const struct cell *c, int key)
{
	for (int i = 0; key >= 0 && i < c->entry_count; i++) {
		if (strcmp(c->keys[i], words[key]) == 0) {
			return i;
		}
	}
	return -1;
}

/* The type of the values of a map: UInt8 .. SInt64. */
static void
value_typed(const struct cell *c, struct value *v)
{
	const char *model;
	int at = object_at(c->object, &model);
	int bits;

	while (!word_is(at, "Value")) {
		at++;
	}
	bits = atoi(words[at + 2] + strlen("UInt"));
	if (bits == 0) {
		return;
	}
	v->is_typed = true;
	v->high = words[at + 2][0] == 'S' ? INT64_MAX >> (64 - bits)
					  : INT64_MAX >> (63 - (bits == 64 ? 63 : bits));
	v->low = words[at + 2][0] == 'S' ? -v->high - 1 : 0;
}

/* What is read, of one of the tables. */
static bool
table_read(const struct cell *c, const int64_t *table, int key, struct value *result)
{
	int found = c->is_present ? key_find(c, key) : -1;

	*result = (struct value){.type = VALUE_NUMBER, .number = found < 0 ? 0 : table[found]};
	value_typed(c, result);
	no_value = no_value || found < 0;
	return found >= 0;
}

bool
map_run(const struct event *e, struct cell *c, const char *rule, int config, int record,
	struct value *result)
{
	int key = member_at(record, "key");
	int value = member_at(record, "value");

	if (strcmp(rule, "get") == 0) {
		return table_read(c, c->base, key, result);
	}
	/* Version 1.0 writes it with one t. */
	if (strcmp(rule, "get_uncommitted") == 0 || strcmp(rule, "get_uncommited") == 0) {
		return table_read(c, c->working, key, result);
	}
	if (strcmp(rule, "init") == 0) {
		bool is_new = cell_begin(c, config);

		if (is_new) {
			tables_begin(e, c, config);
		}
		return is_new;
	}
	if (!c->is_present) {
		return false;
	}
	if (strcmp(rule, "set") == 0) {
		int found = key_find(c, key);

		if (found >= 0) {
			c->working[found] = value_at(e, &value).number;
		}
		return found >= 0;
	}
	if (strcmp(rule, "commit") == 0) {
		memcpy(c->base, c->working, sizeof c->base);
	} else if (strcmp(rule, "rollback") == 0) {
		memcpy(c->working, c->base, sizeof c->base);
	} else if (strcmp(rule, "fini") == 0) {
		c->is_present = false;
	} else {
		fail("no such rule of StaticMap", rule);
	}
	return true;
}
