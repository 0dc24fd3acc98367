/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A record of the monitor, as the kernel's audit object gives it. */
#ifndef SERVERS_AUDIT_RECORD_H
#define SERVERS_AUDIT_RECORD_H

#include <stdint.h>

#define RECORD_FAULT 3 /* event: method = kind of fault, operand = address, handle = pc */

struct record {
	uint64_t time_ns;
	int64_t operand;
	uint32_t sequence;
	uint32_t handle;
	uint32_t badge;
	uint32_t rule;
	uint32_t lost; /* of its instance, overwritten in the kernel since the one before */
	uint16_t label;
	uint16_t instance;
	uint16_t target;
	uint16_t interface;
	uint16_t method;
	uint16_t field;
	uint8_t event;
	uint8_t reason;
	uint8_t policy; /* which of the image judged */
	uint16_t epoch; /* low bits: how often another policy had come into force */
};

#endif
