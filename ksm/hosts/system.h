/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The system blob of a policy, as the kernel's init has it: who there is, and with what. */
#ifndef KSM_HOSTS_SYSTEM_H
#define KSM_HOSTS_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SYSTEM_INSTANCES_MAX    256u
#define SYSTEM_CAPABILITIES_MAX 4096u

struct system_member {
	const char *name;
	uint16_t label;
	uint16_t number;
	uint8_t priority;
	uint16_t resource_label;   /* of its first resource; 0: it has none */
	const char *attributes;    /* "key=value" lines */
	uint32_t first_capability; /* index, of all capabilities */
	uint32_t capability_count;
};

/* One line of a member's table: its n-th has handle HANDLE_INITIAL(HANDLE_FIRST_INDEX + n). */
struct system_line {
	uint8_t kind;    /* enum system_capability_kind */
	uint16_t target; /* client, signal: index of a member; SYSTEM_TARGET_INIT: init */
	uint16_t label;
	uint16_t interface;
	uint32_t badge;
};

/* Checks every number that is used later. abi_digest: of the policy, which the blob must have, too.
 * The texts stay where the blob is. Returns NULL, or a sentence that says what is wrong. */
const char *system_open(const uint8_t *blob, size_t length_bytes, const uint8_t abi_digest[32]);

uint32_t system_members(void);
const struct system_member *system_member(uint32_t index);
/* By name; NULL if there is none. */
const struct system_member *system_named(const char *name);
uint32_t system_lines(void);
const struct system_line *system_line(uint32_t index);

#endif
