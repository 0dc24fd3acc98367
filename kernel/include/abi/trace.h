/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A trace: the frame that Trace.start names holds one struct trace_header, then records, the oldest
 * overwritten when it is full. Record n of `written` stands at index n modulo capacity. Numbers of
 * the kernel and the policy only: no byte of a message, no address of the kernel's.
 */
#ifndef ABI_TRACE_H
#define ABI_TRACE_H

#include <stdint.h>

enum trace_kind {
#define X(name, number, word, text) TRACE_##name = (number),
#include "abi/trace.def"
#undef X
	TRACE_KINDS
};

#define TRACE_EVERYTHING ((UINT32_C(1) << TRACE_KINDS) - 1)
#define TRACE_NOBODY     UINT16_C(0xffff)     /* in place of an instance */
#define TRACE_MAGIC      UINT32_C(0x43525447) /* "GTRC" */

/* The state in which a switch leaves the thread before. */
enum trace_left {
	TRACE_LEFT_READY, /* it could run on: preempted, or it yielded */
	TRACE_LEFT_STOPPED,
	TRACE_LEFT_QUEUED,
	TRACE_LEFT_CALLING,
	TRACE_LEFT_RECEIVING,
	TRACE_LEFT_WAITING
};

struct trace_header {
	uint32_t magic;
	uint32_t version;      /* 1 */
	uint32_t record_bytes; /* of this and of each record */
	uint32_t capacity;     /* records that the frame has room for */
	uint32_t written;      /* records since the start; stored behind the record */
	uint32_t reserved[3];
};

struct trace_record {
	uint64_t time_ns;
	uint64_t operand;
	uint16_t instance;
	uint8_t thread; /* of the instance, from 1; 0: none in particular */
	uint8_t kind;   /* enum trace_kind */
	uint16_t peer_instance;
	uint8_t peer_thread;
	uint8_t code;
	uint16_t target; /* label of the capability */
	uint16_t interface;
	uint16_t method;
	uint16_t length_bytes;
};

_Static_assert(sizeof(struct trace_header) == 32, "ABI");
_Static_assert(sizeof(struct trace_record) == 32, "ABI");

#endif
