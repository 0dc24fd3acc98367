/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The chain of the journal: each entry's digest covers its record and the digest before it, so who
 * knows one digest can tell whether anything up to there was changed, left out or put in.
 */
#ifndef SERVERS_AUDIT_CHAIN_H
#define SERVERS_AUDIT_CHAIN_H

#include <stdint.h>

#include "record.h"

#define CHAIN_ENTRY_BYTES  56u
#define CHAIN_DIGEST_BYTES 32u

/* The bytes of an entry, fields little-endian, as record.h has them behind number and lost; the
 * rule stands behind the field, in 3 bytes. */
void chain_entry(const struct record *record, uint32_t number, uint8_t entry[CHAIN_ENTRY_BYTES]);

/* Digest of the journal without an entry: of the life of the server, from 1. */
void chain_begin(uint32_t life, uint8_t digest[CHAIN_DIGEST_BYTES]);

/* digest: in that of the entry before, out this one's. */
void chain_add(uint8_t digest[CHAIN_DIGEST_BYTES], const uint8_t entry[CHAIN_ENTRY_BYTES]);

#endif
