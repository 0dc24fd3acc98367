/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Faults in a source: words gone, doubled, replaced. */
#include <stdbool.h>
#include <stdint.h>

#include "tests/host/support/random.h"
#include "tests/host/support/random_gate.h"

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

/* The word or mark at or behind `at`. */
static void
word_find(const char *text, size_t size, size_t at, size_t *first, size_t *end)
{
	while (at > 0 && is_word(text[at]) && is_word(text[at - 1])) {
		at--;
	}
	while (at + 1 < size && (text[at] == ' ' || text[at] == '\n')) {
		at++;
	}
	*first = at;
	*end = at + 1;
	while (*end < size && is_word(text[at]) && is_word(text[*end])) {
		(*end)++;
	}
}

static void
word_say(struct buffer *b)
{
	static const char *const words[] = {
#define MARK(kind, spelling)        spelling,
#define WORD(kind, spelling, class) spelling,
#include "ksm/gate/tokens.def"
		"0", "1", "-1", "18446744073709551615", "9223372036854775808", "0x", "5ms", "4K",
		"\"text\"", "\"", "#", "##", ";", "a", "b", "Mode", "Count", "Phase", "server",
		"\xc3\xa4", "\x80", "\t", "\r", "{{", "))"};

	buffer_text(b, " ");
	buffer_text(b, words[random_below(sizeof(words) / sizeof(words[0]))]);
	buffer_text(b, " ");
}

static void
fault_once(struct buffer *b, const char *text, size_t size)
{
	size_t first, end, from, to;

	word_find(text, size, random_below(size), &first, &end);
	word_find(text, size, random_below(size), &from, &to);
	buffer_add(b, text, first);
	switch (random_below(5)) {
	case 0: /* gone */
		break;
	case 1: /* there twice */
		buffer_add(b, text + first, end - first);
		buffer_text(b, " ");
		buffer_add(b, text + first, end - first);
		break;
	case 2: /* another one of the text */
		buffer_text(b, " ");
		buffer_add(b, text + from, to - from);
		buffer_text(b, " ");
		break;
	case 3: /* one is put in */
		word_say(b);
		buffer_add(b, text + first, end - first);
		break;
	default:
		word_say(b);
		break;
	}
	buffer_add(b, text + end, size - end);
}

void
random_gate_fault(struct buffer *b, const char *text, size_t size)
{
	uint64_t count = 1 + random_below(3);

	for (uint64_t i = 0; i < count; i++) {
		struct buffer next;

		buffer_init(&next, b->arena);
		fault_once(i + 1 == count ? b : &next, text, size);
		text = next.bytes;
		size = next.size;
	}
}

/* The first line at or behind `at` that begins an item, or `size`. */
static size_t
item_find(const char *text, size_t size, size_t at)
{
	while (at < size && !((at == 0 || text[at - 1] == '\n') && is_word(text[at]))) {
		at++;
	}
	return at;
}

void
random_gate_part(struct buffer *b, const char *text, size_t size)
{
	uint64_t count = 1 + random_below(3);
	size_t first = item_find(text, size, random_below(size));
	size_t end = first;

	for (uint64_t i = 0; i < count && end < size; i++) {
		end = item_find(text, size, end + 1);
	}
	buffer_text(b, "edition 1\n");
	buffer_add(b, text + first, end - first);
}
