/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the audit server keeps: the newest records, and which kinds it has shown already. */
#ifndef SERVERS_AUDIT_JOURNAL_H
#define SERVERS_AUDIT_JOURNAL_H

#include <stdbool.h>

#include "chain.h"
#include "record.h"

#define JOURNAL_RECORDS 256u /* power of two */

/* Called once, first; life: of the server, from 1. */
void journal_begin(uint32_t life);

/* Keeps a record and returns its number, from 1. */
uint32_t journal_add(const struct record *record);

/* The record with this number, or NULL: not there yet, or no longer. */
const struct record *journal_find(uint32_t number);

uint32_t journal_newest(void);

/* The digest of an entry that is kept, of 0 as long as nothing was forgotten; else NULL. */
const uint8_t *journal_chained(uint32_t number);

/* Whether a record like this (same sender, target, method, reason) was already shown; it is now. */
bool journal_was_shown(const struct record *record);

#endif
