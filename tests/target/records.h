/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the kernel recorded, for tests that provoke it. */
#ifndef TARGET_RECORDS_H
#define TARGET_RECORDS_H

#include <stdbool.h>
#include <stdint.h>

#define RECORD_FAULT                                                                               \
	3 /* event: method = kind, operand = address, handle = pc, badge = syndrome                \
	   */

struct record {
	int64_t operand;
	uint32_t sequence;
	uint32_t handle;
	uint32_t badge;
	uint32_t lost;
	uint16_t label;
	uint16_t instance;
	uint16_t target;
	uint16_t interface;
	uint16_t method;
	uint16_t field;
	uint8_t event;
	uint8_t reason;
};

/* Takes the oldest record that nobody has read. False: there is none. monitor: the handle of the
 * pseudo-device. */
bool record_next(uint32_t monitor, struct record *record);

/* Reads all records and forgets them. Returns how many there were. */
uint32_t record_drain(uint32_t monitor);

/* How often an instance was started, and how often it faulted. False: there is no such instance. */
bool record_lives(uint32_t monitor, uint32_t instance, uint32_t *starts, uint32_t *faults);

/* Takes records until one of this instance and event comes; others are dropped. False: none came.
 */
bool record_find(uint32_t monitor, uint16_t instance, uint8_t event, struct record *record);

#endif
