# SPDX-License-Identifier: BSD-2-Clause-Patent
# A bus master's driver, who asks it, and who would like its memory.
deployment.programs := init uart console settings client stranger

client.dir := $(deployment.dir)/client
client.src := main.c
client.libc := yes

stranger.dir := $(deployment.dir)/stranger
stranger.src := main.c
stranger.libc := yes
