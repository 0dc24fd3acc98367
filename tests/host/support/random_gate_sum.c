/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What random policies say of sums: tests of them, amounts, lengths of lists, indexes. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/host/support/random.h"
#include "tests/host/support/random_gate.h"

/* What a message of a method has: numbers, and what must be said beside them. */
struct term {
	const char *name;
	const char *beside; /* or NULL */
	bool is_positive;   /* and no counter: an amount may have it */
};

struct terms {
	const char *method;
	const struct term *list;
	uint32_t count;
};

static const struct term plain[] = {{"a", NULL, true}, {"b", NULL, false}, {"c", NULL, true},
	{"d", NULL, true}, {"Sum", NULL, false}, {"Other", NULL, false}};
static const struct term lists[] = {{"n", NULL, true}, {"xs.len", NULL, true},
	{"xs[0]", "xs.len > 0", true}, {"xs[2]", "xs.len in 3..4", true}, {"Sum", NULL, false}};
static const struct term texts[] = {{"n", NULL, true}, {"t.len", NULL, true}, {"m", NULL, false}};
static const struct terms methods[] = {
	{"plain", plain, 6}, {"lists", lists, 5}, {"texts", texts, 3}};

static void say(struct buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void
say(struct buffer *b, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	buffer_text(b, arena_vformat(b->arena, format, arguments));
	va_end(arguments);
}

static bool
one_in(uint32_t n)
{
	return random_below(n) == 0;
}

/* may: which terms it may have, a bit for each. Returns which it has. */
static uint32_t
sum_say(struct buffer *b, const struct terms *of, uint32_t may, bool is_amount)
{
	uint32_t said = 0;

	for (uint64_t i = 0, count = 1 + random_below(3); i < count; i++) {
		uint32_t which = (uint32_t)random_below(of->count);
		const struct term *term = &of->list[which];
		bool is_less = said != 0 && one_in(is_amount ? 9 : 3);

		if ((may >> which & 1) == 0) {
			continue;
		}
		say(b, "%s%s", said == 0 ? "" : is_less ? " - " : " + ", term->name);
		said |= UINT32_C(1) << which;
	}
	if (said == 0 || one_in(2)) {
		say(b, "%s%u", said == 0 ? "" : " + ",
			(uint32_t)random_below(is_amount ? 9 : 40) + 1);
	}
	return said;
}

/* Those that are never negative, and that what was said in the guard says to be there. */
static uint32_t
amounts_of(const struct terms *of, uint32_t said)
{
	uint32_t may = 0;

	for (uint32_t i = 0; i < of->count; i++) {
		bool is_there = of->list[i].beside == NULL || (said >> i & 1) != 0;

		may |= (uint32_t)(of->list[i].is_positive && is_there) << i;
	}
	return may;
}

static void
beside_say(struct buffer *b, const struct terms *of, uint32_t said)
{
	for (uint32_t i = 0; i < of->count; i++) {
		if ((said >> i & 1) != 0 && of->list[i].beside != NULL) {
			say(b, " and %s", of->list[i].beside);
		}
	}
}

static void
rule_say(struct buffer *b, const char *who, const struct terms *of)
{
	static const char *const relations[] = {"=", "!=", "<", "<=", ">", ">="};
	uint32_t said;

	say(b, "allow %s -> Server : calc.%s when ", who, of->method);
	if (one_in(6) && of->list == lists) {
		say(b, "xs.len %s n", relations[random_below(6)]);
		said = 0;
	} else {
		said = sum_say(b, of, UINT32_MAX, false);
		if (one_in(2)) {
			say(b, " %s %u", relations[random_below(6)],
				1 + (uint32_t)random_below(60));
		} else {
			say(b, " in {%u..%u, %u}", (uint32_t)random_below(20),
				20 + (uint32_t)random_below(40), 65 + (uint32_t)random_below(20));
		}
	}
	beside_say(b, of, said);
	say(b, "\n    then add Sum ");
	if (one_in(3)) {
		say(b, "%s\n", of->list == lists ? "xs.len" : of->list == plain ? "a" : "n");
		return;
	}
	(void)sum_say(b, of, amounts_of(of, said), true);
	say(b, "\n");
}

void
random_gate_sum_interface(struct buffer *b)
{
	buffer_text(b, "interface Calc {\n    plain(a: u8, b: i16 in -50..200, c: u8 in 0..9 = 0, "
		       "d: u16 = 7)\n"
		       "    lists(n: u8, xs: list<u16, 4> in 0..90)\n    texts(n: u8, m: i8, t: "
		       "text<12>)\n"
		       "    touch(i: u8 in 0..2)\n    keep(i: u8 in 0..2, j: u8 in 0..9 = 1, k: u8 "
		       "in 0..2 = 2)\n"
		       "    back() -> (x: i8 in -1..20, y: i8) errors {busy, full(left: u8, of: "
		       "u8)}\n}\n");
}

/* One of the rules that are no plain test and amount. */
static void
special_say(struct buffer *b, uint32_t which)
{
	switch (which) {
	case 0:
		say(b, "allow Second -> Server : calc.keep%s then insert Marks i + j + %u\n",
			one_in(2) ? " when i + i - j in 1..8" : "", 3 + (uint32_t)random_below(6));
		break;
	case 1:
		say(b,
			"allow First -> Server : calc.keep when %s then add Apiece[%s] i, add "
			"Other "
			"%s\n",
			one_in(2) ? "Apiece[i] + j + j < 9" : "Apiece[k] - i < 4 and j != k",
			one_in(2) ? "i" : "k",
			one_in(2) ? "i + k + 1" : "10000000000 - 9999999999 + j");
		break;
	default:
		say(b,
			"allow Second -> Server : calc.back%s\n    reply when x + y %s %u then add "
			"Sum x + 1\n",
			one_in(2) ? ""
				  : "\n    error when not arg has full or arg has full and "
				    "full.left + full.of < 9",
			one_in(2) ? "<" : ">=", (uint32_t)random_below(12));
		break;
	}
}

void
random_gate_sum(struct buffer *b)
{
	say(b,
		"counter Sum max %u keep\ncounter Other max 20 keep\n"
		"counter Apiece per Spot max 9 keep\nset Marks of u8 in 3..40 max 4 reset\n"
		"allow First -> Server : calc.touch then add Sum 1, add Other 1\n"
		"allow Second -> Server : calc.touch then insert Marks 4, add Apiece[i] 1\n",
		50 + (uint32_t)random_below(300));
	if (one_in(3)) {
		special_say(b, (uint32_t)random_below(3));
	} else {
		rule_say(b, one_in(2) ? "First" : "{First, Second}", &methods[random_below(3)]);
	}
}
