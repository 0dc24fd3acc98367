/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The life of instances: who is started, when again, and what if that is no help. */
#include "life.h"

#include "abi/abi.h"
#include "abi/process.h"
#include "abi/system.h"
#include "gatehouse/ipc.h"
#include "gen/core/endpoint.h"
#include "gen/core/notification.h"
#include "gen/core/power.h"
#include "gen/init/supervisor.h"
#include "report.h"

/* Nobody will answer at it until somebody starts: clients shall not wait. */
static void
close_endpoint(struct instance *instance)
{
	endpoint_close(instance->endpoint);
	instance->is_closed = true;
}

static void
give_up(struct instance *instance)
{
	if (instance->state == INSTANCE_RUNNING) {
		instance_end(instance);
	}
	if (instance->state != INSTANCE_ABSENT) {
		instance->state = INSTANCE_STOPPED;
		instance->is_news = instance->parent != 0;
		close_endpoint(instance);
	}
}

static uint32_t
start_one(struct estate *estate, uint32_t index)
{
	uint32_t status = instance_start(estate, index);

	/* What failed for lack of memory or right fails again: no second try. */
	if (status != E_OK) {
		give_up(&estate->instances[index]);
	}
	return status;
}

bool
life_is_on(const struct instance *instance)
{
	return instance->state == INSTANCE_RUNNING || instance->state == INSTANCE_WAITING;
}

uint32_t
life_start(struct estate *estate, uint32_t index)
{
	struct instance *instance = &estate->instances[index];

	if (instance->state != INSTANCE_STOPPED) {
		return E_STATE;
	}
	instance->row = (struct restart_row){0};
	instance->is_held = false;
	instance->parent = 0;
	return start_one(estate, index);
}

uint32_t
life_start_for(struct estate *estate, uint32_t index, uint16_t parent)
{
	struct instance *instance = &estate->instances[index];
	uint32_t status = life_start(estate, index);

	if (status == E_OK) {
		instance->parent = parent;
		instance->parent_incarnation = estate->instances[parent - 1].incarnation;
		instance->end = SUPERVISOR_END_WISH;
		instance->end_value = 0;
	}
	return status;
}

bool
life_is_child(const struct estate *estate, uint32_t index, uint16_t parent)
{
	const struct instance *instance = &estate->instances[index];

	if (instance->parent == 0 || instance->parent != parent) {
		return false;
	}
	return estate->instances[parent - 1].state == INSTANCE_RUNNING &&
	       estate->instances[parent - 1].incarnation == instance->parent_incarnation;
}

bool
life_is_free(const struct estate *estate, uint32_t index)
{
	const struct instance *instance = &estate->instances[index];

	return instance->state == INSTANCE_STOPPED &&
	       !life_is_child(estate, index, instance->parent);
}

uint32_t
life_id(const struct estate *estate, uint32_t index)
{
	return process_id((uint16_t)(index + 1), estate->instances[index].incarnation);
}

void
life_stop(struct instance *instance)
{
	give_up(instance);
	instance->is_held = true;
}

static const uint16_t *
members_of(const struct estate *estate, const struct system_group *group)
{
	return estate->layout.members + group->first_member;
}

/* Ends what runs of it; it starts at due_ns with nothing on its record. */
static void
start_anew(struct instance *instance, uint64_t due_ns)
{
	if (instance->state == INSTANCE_ABSENT || instance->is_held) {
		return;
	}
	if (instance->parent != 0) {
		give_up(instance); /* its words are gone: its parent may start another */
		return;
	}
	if (instance->state == INSTANCE_RUNNING) {
		instance_end(instance);
	}
	instance->row = (struct restart_row){0};
	instance->restart_ns = due_ns;
	instance->state = INSTANCE_WAITING;
}

static void
group_start_anew(struct estate *estate, const struct system_group *group, uint64_t due_ns)
{
	const uint16_t *members = members_of(estate, group);

	for (uint32_t i = 0; i < group->member_count; i++) {
		start_anew(&estate->instances[members[i]], due_ns);
	}
}

static bool
is_member(const struct estate *estate, const struct system_group *group, uint32_t index)
{
	const uint16_t *members = members_of(estate, group);

	for (uint32_t i = 0; i < group->member_count; i++) {
		if (members[i] == index) {
			return true;
		}
	}
	return false;
}

/* In safe mode already: nothing is left but to start the machine anew. */
static void
safe_mode(struct estate *estate, const struct system_group *group)
{
	const uint16_t *members = members_of(estate, group);

	if (estate->is_safe) {
		power_reset(HANDLE_INITIAL(BOOT_SLOT_POWER));
	}
	estate->is_safe = true;
	for (uint32_t i = 0; i < estate->layout.instance_count; i++) {
		if (!is_member(estate, group, i)) {
			give_up(&estate->instances[i]);
		}
	}
	for (uint32_t i = 0; i < group->member_count; i++) {
		struct instance *instance = &estate->instances[members[i]];
		if (instance->state != INSTANCE_RUNNING) {
			start_anew(instance, sys_clock());
		}
	}
}

/* What a policy says for the case that restarts were no help, but to restart a group. */
static void
last_step(struct estate *estate, const struct system_restart *policy)
{
	if (policy->step == SYSTEM_STEP_SAFE) {
		safe_mode(estate, &estate->layout.groups[policy->group]);
	} else if (policy->step == SYSTEM_STEP_RESET) {
		power_reset(HANDLE_INITIAL(BOOT_SLOT_POWER));
	}
}

static void
group_failed(struct estate *estate, uint32_t index)
{
	const struct system_group *group = &estate->layout.groups[index];
	const uint16_t *members = members_of(estate, group);
	uint64_t due_ns;

	if (restart_again(&group->restart, &estate->group_rows[index], sys_clock(), &due_ns)) {
		group_start_anew(estate, group, due_ns);
		return;
	}
	for (uint32_t i = 0; i < group->member_count; i++) {
		give_up(&estate->instances[members[i]]);
	}
	last_step(estate, &group->restart);
}

/* Restarts were no help, or cannot be. */
static void
escalate(struct estate *estate, const struct system_restart *policy)
{
	if (policy->step == SYSTEM_STEP_GROUP) {
		group_failed(estate, policy->group);
	} else {
		last_step(estate, policy);
	}
}

/* As nobody printed so far whom people could read, init does. */
static void
settle_failed(struct estate *estate, uint32_t index)
{
	if (estate->instances[index].status != E_OK) {
		report_failed_start(estate, index);
		escalate(estate, &estate->layout.restarts[index]);
	}
}

static bool
is_of_template(const struct estate *estate, uint32_t index)
{
	return estate->layout.instances[index].template != 0;
}

void
life_start_all(struct estate *estate)
{
	uint32_t count = estate->layout.instance_count;

	/* Endpoints first: a client may come before its server in a cycle of two. */
	for (uint32_t i = 0; i < count; i++) {
		struct instance *instance = &estate->instances[i];
		uint32_t status = instance_make(estate, i);
		bool is_on_demand = is_of_template(estate, i);

		instance->is_held = is_on_demand;
		if ((status != E_OK || is_on_demand) && instance->endpoint != 0) {
			close_endpoint(instance);
		}
	}
	for (uint32_t i = 0; i < count; i++) {
		if (estate->instances[i].state == INSTANCE_STOPPED && !is_of_template(estate, i)) {
			(void)start_one(estate, i);
		}
	}
	/* Last, because the next step may be to stop whoever was started. */
	for (uint32_t i = 0; i < count; i++) {
		settle_failed(estate, i);
	}
}

void
life_tell(struct estate *estate)
{
	bool is_news = false;

	for (uint32_t i = 0; i < estate->layout.instance_count; i++) {
		is_news = is_news || estate->instances[i].is_news;
		estate->instances[i].is_news = false;
	}
	if (is_news && estate->listener != 0) {
		/* One that died hears it again as soon as somebody asks it. */
		(void)notification_signal(estate->instances[estate->listener - 1].notification);
	}
}

uint64_t
life_start_due(struct estate *estate)
{
	uint64_t next_ns = 0;

	for (uint32_t i = 0; i < estate->layout.instance_count; i++) {
		const struct instance *instance = &estate->instances[i];
		if (instance->state == INSTANCE_WAITING && instance->restart_ns <= sys_clock() &&
			start_one(estate, i) != E_OK) {
			escalate(estate, &estate->layout.restarts[i]);
		}
	}
	for (uint32_t i = 0; i < estate->layout.instance_count; i++) {
		const struct instance *instance = &estate->instances[i];
		if (instance->state == INSTANCE_WAITING &&
			(next_ns == 0 || instance->restart_ns < next_ns)) {
			next_ns = instance->restart_ns;
		}
	}
	return next_ns;
}

void
life_died(struct estate *estate, uint32_t index, bool is_failure)
{
	struct instance *instance = &estate->instances[index];
	const struct system_restart *policy = &estate->layout.restarts[index];

	instance_end(instance);
	if (policy->mode == SYSTEM_RESTART_NEVER || instance->parent != 0 ||
		(policy->mode == SYSTEM_RESTART_FAILURE && !is_failure)) {
		give_up(instance);
		/* Of a template, its group starts what runs, not what did once. */
		instance->is_held = is_of_template(estate, index);
		return;
	}
	if (restart_again(policy, &instance->row, sys_clock(), &instance->restart_ns)) {
		instance->state = INSTANCE_WAITING;
		return;
	}
	give_up(instance);
	escalate(estate, policy);
}
