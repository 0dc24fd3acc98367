/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* In place of kernel/fast.c: the short way takes nothing. */
#include "kernel/fast.h"

#include "arch_fast.h"

#define X(name)                                                                                    \
	struct arch_context *name(uint32_t handle, uint32_t info)                                  \
	{                                                                                          \
		return arch_fast_refuse(handle, info);                                             \
	}
X(fast_call)
X(fast_reply_recv)
X(fast_signal)
X(fast_wait)
X(fast_poll)
X(fast_yield)
X(fast_deny)
#undef X
