/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* until.c: the last day on which a rule is built. */
#include "until.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ast_rule.h"
#include "compile.h"
#include "sema.h"
#include "sema_options.h"

#define FORM      "dddd-dd-dd"
#define NEAR_DAYS 30
#define DAY_S     86400

static int
number(const char *text, int digits)
{
	int value = 0;

	while (digits-- > 0) {
		value = 10 * value + (*text++ - '0');
	}
	return value;
}

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool
until_day(const char *text, int64_t *day)
{
	static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int year;
	int month;
	int date;

	for (size_t i = 0; i < sizeof FORM; i++) {
		if (FORM[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != FORM[i]) {
			return false;
		}
	}
	year = number(text, 4);
	month = number(text + 5, 2);
	date = number(text + 8, 2);
	if (year < 1970 || month < 1 || month > 12 || date < 1 ||
		date > days[month - 1] + (month == 2 && is_leap(year))) {
		return false;
	}
	*day = date - 1;
	for (int y = 1970; y < year; y++) {
		*day += is_leap(y) ? 366 : 365;
	}
	for (int m = 1; m < month; m++) {
		*day += days[m - 1] + (m == 2 && is_leap(year));
	}
	return true;
}

/* As for every tool whose builds can be repeated, SOURCE_DATE_EPOCH comes before the clock. */
static int64_t
today(const struct sema_options *options)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");

	if (options->has_today) {
		return options->today;
	}
	return (epoch != NULL && *epoch != '\0' ? strtoll(epoch, NULL, 10) : (int64_t)time(NULL)) /
	       DAY_S;
}

bool
until_check(struct sema *s, const struct ast_rule *rule)
{
	int64_t day;
	int64_t left;
	struct diag *d;

	if (rule->until == NULL) {
		return true;
	}
	if (!until_day(rule->until->bytes, &day)) {
		diag_help(diag_error(s->c, rule->until->span, "R20", "`%s` is no day",
				  rule->until->bytes),
			"write it as year, month and day: `2027-03-31`");
		return false;
	}
	left = day - today(s->options);
	if (left < 0) {
		d = diag_error(s->c, rule->until->span, "R20", "this rule ended on %s",
			rule->until->bytes);
		diag_help(d, "leave it out; if it is still wanted, say until when");
		return false;
	}
	if (left < NEAR_DAYS) {
		d = diag_warning(s->c, rule->until->span, "R20",
			"no policy with this rule can be built after %s", rule->until->bytes);
		diag_help(d, "see to what comes then, or write a later day");
	}
	return true;
}
