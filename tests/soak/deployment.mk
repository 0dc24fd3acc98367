# SPDX-License-Identifier: 0BSD
# The programs of the soak.
deployment.programs := init uart console sender receiver

sender.dir := $(deployment.dir)/sender
sender.src := main.c
sender.libc := yes

receiver.dir := $(deployment.dir)/receiver
receiver.src := main.c
receiver.libc := yes
