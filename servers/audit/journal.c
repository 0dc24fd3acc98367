/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the audit server keeps: the newest records, and which kinds it has shown already. */
#include "journal.h"

#include <stddef.h>
#include <string.h>

#define SHOWN_KINDS 64u

static struct record records[JOURNAL_RECORDS];
static uint8_t digests[JOURNAL_RECORDS][CHAIN_DIGEST_BYTES];
static uint32_t newest;

/* Samples of the kinds that were shown; the oldest give way. */
static struct record shown[SHOWN_KINDS];
static uint32_t shown_count;

void
journal_begin(uint32_t life)
{
	chain_begin(life, digests[0]);
}

uint32_t
journal_add(const struct record *record)
{
	uint8_t entry[CHAIN_ENTRY_BYTES];
	const uint8_t *before = digests[newest++ % JOURNAL_RECORDS];
	uint8_t *digest = digests[newest % JOURNAL_RECORDS];

	records[newest % JOURNAL_RECORDS] = *record;
	chain_entry(record, newest, entry);
	memcpy(digest, before, CHAIN_DIGEST_BYTES);
	chain_add(digest, entry);
	return newest;
}

const struct record *
journal_find(uint32_t number)
{
	if (number == 0 || number > newest || newest - number >= JOURNAL_RECORDS) {
		return NULL;
	}
	return &records[number % JOURNAL_RECORDS];
}

const uint8_t *
journal_chained(uint32_t number)
{
	bool is_kept = number <= newest && newest - number < JOURNAL_RECORDS;

	return is_kept ? digests[number % JOURNAL_RECORDS] : NULL;
}

uint32_t
journal_newest(void)
{
	return newest;
}

static bool
is_same_kind(const struct record *a, const struct record *b)
{
	return a->instance == b->instance && a->target == b->target &&
	       a->interface == b->interface && a->method == b->method && a->event == b->event &&
	       a->reason == b->reason && a->policy == b->policy;
}

bool
journal_was_shown(const struct record *record)
{
	uint32_t kept = shown_count < SHOWN_KINDS ? shown_count : SHOWN_KINDS;

	for (uint32_t i = 0; i < kept; i++) {
		if (is_same_kind(&shown[i], record)) {
			return true;
		}
	}
	shown[shown_count++ % SHOWN_KINDS] = *record;
	return false;
}
