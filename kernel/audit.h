/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Audit: a ring for each instance, a first record for each edge, counts; nothing is denied
 * silently. */
#ifndef KERNEL_AUDIT_H
#define KERNEL_AUDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/abi.h"

#define AUDIT_EVENT_FAULT                                                                          \
	3 /* beside enum ksm_event: method = kind, operand = address, handle = pc */

struct audit_record {
	uint64_t time_ns;
	int64_t operand;   /* value of the failing field */
	uint32_t sequence; /* of all records, from 1 */
	uint32_t handle;
	uint32_t badge;
	uint16_t label; /* who sent */
	uint16_t instance;
	uint16_t target; /* label of the capability; 0: there was none */
	uint16_t interface;
	uint16_t method;
	uint16_t field; /* byte offset of the failing field, 0xffff none */
	uint16_t epoch; /* low bits: how often another policy had come into force */
	uint8_t event;
	uint8_t reason; /* enum ksm_reason; 0: a grant that its rule wants recorded, or a fault */
	uint32_t rule : 24;  /* 17 bits of them are used */
	uint32_t policy : 8; /* which of the image judged */
};

_Static_assert(sizeof(struct audit_record) == 48, "records are small");

struct notification;
struct object;

struct audit_counts {
	uint32_t incarnation;
	uint32_t denied;
	uint32_t faults;
	uint32_t lost; /* records overwritten before anybody read them */
	uint16_t label;
};

size_t audit_memory_bytes(uint32_t instances, uint32_t edges);
void audit_init(void *memory, uint32_t instances, uint32_t edges);
/* The kernel object whose capability lets a process read all this. */
struct object *audit_object(void);

/* The policy that judges from here on. */
void audit_policy(uint32_t policy, uint32_t epoch);

/* Stamps the record and stores it: ring, first record, counts; wakes the reader. edge: index, or
 * UINT32_MAX for none. */
void audit_write(struct audit_record *record, uint32_t edge);

/* Counts a denial that its rule wants no record of. */
void audit_count(uint32_t instance);

/* Whether the next record of that instance would push out one that nobody has read. */
bool audit_is_full(uint32_t instance);

/* One step of looking for the oldest unread record of any instance; false: that was the last. */
bool audit_seek_step(void);

/* Takes the record that was looked for. False: there is none. lost: records of that instance that
 * were overwritten unread since the last one was taken. Requires that audit_seek_step said false.
 */
bool audit_take(struct audit_record *record, uint32_t *lost);

/* The first denial at an edge, or 0xffff0000 + n: of instance n without an edge. False: none. */
bool audit_first(uint32_t edge, struct audit_record *record);

void audit_incarnation(uint16_t instance, uint16_t label);
uint32_t audit_instances(void);
bool audit_counts(uint32_t instance, struct audit_counts *counts);

/* The notification gets these bits with each record. */
void audit_bind(struct notification *notification, uint32_t bits);
void audit_forget(const struct notification *notification);

#endif
