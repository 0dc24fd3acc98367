/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Programs for programs. Who is whose child, and how it ended, is in the supervisor; here is only
 * who waits for an answer. After a restart of this process its clients ask again.
 */
#include "programs.h"

#include <stdbool.h>
#include <string.h>

#include "abi/abi.h"
#include "abi/process.h"
#include "gatehouse/ipc.h"
#include "gen/core/reply.h"
#include "gen/core/untyped.h"

#define WAITERS_MAX 32u
#define NAME_BYTES  31u

/* A client that waits: its call is held by a reply object. */
struct waiter {
	uint32_t reply; /* 0: never used */
	uint32_t child; /* 0: any */
	uint16_t parent;
	bool is_waiting;
};

static struct waiter waiters[WAITERS_MAX];

/* --- names ---------------------------------------------------------------------------------- */

/* Whether an instance has that name, or is the first of a template that has it. */
static bool
is_called(const char *instance, size_t bytes, uint16_t place, const char *name, size_t name_bytes)
{
	if (bytes == name_bytes && memcmp(instance, name, bytes) == 0) {
		return true;
	}
	return place == 1 && bytes == name_bytes + 1 && memcmp(instance, name, name_bytes) == 0;
}

static uint32_t
serve_find(void *context, const struct caller *caller, const void *name, uint32_t name_bytes,
	uint16_t *out_of, uint16_t *out_place)
{
	uint32_t status = E_OK;

	(void)context;
	(void)caller;
	for (uint16_t number = 1; status == E_OK; number++) {
		char instance[NAME_BYTES];
		enum supervisor_life life;
		uint32_t bytes = 0;
		uint32_t starts;
		uint16_t place;

		status = supervisor_look(MANAGER_SUPERVISOR, number, &starts, &place, &life,
			instance, sizeof(instance), &bytes);
		if (status == E_OK && is_called(instance, bytes, place, name, name_bytes)) {
			*out_of = number;
			*out_place = place;
			return E_OK;
		}
	}
	return status == SUPERVISOR_ERROR_ABSENT ? PROGRAMS_ERROR_ABSENT : status;
}

/* --- start ---------------------------------------------------------------------------------- */

/* Both interfaces name the same errors; what is none of them stays what it is. */
static uint32_t
run_error(uint32_t status)
{
	switch (status) {
	case SUPERVISOR_ERROR_FAILED:
		return PROGRAMS_ERROR_FAILED;
	case SUPERVISOR_ERROR_ALONE:
		return PROGRAMS_ERROR_ALONE;
	case SUPERVISOR_ERROR_FULL:
		return PROGRAMS_ERROR_FULL;
	case SUPERVISOR_ERROR_REFUSED:
		return PROGRAMS_ERROR_REFUSED;
	case SUPERVISOR_ERROR_SCARCE:
		return PROGRAMS_ERROR_SCARCE;
	case SUPERVISOR_ERROR_LARGE:
		return PROGRAMS_ERROR_LARGE;
	default:
		return status;
	}
}

static uint32_t
serve_run(void *context, const struct caller *caller, uint16_t of, struct lease words,
	uint32_t *out_child)
{
	static char text[WORDS_BYTES_MAX];

	(void)context;
	/* The client may have lent what it has not got. */
	if (words.length_bytes > sizeof(text) ||
		lease_read(&words, 0, text, words.length_bytes) != E_OK) {
		return PROGRAMS_ERROR_FAILED;
	}
	return run_error(supervisor_run(
		MANAGER_SUPERVISOR, of, caller->instance, text, words.length_bytes, out_child));
}

/* --- its end -------------------------------------------------------------------------------- */

static uint32_t
ask(uint16_t parent, uint32_t child, bool forget, uint32_t *ended, uint32_t *value,
	enum programs_end *how)
{
	enum supervisor_end end = SUPERVISOR_END_WISH;
	uint32_t status =
		supervisor_ended(MANAGER_SUPERVISOR, parent, child, forget, ended, value, &end);

	*how = (enum programs_end)end;
	if (status == SUPERVISOR_ERROR_ABSENT) {
		return PROGRAMS_ERROR_ABSENT;
	}
	return status == SUPERVISOR_ERROR_RUNNING ? PROGRAMS_ERROR_RUNNING : status;
}

/* Holds the present caller. An object whose caller died has room again, so they are all tried. */
static struct waiter *
hold(void)
{
	for (uint32_t i = 0; i < WAITERS_MAX; i++) {
		struct waiter *waiter = &waiters[i];

		if (waiter->reply == 0 && untyped_retype(HANDLE_ACCOUNT, 0, LABEL_NONE, KIND_REPLY,
						  &waiter->reply) != E_OK) {
			return NULL;
		}
		if (reply_hold(waiter->reply) == E_OK) {
			return waiter;
		}
	}
	return NULL;
}

static uint32_t
serve_wait(void *context, const struct caller *caller, uint32_t child, bool later,
	uint32_t *out_child, uint32_t *out_value, enum programs_end *out_how)
{
	uint32_t status = ask(caller->instance, child, true, out_child, out_value, out_how);

	(void)context;
	if (status != PROGRAMS_ERROR_RUNNING || !later) {
		return status;
	}
	struct waiter *waiter = hold();
	if (waiter == NULL) {
		return PROGRAMS_ERROR_MANY;
	}
	waiter->child = child;
	waiter->parent = caller->instance;
	waiter->is_waiting = true;
	return GATE_LATER;
}

void
programs_answer(void)
{
	static struct message message;

	for (uint32_t i = 0; i < WAITERS_MAX; i++) {
		struct waiter *waiter = &waiters[i];
		enum programs_end how;
		uint32_t child;
		uint32_t value;

		if (!waiter->is_waiting) {
			continue;
		}
		uint32_t status = ask(waiter->parent, waiter->child, false, &child, &value, &how);
		if (status == PROGRAMS_ERROR_RUNNING) {
			continue;
		}
		waiter->is_waiting = false;
		if (status != E_OK) {
			gate_answer_error(&message, status);
			(void)ipc_reply(waiter->reply, &message);
			continue;
		}
		programs_wait_reply(&message, child, value, how);
		/* Who died meanwhile has not heard it; the one in its place may ask. */
		if (ipc_reply(waiter->reply, &message) == E_OK) {
			(void)ask(waiter->parent, child, true, &child, &value, &how);
		}
	}
}

static uint32_t
serve_kill(void *context, const struct caller *caller, uint32_t child, bool look)
{
	uint32_t status = supervisor_kill_child(MANAGER_SUPERVISOR, caller->instance, child, look);

	(void)context;
	return status == SUPERVISOR_ERROR_ABSENT ? PROGRAMS_ERROR_ABSENT : status;
}

const struct programs_server programs_server = {
	.find = serve_find,
	.run = serve_run,
	.wait = serve_wait,
	.kill = serve_kill,
};
