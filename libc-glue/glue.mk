# SPDX-License-Identifier: BSD-2-Clause-Patent
# What libgatehouse.a is made of. init links the first group only.

glue.src := libc-glue/$(arch)/syscall.S libc-glue/ipc.c libc-glue/lease.c libc-glue/status.c

# Under newlib: start, memory, streams, time, threads.
glue.src += libc-glue/start.c libc-glue/exit.c libc-glue/attribute.c libc-glue/device.c
glue.src += libc-glue/arguments.c libc-glue/words.c libc-glue/uses.c
glue.src += libc-glue/account.c libc-glue/heap.c libc-glue/console.c
glue.src += libc-glue/console_none.c libc-glue/stack_small.c
glue.src += libc-glue/clock.c libc-glue/deadline.c libc-glue/calendar.c libc-glue/entropy.c
glue.src += libc-glue/thread_self.c libc-glue/lock.c libc-glue/park.c libc-glue/retarget.c
glue.src += libc-glue/$(arch)/thread_entry.S libc-glue/thread.c libc-glue/thread_attributes.c
glue.src += libc-glue/mutex.c libc-glue/condition.c libc-glue/key.c
glue.src += $(addprefix libc-glue/,rwlock.c barrier.c semaphore.c signal.c raise.c timers.c maps.c)

# Descriptors, and files of services.
glue.src += $(addprefix libc-glue/,descriptor.c file.c open.c mount.c names.c rename.c files.c \
	folder.c at.c vector.c scan.c usage.c lines.c temporary.c pipe.c poll.c spawned.c)

# Other programs as children.
glue.src += $(addprefix libc-glue/,spawn.c spawn_actions.c spawn_attributes.c wait.c)

# Servers: their loop, and the names of a policy for those that explain it.
glue.src += libc-glue/ring.c libc-glue/ring_port.c
glue.src += libc-glue/server.c libc-glue/resource.c libc-glue/ask.c
glue.src += ksm/names/names.c ksm/names/open.c ksm/engine/text.c
