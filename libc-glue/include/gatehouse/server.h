/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The loop of a server: wait, serve, answer. */
#ifndef GATEHOUSE_SERVER_H
#define GATEHOUSE_SERVER_H

#include <stdbool.h>
#include <stdint.h>

struct caller;
struct message;

struct server {
	/* Serves the request in message and puts the answer there; false: the answer comes later,
	 * through a reply object that holds the caller. Usually calls the generated CLASS_serve. */
	bool (*serve)(const struct caller *caller, struct message *message);
	/* The process's notification had bits. NULL: they are dropped. */
	void (*notified)(uint32_t bits);
	/* The answer to the last request was refused, its caller has an error instead: what was
	 * made for it is nobody's. NULL: there is nothing of that kind. */
	void (*refused)(void);
};

/* Serves the process's own endpoint, for ever. Requires the process's first thread when notified is
 * set: its wait ends when the notification has bits. */
_Noreturn void server_run(const struct server *server);

#endif
