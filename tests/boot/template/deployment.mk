# SPDX-License-Identifier: BSD-2-Clause-Patent
# The test's own programs, and a console to speak through.
deployment.programs := init uart console manager boss worker

boss.dir := $(deployment.dir)/boss
boss.src := main.c
boss.libc := yes

worker.dir := $(deployment.dir)/worker
worker.src := main.c
worker.libc := yes
