/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a component and the broker say to each other, over a SOCK_SEQPACKET socket that stands in
 * the broker's folder under the name of the component's instance. A packet is a struct ksm_wire and
 * the payload of a message behind it, at most KSM_WIRE_BYTES_MAX. Descriptors travel as SCM_RIGHTS.
 * Both sides are on one machine: its byte order; payloads are as gate lays them out.
 */
#ifndef KSM_HOSTS_LINUX_WIRE_H
#define KSM_HOSTS_LINUX_WIRE_H

#include <stdint.h>

#define KSM_WIRE_BYTES_MAX       1024u
#define KSM_WIRE_DESCRIPTORS_MAX 4u

/* A component does one thing at a time: after CALL and RECEIVE nothing but their end is due. A
 * packet that is not due, or has another form, ends the connection. */
enum ksm_wire_kind {
	/* To the broker. */
	KSM_WIRE_CALL = 1,          /* handle, info, timeout_ns; ends with ANSWER */
	KSM_WIRE_SIGNAL = 2,        /* handle; ANSWER follows at once */
	KSM_WIRE_RECEIVE = 3,       /* handle: KSM_WIRE_WANT_ bits, timeout_ns; ends with REQUEST,
				     * NOTIFY or FAILED */
	KSM_WIRE_REPLY = 4,         /* handle: ticket, info; ANSWER says whether it was delivered */
	KSM_WIRE_REPLY_RECEIVE = 5, /* both; badge: as handle of RECEIVE; if the reply is refused
				     * FAILED follows, and nothing is received */
	KSM_WIRE_POLL = 6,          /* NOTIFY follows at once, perhaps without bits */
	KSM_WIRE_ASK = 7, /* handle: ticket, label, instance: an interface, info, payload; ANSWER
			   * says whether its caller may do that (SPEC: methods marked `ask`) */
	/* From the broker. */
	KSM_WIRE_HELLO = 16,  /* first: label, instance; handle: how many capabilities; badge: label
			       * of the  first resource; payload: attributes, a line each */
	KSM_WIRE_ANSWER = 17, /* status; if it is 0: info, payload, descriptors */
	KSM_WIRE_REQUEST = 18, /* handle: ticket; badge, label, instance: who; info, payload */
	KSM_WIRE_NOTIFY = 19,  /* badge: the bits */
	KSM_WIRE_FAILED = 20   /* status: why nothing was received */
};

#define KSM_WIRE_WANT_REQUEST 1u
#define KSM_WIRE_WANT_BITS    2u

struct ksm_wire {
	uint32_t kind;
	uint32_t handle;
	uint32_t info;   /* abi/abi.h: method or status 15:0, bytes of payload 26:16 */
	uint32_t status; /* abi/errors.def */
	uint32_t badge;
	uint16_t label;
	uint16_t instance;
	uint64_t timeout_ns; /* from now on; 0: none */
};

#endif
