# SPDX-License-Identifier: 0BSD
# A boss that starts workers when there is work.
deployment.programs := init uart console manager boss worker

boss.dir := $(deployment.dir)/boss
boss.src := main.c
boss.libc := yes

worker.dir := $(deployment.dir)/worker
worker.src := main.c
worker.libc := yes
