# SPDX-License-Identifier: 0BSD
# The programs of the C library's boot test.
deployment.programs := init uart console fragile probe

probe.dir := $(deployment.dir)/probe
probe.src := main.c memory.c threads.c locks.c time.c deaths.c
probe.libc := yes

fragile.dir := $(deployment.dir)/fragile
fragile.src := main.c
fragile.libc := yes
