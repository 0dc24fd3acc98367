/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The loop: sockets that others connect to, and what comes through them. */
#ifndef KSM_HOSTS_LINUX_BROKER_H
#define KSM_HOSTS_LINUX_BROKER_H

#include <stdbool.h>

#define BROKER_CONTROL ".control" /* in the folder of sockets; no instance has such a name */

/* Makes a socket for each instance that the host file knows, and one for control, in the folder
 * `path`, which it makes if it is not there. Requires identity_read, call_open. False after an
 * error, which was printed. */
bool broker_open(const char *path);

/* Waits for events and does what they want, once. timeout_ms: at most so long; -1: any time. */
void broker_step(int timeout_ms);

/*
 * Makes the next step, or the one that goes on, return at once. May be called by the handler of a
 * signal.
 */
void broker_wake(void);

/* Takes the sockets away. */
void broker_close(void);

#endif
