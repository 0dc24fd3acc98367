/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* In place of kernel/fast.c: the short way takes nothing. */
#include "kernel/fast.h"

#include "arch_fast.h"

struct arch_context *
fast_call(uint32_t handle, uint32_t info)
{
	return arch_fast_refuse(handle, info);
}

struct arch_context *
fast_reply_recv(uint32_t handle, uint32_t info)
{
	return arch_fast_refuse(handle, info);
}

struct arch_context *
fast_signal(uint32_t handle, uint32_t info)
{
	return arch_fast_refuse(handle, info);
}

struct arch_context *
fast_wait(uint32_t handle, uint32_t info)
{
	return arch_fast_refuse(handle, info);
}

struct arch_context *
fast_poll(uint32_t handle, uint32_t info)
{
	return arch_fast_refuse(handle, info);
}

struct arch_context *
fast_yield(uint32_t handle, uint32_t info)
{
	return arch_fast_refuse(handle, info);
}

struct arch_context *
fast_deny(uint32_t handle, uint32_t info)
{
	return arch_fast_refuse(handle, info);
}
