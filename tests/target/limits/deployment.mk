# SPDX-License-Identifier: 0BSD
# Processes that want more than they may have, and one that works beside them.
deployment.programs := init uart console ram dev bomb watcher

bomb.dir := tests/target
bomb.src := limits/bomb.c
bomb.libc := yes

watcher.dir := tests/target
watcher.src := limits/watcher.c check.c console.c
watcher.libc := yes
