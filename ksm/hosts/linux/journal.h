/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Audit: what the monitor recorded, in the words of servers/audit. A ring for each instance, which
 * somebody with the monitor's capability reads (Audit.next), and the newest of all for people.
 */
#ifndef KSM_HOSTS_LINUX_JOURNAL_H
#define KSM_HOSTS_LINUX_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "servers/audit/record.h"
#include "servers/audit/text.h"

#define JOURNAL_KEPT 256u /* newest records; a power of two */
#define JOURNAL_RING 16u  /* of one instance, unread */

/* Requires judge_open, peer_init. Returns false if the names of a policy are not sound. */
bool journal_open(void);

/* Stamps a record, keeps it, wakes its reader; the first of a kind becomes a line of the log. */
void journal_write(struct record *record);

/* Takes the oldest record that nobody took. False: there is none. */
bool journal_take(struct record *record);

/* One line about record `number`, and why. False: it is not kept, or not any more. */
bool journal_line(uint32_t number, struct text *out);
bool journal_why(uint32_t number, struct text *out);
uint32_t journal_newest_number(void);

struct journal_counts {
	uint32_t denied;
	uint32_t lost; /* overwritten before anybody read them */
};

struct journal_counts journal_counts_of(uint32_t member);

/* A line of the log about a member, without its end. */
void journal_say(uint32_t member, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The label in words. */
const char *journal_label(uint16_t label);
const char *journal_interface(uint16_t interface);
/* Whether the label is the member's own: itself or one of its resources. */
bool journal_owns(uint32_t member, uint16_t label);

#endif
