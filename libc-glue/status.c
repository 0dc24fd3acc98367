/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a status says, from the table that the kernel's manual is made of. */
#include "gatehouse/ipc.h"

const char *
status_text(uint32_t status)
{
	switch (status) {
#define X(name, number, text)                                                                      \
	case name:                                                                                 \
		return text;
#include "abi/errors.def"
#undef X
	default:
		return "an answer that nobody expected";
	}
}
