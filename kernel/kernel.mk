# SPDX-License-Identifier: BSD-2-Clause-Patent
# The kernel's files: one object or mechanism each, in the order in which to read them.
kernel.src := \
	kernel/boot.c \
	kernel/image.c \
	kernel/syscall.c \
	kernel/fast.c \
	kernel/direct.c \
	kernel/turn.c \
	kernel/message.c \
	kernel/monitor.c \
	kernel/endpoint.c \
	kernel/reply.c \
	kernel/lease.c \
	kernel/transfer.c \
	kernel/notification.c \
	kernel/thread.c \
	kernel/scheduler.c \
	kernel/budget.c \
	kernel/timer.c \
	kernel/heartbeat.c \
	kernel/policy.c \
	kernel/process.c \
	kernel/slot.c \
	kernel/untyped.c \
	kernel/frame.c \
	kernel/irq.c \
	kernel/destroy.c \
	kernel/fault.c \
	kernel/invoke.c \
	kernel/invoke_memory.c \
	kernel/invoke_process.c \
	kernel/invoke_event.c \
	kernel/invoke_audit.c \
	kernel/invoke_trace.c \
	kernel/invoke_policy.c \
	kernel/audit.c \
	kernel/trace.c \
	kernel/digest.c \
	kernel/memory.c \
	kernel/print.c \
	kernel/panic.c

# What every message passes: compiled for speed, all else for size.
kernel.hot := kernel/fast kernel/direct kernel/memory kernel/lease

# What only boot needs: its memory is given back when init runs (arch_boot_end).
kernel.boot := kernel/boot kernel/image kernel/digest ksm/engine/verify ksm/engine/verify_program

# What runs also before the kernel's page tables are on.
kernel.early := kernel/memory kernel/panic kernel/print arch/common/gicv2 arch/common/pl011 \
	arch/common/power
