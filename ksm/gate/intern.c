/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* intern.c: a hash table with chains that doubles when it holds as many texts as chains. */
#include "intern.h"

#include <string.h>

#define BUCKET_COUNT_MIN ((size_t)256)

struct intern_entry {
	struct intern_entry *next;
	uint64_t hash;
	size_t length;
	const char *text;
};

/* FNV-1a, 64 bits. */
static uint64_t
hash_bytes(const char *bytes, size_t length)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < length; i++) {
		hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
	}
	return hash;
}

static struct intern_entry **
chain_of(struct intern *t, uint64_t hash)
{
	return &t->buckets[(size_t)hash & (t->bucket_count - 1)];
}

static void
table_grow(struct intern *t, struct arena *a)
{
	struct intern old = *t;

	t->bucket_count = old.bucket_count == 0 ? BUCKET_COUNT_MIN : old.bucket_count * 2;
	t->buckets = arena_array(a, t->bucket_count, sizeof(struct intern_entry *));
	for (size_t i = 0; i < old.bucket_count; i++) {
		struct intern_entry *entry = old.buckets[i];

		while (entry != NULL) {
			struct intern_entry *next = entry->next;
			struct intern_entry **chain = chain_of(t, entry->hash);

			entry->next = *chain;
			*chain = entry;
			entry = next;
		}
	}
}

const char *
intern_bytes(struct intern *t, struct arena *a, const char *bytes, size_t length)
{
	uint64_t hash = hash_bytes(bytes, length);
	struct intern_entry **chain;
	struct intern_entry *entry;

	if (t->entry_count == t->bucket_count) {
		table_grow(t, a);
	}
	chain = chain_of(t, hash);
	for (entry = *chain; entry != NULL; entry = entry->next) {
		if (entry->hash == hash && entry->length == length &&
			memcmp(entry->text, bytes, length) == 0) {
			return entry->text;
		}
	}
	entry = arena_alloc(a, sizeof(*entry));
	entry->hash = hash;
	entry->length = length;
	entry->text = arena_copy(a, bytes, length);
	entry->next = *chain;
	*chain = entry;
	t->entry_count++;
	return entry->text;
}

const char *
intern_text(struct intern *t, struct arena *a, const char *text)
{
	return intern_bytes(t, a, text, strlen(text));
}
