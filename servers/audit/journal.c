/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the audit server keeps: the newest records, and which kinds it has shown already. */
#include "journal.h"

#include <stddef.h>

#define SHOWN_KINDS 64u

static struct record records[JOURNAL_RECORDS];
static uint32_t newest;

/* Samples of the kinds that were shown; the oldest give way. */
static struct record shown[SHOWN_KINDS];
static uint32_t shown_count;

uint32_t
journal_add(const struct record *record)
{
	newest++;
	records[newest % JOURNAL_RECORDS] = *record;
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
	       a->reason == b->reason;
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
