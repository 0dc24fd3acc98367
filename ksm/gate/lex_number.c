/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lex_number.c: digits, `_` between them, and a unit; everything else is refused with a reason. */
#include "lex_number.h"

#include <ctype.h>
#include <string.h>

#include "ast_expr.h"
#include "compile.h"
#include "suggest.h"

struct unit {
	const char *spelling;
	enum token_kind kind;
	uint64_t factor;
};

static const struct unit units[] = {
#define UNIT(spelling, kind, factor) {spelling, TOKEN_##kind, factor},
#include "tokens.def"
};

static const char *const unit_spellings[] = {
#define UNIT(spelling, kind, factor) spelling,
#include "tokens.def"
};

#define UNIT_COUNT (sizeof(units) / sizeof(units[0]))

enum digits_result {
	DIGITS_GOOD,
	DIGITS_UNDERLINE, /* a `_` that does not stand between two digits */
	DIGITS_OVERFLOW,
};

static enum token_kind
bad(struct lex_fault *fault, const char *clause, const char *sentence, const char *help)
{
	*fault = (struct lex_fault){clause, sentence, help};
	return TOKEN_BAD;
}

static bool
is_digit(char c, unsigned base)
{
	return base == 16 ? isxdigit((unsigned char)c) != 0 : isdigit((unsigned char)c) != 0;
}

static unsigned
digit_value(char c)
{
	return isdigit((unsigned char)c) ? (unsigned)(c - '0')
					 : (unsigned)(tolower((unsigned char)c) - 'a') + 10;
}

/* Reads digits of base and moves *at behind them. */
static enum digits_result
digits_read(const char *bytes, size_t length, size_t *at, unsigned base, uint64_t *value)
{
	bool after_digit = false;
	bool overflow = false;

	*value = 0;
	for (; *at < length && (is_digit(bytes[*at], base) || bytes[*at] == '_'); (*at)++) {
		if (bytes[*at] == '_') {
			if (!after_digit) {
				return DIGITS_UNDERLINE;
			}
			after_digit = false;
			continue;
		}
		overflow = overflow || __builtin_mul_overflow(*value, (uint64_t)base, value) ||
			   __builtin_add_overflow(*value, (uint64_t)digit_value(bytes[*at]), value);
		after_digit = true;
	}
	if (!after_digit) {
		return DIGITS_UNDERLINE;
	}
	return overflow ? DIGITS_OVERFLOW : DIGITS_GOOD;
}

static enum token_kind
unit_unknown(struct compile *c, const char *bytes, size_t unit_at, const char *unit,
	struct lex_fault *fault)
{
	const char *nearest = suggest_nearest(unit, unit_spellings, UNIT_COUNT);
	const char *help = "sizes end in K, M or G, times in ns, us, ms, s, min, h or d";

	if (nearest == NULL && (strcmp(unit, "sec") == 0 || strcmp(unit, "secs") == 0)) {
		nearest = "s";
	}
	if (nearest != NULL) {
		help = arena_format(&c->arena, "write `%.*s%s`", (int)unit_at, bytes, nearest);
	}
	return bad(fault, "G7", arena_format(&c->arena, "`%s` is no unit", unit), help);
}

static enum token_kind
unit_apply(struct compile *c, const char *bytes, size_t unit_at, size_t length,
	struct ast_number *number, struct lex_fault *fault)
{
	const char *unit = arena_copy(&c->arena, bytes + unit_at, length - unit_at);

	for (size_t i = 0; i < UNIT_COUNT; i++) {
		if (strcmp(units[i].spelling, unit) != 0) {
			continue;
		}
		number->unit = units[i].kind == TOKEN_SIZE ? AST_UNIT_BYTES : AST_UNIT_TIME;
		if (__builtin_mul_overflow(
			    number->magnitude, units[i].factor, &number->magnitude)) {
			return bad(fault, "G6", "this number does not fit 64 bits",
				units[i].kind == TOKEN_SIZE ? "the largest size is 17179869183G"
							    : "the longest time is 213503d");
		}
		return units[i].kind;
	}
	return unit_unknown(c, bytes, unit_at, unit, fault);
}

static enum token_kind
zeros_refuse(struct compile *c, const char *bytes, size_t length, struct lex_fault *fault)
{
	size_t zeros = 0;

	while (zeros + 1 < length && (bytes[zeros] == '0' || bytes[zeros] == '_') &&
		(isdigit((unsigned char)bytes[zeros + 1]) || bytes[zeros + 1] == '_')) {
		zeros++;
	}
	return bad(fault, "G6", "a number has no leading zeros",
		arena_format(&c->arena, "write `%.*s`; octal is not known", (int)(length - zeros),
			bytes + zeros));
}

enum token_kind
lex_number(struct compile *c, const char *bytes, size_t length, struct ast_number *number,
	struct lex_fault *fault)
{
	bool is_hex = length > 1 && bytes[0] == '0' && bytes[1] == 'x';
	size_t at = is_hex ? 2 : 0;
	enum digits_result result;

	*number = (struct ast_number){0};
	if (memchr(bytes, '.', length) != NULL) {
		return bad(fault, "G6", "a number has no fraction",
			"use a smaller unit, `1500us` for 1.5 ms, or count tenths");
	}
	if (memchr(bytes, '\'', length) != NULL) {
		return bad(fault, "G6", "`'` does not stand in a number",
			"digits are set apart by `_`: `65_536`");
	}
	if (!is_hex && length > 1 && bytes[0] == '0' &&
		(isdigit((unsigned char)bytes[1]) || bytes[1] == '_')) {
		return zeros_refuse(c, bytes, length, fault);
	}
	result = digits_read(bytes, length, &at, is_hex ? 16 : 10, &number->magnitude);
	if (result == DIGITS_UNDERLINE) {
		return bad(fault, "G6", "a digit is missing in this number",
			"`_` stands between two digits, `0x` before at least one");
	}
	if (result == DIGITS_OVERFLOW) {
		return bad(fault, "G6", "this number does not fit 64 bits",
			"the largest number is 18446744073709551615");
	}
	if (at == length) {
		return TOKEN_INT;
	}
	if (is_hex) {
		return bad(fault, "G6", "this is no hexadecimal digit",
			"the digits are 0 to 9 and a to f; a size is written in decimal: `64K`");
	}
	return unit_apply(c, bytes, at, length, number, fault);
}
