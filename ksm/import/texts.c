/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * texts.c: patterns that are no list of texts. Letter by letter, the shortest texts first, all
 * patterns of a field are followed at once: each set of patterns that some text matches is a kind.
 */
#include "texts.h"

#include <string.h>

#include "ksm/gate/buffer.h"
#include "ksm/gate/compile.h"
#include "names.h"
#include "world.h"

/* Texts that are looked at; patterns that tell more of them apart are refused. */
#define LOOKS_MAX 2048u

static const char too_many[] =
	"a field is compared with 4 patterns at most that are no lists of texts";

/* Where a text has led to in each pattern. */
struct look {
	const char *text;
	size_t length;
	bool begins_known; /* a text of the policy begins like this */
	struct regex_at at[TEXTS_PATTERNS_MAX];
};

struct looking {
	struct arena *arena;
	struct world_field *f;
	uint8_t letters[256]; /* one of each kind that no pattern tells apart */
	uint32_t letter_count;
	struct look *looks;
	uint32_t count;
};

int32_t
texts_pattern(struct world *w, struct world_field *f, const char *pattern, const char **why)
{
	struct arena *a = &w->compile->arena;
	struct texts_pattern *own = f->patterns.elements;

	*why = NULL;
	for (uint32_t i = 0; i < f->patterns.count; i++) {
		if (strcmp(own[i].pattern, pattern) == 0) {
			return (int32_t)i;
		}
	}
	if (f->patterns.count == TEXTS_PATTERNS_MAX) {
		*why = too_many;
		return -1;
	}
	own = vector_push(&f->patterns, a, sizeof *own);
	own->pattern = pattern;
	*why = regex_read(a, pattern, &own->regex);
	if (*why != NULL) {
		f->patterns.count--;
		return -1;
	}
	f->has_kinds = false;
	return (int32_t)f->patterns.count - 1;
}

static uint32_t
patterns_of(const struct world_field *f, const char *text)
{
	const struct texts_pattern *p = f->patterns.elements;
	uint32_t bits = 0;

	for (uint32_t i = 0; i < f->patterns.count; i++) {
		bits |= (uint32_t)regex_matches(&p[i].regex, text) << i;
	}
	return bits;
}

static bool
is_known(const struct world_field *f, const char *text)
{
	for (uint32_t i = 0; i < f->texts.count; i++) {
		if (strcmp(((const char *const *)f->texts.elements)[i], text) == 0) {
			return true;
		}
	}
	return false;
}

/* --- letters ------------------------------------------------------------------------------------
 */

static bool
letters_alike(const struct world_field *f, uint8_t a, uint8_t b)
{
	const struct texts_pattern *p = f->patterns.elements;

	for (uint32_t i = 0; i < f->patterns.count; i++) {
		for (uint32_t s = 0; s < p[i].regex.count; s++) {
			const uint64_t *letters = p[i].regex.states[s].letters;

			if ((letters[a / 64] >> a % 64 & 1) != (letters[b / 64] >> b % 64 & 1)) {
				return false;
			}
		}
	}
	return true;
}

/* Letters in the order in which people like to read them; those of an own meaning last. */
static void
letters_find(struct looking *k)
{
	static const char liked[] = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "_-./:,;+*=@#%&!?~^$|<>()[]{}' ";
	uint8_t order[256];
	bool is_liked[256] = {false};
	uint32_t count = 0;

	for (const char *c = liked; *c != 0; c++) {
		order[count++] = (uint8_t)*c;
		is_liked[(uint8_t)*c] = true;
	}
	for (uint32_t c = UINT8_MAX; c > 0; c--) {
		if (!is_liked[c]) {
			order[count++] = (uint8_t)c;
		}
	}
	for (uint32_t i = 0; i < count; i++) {
		bool is_new = true;

		for (uint32_t j = 0; j < k->letter_count && is_new; j++) {
			is_new = !letters_alike(k->f, order[i], k->letters[j]);
		}
		/* A letter of a text that the policy names is one of its own, too. */
		for (uint32_t t = 0; !is_new && t < k->f->texts.count; t++) {
			is_new = strchr(((const char *const *)k->f->texts.elements)[t], order[i]) !=
				 NULL;
		}
		if (is_new) {
			k->letters[k->letter_count++] = order[i];
		}
	}
}

/* --- kinds --------------------------------------------------------------------------------------
 */

static bool
is_begin(const struct world_field *f, const char *text, size_t length)
{
	for (uint32_t i = 0; i < f->texts.count; i++) {
		if (strncmp(((const char *const *)f->texts.elements)[i], text, length) == 0) {
			return true;
		}
	}
	return false;
}

/* Whether a shorter text has led to the same places, and both begin no text of the policy. */
static bool
is_old(const struct looking *k, const struct look *look)
{
	size_t bytes = k->f->patterns.count * sizeof *look->at;

	for (uint32_t i = 0; i < k->count && !look->begins_known; i++) {
		if (!k->looks[i].begins_known && memcmp(k->looks[i].at, look->at, bytes) == 0) {
			return true;
		}
	}
	return false;
}

static void
kind_add(struct looking *k, const struct look *look)
{
	const struct texts_pattern *p = k->f->patterns.elements;
	struct texts_kind *kinds = k->f->kinds.elements;
	uint32_t bits = 0;

	for (uint32_t i = 0; i < k->f->patterns.count; i++) {
		bits |= (uint32_t)regex_ends(&p[i].regex, &look->at[i]) << i;
	}
	if (is_known(k->f, look->text)) {
		return;
	}
	if (bits == 0) {
		if (k->f->other == NULL && look->length > 0) {
			k->f->other = look->text;
		}
		return;
	}
	for (uint32_t i = 0; i < k->f->kinds.count; i++) {
		if (kinds[i].patterns == bits) {
			return;
		}
	}
	kinds = vector_push(&k->f->kinds, k->arena, sizeof *kinds);
	*kinds = (struct texts_kind){.example = look->text, .patterns = bits};
}

/* Takes the text of a look with one letter more. False: there are too many. */
static bool
look_on(struct looking *k, uint32_t from, uint8_t letter)
{
	const struct texts_pattern *p = k->f->patterns.elements;
	const struct look *before = &k->looks[from];
	struct look look = {.length = before->length + 1};

	for (uint32_t i = 0; i < k->f->patterns.count; i++) {
		look.at[i] = regex_step(&p[i].regex, &before->at[i], letter);
	}
	look.text = arena_format(k->arena, "%s%c", before->text, letter);
	look.begins_known = is_begin(k->f, look.text, look.length);
	if (is_old(k, &look)) {
		return true;
	}
	if (k->count == LOOKS_MAX) {
		return false;
	}
	kind_add(k, &look);
	k->looks[k->count++] = look;
	return true;
}

/* The word for a kind: what it was called before, or what its patterns have of letters. */
static const char *
kind_word(struct arena *a, struct world_field *f, uint32_t bits)
{
	const struct texts_pattern *p = f->patterns.elements;
	struct texts_word *own = f->kind_words.elements;
	struct buffer name;

	for (uint32_t i = 0; i < f->kind_words.count; i++) {
		if (own[i].patterns == bits) {
			return own[i].word;
		}
	}
	buffer_init(&name, a);
	buffer_text(&name, "like");
	for (uint32_t n = 0; n < f->patterns.count; n++) {
		bool is_apart = true;

		for (const char *c = p[n].pattern; (bits >> n & 1) != 0 && *c != 0; c++) {
			bool is_letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
					 (*c >= '0' && *c <= '9');

			buffer_text(&name, is_letter && is_apart ? "_" : "");
			buffer_add(&name, c, is_letter);
			is_apart = !is_letter;
		}
	}
	own = vector_push(&f->kind_words, a, sizeof *own);
	own->patterns = bits;
	own->word = names_take(&f->used, a, name.bytes, NAMES_SMALL);
	return own->word;
}

static void
words_add(struct arena *a, struct world_field *f)
{
	const struct texts_kind *kinds = f->kinds.elements;

	if (f->words.count == 0) {
		*(const char **)vector_push(&f->words, a, sizeof(char *)) =
			names_take(&f->used, a, "other", NAMES_SMALL);
	}
	for (uint32_t i = 0; i < f->kinds.count; i++) {
		*(const char **)vector_push(&f->words, a, sizeof(char *)) =
			kind_word(a, f, kinds[i].patterns);
	}
}

static void
kinds_find(struct world *w, struct world_field *f)
{
	struct arena *a = &w->compile->arena;
	const struct texts_pattern *p = f->patterns.elements;
	struct looking k = {.arena = a, .f = f};
	bool fits = true;

	k.looks = arena_array(a, LOOKS_MAX, sizeof *k.looks);
	letters_find(&k);
	f->kinds.count = 0;
	f->other = NULL;
	k.looks[0].text = "";
	k.looks[0].begins_known = f->texts.count > 0;
	for (uint32_t i = 0; i < f->patterns.count; i++) {
		k.looks[0].at[i] = regex_begin(&p[i].regex);
	}
	kind_add(&k, &k.looks[0]);
	k.count = 1;
	for (uint32_t from = 0; from < k.count && fits; from++) {
		for (uint32_t n = 0; n < k.letter_count && fits; n++) {
			fits = look_on(&k, from, k.letters[n]);
		}
	}
	f->has_kinds = true;
	f->is_crowded = !fits || f->texts.count + f->kinds.count > UINT8_MAX;
	f->words.count = f->words.count == 0 ? 0 : f->texts.count + 1;
	words_add(a, f);
}

bool
texts_build(struct world *w)
{
	bool is_new = false;

	for (uint32_t i = 0; i < w->interfaces.count; i++) {
		const struct world_interface *one =
			((struct world_interface *const *)w->interfaces.elements)[i];

		for (uint32_t m = 0; m < one->methods.count * 2; m++) {
			const struct world_method *method =
				((struct world_method *const *)one->methods.elements)[m / 2];
			const struct vector *fields = &method->fields[m % 2];

			for (uint32_t n = 0; n < fields->count; n++) {
				struct world_field *f =
					((struct world_field *const *)fields->elements)[n];

				if (f->patterns.count > 0 && !f->has_kinds) {
					kinds_find(w, f);
					is_new = true;
				}
			}
		}
	}
	return is_new;
}

const char *
texts_word(const struct world_field *f, const char *text)
{
	const char *const *words = f->words.elements;
	const struct texts_kind *kinds = f->kinds.elements;
	uint32_t bits = patterns_of(f, text);

	for (uint32_t i = 0; i < f->texts.count; i++) {
		if (strcmp(((const char *const *)f->texts.elements)[i], text) == 0) {
			return words[i + 1];
		}
	}
	for (uint32_t i = 0; i < f->kinds.count; i++) {
		if (kinds[i].patterns == bits) {
			return words[f->texts.count + 1 + i];
		}
	}
	return words[0];
}
