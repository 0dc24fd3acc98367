/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The manager: passes on to the supervisor what the policy lets its clients ask. */
#include "gatehouse/server.h"
#include "process_manager.h"
#include "programs.h"

#define BIT_ENDED 1u /* servers/init/init.gate: a child of somebody ended */

static uint32_t
pass_start(void *context, const struct caller *caller, uint16_t who)
{
	(void)context;
	(void)caller;
	return supervisor_start(MANAGER_SUPERVISOR, who);
}

static uint32_t
pass_stop(void *context, const struct caller *caller, uint16_t who)
{
	(void)context;
	(void)caller;
	return supervisor_stop(MANAGER_SUPERVISOR, who);
}

static uint32_t
pass_restart(void *context, const struct caller *caller, uint16_t who)
{
	(void)context;
	(void)caller;
	return supervisor_restart(MANAGER_SUPERVISOR, who);
}

static uint32_t
pass_kill(void *context, const struct caller *caller, uint16_t who)
{
	(void)context;
	(void)caller;
	return supervisor_kill(MANAGER_SUPERVISOR, who);
}

static uint32_t
pass_spawn(void *context, const struct caller *caller, uint16_t of, uint16_t *out_who)
{
	(void)context;
	(void)caller;
	return supervisor_spawn(MANAGER_SUPERVISOR, of, out_who);
}

static uint32_t
pass_look(void *context, const struct caller *caller, uint16_t number, uint32_t *out_starts,
	uint16_t *out_place, enum supervisor_life *out_life, void *out_name,
	uint32_t out_name_capacity, uint32_t *out_name_bytes)
{
	(void)context;
	(void)caller;
	return supervisor_look(MANAGER_SUPERVISOR, number, out_starts, out_place, out_life,
		out_name, out_name_capacity, out_name_bytes);
}

static uint32_t
pass_memory_of(void *context, const struct caller *caller, uint16_t number,
	uint64_t *out_total_bytes, uint64_t *out_used_bytes)
{
	(void)context;
	(void)caller;
	return supervisor_memory_of(MANAGER_SUPERVISOR, number, out_total_bytes, out_used_bytes);
}

/* Whose child it is, is not the client's to say: interface Programs says it. */
static uint32_t
refuse_run(void *context, const struct caller *caller, uint16_t of, uint16_t parent,
	struct lease words, uint32_t *out_child)
{
	(void)context;
	(void)caller;
	(void)of;
	(void)parent;
	(void)words;
	(void)out_child;
	return E_CALL;
}

static uint32_t
refuse_ended(void *context, const struct caller *caller, uint16_t parent, uint32_t child,
	bool forget, uint32_t *out_child, uint32_t *out_value, enum supervisor_end *out_how)
{
	(void)context;
	(void)caller;
	(void)parent;
	(void)child;
	(void)forget;
	(void)out_child;
	(void)out_value;
	(void)out_how;
	return E_CALL;
}

static uint32_t
refuse_kill_child(
	void *context, const struct caller *caller, uint16_t parent, uint32_t child, bool look)
{
	(void)context;
	(void)caller;
	(void)parent;
	(void)child;
	(void)look;
	return E_CALL;
}

static uint32_t
pass_trouble(void *context, const struct caller *caller, uint16_t number, void *out_text,
	uint32_t out_text_capacity, uint32_t *out_text_bytes)
{
	(void)context;
	(void)caller;
	return supervisor_trouble(
		MANAGER_SUPERVISOR, number, out_text, out_text_capacity, out_text_bytes);
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct supervisor_server control = {
		.start = pass_start,
		.stop = pass_stop,
		.restart = pass_restart,
		.kill = pass_kill,
		.spawn = pass_spawn,
		.look = pass_look,
		.memory_of = pass_memory_of,
		.run = refuse_run,
		.ended = refuse_ended,
		.kill_child = refuse_kill_child,
		.trouble = pass_trouble,
	};

	return manager_serve(caller, message, &control, &programs_server);
}

static void
notified(uint32_t bits)
{
	if (bits & BIT_ENDED) {
		programs_answer();
	}
}

int
main(void)
{
	static const struct server server = {.serve = serve, .notified = notified};

	server_run(&server);
}
