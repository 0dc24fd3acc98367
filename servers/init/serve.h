/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* init as a server: the wishes of the one process that is wired to it. */
#ifndef INIT_SERVE_H
#define INIT_SERVE_H

struct caller;
struct estate;
struct message;

/* Serves a request that the monitor has let through, and puts the answer into the message. */
void serve(struct estate *estate, const struct caller *caller, struct message *message);

#endif
