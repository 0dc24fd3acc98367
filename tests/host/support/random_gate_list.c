/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What random policies say of lists, structs, unions, numbers of 64 bits, parameters of errors and
 * attributes that may not be there. */
#include <stdbool.h>
#include <stdint.h>

#include "tests/host/support/random.h"
#include "tests/host/support/random_gate.h"

#define ELEMENTS_MAX 3u

/* A type, tests of it, and what narrows it, behind its list. */
struct kind {
	const char *type;
	const char *tests[6]; /* what stands behind the name */
	const char *range;
};

static const struct kind kinds[] = {
	{"u8", {" < 7", " in {1, 3..5, 200}", " != 0", " >= 250", " = 4", " in 2..9"}, ""},
	{"i16", {" < 0", " = -9", " > 8", " in {-3, 0, 5}", " != 1", " in -2..2"}, " in -9..9"},
	{"u64",
		{" = 18446744073709551615", " >= 9223372036854775808", " < 5",
			" in 9223372036854775806..9223372036854775809", " != 9223372036854775807",
			" in {3, 18446744073709551614}"},
		""},
	{"bool", {"", " = false", " = true", " != true", "", " = true"}, ""},
	{"Mode", {" = slow", " in {off, fast}", " != off", " = fast", " != slow", " = off"}, ""},
	{"u16", {" > 300", " in 4..5", " = 65535", " <= 2", " != 7", " in {0, 9}"}, ""},
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

struct lists {
	struct buffer *b;
	const struct kind *of[2]; /* the elements of l0 and of its answer */
	uint32_t most;            /* elements */
	bool has_tally;
};

static bool
one_in(uint32_t n)
{
	return random_below(n) == 0;
}

static void
say(struct lists *l, const char *text)
{
	buffer_text(l->b, text);
}

static void
say_number(struct lists *l, const char *format, uint32_t number)
{
	/* Formats of this file only. */
	buffer_text(l->b, arena_format(l->b->arena, "%s%u", format, number));
}

static void
kind_test(struct lists *l, const char *name, const struct kind *kind)
{
	say(l, name);
	say(l, kind->tests[random_below(6)]);
}

/* `xs.len > 1 and xs[1]PART TEST`, or the same said the other way round. */
static void
element_test(struct lists *l, const char *list, const char *part, const struct kind *kind)
{
	uint32_t at = (uint32_t)random_below(l->most);
	bool is_or = one_in(3);
	const char *name = arena_format(l->b->arena, "%s[%u]%s", list, at, part);

	say(l, one_in(5) ? "not (" : "(");
	say(l, list);
	say_number(l, is_or ? ".len <= " : ".len > ", at);
	say(l, is_or ? " or " : " and ");
	kind_test(l, name, kind);
	say(l, ")");
}

static void
length_test(struct lists *l, const char *list)
{
	static const char *const signs[] = {" < ", " >= ", " = ", " != ", " > "};

	say(l, list);
	say(l, ".len");
	say_number(l, signs[random_below(4)], 1 + (uint32_t)random_below(l->most));
}

static void
simple_test(struct lists *l, const char *list, const struct kind *kind)
{
	say(l, " when ");
	if (one_in(3)) {
		length_test(l, list);
		say(l, one_in(2) ? " and " : " or ");
	}
	element_test(l, list, "", kind);
}

/* Structs with a field that may not be there, and unions, in lists and in arrays. */
static void
rows_say(struct lists *l)
{
	uint32_t at = (uint32_t)random_below(l->most);
	struct arena *a = l->b->arena;
	bool is_two = one_in(2);
	const char *unit = is_two ? "two" : "one";

	say(l, "allow First -> Server : lists.l1 when ");
	element_test(l, "rows", ".p", &kinds[0]);
	if (one_in(2)) {
		say(l, arena_format(a, " and rows.len > %u and rows[%u] has r and rows[%u].r", at,
			       at, at));
		say(l, kinds[0].tests[random_below(6)]);
	}
	say(l, "\nallow Second -> Server : lists.l2 when ");
	say(l, arena_format(a, "units.len > 0 and units[0] has %s and units[0].%s",
		       one_in(16) ? "one" : unit, unit));
	say(l, kinds[is_two ? 0 : 5].tests[random_below(6)]);
	say(l, "\nallow {First, Second} -> Server : lists.l4 when pair[0].p <= pair[1].p");
	say(l, one_in(2) ? " and pair[1] has r\n" : " or pair[0] has r and pair[0].r < 3\n");
}

/* Only what was sent with an error that has it is tested [T20]. */
static void
errors_say(struct lists *l)
{
	switch (random_below(4)) {
	case 0:
		say(l, "\n    error when arg has small and small.n < 5");
		break;
	case 1:
		say(l, "\n    error when arg has wide and (wide.w or wide.rows > 300)");
		break;
	case 2:
		say(l, "\n    error when not arg has lost");
		say(l, l->has_tally ? " then add Tally 1" : "");
		break;
	default:
		break;
	}
}

static void
list_say(struct lists *l)
{
	say(l, "allow First -> Server : lists.l0");
	simple_test(l, "xs", l->of[0]);
	if (l->has_tally && one_in(2)) {
		say(l, one_in(2) ? "\n    then add Tally xs.len" : "\n    then add Tally a");
	}
	if (one_in(2)) {
		say(l, "\n    reply");
		simple_test(l, "ys", l->of[1]);
	}
	errors_say(l);
	say(l, "\n");
	if (one_in(3)) {
		say(l, "forbid any -> Server : lists.l0 unless xs.len > 0 and ");
		kind_test(l, "xs[0]", l->of[0]);
		say(l, "\n");
	}
}

/* What an instance says of itself, or does not, and instances as values. */
static void
attributes_say(struct lists *l)
{
	say(l, "allow First -> Server : lists.l3 when ");
	kind_test(l, "big", &kinds[2]);
	say(l, one_in(2) ? " or client has own and big = client.own\n" : "\n");
	say(l, one_in(2) ? "allow Second -> Server : lists.l5(who = client.mate)\n"
			 : "allow Second -> Server : lists.l5(who != three)\n");
}

void
random_gate_lists(struct buffer *b)
{
	struct lists l = {.b = b,
		.of = {&kinds[random_below(KINDS)], &kinds[random_below(KINDS)]},
		.most = 1 + (uint32_t)random_below(ELEMENTS_MAX),
		.has_tally = one_in(2)};
	struct arena *a = b->arena;

	say(&l, "struct Row { p: u8, q: i16, r: optional u8 }\nunion Unit { one: u16, two: u8 }\n");
	say(&l, "interface Lists {\n");
	say(&l, arena_format(a,
			"    l0(a: u8, xs: list<%s, %u>%s) -> (ys: list<%s, %u>%s) errors "
			"{small(n: u8 "
			"in 2..9), wide(rows: u16, w: bool), lost}\n",
			l.of[0]->type, l.most, l.of[0]->range, l.of[1]->type, l.most,
			l.of[1]->range));
	say(&l, arena_format(a, "    l1(rows: list<Row, %u>)\n    l2(units: list<Unit, %u>)\n",
			l.most, l.most));
	say(&l, "    l3(a: u8, big: u64 = 18446744073709551615)\n    l4(pair: Row[2])\n"
		"    l5(a: u32, who: process = two)\n}\n");
	if (l.has_tally) {
		say(&l, "counter Tally per client max 300 keep\n"
			"allow Second -> Server : lists.l0 then add Tally 2\n");
	}
	list_say(&l);
	if (one_in(2)) {
		rows_say(&l);
	}
	attributes_say(&l);
}
