# SPDX-License-Identifier: 0BSD
# Policies that take turns under a stream of messages.
deployment.programs := init uart console keeper manager receiver sender judge
deployment.policies := odd deaf

receiver.dir := $(deployment.dir)/receiver
receiver.src := main.c
receiver.libc := yes

sender.dir := $(deployment.dir)/sender
sender.src := main.c
sender.libc := yes

judge.dir := $(deployment.dir)/judge
judge.src := main.c
judge.libc := yes
