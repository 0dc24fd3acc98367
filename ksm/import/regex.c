/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* regex.c: an expression as places with letters between them; all places at once are followed. */
#include "regex.h"

#include <string.h>

#include "ksm/gate/arena.h"

#define NEST_MAX   8u
#define REPEAT_MAX 64u

static const char unknown[] = "this form of a pattern is not imported: write the texts, `a|b|c`";
static const char too_long[] = "this pattern is too long: write the texts that are meant, `a|b|c`";
static const char open_end[] = "this pattern has `^` or `$` at one end only, so it may mean a part "
			       "of the text: write both, or "
			       "`.*` at the other end";

struct reading {
	struct regex *r;
	const char *at;
	const char *why; /* NULL: nothing is wrong so far */
	uint32_t depth;
};

/* A piece of the expression: it begins at `first`, and `last` leads on. */
struct piece {
	uint32_t first;
	uint32_t last;
};

static struct piece choice_read(struct reading *x);

static uint32_t
state_new(struct reading *x)
{
	if (x->r->count == REGEX_STATES_MAX) {
		x->why = too_long;
		return 0;
	}
	x->r->states[x->r->count].is_fork = true;
	return x->r->count++;
}

/* A fork with one way. */
static void
lead(struct reading *x, uint32_t from, uint32_t to)
{
	x->r->states[from].next = (uint16_t)to;
	x->r->states[from].other = (uint16_t)to;
}

static void
letter_add(uint64_t letters[4], uint8_t byte)
{
	letters[byte / 64] |= UINT64_C(1) << byte % 64;
}

/* A letter, perhaps behind a backslash, of which a text of PSL has two. */
static uint8_t
letter_read(struct reading *x)
{
	if (x->at[0] == '\\') {
		x->at += x->at[1] == '\\' ? 2 : 1;
		if (x->at[0] == 0 || strchr("wWdDsSbBnrtx0123456789", x->at[0]) != NULL) {
			x->why = unknown;
			return 0;
		}
	}
	return (uint8_t)*x->at++;
}

/* class = "[" ["^"] {letter | letter "-" letter} "]" */
static void
class_read(struct reading *x, uint64_t letters[4])
{
	bool is_not = x->at[1] == '^';

	x->at += is_not ? 2 : 1;
	do {
		uint8_t low = x->at[0] == 0 || x->at[0] == '[' ? 0 : letter_read(x);
		uint8_t high = low;

		if (x->at[0] == '-' && x->at[1] != ']' && x->at[1] != 0) {
			x->at++;
			high = letter_read(x);
		}
		if (low == 0 || low > high) {
			x->why = x->why == NULL ? unknown : x->why;
			return;
		}
		for (uint32_t c = low; c <= high; c++) {
			letter_add(letters, (uint8_t)c);
		}
	} while (x->at[0] != ']' && x->why == NULL);
	x->at++;
	for (uint32_t i = 0; is_not && i < 4; i++) {
		letters[i] = ~letters[i];
	}
}

/* part = class | "(" choice ")" | "." | letter */
static struct piece
part_read(struct reading *x)
{
	struct piece p;
	struct regex_state *s;

	if (x->at[0] == '(') {
		x->at += strncmp(x->at, "(?:", 3) == 0 ? 3 : 1;
		p = choice_read(x);
		if (x->why == NULL && *x->at++ != ')') {
			x->why = unknown;
		}
		return p;
	}
	p.first = state_new(x);
	p.last = state_new(x);
	s = &x->r->states[p.first];
	s->is_fork = false;
	s->next = (uint16_t)p.last;
	if (x->at[0] == '[') {
		class_read(x, s->letters);
	} else if (x->at[0] == '.') {
		memset(s->letters, 0xff, sizeof s->letters);
		x->at++;
	} else if (strchr("*+?{}]^$", x->at[0]) != NULL) {
		x->why = unknown;
	} else {
		letter_add(s->letters, letter_read(x));
	}
	return p;
}

static uint32_t
count_read(struct reading *x, uint32_t none)
{
	uint32_t count = 0;

	if (x->at[0] < '0' || x->at[0] > '9') {
		return none;
	}
	while (x->at[0] >= '0' && x->at[0] <= '9') {
		count = count > REPEAT_MAX ? count : count * 10 + (uint32_t)(*x->at++ - '0');
		if (count > REPEAT_MAX) {
			x->why = too_long;
			return none;
		}
	}
	return count;
}

/* repeat = ["?" | "*" | "+" | "{" INT ["," [INT]] "}"]; most UINT32_MAX: no end */
static void
repeat_read(struct reading *x, uint32_t *least, uint32_t *most)
{
	*least = *most = 1;
	switch (x->at[0]) {
	case '?':
	case '*':
	case '+':
		*least = x->at[0] == '+';
		*most = x->at[0] == '?' ? 1 : UINT32_MAX;
		x->at++;
		break;
	case '{':
		x->at++;
		*least = count_read(x, REPEAT_MAX + 1);
		*most = *least;
		if (x->at[0] == ',') {
			x->at++;
			*most = count_read(x, UINT32_MAX);
		}
		if (x->why == NULL && (*x->at++ != '}' || *least > REPEAT_MAX || *least > *most)) {
			x->why = unknown;
		}
		break;
	default:
		break;
	}
}

/* A part, as often as is said: it is read anew for each time. */
static struct piece
repeated_read(struct reading *x)
{
	const char *start = x->at;
	const char *behind;
	struct piece whole = {.first = state_new(x)};
	struct piece one = part_read(x);
	uint32_t least;
	uint32_t most;
	uint32_t end = state_new(x);
	uint32_t fork;

	if (x->why != NULL) {
		return whole;
	}
	repeat_read(x, &least, &most);
	behind = x->at;
	whole.last = whole.first;
	for (uint32_t i = 0; x->why == NULL && (i < least || (most != UINT32_MAX && i < most));
		i++) {
		if (i > 0) {
			x->at = start;
			one = part_read(x);
		}
		fork = state_new(x);
		lead(x, whole.last, fork);
		lead(x, fork, one.first);
		x->r->states[fork].other = (uint16_t)(i < least ? one.first : end);
		whole.last = one.last;
	}
	if (x->why == NULL && most == UINT32_MAX) {
		if (least > 0) {
			x->at = start;
			one = part_read(x);
		}
		fork = state_new(x);
		lead(x, whole.last, fork);
		lead(x, one.last, fork);
		lead(x, fork, one.first);
		x->r->states[fork].other = (uint16_t)end;
	} else {
		lead(x, whole.last, end);
	}
	x->at = behind;
	whole.last = end;
	return whole;
}

/* choice = {repeated} {"|" {repeated}} */
static struct piece
choice_read(struct reading *x)
{
	struct piece whole = {.first = state_new(x), .last = state_new(x)};
	uint32_t fork = whole.first;

	x->why = ++x->depth > NEST_MAX ? unknown : x->why;
	do {
		uint32_t at = state_new(x);
		uint32_t next = state_new(x);

		lead(x, fork, at);
		while (x->why == NULL && x->at[0] != 0 && strchr("|)", x->at[0]) == NULL) {
			struct piece p = repeated_read(x);

			lead(x, at, p.first);
			at = p.last;
		}
		lead(x, at, whole.last);
		if (x->at[0] == '|') {
			x->r->states[fork].other = (uint16_t)next;
			fork = next;
		}
	} while (x->why == NULL && x->at[0] == '|' && x->at++ != NULL);
	x->depth--;
	return whole;
}

/* The pattern without the signs of its ends: the whole text matches, so one end may have `.*`. */
static const char *
inside(struct arena *a, const char *pattern, const char **why)
{
	size_t length = strlen(pattern);
	bool has_begin = pattern[0] == '^';
	bool has_end = length > 0 && pattern[length - 1] == '$' &&
		       (length < 2 || pattern[length - 2] != '\\');
	bool is_choice = strchr(pattern, '|') != NULL && strchr(pattern, '(') == NULL;

	if ((has_begin != has_end &&
		    !(has_begin && length > 2 && strcmp(pattern + length - 2, ".*") == 0) &&
		    !(has_end && strncmp(pattern, ".*", 2) == 0)) ||
		((has_begin || has_end) && is_choice)) {
		*why = open_end;
	}
	return arena_copy(
		a, pattern + has_begin, length - has_begin - (has_end && length > has_begin));
}

const char *
regex_read(struct arena *a, const char *pattern, struct regex *r)
{
	struct reading x = {.r = r};
	struct piece whole;

	*r = (struct regex){.states = arena_array(a, REGEX_STATES_MAX, sizeof *r->states)};
	x.at = inside(a, pattern, &x.why);
	if (x.why != NULL) {
		return x.why;
	}
	whole = choice_read(&x);
	r->first = whole.first;
	r->end = whole.last;
	return x.why != NULL ? x.why : x.at[0] != 0 ? unknown : NULL;
}

static bool
is_at(const struct regex_at *at, uint32_t state)
{
	return (at->bits[state / 64] >> state % 64 & 1) != 0;
}

/* Adds a place, and those to which it leads without a letter. */
static void
place_add(const struct regex *r, struct regex_at *at, uint32_t state)
{
	uint16_t todo[REGEX_STATES_MAX * 2 + 1];
	uint32_t count = 0;

	todo[count++] = (uint16_t)state;
	while (count > 0) {
		uint32_t one = todo[--count];

		if (is_at(at, one)) {
			continue;
		}
		at->bits[one / 64] |= UINT64_C(1) << one % 64;
		if (r->states[one].is_fork && one != r->end) {
			todo[count++] = r->states[one].next;
			todo[count++] = r->states[one].other;
		}
	}
}

struct regex_at
regex_begin(const struct regex *r)
{
	struct regex_at at = {{0}};

	place_add(r, &at, r->first);
	return at;
}

struct regex_at
regex_step(const struct regex *r, const struct regex_at *at, uint8_t byte)
{
	struct regex_at next = {{0}};

	for (uint32_t i = 0; i < r->count; i++) {
		const struct regex_state *s = &r->states[i];

		if (is_at(at, i) && !s->is_fork && (s->letters[byte / 64] >> byte % 64 & 1) != 0) {
			place_add(r, &next, s->next);
		}
	}
	return next;
}

bool
regex_ends(const struct regex *r, const struct regex_at *at)
{
	return is_at(at, r->end);
}

bool
regex_matches(const struct regex *r, const char *text)
{
	struct regex_at at = regex_begin(r);

	for (const char *c = text; *c != 0; c++) {
		at = regex_step(r, &at, (uint8_t)*c);
	}
	return regex_ends(r, &at);
}
