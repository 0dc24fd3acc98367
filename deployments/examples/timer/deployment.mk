# SPDX-License-Identifier: 0BSD
# One program that wakes up at the right times.
deployment.programs := init uart console ticker

ticker.dir := $(deployment.dir)/ticker
ticker.src := main.c
ticker.libc := yes
