/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Leases: memory that a caller lends for the time of one call (decisions A8). */
#ifndef KERNEL_LEASE_H
#define KERNEL_LEASE_H

#include <stdbool.h>
#include <stdint.h>

struct thread;

/* Takes the addresses of the leases of a granted request out of its sender's message buffer. shape:
 * of its method. */
void lease_lend(struct thread *caller, uint32_t shape);

/*
 * The system calls lease_read and lease_write: between the server's memory and the lease `index` of
 * a caller that it owes an answer (handle: 0, or a reply object). Leaves the thread with E_OK and a
 * count; E_LEASE: no such lease, none of this direction, or its memory is not mapped so;
 * E_ARGUMENT: the range does not lie in it, or the server's own memory is not mapped so; E_HANDLE:
 * no reply object.
 */
void lease_copy(struct thread *server, uint32_t handle, uint32_t index, bool is_write);

#endif
