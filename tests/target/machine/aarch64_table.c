/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The attempts of machine/aarch64.def. */
#include "abi/process.h"
#include "attempt.h"

#define Y

#define X(name, code, argument, kind, where, value) uintptr_t attempt_##name(uintptr_t);
#include "aarch64.def"
#undef X

const struct attempt attempts_machine[] = {
#define X(symbol, code, constant, fault, at, result)                                               \
	{#symbol, attempt_##symbol, .argument = (uintptr_t)(constant), .value = (result),          \
		.kind = (fault), .where = (at)},
#include "aarch64.def"
#undef X
};

const uint32_t attempts_machine_count = sizeof(attempts_machine) / sizeof(attempts_machine[0]);
