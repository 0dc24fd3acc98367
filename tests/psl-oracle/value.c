/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* value.c: expressions, evaluated where they stand with the values of one event. */
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

static struct value implied(const struct event *e, int *at);

bool
text_matches(const char *t, const char *pattern)
{
	char whole[1024];
	char *to = whole + 2;
	regex_t regex;
	bool matches;

	(void)memcpy(whole, "^(", 2);
	for (const char *c = pattern; *c != 0 && to < whole + sizeof whole - 4; c++) {
		*to++ = *c;
		c += c[0] == '\\' && c[1] == '\\'; /* a text has two for one */
	}
	(void)memcpy(to, ")$", 3);
	if (regcomp(&regex, whole, REG_EXTENDED | REG_NOSUB) != 0) {
		fail("no regular expression", pattern);
	}
	matches = regexec(&regex, t, 0, NULL, 0) == 0;
	regfree(&regex);
	return matches;
}

static struct value
number(int64_t n)
{
	return (struct value){.type = VALUE_NUMBER, .number = n};
}

static struct value
typed(int64_t n, int64_t low, int64_t high)
{
	return (struct value){
		.type = VALUE_NUMBER, .number = n, .is_typed = true, .low = low, .high = high};
}

/*
 * a SIGN b, in the type of the wider side that has one; what this type does not have is no value.
 */
static struct value
operated(struct value a, char sign, struct value b)
{
	struct value v = !a.is_typed || (b.is_typed && b.high > a.high) ? b : a;
	bool fits = false;

	switch (sign) {
	case '+':
		fits = !__builtin_add_overflow(a.number, b.number, &v.number);
		break;
	case '-':
		fits = !__builtin_sub_overflow(a.number, b.number, &v.number);
		break;
	case '*':
		fits = !__builtin_mul_overflow(a.number, b.number, &v.number);
		break;
	case '&':
	case '|':
		v.number = sign == '&' ? a.number & b.number : a.number | b.number;
		fits = true;
		break;
	}
	no_value = no_value || !fits || (v.is_typed && (v.number < v.low || v.number > v.high));
	return v;
}

/* uint16 .. sint64: a wider type. */
static struct value
cast(const char *type, struct value v)
{
	int bits = atoi(type + strlen("uint"));

	v.is_typed = true;
	v.high = type[0] == 's' ? INT64_MAX >> (64 - bits)
				: INT64_MAX >> (63 - (bits == 64 ? 63 : bits));
	v.low = type[0] == 's' ? -v.high - 1 : 0;
	return v;
}

static struct value
text(const char *t)
{
	return (struct value){.type = VALUE_TEXT, .text = t};
}

bool
field_goes(const struct field *f, const struct event *e)
{
	return f->direction == (e->kind[0] == 'e'                         ? 'e'
				       : strcmp(e->kind, "response") == 0 ? 'o'
									  : 'i');
}

/* The sequence that the path of an element begins with, or -1. */
static int
sequence_of(const struct event *e, const char *path)
{
	const char *dot = strrchr(path, '.');

	for (int i = 0; dot != NULL && i < field_count; i++) {
		const struct field *whole = &fields[i];

		if (whole->method == e->method && whole->unit > 0 && field_goes(whole, e) &&
			strlen(whole->path) == (size_t)(dot - path) &&
			strncmp(whole->path, path, (size_t)(dot - path)) == 0) {
			return i;
		}
	}
	return -1;
}

bool
field_is_there(const struct event *e, const char *path)
{
	int whole = sequence_of(e, path);

	return whole < 0 || strtoll(strrchr(path, '.') + 1, NULL, 10) < e->numbers[whole];
}

/* message.a.b[0].c: the field of that path, in the direction of the event. */
static struct value
field_value(const struct event *e, int *at)
{
	char path[512];

	(void)strncpy(path, words[*at] + strlen("message."), sizeof path - 1);
	path[sizeof path - 1] = 0;
	(*at)++;
	while (word_is(*at, "[") || word_is(*at, ".")) {
		(void)strcat(strcat(path, "."), words[*at + 1]);
		*at += word_is(*at, "[") ? 3 : 2;
	}
	if (!field_is_there(e, path)) {
		no_value = true;
		return number(0);
	}
	for (int i = 0; i < field_count; i++) {
		if (fields[i].method == e->method && strcmp(fields[i].path, path) == 0 &&
			field_goes(&fields[i], e)) {
			return fields[i].is_text
				       ? text(e->texts[i])
				       : typed(e->numbers[i], fields[i].low, fields[i].high);
		}
	}
	fail("no field", path);
}

/* [a, b]: numbers or texts. all and any: the whole is a truth value. */
static struct value
list(const struct event *e, int *at, int truth)
{
	struct value v = {.type = VALUE_LIST};
	bool any = false;
	bool all = true;

	(*at)++;
	while (!word_is(*at, "]")) {
		struct value one = implied(e, at);

		any = any || one.number != 0;
		all = all && one.number != 0;
		if (v.count < ENTRIES_MAX) {
			v.items[v.count] = one.text;
			if (v.count < PARTS_MAX) {
				v.parts[v.count] = one.number;
			}
			v.count++;
		}
		*at += word_is(*at, ",");
	}
	(*at)++;
	return truth == 0 ? v : number(truth > 0 ? any : all);
}

/* The sum or the product of [a, b, ..]. */
static struct value
folded(const struct event *e, int *at, char sign)
{
	struct value v = number(sign == '+' ? 0 : 1);

	(*at)++;
	while (!word_is(*at, "]")) {
		v = operated(v, sign, implied(e, at));
		*at += word_is(*at, ",");
	}
	(*at)++;
	return v;
}

/* size (x) is x, whose value here is how many elements it has. */
static struct value
calculated(const struct event *e, const char *word, int *at)
{
	const char *function = strchr(word, '.') == NULL ? word : strchr(word, '.') + 1;
	struct value v;

	if (word_is(*at, "[") || word_is(*at + 1, "[")) {
		int end = bracket_end(*at);

		*at += word_is(*at, "(");
		v = folded(e, at, strcmp(function, "sum") == 0 ? '+' : '*');
		*at = end;
		return v;
	}
	(*at)++;
	v = implied(e, at);
	(*at)++;
	if (strncmp(function, "uint", 4) == 0 || strncmp(function, "sint", 4) == 0) {
		return v.is_typed ? cast(function, v) : v;
	}
	if (strcmp(function, "neg") == 0 || (strcmp(function, "abs") == 0 && v.number < 0)) {
		struct value zero = number(0);

		return operated(zero, '-', v);
	}
	return v;
}

static struct value
named(const struct event *e, int *at)
{
	const char *word = words[*at];
	struct value v = number(0);

	if (strncmp(word, "message.", 8) == 0) {
		return field_value(e, at);
	}
	(*at)++;
	if (strcmp(word, "true") == 0 || strcmp(word, "false") == 0) {
		return number(word[0] == 't');
	}
	if (strcmp(word, "src_sid") == 0 || strcmp(word, "dst_sid") == 0) {
		return number(word[0] == 's' ? e->src : e->dst);
	}
	if (strcmp(word, "bool.any") == 0 || strcmp(word, "bool.all") == 0) {
		bool is_wrapped = word_is(*at, "(");

		*at += is_wrapped;
		v = list(e, at, word[6] == 'n' ? 1 : -1);
		*at += is_wrapped;
		return v;
	}
	if (strstr(word, ".select") != NULL || strstr(word, ".match") != NULL) {
		int inside = *at + 3; /* behind `{ text :` */

		v = implied(e, &inside);
		*at = bracket_end(*at);
		/* behind `, pattern :` */
		return strstr(word, ".select") != NULL
			       ? v
			       : number(text_matches(v.text, words[inside + 3]));
	}
	if (strchr(word, '.') == NULL || strncmp(word, "math.", 5) == 0) {
		return calculated(e, word, at);
	}
	(void)object_call(e, word, at, &v);
	return v;
}

static struct value
atom(const struct event *e, int *at)
{
	struct value v;

	if (quoted[*at]) {
		return text(words[(*at)++]);
	}
	if (word_is(*at, "!")) {
		(*at)++;
		return number(atom(e, at).number == 0);
	}
	if (word_is(*at, "-") || word_is(*at, "~")) {
		bool is_minus = word_is(*at, "-");

		(*at)++;
		v = atom(e, at);
		if (is_minus) {
			return operated(number(0), '-', v);
		}
		v.number = ~v.number & (v.is_typed ? v.high : -1);
		return v;
	}
	if (word_is(*at, "[")) {
		return list(e, at, 0);
	}
	if (word_is(*at, "(")) {
		(*at)++;
		v = implied(e, at);
		(*at)++;
		return v;
	}
	if (words[*at][0] >= '0' && words[*at][0] <= '9') {
		return number(strtoll(words[(*at)++], NULL, 0));
	}
	return named(e, at);
}

static struct value
product(const struct event *e, int *at)
{
	struct value v = atom(e, at);

	while (word_is(*at, "*")) {
		(*at)++;
		v = operated(v, '*', atom(e, at));
	}
	return v;
}

static struct value
sum(const struct event *e, int *at)
{
	struct value v = product(e, at);

	while (word_is(*at, "+") || word_is(*at, "-")) {
		char sign = words[*at][0];

		(*at)++;
		v = operated(v, sign, product(e, at));
	}
	return v;
}

/* a & b | c */
static struct value
bits(const struct event *e, int *at, bool is_and)
{
	struct value v = is_and ? sum(e, at) : bits(e, at, true);

	while (word_is(*at, is_and ? "&" : "|")) {
		(*at)++;
		v = operated(v, is_and ? '&' : '|', is_and ? sum(e, at) : bits(e, at, true));
	}
	return v;
}

/* A sign between blanks, to be looked up among others. */
static const char *
spaced(const char *sign)
{
	static char text[64];

	(void)snprintf(text, sizeof text, " %.60s ", sign);
	return text;
}

static struct value
compared(const struct event *e, int *at)
{
	struct value a = bits(e, at, false);
	const char *sign = words[*at];
	struct value b;
	int64_t difference;

	if (sign == NULL || quoted[*at] || strstr(" == != < <= > >= ", spaced(sign)) == NULL) {
		return a;
	}
	(*at)++;
	b = bits(e, at, false);
	difference = a.type == VALUE_TEXT  ? strcmp(a.text, b.text)
		     : a.number < b.number ? -1
					   : a.number > b.number;
	if (strcmp(sign, "==") == 0) {
		return number(difference == 0);
	}
	if (strcmp(sign, "!=") == 0) {
		return number(difference != 0);
	}
	return number((sign[0] == '<' && difference < 0) || (sign[0] == '>' && difference > 0) ||
		      (sign[1] == '=' && difference == 0));
}

static struct value
both(const struct event *e, int *at)
{
	struct value v = compared(e, at);

	while (word_is(*at, "&&")) {
		struct value other;

		(*at)++;
		other = compared(e, at);
		v = number(v.number != 0 && other.number != 0);
	}
	return v;
}

static struct value
either(const struct event *e, int *at)
{
	struct value v = both(e, at);

	while (word_is(*at, "||")) {
		struct value other;

		(*at)++;
		other = both(e, at);
		v = number(v.number != 0 || other.number != 0);
	}
	return v;
}

static struct value
implied(const struct event *e, int *at)
{
	struct value v = either(e, at);

	while (word_is(*at, "==>")) {
		struct value other;

		(*at)++;
		other = either(e, at);
		v = number(v.number == 0 || other.number != 0);
	}
	return v;
}

struct value
value_at(const struct event *e, int *at)
{
	return implied(e, at);
}
