/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* suggest.c: edit distance with swaps (optimal string alignment), three rows at a time. */
#include "suggest.h"

#include <ctype.h>
#include <string.h>

static size_t
min_of(size_t a, size_t b)
{
	return a < b ? a : b;
}

static int
same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

size_t
suggest_distance(const char *a, const char *b)
{
	size_t rows[3][SUGGEST_LENGTH_MAX + 1];
	size_t a_length = strlen(a);
	size_t b_length = strlen(b);

	if (a_length > SUGGEST_LENGTH_MAX || b_length > SUGGEST_LENGTH_MAX) {
		return SUGGEST_LENGTH_MAX;
	}
	for (size_t j = 0; j <= b_length; j++) {
		rows[0][j] = j;
	}
	for (size_t i = 1; i <= a_length; i++) {
		size_t *now = rows[i % 3];
		const size_t *last = rows[(i + 2) % 3];
		const size_t *before_last = rows[(i + 1) % 3];

		now[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			size_t cost = same(a[i - 1], b[j - 1]) ? 0 : 1;

			now[j] = min_of(last[j] + 1, now[j - 1] + 1);
			now[j] = min_of(now[j], last[j - 1] + cost);
			if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) &&
				same(a[i - 2], b[j - 1])) {
				now[j] = min_of(now[j], before_last[j - 2] + 1);
			}
		}
	}
	return rows[a_length % 3][b_length];
}

const char *
suggest_nearest(const char *word, const char *const *candidates, size_t count)
{
	size_t length = strlen(word);
	size_t best = (length + 2) / 3 + 1;
	const char *nearest = NULL;

	for (size_t i = 0; i < count; i++) {
		size_t distance;

		if (candidates[i] == NULL) {
			continue;
		}
		distance = suggest_distance(word, candidates[i]);
		if (distance < best && distance < length && distance < strlen(candidates[i])) {
			best = distance;
			nearest = candidates[i];
		}
	}
	return nearest;
}
