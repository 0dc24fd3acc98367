# SPDX-License-Identifier: BSD-2-Clause-Patent
# The key server, who puts keys in, who uses one, and who may not.
deployment.programs := init uart console audit keys admin client stranger

admin.dir := $(deployment.dir)/admin
admin.src := main.c
admin.libc := yes

client.dir := $(deployment.dir)/client
client.src := main.c
client.libc := yes

stranger.dir := $(deployment.dir)/stranger
stranger.src := main.c
stranger.libc := yes
