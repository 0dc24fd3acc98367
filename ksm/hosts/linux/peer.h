/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Connections: sockets, packets, state. Each is a thread of an instance; a station is the instance.
 */
#ifndef KSM_HOSTS_LINUX_PEER_H
#define KSM_HOSTS_LINUX_PEER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "ksm/engine/ksm.h"
#include "ksm/hosts/system.h"
#include "ksm/hosts/linux/wire.h"

#define PEERS_MAX   512u /* connections; a power of two */
#define THREADS_MAX 16u  /* of one instance */

enum peer_state {
	PEER_RUNNING, /* it owes the next packet */
	PEER_CALLING,
	PEER_RECEIVING
};

/* A packet as it came: bytes of ours, so nobody changes them while they are judged. */
struct packet {
	struct ksm_wire head;
	_Alignas(8) uint8_t bytes[KSM_WIRE_BYTES_MAX];
	int descriptors[KSM_WIRE_DESCRIPTORS_MAX];
	uint32_t descriptor_count;
};

struct peer;
struct station;

/* A call under way. */
struct call {
	struct station *server; /* NULL: there is no call */
	struct peer *next;      /* of those that wait for the same server */
	struct ksm_edge *edge;
	bool is_delivered;
	uint32_t ticket;
	uint32_t info;
	uint32_t handle;
	uint32_t badge;
	uint32_t rule;
	uint32_t epoch;
	struct packet packet; /* the request, until it is delivered */
};

/* A thread of an instance. */
struct peer {
	struct station *home; /* NULL: nobody is connected */
	int socket;
	enum peer_state state;
	uint32_t wants;             /* while it receives: KSM_WIRE_WANT_ bits */
	struct peer *next_receiver; /* of its station */
	uint64_t deadline_ns;       /* of its call or receive; UINT64_MAX: none */
	bool is_broken;             /* is to be closed, when this event is over */
	uint32_t sequence;          /* of its calls */
	struct call call;
};

struct station {
	const struct system_member *member;
	uint32_t threads;       /* that are connected */
	pid_t process;          /* whose they are */
	bool is_new;            /* nobody was ever connected */
	uint32_t bits;          /* signals that it has not seen */
	uint32_t orphans;       /* calls that ended without the answer that it still owes */
	uint32_t notify_bits;   /* that it gets with each record */
	struct peer *waiting;   /* callers, the most important first, then the oldest */
	struct peer *receivers; /* the oldest first */
};

/* Requires system_open. */
void peer_init(void);
struct station *station_at(uint32_t member);
struct peer *peer_at(uint32_t index); /* below PEERS_MAX */
uint32_t peer_index(const struct peer *peer);

/* Takes a place for a connection; NULL: all are taken. */
struct peer *peer_take(struct station *home, int socket);
/* Closes it and gives the place back. Requires that nothing points to it. */
void peer_release(struct peer *peer);

/* Reads one packet. False: there is none now, or the peer is broken. Descriptors that it returns
 * are the caller's to close. */
bool peer_read(struct peer *peer, struct packet *packet);

/* Sends a packet; info says how many bytes of payload. It never waits: who does not read what it
 * asked for is broken. Descriptors stay the caller's. */
void peer_write(struct peer *peer, const struct ksm_wire *head, const uint8_t *bytes,
	const int *descriptors, uint32_t descriptor_count);

/* The peer is to be closed, when this event is over. */
void peer_break(struct peer *peer);
/* Whether one was broken since this was asked. */
bool peer_take_broken(void);

void packet_close(struct packet *packet);

/* Monotonic, with the time that the machine slept. */
uint64_t peer_now_ns(void);

#endif
