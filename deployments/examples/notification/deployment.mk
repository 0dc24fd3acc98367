# SPDX-License-Identifier: 0BSD
# A worker that works, and a watcher that is told when it is done.
deployment.programs := init uart console worker watcher

worker.dir := $(deployment.dir)/worker
worker.src := main.c
worker.libc := yes

watcher.dir := $(deployment.dir)/watcher
watcher.src := main.c
watcher.libc := yes
