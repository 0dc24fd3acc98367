/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A server of high priority and a client of low priority in the kernel world, and what they hold.
 */
#ifndef SUPPORT_KERNEL_PAIR_H
#define SUPPORT_KERNEL_PAIR_H

#include <stdint.h>

#define PAIR_METHOD 3u
#define PAIR_LONG   200u /* bytes of a message that does not fit in the registers */
#define PAIR_BADGE  77u

struct process;
struct slot;
struct thread;

struct pair {
	struct process *server_process, *client_process; /* instances 1 and 2 */
	struct thread *server, *client;
	struct slot *endpoint;         /* init's */
	uint32_t receive, call, reply; /* handles: two of the server's, the client's is call */
};

extern struct pair pair;

/* Setup of a CMocka test, with world_end as its teardown. */
int pair_start(void **state);
/* The same by the kernel's short way: nobody may notice a difference. */
int pair_start_plain(void **state);

/* length bytes that count up from first. */
void pair_fill(uint8_t *bytes, uint32_t length, uint8_t first);
/* The client calls with such a message; who runs afterwards. */
struct thread *pair_call(uint32_t length, uint8_t first);
/* Fails the test unless the thread got this message of the client's, and not a byte more. */
void pair_check_received(const struct thread *thread, uint32_t length, uint8_t first);

#endif
