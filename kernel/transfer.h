/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Capabilities that travel in messages (decisions B1, B3). */
#ifndef KERNEL_TRANSFER_H
#define KERNEL_TRANSFER_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/abi.h"

struct process;
struct thread;

/*
 * In the payload of a message of this shape, which stands in the sender's stage, each handle
 * becomes what is judged of it: interface << 16 | label; the handles are noted in the sender.
 * Returns false if one names nothing that may be sent.
 */
bool transfer_describe(struct thread *sender, uint32_t shape, bool is_reply);

/* Places the capabilities that the sender noted in the process's table, all or none, and puts their
 * new handles into the message. Returns E_OK, E_HANDLE: one is gone meanwhile, or what slot_place
 * says. */
enum status transfer_place(struct thread *sender, struct process *process);

/* What came with a request is the receiver's until it receives again, or under another handle
 * (Process.move) for good. */
void transfer_land(struct thread *receiver, const struct thread *sender);
/* One bounded step towards empty landing slots; false: they are. */
bool transfer_drop_step(struct thread *receiver);

#endif
