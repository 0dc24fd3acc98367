/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Answers: whose they are, whether they may be, and what became of them. */
#ifndef KSM_HOSTS_LINUX_REPLY_H
#define KSM_HOSTS_LINUX_REPLY_H

#include <stdint.h>

struct packet;
struct peer;

/* Answers the call that the packet's ticket names. Returns E_OK; E_DENIED: it was refused, and the
 * caller has E_DENIED, too; E_CANCELLED: the caller is gone; E_HANDLE: nobody waits for it. */
uint32_t reply_packet(struct peer *server, struct packet *packet);

/* Whether the policy lets the caller of the packet's ticket do what the packet says. E_OK,
 * E_DENIED; E_STATE: there is no such caller; E_ARGUMENT: the label is none of the server's own. */
uint32_t reply_ask(struct peer *server, const struct packet *packet);

#endif
