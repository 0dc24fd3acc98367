/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * kernel/monitor.h without a policy: grants everything that has the right shape, unless a test says
 * otherwise, and remembers what it was asked. The real monitor is tested with the engine, and both
 * together by booting.
 */
#ifndef FAKE_ARCH_FAKE_MONITOR_H
#define FAKE_ARCH_FAKE_MONITOR_H

#include <stdbool.h>
#include <stdint.h>

#include "ksm/engine/ksm.h"

#define FAKE_EDGES     1024u
#define FAKE_INSTANCES 150u /* more than are looked at in one step */
#define FAKE_POLICIES  3u

struct notification;

struct fake_monitor {
	/* What a test sets. */
	bool deny_requests, deny_replies, deny_signals, deny_asks;
	bool is_plain;      /* set by fake_monitor_set_plain */
	uint32_t shapes[2]; /* what calls and replies of user interfaces carry: ksm/format.h */
	uint16_t closed_interface; /* no edge exists over it */
	struct notification *told; /* of each denied request, as the audit tells its reader */
	uint32_t epoch;
	uint64_t versions[FAKE_POLICIES];
	bool forgets;           /* another policy would forget what the one in force remembers */
	bool is_stale;          /* after a swap */
	uint32_t places;        /* capabilities that may come yet; 0: any number, else less one */
	uint32_t restart_steps; /* that an incarnation's beginning takes, less one */
	uint32_t policy;
	/* What the kernel asked for. */
	uint32_t edges;
	uint32_t kept_edges;                 /* of the world itself: a reset forgets all others */
	uint32_t requests, replies, signals; /* judged, granted or not */
	uint32_t refusals;                   /* what the kernel itself refused and had recorded */
	uint32_t came, went;                 /* capabilities of edges */
	uint32_t aborts;                     /* granted calls that ended without an answer */
	uint32_t restarts;                   /* incarnations that began */
	uint8_t refused_reason;              /* of the last one: enum ksm_reason */
	uint32_t refused_handle;
	uint8_t request[64]; /* the first bytes of the last request */
	/* What a server asked last, and how often one did. */
	uint32_t asks, asked_info;
	uint16_t asked_client, asked_target, asked_interface;
	uint8_t asked[64];
};

extern struct fake_monitor fake_monitor;

/* Payload of a method of a kernel interface; FAKE_NO_METHOD if there is none. */
#define FAKE_NO_METHOD 2047u
uint32_t fake_monitor_length(uint32_t interface, uint32_t method);

/* Calls or replies that were granted by the table alone; requests and replies do not count them. */
uint32_t fake_monitor_plain(enum ksm_event event);

/* From now on all edges grant messages between processes by the table alone: the kernel's short
 * way. */
void fake_monitor_set_plain(void);

/* Grants everything, has counted nothing, has no edges but those that are kept. */
void fake_monitor_reset(void);

#endif
