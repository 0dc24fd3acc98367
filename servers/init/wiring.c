/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Capabilities for a process that is about to start, in exactly the slots that it counts on. */
#include "wiring.h"

#include "abi/abi.h"
#include "abi/process.h"
#include "abi/system.h"
#include "gen/core/process.h"

/* The kernel fills slots that were never used in order; each of these takes the next one. */
static uint32_t
grant(uint32_t process, uint32_t handle, uint16_t label, uint16_t interface, uint8_t rights,
	uint32_t badge)
{
	uint32_t granted;

	return process_grant(process, handle, badge, label, interface, rights, &granted);
}

static uint32_t
burn_slot(uint32_t process)
{
	return grant(process, 0, LABEL_NONE, 0, 0, 0);
}

uint32_t
wiring_grant_fixed(const struct estate *estate, uint32_t index, uint32_t reply)
{
	const struct instance *instance = &estate->instances[index];
	uint16_t label = estate->layout.instances[index].label;
	/* Nothing is sent through it, interface 0: the right to send is for what it makes of it. */
	const struct {
		uint32_t handle;
		uint16_t interface;
		uint8_t rights;
	} fixed[] = {
		{instance->process, KIND_PROCESS, RIGHT_MANAGE},
		{instance->account, KIND_UNTYPED, RIGHT_MANAGE},
		{instance->endpoint, 0, RIGHT_SEND | RIGHT_RECEIVE},
		{instance->notification, KIND_NOTIFICATION, RIGHT_RECEIVE},
		{instance->thread, KIND_THREAD, RIGHT_MANAGE},
		{reply, KIND_REPLY, RIGHT_MANAGE},
	};

	for (uint32_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
		uint32_t status = grant(instance->process, fixed[i].handle, label,
			fixed[i].interface, fixed[i].rights, 0);
		if (status != E_OK) {
			return status;
		}
	}
	return burn_slot(instance->process);
}

/* Which capability of init's own a use is a copy of; 0: none, the slot stays empty. */
static uint32_t
source_of(const struct estate *estate, const struct system_capability *capability)
{
	uint32_t target = capability->target;

	switch (capability->kind) {
	case SYSTEM_CLIENT:
		if (target == SYSTEM_TARGET_INIT) {
			return HANDLE_ENDPOINT;
		}
		return estate->instances[target].endpoint;
	case SYSTEM_SIGNAL:
		return estate->instances[target].notification;
	case SYSTEM_FRAME:
		return HANDLE_INITIAL(BOOT_SLOT_DEVICES + 2 * target);
	case SYSTEM_IRQ:
		return HANDLE_INITIAL(BOOT_SLOT_DEVICES + 2 * target + 1);
	case SYSTEM_POLICY:
		return estate->policy_frame;
	case SYSTEM_AUDIT:
		return HANDLE_INITIAL(BOOT_SLOT_AUDIT);
	case SYSTEM_POWER:
		return HANDLE_INITIAL(BOOT_SLOT_POWER);
	case SYSTEM_TRACE:
		return HANDLE_INITIAL(BOOT_SLOT_TRACE);
	case SYSTEM_SWAP:
		return HANDLE_INITIAL(BOOT_SLOT_POLICY);
	default:
		return 0;
	}
}

uint32_t
wiring_grant_uses(const struct estate *estate, uint32_t index)
{
	const struct system_instance *description = &estate->layout.instances[index];
	const struct system_capability *uses =
		estate->layout.capabilities + description->first_capability;
	uint32_t process = estate->instances[index].process;

	for (uint32_t i = 0; i < description->capability_count; i++) {
		const struct system_capability *use = &uses[i];
		uint32_t source = source_of(estate, use);
		uint32_t badge = use->badge;
		uint32_t status;

		if (use->kind == SYSTEM_CLIENT) {
			badge |= description->instance;
		}
		if (source == 0 && use->kind == SYSTEM_POLICY) {
			/* It would end without it, and again after each restart. */
			status = E_MEMORY;
		} else if (source == 0) {
			status = burn_slot(process);
		} else {
			status = grant(
				process, source, use->label, use->interface, use->rights, badge);
		}
		if (status != E_OK) {
			return status;
		}
	}
	return E_OK;
}

uint32_t
wiring_give_frame(
	const struct estate *estate, uint32_t index, uint32_t frame, uint64_t vaddr, uint8_t rights)
{
	uint32_t process = estate->instances[index].process;
	uint32_t handle;
	uint32_t status = process_grant(process, frame, 0, estate->layout.instances[index].label,
		KIND_FRAME, rights, &handle);

	return status == E_OK ? process_map(process, vaddr, handle, rights) : status;
}
