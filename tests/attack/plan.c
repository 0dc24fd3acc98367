/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What must come of each attack. */
#include "attack/plan.h"

#include "abi/abi.h"
#include "ksm/engine/ksm.h"

#define DENIED(status, why)                                                                        \
	{                                                                                          \
		PLAN_ANSWERS, (status), PLAN_ATTACKER, (why)                                       \
	}
#define ANSWERS(status)                                                                            \
	{                                                                                          \
		PLAN_ANSWERS, (status), PLAN_NO_RECORD, 0                                          \
	}
#define DIES(fault)                                                                                \
	{                                                                                          \
		PLAN_DIES, (fault), PLAN_NO_RECORD, 0                                              \
	}

const struct plan plans[PLANS] = {
	[1] = {"guessed handles", {DENIED(E_HANDLE, KSM_CAPABILITY)}, 1, 1, false},
	[2] = {"stale handles",
		{DENIED(E_HANDLE, KSM_CAPABILITY), DENIED(E_HANDLE, KSM_CAPABILITY),
			DENIED(E_HANDLE, KSM_CAPABILITY)},
		1, 3, true},
	[3] = {"more rights", {DENIED(E_DENIED, KSM_DEFAULT)}, 1, 1, false},
	[4] = {"a foreign handle",
		{{PLAN_ANSWERS, E_HANDLE, PLAN_DEPUTY, KSM_CAPABILITY},
			DENIED(E_HANDLE, KSM_CAPABILITY), DENIED(E_DENIED, KSM_SHAPE),
			DENIED(E_DENIED, KSM_DEFAULT)},
		1, 4, true},
	[5] = {"answers not owed", {DENIED(E_STATE, KSM_CAPABILITY)}, 1, 1, false},
	[6] = {"confused deputy", {DENIED(E_DENIED, KSM_GUARD)}, 1, 1, false},
	[7] = {"swapped after the check", {ANSWERS(E_OK)}, 1, 1, false},
	[8] = {"remapped buffer", {ANSWERS(E_STATE)}, 1, 1, false},
	[9] = {"leases", {ANSWERS(E_LEASE), ANSWERS(E_LEASE)}, 1, 2, true},
	[10] = {"others' addresses",
		{DIES(FAULT_READ), DIES(FAULT_READ), DIES(FAULT_READ), DIES(FAULT_WRITE),
			DIES(FAULT_EXECUTE), DIES(FAULT_WRITE), DIES(FAULT_READ)},
		1, 1},
	[11] = {"own instructions", {DENIED(E_DENIED, KSM_GUARD), DIES(FAULT_EXECUTE)}, 2, 2,
		false},
	[12] = {"memory bomb", {ANSWERS(E_MEMORY), DIES(FAULT_WRITE)}, 1, 2, false},
	[13] = {"left in registers", {ANSWERS(E_OK)}, 1, 1, false},
	[14] = {"left in memory", {DIES(FAULT_WRITE), ANSWERS(E_OK)}, 1, 2, false},
	[15] = {"privileged instructions",
		{DIES(FAULT_INSTRUCTION), DIES(FAULT_INSTRUCTION), DIES(FAULT_INSTRUCTION),
			DIES(FAULT_INSTRUCTION)},
		1, 1},
	[16] = {"debug and counters",
		{DIES(FAULT_INSTRUCTION), DIES(FAULT_INSTRUCTION), DIES(FAULT_INSTRUCTION)}, 1, 1,
		false},
	[17] = {"messages of no interface", {DENIED(E_DENIED, KSM_SHAPE)}, 1, 1, false},
	[18] = {"forged sender", {ANSWERS(E_OK)}, 1, 1, false},
	[19] = {"flooded audit", {DENIED(E_DENIED, KSM_DEFAULT)}, 1, 1, false},
	[21] = {"spoofed interrupt", {DENIED(E_DENIED, KSM_DEFAULT)}, 1, 1, false},
	[22] = {"endless restarts", {{PLAN_NONE, 0, 0, 0}}, 1, 1, false},
	[24] = {"text on the console", {DENIED(E_DENIED, KSM_DEFAULT)}, 1, 1, false},
};
