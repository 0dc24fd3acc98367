/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* cond.c: and, or, not over sets of one subject; what is about one subject becomes one set. */
#include "cond.h"

#include <string.h>

#include "ksm/gate/arena.h"

const struct cond cond_true = {.kind = COND_TRUE};
const struct cond cond_false = {.kind = COND_FALSE};

static struct cond *
cond_new(struct arena *a, enum cond_kind kind)
{
	struct cond *c = arena_alloc(a, sizeof *c);

	c->kind = kind;
	return c;
}

/* Ranges are ascending and do not overlap; those that touch become one. */
static const struct cond *
set_make(struct arena *a, const struct subject *s, const struct range *ranges, uint32_t count)
{
	struct range *own = arena_array(a, count + 1, sizeof *own);
	struct cond *c;
	uint32_t n = 0;

	for (uint32_t i = 0; i < count; i++) {
		int64_t low = ranges[i].low < s->low ? s->low : ranges[i].low;
		int64_t high = ranges[i].high > s->high ? s->high : ranges[i].high;

		if (low > high) {
			continue;
		}
		if (n > 0 && own[n - 1].high >= low - 1) {
			own[n - 1].high = high;
		} else {
			own[n++] = (struct range){.low = low, .high = high};
		}
	}
	if (n == 0) {
		return &cond_false;
	}
	if (n == 1 && own[0].low == s->low && own[0].high == s->high) {
		return &cond_true;
	}
	c = cond_new(a, COND_SET);
	c->subject = s;
	c->ranges = own;
	c->range_count = n;
	return c;
}

const struct cond *
cond_numbers(int64_t a, const char *operator, int64_t b)
{
	bool holds;

	switch (operator[0]) {
	case '=':
		holds = a == b;
		break;
	case '!':
		holds = a != b;
		break;
	case '<':
		holds = a < b || (operator[1] == '=' && a == b);
		break;
	default:
		holds = a > b || (operator[1] == '=' && a == b);
		break;
	}
	return holds ? &cond_true : &cond_false;
}

const char *
operator_turned(const char *operator)
{
	switch (operator[0]) {
	case '<':
		return operator[1] == '=' ? ">=" : ">";
	case '>':
		return operator[1] == '=' ? "<=" : "<";
	default:
		return operator;
	}
}

const struct cond *
cond_number(struct arena *a, const struct subject *s, const char *operator, int64_t number)
{
	struct range r[2] = {{.low = s->low, .high = s->high}, {.low = 1, .high = 0}};
	bool below = number < s->low;
	bool above = number > s->high;

	if (strcmp(operator, "==") == 0) {
		r[0] = (struct range){.low = number, .high = number};
		return below || above ? &cond_false : set_make(a, s, r, 1);
	}
	if (strcmp(operator, "!=") == 0) {
		return cond_not(a, cond_number(a, s, "==", number));
	}
	if (strcmp(operator, ">") == 0 || strcmp(operator, "<=") == 0) {
		if (below || above) {
			return (operator[0] == '>') == below ? &cond_true : &cond_false;
		}
		if (operator[0] == '>') {
			return cond_not(a, cond_number(a, s, "<=", number));
		}
		r[0].high = number;
		return set_make(a, s, r, 1);
	}
	if (below || above) {
		return (operator[0] == '>') == below ? &cond_true : &cond_false;
	}
	if (operator[0] == '<') {
		return cond_not(a, cond_number(a, s, ">=", number));
	}
	r[0].low = number;
	return set_make(a, s, r, 1);
}

const struct cond *
cond_compare(struct arena *a, const struct subject *s, const char *operator,
	const struct subject * other)
{
	struct cond *c;

	if (s == other) {
		return strchr(operator, '=') != NULL && operator[0] != '!' ? &cond_true
									   : & cond_false;
	}
	c = cond_new(a, COND_COMPARE);
	c->subject = s;
	c->operator= operator;
	c->other = other;
	return c;
}

const struct cond *
cond_member(struct arena *a, const struct subject *s, const struct subject *set)
{
	struct cond *c = cond_new(a, COND_MEMBER);

	c->subject = s;
	c->other = set;
	return c;
}

static int
entry_order(const int64_t *a, const int64_t *b, uint32_t width)
{
	for (uint32_t i = 0; i < width; i++) {
		if (a[i] != b[i]) {
			return a[i] < b[i] ? -1 : 1;
		}
	}
	return 0;
}

/* Puts one entry behind count sorted ones where it belongs. Returns the new count. */
static uint32_t
entry_insert(int64_t *entries, uint32_t count, uint32_t width, const int64_t *entry)
{
	uint32_t at = count;

	while (at > 0 && entry_order(entries + (size_t)(at - 1) * width, entry, width) > 0) {
		at--;
	}
	if (at > 0 && entry_order(entries + (size_t)(at - 1) * width, entry, width) == 0) {
		return count;
	}
	memmove(entries + (size_t)(at + 1) * width, entries + (size_t)at * width,
		(size_t)(count - at) * width * sizeof *entries);
	memcpy(entries + (size_t)at * width, entry, width * sizeof *entries);
	return count + 1;
}

const struct cond *
cond_tuple(struct arena *a, const struct subject *const *subjects, uint32_t count,
	const int64_t *entries, uint32_t entry_count, const char *name)
{
	const struct subject **own = arena_array(a, count, sizeof *own);
	uint32_t *from = arena_array(a, count, sizeof *from);
	int64_t *sorted = arena_array(a, (size_t)entry_count * count + 1, sizeof *sorted);
	int64_t *one = arena_array(a, count, sizeof *one);
	struct cond *c;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t at = i;

		while (at > 0 && own[at - 1]->order > subjects[i]->order) {
			own[at] = own[at - 1];
			from[at] = from[at - 1];
			at--;
		}
		own[at] = subjects[i];
		from[at] = i;
	}
	for (uint32_t e = 0; e < entry_count; e++) {
		bool fits = true;

		for (uint32_t i = 0; i < count; i++) {
			one[i] = entries[(size_t)e * count + from[i]];
			fits = fits && one[i] >= own[i]->low && one[i] <= own[i]->high;
		}
		kept = fits ? entry_insert(sorted, kept, count, one) : kept;
	}
	if (kept == 0) {
		return &cond_false;
	}
	if (count == 1) {
		const struct cond *set = &cond_false;

		for (uint32_t e = 0; e < kept; e++) {
			set = cond_or(a, set, cond_number(a, own[0], "==", sorted[e]));
		}
		return set;
	}
	c = cond_new(a, COND_TUPLE);
	c->subjects = own;
	c->subject_count = count;
	c->entries = sorted;
	c->entry_count = kept;
	c->name = name;
	return c;
}

static const struct cond *
set_not(struct arena *a, const struct cond *c)
{
	struct range *rest = arena_array(a, c->range_count + 1, sizeof *rest);
	int64_t low = c->subject->low;
	uint32_t n = 0;
	bool is_over = false;

	for (uint32_t i = 0; i < c->range_count; i++) {
		if (c->ranges[i].low > low) {
			rest[n++] = (struct range){.low = low, .high = c->ranges[i].low - 1};
		}
		is_over = c->ranges[i].high == c->subject->high;
		low = is_over ? low : c->ranges[i].high + 1;
	}
	if (!is_over) {
		rest[n++] = (struct range){.low = low, .high = c->subject->high};
	}
	return set_make(a, c->subject, rest, n);
}

static const struct cond *
set_and(struct arena *a, const struct cond *x, const struct cond *y)
{
	struct range *both = arena_array(a, (size_t)x->range_count + y->range_count, sizeof *both);
	uint32_t n = 0;
	uint32_t i = 0;
	uint32_t j = 0;

	while (i < x->range_count && j < y->range_count) {
		const struct range *p = &x->ranges[i];
		const struct range *q = &y->ranges[j];
		int64_t low = p->low > q->low ? p->low : q->low;
		int64_t high = p->high < q->high ? p->high : q->high;

		if (low <= high) {
			both[n++] = (struct range){.low = low, .high = high};
		}
		if (p->high < q->high) {
			i++;
		} else {
			j++;
		}
	}
	return set_make(a, x->subject, both, n);
}

static bool
tuples_agree(const struct cond *x, const struct cond *y)
{
	if (x->subject_count != y->subject_count) {
		return false;
	}
	for (uint32_t i = 0; i < x->subject_count; i++) {
		if (x->subjects[i] != y->subjects[i]) {
			return false;
		}
	}
	return true;
}

/* One condition for two of an `or` (or an `and`), or NULL: they stay two. */
static const struct cond *
merge(struct arena *a, const struct cond *x, const struct cond *y, enum cond_kind kind)
{
	if (x->kind == COND_SET && y->kind == COND_SET && x->subject == y->subject) {
		if (kind == COND_AND) {
			return set_and(a, x, y);
		}
		x = set_and(a, set_not(a, x), set_not(a, y));
		return cond_not(a, x);
	}
	if (kind == COND_OR && x->kind == COND_TUPLE && y->kind == COND_TUPLE &&
		tuples_agree(x, y)) {
		size_t width = x->subject_count;
		int64_t *all = arena_array(
			a, ((size_t)x->entry_count + y->entry_count) * width, sizeof *all);

		memcpy(all, x->entries, x->entry_count * width * sizeof *all);
		memcpy(all + x->entry_count * width, y->entries,
			y->entry_count * width * sizeof *all);
		return cond_tuple(a, x->subjects, x->subject_count, all,
			x->entry_count + y->entry_count, x->name);
	}
	return NULL;
}

/* Adds y to the parts of an AND or OR. */
static const struct cond *
part_add(struct arena *a, const struct cond *x, const struct cond *y, enum cond_kind kind)
{
	const struct cond **parts;
	struct cond *c;
	uint32_t count = x->kind == kind ? x->part_count : 1;

	parts = arena_array(a, (size_t)count + 1, sizeof *parts);
	for (uint32_t i = 0; i < count; i++) {
		parts[i] = x->kind == kind ? x->parts[i] : x;
	}
	for (uint32_t i = 0; i < count; i++) {
		const struct cond *one = merge(a, parts[i], y, kind);
		const struct cond *sum = NULL;

		if (one == NULL) {
			continue;
		}
		parts[i] = one;
		for (uint32_t j = 0; j < count; j++) {
			sum = sum == NULL        ? parts[j]
			      : kind == COND_AND ? cond_and(a, sum, parts[j])
						 : cond_or(a, sum, parts[j]);
		}
		return sum;
	}
	parts[count] = y;
	c = cond_new(a, kind);
	c->parts = parts;
	c->part_count = count + 1;
	return c;
}

static const struct cond *
join(struct arena *a, const struct cond *x, const struct cond *y, enum cond_kind kind)
{
	enum cond_kind winner = kind == COND_AND ? COND_FALSE : COND_TRUE;
	enum cond_kind neutral = kind == COND_AND ? COND_TRUE : COND_FALSE;

	if (x->kind == winner || y->kind == neutral) {
		return x;
	}
	if (y->kind == winner || x->kind == neutral) {
		return y;
	}
	if (y->kind != kind) {
		return part_add(a, x, y, kind);
	}
	for (uint32_t i = 0; i < y->part_count; i++) {
		x = join(a, x, y->parts[i], kind);
	}
	return x;
}

const struct cond *
cond_and(struct arena *a, const struct cond *x, const struct cond *y)
{
	return join(a, x, y, COND_AND);
}

const struct cond *
cond_or(struct arena *a, const struct cond *x, const struct cond *y)
{
	return join(a, x, y, COND_OR);
}

const struct cond *
cond_not(struct arena *a, const struct cond *x)
{
	const struct cond *sum;
	struct cond *c;

	switch (x->kind) {
	case COND_TRUE:
		return &cond_false;
	case COND_FALSE:
		return &cond_true;
	case COND_SET:
		return set_not(a, x);
	case COND_NOT:
		return x->parts[0];
	case COND_AND:
	case COND_OR:
		sum = cond_not(a, x->parts[0]);
		for (uint32_t i = 1; i < x->part_count; i++) {
			sum = join(a, sum, cond_not(a, x->parts[i]),
				x->kind == COND_AND ? COND_OR : COND_AND);
		}
		return sum;
	case COND_COMPARE:
	case COND_TUPLE:
	case COND_MEMBER:
		break;
	}
	c = cond_new(a, COND_NOT);
	c->parts = arena_array(a, 1, sizeof *c->parts);
	memcpy((void *)c->parts, &x, sizeof x);
	c->part_count = 1;
	return c;
}
